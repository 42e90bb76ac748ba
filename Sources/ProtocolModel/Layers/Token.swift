/// One word of a cleaned text as matching sees it. Ranges count Unicode scalars of the cleaned text.
public struct Token: Codable, Hashable, Sendable {
  /// The word as written.
  public var text: String
  /// First scalar.
  public var start: Int
  /// Scalar after the last.
  public var end: Int
  /// Case-folded, ß as ss, ä as ae and so on undone to one spelling: what exact matching compares.
  public var folded: String
  /// The lemma or stem, folded: what inflected matching compares.
  public var stem: String
  /// Folded stems of the compound's parts, left to right; empty for a simple word.
  public var parts: [String]
  /// Folded stems of the words that an abbreviation stands for (`MA`: `mitarbeit`); empty otherwise.
  public var expansion: [String]
  /// Whether the lexicon knows the word as written: such a word is not taken for a misreading of another. `nil` where no
  /// lexicon is installed.
  public var isKnown: Bool?

  /// Creates a token.
  public init(
    text: String, start: Int, end: Int, folded: String, stem: String, parts: [String] = [], expansion: [String] = [],
    isKnown: Bool? = nil
  ) {
    self.text = text
    self.start = start
    self.end = end
    self.folded = folded
    self.stem = stem
    self.parts = parts
    self.expansion = expansion
    self.isKnown = isKnown
  }
}

/// Turns text into tokens. GermanText implements it; ContentCoding only asks for it.
public protocol TextAnalyzer: Sendable {
  /// Tokens of `text`, left to right; punctuation is not returned.
  func tokens(of text: String) -> [Token]
}
