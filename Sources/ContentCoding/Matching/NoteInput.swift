package import ProtocolModel

/// A note as the coder takes it.
package struct NoteInput: Sendable {
  /// The region it was read from.
  package var region: RegionID
  /// Its cleaned text; `nil` where it is not legible.
  package var text: String?
  /// Other readings with their probabilities, best first.
  package var alternatives: [AlternativeReading]
  /// Whether its reading may be trusted.
  package var isLegible: Bool
  /// What is on it.
  package var content: RegionContent
  /// The heading of its board.
  package var boardHeading: String?
  /// What the agenda calls the board, where no heading was read.
  package var boardHint: String?
  /// The heading of the moderators' group it belongs to.
  package var groupHeading: String?
  /// The colour of its paper.
  package var colour: String?

  /// Creates a note.
  package init(
    region: RegionID, text: String?, alternatives: [AlternativeReading] = [], isLegible: Bool = true,
    content: RegionContent = .text, boardHeading: String? = nil, boardHint: String? = nil,
    groupHeading: String? = nil, colour: String? = nil
  ) {
    self.region = region
    self.text = text
    self.alternatives = alternatives
    self.isLegible = isLegible
    self.content = content
    self.boardHeading = boardHeading
    self.boardHint = boardHint
    self.groupHeading = groupHeading
    self.colour = colour
  }
}

/// What the coder may be told.
package struct CodingParameters: Hashable, Sendable {
  /// Least sum of evidence from the note's own words for a code.
  package var minimumScore = 1.0
  /// Least sum for a further code, in its own right.
  package var minimumFurtherScore = 1.5
  /// Least share of the first code's evidence for a further one.
  package var minimumFurtherShare = 0.55
  /// Least share of what single words say for the first code that they must say for a further one.
  package var minimumFurtherWords = 0.3
  /// Least sum of single words for a code that no cue names.
  package var minimumWords = 1.0
  /// How near two scores with single words must be to count as a tie still.
  package var wordTieMargin = 0.3
  /// How near two scores from the same words must be to count as a tie.
  package var tieMargin = 0.05
  /// Whether the board's heading counts.
  package var usesBoard = true
  /// Whether the heading of the moderators' group counts.
  package var usesGroup = true
  /// Whether misreadings are matched.
  package var toleratesNoise = true
  /// How far a misreading may be from the word it is taken for: 1 is about a fifth of the letters.
  package var noiseTolerance = 1.0
  /// Whether single words of the cues count where the cues themselves do not fire.
  package var usesAssociations = true
  /// Whether learned weights count, where there are some.
  package var usesLearnedWeights = true
  /// Whether the thesaurus is asked, where one is given.
  package var usesSynonyms = true

  /// The defaults.
  package init() {}
}
