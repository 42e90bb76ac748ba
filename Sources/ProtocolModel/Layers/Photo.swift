/// One photo as it came in: upright size, digest of its bytes and what may be kept of its metadata.
///
/// GPS, serial numbers and other EXIF are dropped at the door; only the capture time stays, for ordering.
public struct Photo: Layer, Hashable {
  /// `photo`.
  public static let layerName = "photo"

  /// Where the picture was found.
  public enum Source: String, Codable, Sendable {
    /// A picture file.
    case file
    /// A page of a PDF, rasterised or its embedded picture.
    case pdfPage = "pdf-page"
    /// A picture inside a PPTX or DOCX.
    case embedded
  }

  /// Derived from ``sha256``.
  public var id: PhotoID
  /// Path relative to the input folder, "/"-separated; pages and embedded pictures add `#page-3` or `#image1.png`.
  public var file: String
  /// Other files with the very same bytes.
  public var otherNames: [String]
  /// Digest of the bytes of the picture as it came in.
  public var sha256: Digest
  /// Width in pixels after orientation.
  public var width: Int
  /// Height in pixels after orientation.
  public var height: Int
  /// Local time of capture, `2025-09-17T10:06:17`, where the file says one.
  public var capturedAt: String?
  /// Where it was found.
  public var source: Source
  /// Born-digital text of a PDF page; empty for pictures.
  public var textLayer: [EmbeddedLine]

  /// A line of born-digital text with its place on the rasterised page.
  public struct EmbeddedLine: Codable, Hashable, Sendable {
    /// The text.
    public var text: String
    /// The place.
    public var box: Box<PhotoSpace>
    /// Creates a line.
    public init(text: String, box: Box<PhotoSpace>) {
      self.text = text
      self.box = box
    }
  }

  /// Creates a photo.
  public init(
    id: PhotoID, file: String, otherNames: [String] = [], sha256: Digest, width: Int, height: Int,
    capturedAt: String? = nil, source: Source = .file, textLayer: [EmbeddedLine] = []
  ) {
    self.id = id
    self.file = file
    self.otherNames = otherNames
    self.sha256 = sha256
    self.width = width
    self.height = height
    self.capturedAt = capturedAt
    self.source = source
    self.textLayer = textLayer
  }
}
