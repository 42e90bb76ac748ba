package import ProtocolModel

/// Where the bytes of a photo lie.
package enum PhotoOrigin: Hashable, Sendable {
  /// A picture file.
  case file(path: String)
  /// A picture that fills a page of a PDF: its number among the page's pictures, and the turn (an EXIF orientation,
  /// 1...8) that makes it lie as on the page, with the digest of the whole PDF.
  case pagePicture(path: String, page: Int, index: Int, orientation: Int, digest: Digest)
  /// A page of a PDF that is drawn at the photo's size; with the digest of the whole PDF.
  case page(path: String, page: Int, digest: Digest)
  /// A picture inside a PPTX or DOCX.
  case archiveEntry(path: String, entry: String)
}

/// A photo that was found, and where its bytes lie.
package struct ScannedPhoto: Hashable, Sendable {
  /// What the pipeline knows of it. Width and height are those of the whole upright picture.
  package var photo: Photo
  /// Where its bytes lie; absolute, so never for an output.
  package var origin: PhotoOrigin
  /// At which fraction it is read at least: 1, or 2 for a picture above ``IngestLimits/workingMegapixels``. A raster
  /// then has half the photo's width; polygons found on it are doubled to get photo space.
  package var workingReduction: Int
  /// Whether the file says how the photo lies.
  package var isOrientationTold: Bool
  /// Clockwise quarter turns that the loader adds to what the file says, 0...3.
  package var quarterTurns = 0

  /// Creates a found photo.
  package init(photo: Photo, origin: PhotoOrigin, workingReduction: Int = 1, isOrientationTold: Bool = true) {
    self.photo = photo
    self.origin = origin
    self.workingReduction = workingReduction
    self.isOrientationTold = isOrientationTold
  }
}

/// What a scan found.
package struct ScanResult: Sendable {
  /// Sorted by name; the very same bytes are one photo.
  package var photos: [ScannedPhoto]
  /// Files that are no pictures or could not be read, sorted by name.
  package var skipped: [ProtocolDocument.SkippedFile]
  /// Folders that were left out because they hold the output of an earlier run, sorted. For the terminal only: an
  /// output that named them would differ from the first run to the second.
  package var leftOut: [String]
  /// What a person should know, sorted by place.
  package var diagnostics: [Diagnostic]
}
