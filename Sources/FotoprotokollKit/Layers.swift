import Pipeline
package import ProtocolModel

/// What names a photo: apart from the pixels, so that a renamed photo is not read again.
struct FileLayer: Layer {
  static let layerName = "file"
  /// The photo with its names, capture time and place of origin.
  var photo: Photo
}

/// Sheets and notes of one photo. One layer, for neither is found without the other: a wall's sheet is where its notes
/// hang, and a flipchart's notes are looked for inside its sheet. Which way is up belongs to them too: it is found by
/// reading what was found.
package struct BoardLayer: Layer {
  /// `board`.
  package static let layerName = "board"
  /// The sheets.
  package var sheets: SheetLayer
  /// What is on them.
  package var regions: RegionLayer
  /// How the photo was turned first; places are those of the upright photo.
  package var orientation = PhotoOrientation()
}

/// The pictures of one photo that the outputs show, as JPEG files without metadata.
package struct PictureLayer: Layer {
  /// `pictures`.
  package static let layerName = "pictures"

  /// One picture.
  package struct Picture: Codable, Sendable {
    /// The file's bytes in base 64.
    package var base64: String
    /// Width in pixels.
    package var width: Int
    /// Height in pixels.
    package var height: Int
  }

  /// Rectified crops by region id.
  package var crops: [String: Picture]
  /// Rectified sheets by sheet id.
  package var sheets: [String: Picture]
  /// The whole photo, only where its owner asked for whole photos.
  package var photo: Picture?
}

/// What was reported and left out before a workshop stage, and how the run was set up.
struct RunLayer: Layer {
  static let layerName = "run"
  var diagnostics: [Diagnostic]
  var skippedFiles: [ProtocolDocument.SkippedFile]
  var provenance: ProtocolDocument.Provenance
}
