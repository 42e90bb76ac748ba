/// What carries the notes on a photo.
public enum SheetMedium: String, Codable, Sendable, CaseIterable {
  /// Paper on an easel or taped to a wall.
  case flipchart
  /// Cards on packing paper, cork or felt.
  case pinboard
  /// A whiteboard with handwriting.
  case whiteboard
  /// Notes on a wall.
  case wall
  /// Notes on glass.
  case window
  /// A printed slide, projected or on a screen.
  case slide
  /// One or few cards cut out on an even ground.
  case cards
  /// Born-digital text.
  case document
  /// None of them for certain.
  case unknown
}

/// One sheet, board or screen on a photo.
public struct Sheet: Codable, Hashable, Sendable {
  /// Derived from photo and place.
  public var id: SheetID
  /// Outline on the upright photo.
  public var outline: Quad<PhotoSpace>
  /// What it is taken for.
  public var medium: SheetMedium
  /// Width after rectification, in pixels.
  public var width: Int
  /// Height after rectification, in pixels.
  public var height: Int
  /// How sure the outline is; 0 where no edge was found and the whole photo stands in.
  public var confidence: Confidence

  /// Creates a sheet.
  public init(
    id: SheetID, outline: Quad<PhotoSpace>, medium: SheetMedium, width: Int, height: Int, confidence: Confidence
  ) {
    self.id = id
    self.outline = outline
    self.medium = medium
    self.width = width
    self.height = height
    self.confidence = confidence
  }

  /// From the rectified sheet to the photo; `nil` for an outline without area.
  public var toPhoto: Homography<SheetSpace, PhotoSpace>? {
    Homography(from: Quad<SheetSpace>(width: width, height: height), to: outline)
  }
}

/// The sheets of one photo.
public struct SheetLayer: Layer, Hashable {
  /// `sheets`.
  public static let layerName = "sheets"
  /// The photo.
  public var photo: PhotoID
  /// In reading order: left to right, top to bottom. Never empty: without an edge the whole photo is the sheet.
  public var sheets: [Sheet]
  /// Clockwise quarter turns that make the writing upright, beyond what the EXIF orientation says: 0...3.
  public var quarterTurns: Int

  /// Creates the layer.
  public init(photo: PhotoID, sheets: [Sheet], quarterTurns: Int = 0) {
    self.photo = photo
    self.sheets = sheets
    self.quarterTurns = quarterTurns
  }
}
