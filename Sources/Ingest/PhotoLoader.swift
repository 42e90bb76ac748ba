import Hashing
package import Imaging

/// Reads the pixels of a photo that a scan found.
package struct PhotoLoader: Sendable {
  private let limits: IngestLimits

  /// Creates a loader and silences the picture library, once for the process.
  package init(limits: IngestLimits = .standard) {
    self.limits = limits
    Raster.muteLibrary()
  }

  /// The upright pixels of `photo`.
  ///
  /// `reduction` (1, 2, 4 or 8) gives that fraction of width and height; a photo with a
  /// ``ScannedPhoto/workingReduction`` is never read larger than that says. The raster's width times the reduction used
  /// is the photo's width, to a pixel of rounding: compare the two to get from raster to photo space.
  package func load(_ photo: ScannedPhoto, reduction: Int = 1) throws(IngestError) -> Raster {
    let reduction = max(reduction, photo.workingReduction)
    switch photo.origin {
    case .file(let path):
      let bytes = try OriginalFile(path: path).bytes(limit: limits.fileBytes)
      // What the protocol says of a photo is said of these bytes and no others.
      guard ContentDigest.sha256(bytes) == photo.photo.sha256 else { throw .changed }
      return try PictureDecoder.decode(bytes, header: PictureHeader(of: bytes, limits: limits), reduction: reduction)
    default:
      throw .unsupported("document")
    }
  }
}
