package import Imaging

/// One reader of single text lines.
package protocol TextRecognizer: Sendable {
  /// Who reads: enters the key of the result store and the protocol's appendix.
  var identity: EngineIdentity { get }

  /// Reads one tight, upright line; blocks until done or until `deadline` has passed. Called from any thread;
  /// where there is a deadline, from the one that made it.
  ///
  /// A reader that ran out of time returns a reading with ``LineReading/timedOut`` set, and no hypotheses.
  func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading
}

/// Which program and data read a line.
package struct EngineIdentity: Hashable, Sendable, Codable {
  /// Short name as written beside a line, such as `tesseract:deu` or `neural:small-averaged`.
  package var name: String
  /// Version of the program behind it.
  package var version: String
  /// Digest or other fixed name of the data it was trained to.
  package var data: String

  /// Creates an identity.
  package init(name: String, version: String, data: String) {
    self.name = name
    self.version = version
    self.data = data
  }

  /// All three in one text, for keys.
  package var key: String { "\(name) \(version) \(data)" }
}

/// Why nothing could be read at all (a line that is merely hard is no error).
package enum RecognitionError: Error, Hashable, Sendable {
  /// The language data is not installed; the name of the language and the folders that were searched.
  case missingLanguage(String, searched: [String])
  /// The engine refused the language data it was given.
  case engineFailed(String)
  /// A resource of this module is missing or broken; its file name.
  case badResource(String)
  /// The picture is none, or has no pixels.
  case unusableImage
}

/// One upright line of writing, cropped tightly to its ink, its colour kept.
package struct LineImage: Hashable, Sendable {
  /// The picture. A margin of a few pixels around the ink; the paper keeps its colour.
  package var image: ColorImage

  /// Creates a line image.
  package init(_ image: ColorImage) { self.image = image }
}

/// Where one character of a hypothesis stands in its line image, as shares of the width, 0...1.
package struct CharacterSpan: Hashable, Sendable {
  /// Left end.
  package var start: Double
  /// Right end.
  package var end: Double
  /// Creates a span.
  package init(start: Double, end: Double) {
    self.start = start
    self.end = end
  }
}

/// One way to read a line.
package struct Hypothesis: Hashable, Sendable {
  /// The text, NFC, blanks single, none at the ends.
  package var text: String
  /// Natural logarithm of the probability that the engine gives the whole text, at most 0 (nats).
  package var logProbability: Double
  /// One span per Unicode scalar of ``text``; empty where the engine does not know.
  package var characters: [CharacterSpan]
  /// Share of its words that stand in a lexicon (or are numbers and the like), 0...1; `nil` where nobody looked.
  package var lexiconShare: Double?

  /// Creates a hypothesis.
  package init(
    text: String, logProbability: Double, characters: [CharacterSpan] = [], lexiconShare: Double? = nil
  ) {
    self.text = text
    self.logProbability = logProbability
    self.characters = characters
    self.lexiconShare = lexiconShare
  }
}

/// What one reader made of one line.
package struct LineReading: Hashable, Sendable {
  /// The hypotheses, best first; empty where nothing was read.
  package var hypotheses: [Hypothesis]
  /// Whether the deadline ended the reading.
  package var timedOut: Bool
  /// Name of the engine, as in ``EngineIdentity/name``, or of the combination that read.
  package var reader: String
  /// What several looks at the line say of the first hypothesis; `nil` from a reader that looks once.
  package var looks: ReadingLooks?

  /// Creates a reading.
  package init(hypotheses: [Hypothesis], reader: String, timedOut: Bool = false) {
    self.hypotheses = hypotheses
    self.reader = reader
    self.timedOut = timedOut
  }
}

/// How several looks at one line judge its best reading.
package struct ReadingLooks: Hashable, Sendable {
  /// How many looks there were.
  package var count: Int
  /// Mean likeness of the other looks' own best texts, 0...1; `nil` after a single look.
  package var agreement: Double?
  /// Least log-probability that any look gives it (nats).
  package var worst: Double
  /// Nats before the next text that differs in more than case, the lexicon's cost counted; 5 without another.
  package var lead: Double
  /// Columns of the network for each character: how wide the writing is for its height.
  package var columnsPerCharacter: Double
  /// Creates a judgement.
  package init(count: Int, agreement: Double?, worst: Double, lead: Double, columnsPerCharacter: Double) {
    self.count = count
    self.agreement = agreement
    self.worst = worst
    self.lead = lead
    self.columnsPerCharacter = columnsPerCharacter
  }
}
