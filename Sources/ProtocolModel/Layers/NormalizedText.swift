/// One change that cleaning made. Ranges count Unicode scalars; `to` is exclusive.
public struct TextEdit: Codable, Hashable, Sendable {
  /// The rule, such as `join-hyphenated-words`.
  public var rule: String
  /// Start in the text before all rules (lines joined by line feeds).
  public var from: Int
  /// End there.
  public var to: Int
  /// What stood there.
  public var before: String
  /// What stands now.
  public var after: String
  /// Creates an edit.
  public init(rule: String, from: Int, to: Int, before: String, after: String) {
    self.rule = rule
    self.from = from
    self.to = to
    self.before = before
    self.after = after
  }
}

/// The cleaned text of one region, with every change that led to it.
public struct NormalizedText: Codable, Hashable, Sendable {
  /// The region.
  public var region: RegionID
  /// The best reading with its line feeds, untouched.
  public var raw: String
  /// One line, single spaces, line-end hyphenation undone, case as written, without bullets; `nil` when not legible.
  public var normalized: String?
  /// What cleaning did, in the order of the text.
  public var edits: [TextEdit]
  /// For every Unicode scalar of ``normalized`` the scalar of ``raw`` it came from; one entry more, for the end.
  public var alignment: [Int]
  /// Cleaned other readings with their probabilities, best first, the first not included.
  public var alternatives: [AlternativeReading]

  /// Creates a cleaned text.
  public init(
    region: RegionID, raw: String, normalized: String?, edits: [TextEdit] = [], alignment: [Int] = [],
    alternatives: [AlternativeReading] = []
  ) {
    self.region = region
    self.raw = raw
    self.normalized = normalized
    self.edits = edits
    self.alignment = alignment
    self.alternatives = alternatives
  }
}

/// The cleaned texts of one photo.
public struct TextLayer: Layer, Hashable {
  /// `texts`.
  public static let layerName = "texts"
  /// The photo.
  public var photo: PhotoID
  /// One per region, in reading order.
  public var texts: [NormalizedText]
  /// Creates the layer.
  public init(photo: PhotoID, texts: [NormalizedText]) {
    self.photo = photo
    self.texts = texts
  }
}
