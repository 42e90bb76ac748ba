/// What a cue compares.
enum CueKind: String, CaseIterable {
  /// A word, by its lemma, alone or in a compound.
  case word
  /// A part of a compound.
  case part
  /// Several words, with gaps.
  case phrase
  /// Characters: `#` stands for digits, `@` for one letter, everything else for itself; bounded like a word.
  case pattern
  /// A word in the reach of a negation.
  case negated
  /// The heading of the board or agenda item.
  case board
  /// The heading of the board again, for the code that takes the notes nothing else explains.
  case rest
  /// The colour of the paper.
  case colour
}
