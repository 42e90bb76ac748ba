import Hashing
package import Imaging
import ProtocolModel

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
    let bytes: [UInt8]
    var turn: Int?
    switch photo.origin {
    case .file(let path):
      bytes = try OriginalFile(path: path).bytes(limit: limits.fileBytes)
    case .archiveEntry(let path, let entry):
      bytes = try OfficePhotos(path: path, name: "", limits: limits).bytes(of: entry)
    case .pagePicture(let path, let page, let index, let orientation, let digest):
      try checkDocument(path, digest)
      let pictures = try PDFDocument(path: path, limits: limits).pictureBytes(page: page, limit: limits.fileBytes)
      guard index < pictures.count else { throw .changed }
      bytes = pictures[index]
      turn = orientation
    case .page(let path, let page, let digest):
      try checkDocument(path, digest)
      return try PDFDocument(path: path, limits: limits).raster(
        page: page, width: max(1, photo.photo.width / reduction), height: max(1, photo.photo.height / reduction))
    }
    // What the protocol says of a photo is said of these bytes and no others.
    if turn == nil, ContentDigest.sha256(bytes) != photo.photo.sha256 { throw .changed }
    var header = try PictureHeader(of: bytes, limits: limits)
    header.orientation = turn ?? header.orientation
    let upright = try PictureDecoder.decode(bytes, header: header, reduction: reduction)
    // 90, 180 and 270 degrees clockwise are EXIF's orientations 6, 3 and 8.
    guard photo.quarterTurns > 0 else { return upright }
    do { return try upright.oriented([1, 6, 3, 8][photo.quarterTurns % 4]) } catch { throw .undecodable }
  }

  private func checkDocument(_ path: String, _ digest: Digest) throws(IngestError) {
    let bytes = try OriginalFile(path: path).bytes(limit: limits.fileBytes)
    guard ContentDigest.sha256(bytes) == digest else { throw .changed }
  }
}
