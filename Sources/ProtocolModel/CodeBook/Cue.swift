/// One reason to give a code, or to withhold it.
public struct Cue: Codable, Hashable, Sendable {
  /// Unique in its code book.
  public var id: String
  /// The code it speaks for.
  public var code: String
  /// What it compares; the kinds are those of the code book's schema.
  public var kind: String
  /// What it looks for, in the notation of its kind.
  public var pattern: String
  /// What a match adds to the code's score; negative for a cue that speaks against it.
  public var weight: Double
  /// Whether a match inside the reach of a negation counts: `any`, `affirmed` or `negated`.
  public var polarity: Polarity
  /// Whether the codes that share its pattern belong together in one note (a demand on politics is a measure too);
  /// otherwise the better one stands alone.
  public var together: Bool
  /// Patterns that keep it from matching.
  public var unless: [String]
  /// A note on which it fires.
  public var example: String?
  /// Where it comes from: `slide`, `study`, `reviewer`, `learned`, `language`.
  public var source: String

  /// Creates a cue.
  public init(
    id: String, code: String, kind: String, pattern: String, weight: Double = 1, unless: [String] = [],
    example: String? = nil, source: String, polarity: Polarity = .any, together: Bool = false
  ) {
    self.id = id
    self.code = code
    self.kind = kind
    self.pattern = pattern
    self.weight = weight
    self.unless = unless
    self.example = example
    self.source = source
    self.polarity = polarity
    self.together = together
  }

  /// Whether a match inside the reach of a negation counts.
  public enum Polarity: String, Codable, Sendable, CaseIterable {
    /// Everywhere.
    case any
    /// Only outside the reach of a negation.
    case affirmed
    /// Only inside.
    case negated
  }
}
