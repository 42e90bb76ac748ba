/// Another reading of a line.
public struct AlternativeReading: Codable, Hashable, Sendable {
  /// The text.
  public var text: String
  /// Its probability beside the other readings of the line, 0...1.
  public var p: Confidence
  /// Creates a reading.
  public init(text: String, p: Confidence) {
    self.text = text
    self.p = p
  }
}

/// A word with its place.
public struct Word: Codable, Hashable, Sendable {
  /// The text as read.
  public var text: String
  /// The place on the upright photo.
  public var polygon: Polygon<PhotoSpace>
  /// Creates a word.
  public init(text: String, polygon: Polygon<PhotoSpace>) {
    self.text = text
    self.polygon = polygon
  }
}

/// One line of writing and what was read.
public struct TextLine: Codable, Hashable, Sendable {
  /// The place on the upright photo.
  public var polygon: Polygon<PhotoSpace>
  /// The best reading, without its bullet.
  public var raw: String
  /// P(the line is right), calibrated.
  public var confidence: Confidence
  /// Which reader won, such as `tesseract:deu` or `neural:small-averaged`.
  public var reader: String
  /// All readings kept, best first, the winner included.
  public var alternatives: [AlternativeReading]
  /// The words of ``raw``, in order.
  public var words: [Word]
  /// A bullet, number or dash that was taken off.
  public var bullet: String?

  /// Creates a line.
  public init(
    polygon: Polygon<PhotoSpace>, raw: String, confidence: Confidence, reader: String,
    alternatives: [AlternativeReading] = [], words: [Word] = [], bullet: String? = nil
  ) {
    self.polygon = polygon
    self.raw = raw
    self.confidence = confidence
    self.reader = reader
    self.alternatives = alternatives
    self.words = words
    self.bullet = bullet
  }
}

/// What was read on one region.
public struct RecognizedText: Codable, Hashable, Sendable {
  /// The region.
  public var region: RegionID
  /// Top to bottom.
  public var lines: [TextLine]
  /// Whether the reading may be shown as text; otherwise the region is `unlesbar`.
  public var legible: Bool
  /// P(the reading is right), calibrated over the whole region.
  public var confidence: Confidence
  /// What is on the region, where reading knows better than the finder (no ink: `empty`; ink that no reader takes for
  /// writing: `drawing`).
  public var content: RegionContent
  /// Whether the reading was ended by its deadline.
  public var timedOut: Bool
  /// Struck-out words, which are left out of ``lines``.
  public var struckOut: Int

  /// Creates the text of a region.
  public init(
    region: RegionID, lines: [TextLine], legible: Bool, confidence: Confidence, content: RegionContent = .text,
    timedOut: Bool = false, struckOut: Int = 0
  ) {
    self.region = region
    self.lines = lines
    self.legible = legible
    self.confidence = confidence
    self.content = content
    self.timedOut = timedOut
    self.struckOut = struckOut
  }

  /// The lines joined by line feeds.
  public var raw: String { lines.map(\.raw).joined(separator: "\n") }
  /// The reader of most lines; the first in the alphabet where two tie.
  public var reader: String? {
    let counts = Dictionary(grouping: lines, by: \.reader).mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

/// What was read on one photo.
public struct ReadingLayer: Layer, Hashable {
  /// `readings`.
  public static let layerName = "readings"
  /// The photo.
  public var photo: PhotoID
  /// One per region, in reading order.
  public var texts: [RecognizedText]
  /// Creates the layer.
  public init(photo: PhotoID, texts: [RecognizedText]) {
    self.photo = photo
    self.texts = texts
  }
}
