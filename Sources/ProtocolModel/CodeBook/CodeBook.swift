/// The codes of a workshop with the cues that give them: data, read from a file, never written in code.
public struct CodeBook: Codable, Hashable, Sendable {
  /// Version of the file's format.
  public var schema: Int
  /// Short and unique, such as `ki-skepsis`.
  public var id: String
  /// Version of the content.
  public var version: String
  /// BCP 47, such as `de`.
  public var language: String
  /// As printed.
  public var title: String
  /// Where the codes come from.
  public var source: String
  /// In the order in which they are printed; parents before children.
  public var codes: [Code]
  /// The pairings the book asserts: fear to consequence, consequence or fear to measure.
  public var chains: [ChainLink]
  /// What makes a matcher give a code.
  public var cues: [Cue]
  /// Word sets that patterns name in braces.
  public var sets: [WordSet]

  /// Words and short phrases that mean the same to a pattern, such as everything that says "there is none".
  public struct WordSet: Codable, Hashable, Sendable {
    /// Unique in its code book; the set `negation` turns the polarity of the words after it.
    public var id: String
    /// In the notation of phrases.
    public var patterns: [String]
    /// Creates a set.
    public init(id: String, patterns: [String]) {
      self.id = id
      self.patterns = patterns
    }
  }

  /// A pairing of two codes.
  public struct ChainLink: Codable, Hashable, Sendable {
    /// Id of the fear or consequence.
    public var from: String
    /// Id of the consequence or measure.
    public var to: String
    /// As printed, such as `AI-Literacy, Umschulungen`.
    public var label: String?
    /// Where the pairing comes from.
    public var source: String?
    /// Creates a link.
    public init(from: String, to: String, label: String? = nil, source: String? = nil) {
      self.from = from
      self.to = to
      self.label = label
      self.source = source
    }
  }

  /// Creates a code book.
  public init(
    schema: Int = 1, id: String, version: String, language: String = "de", title: String, source: String,
    codes: [Code], chains: [ChainLink] = [], cues: [Cue] = [], sets: [WordSet] = []
  ) {
    self.schema = schema
    self.id = id
    self.version = version
    self.language = language
    self.title = title
    self.source = source
    self.codes = codes
    self.chains = chains
    self.cues = cues
    self.sets = sets
  }

  /// The code with an id.
  public func code(_ id: String) -> Code? { codes.first { $0.id == id } }
}

/// One code: what it means, when it applies and how it is told from its neighbours.
public struct Code: Codable, Hashable, Sendable {
  /// Dotted path, such as `cause.competence`; finer codes extend it.
  public var id: String
  /// German label.
  public var label: String
  /// English label.
  public var labelEnglish: String?
  /// When it applies.
  public var definition: String?
  /// Notes that show it at its clearest.
  public var anchors: [String]
  /// How it is told from neighbouring codes.
  public var delimitation: String?
  /// `#RRGGBB`.
  public var colour: String?
  /// Id of the parent.
  public var parent: String?
  /// Whether notes may be given it.
  public var isCodable: Bool
  /// Whether it may have rank 1.
  public var mayBePrimary: Bool
  /// The section of the protocol that prints it (`causes`, `chains`, `measures`, `questions`, `reflection`, `codes`).
  public var section: String?

  /// Creates a code.
  public init(
    id: String, label: String, labelEnglish: String? = nil, definition: String? = nil, anchors: [String] = [],
    delimitation: String? = nil, colour: String? = nil, parent: String? = nil, isCodable: Bool = true,
    mayBePrimary: Bool = true, section: String? = nil
  ) {
    self.id = id
    self.label = label
    self.labelEnglish = labelEnglish
    self.definition = definition
    self.anchors = anchors
    self.delimitation = delimitation
    self.colour = colour
    self.parent = parent
    self.isCodable = isCodable
    self.mayBePrimary = mayBePrimary
    self.section = section
  }
}
