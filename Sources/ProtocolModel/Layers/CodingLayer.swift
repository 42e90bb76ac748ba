/// One reason for a code: the cue that matched, where, by which rule and what it was worth.
public struct Evidence: Codable, Hashable, Sendable {
  /// Id of the cue in the code book; `board:...` for the board's heading, `group:...` for the moderators' group,
  /// `word:...` for single words of the cues, `learned:...` for words and boards that coded notes taught.
  public var cue: String
  /// The words it matched, as written.
  public var match: String
  /// First Unicode scalar in the cleaned text; 0 with ``end`` 0 where the evidence is not in the text.
  public var start: Int
  /// Scalar after the last.
  public var end: Int
  /// How it matched: `exact`, `inflected`, `compound`, `phrase`, `synonym`, `fuzzy`, `pattern`, `negated`, `board`,
  /// `group`, `colour`, `association`, `learned`.
  public var rule: String
  /// What it adds to the score; negative for counter-evidence.
  public var weight: Double
  /// Creates evidence.
  public init(cue: String, match: String, start: Int, end: Int, rule: String, weight: Double) {
    self.cue = cue
    self.match = match
    self.start = start
    self.end = end
    self.rule = rule
    self.weight = weight
  }
}

/// One code given to one note. The score is the sum of the weights of the evidence, to the last digit.
public struct Coding: Codable, Hashable, Sendable {
  /// Id of the code, such as `cause.competence` or `measure.information.training`.
  public var code: String
  /// 1 for the primary code; unique in a note.
  public var rank: Int
  /// Sum of the weights of ``evidence``, added in their order.
  public var score: Double
  /// `pipeline`, or the reviewer who decided.
  public var origin: String
  /// Why.
  public var evidence: [Evidence]
  /// Creates a coding.
  public init(code: String, rank: Int, score: Double, origin: String = "pipeline", evidence: [Evidence]) {
    self.code = code
    self.rank = rank
    self.score = score
    self.origin = origin
    self.evidence = evidence
  }
}

/// Why a note has no code.
public enum UnassignedReason: String, Codable, Sendable, CaseIterable {
  /// Nothing is written on it.
  case noText = "no-text"
  /// It could not be read well enough.
  case lowConfidence = "low-confidence"
  /// No cue of the code book matched.
  case noMatch = "no-match"
  /// Two codes explain it equally well.
  case tie
  /// Coffee, Wi-Fi passwords, names: not about the subject.
  case offTopic = "off-topic"
}

/// The codes of one note, or the reason why it has none.
public struct NoteCoding: Codable, Hashable, Sendable {
  /// The note.
  public var region: RegionID
  /// By rank.
  public var codings: [Coding]
  /// `nil` exactly where ``codings`` is not empty, or the region is a heading.
  public var unassignedReason: UnassignedReason?
  /// What sent it off the topic; `nil` for every other reason.
  public var unassignedEvidence: [Evidence]?
  /// Creates the codes of a note.
  public init(
    region: RegionID, codings: [Coding], unassignedReason: UnassignedReason?, unassignedEvidence: [Evidence]? = nil
  ) {
    self.region = region
    self.codings = codings
    self.unassignedReason = unassignedReason
    self.unassignedEvidence = unassignedEvidence
  }
}

/// The codes of one photo's notes.
public struct CodingLayer: Layer, Hashable {
  /// `codings`.
  public static let layerName = "codings"
  /// The photo.
  public var photo: PhotoID
  /// One per region that is not a heading, in reading order.
  public var notes: [NoteCoding]
  /// Creates the layer.
  public init(photo: PhotoID, notes: [NoteCoding]) {
    self.photo = photo
    self.notes = notes
  }
}
