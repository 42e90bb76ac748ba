/// What it costs, in nats, to believe in one kind of word rather than another.
///
/// Fitted on lines of DHSD's training writers (names, where a lexicon can only do harm) and on drawn lines of workshop
/// notes; see `Training/README.md`.
package struct LexiconWeights: Hashable, Sendable {
  /// What a word that no lexicon knows costs: a known word may be less likely by this much and still win.
  package var unknown = 3.5
  /// What each letter of an unknown word beyond the third costs more: long rows of letters that are no word are rarely
  /// what somebody wrote.
  package var unknownLetter = 0.25
  /// What an unknown word costs more for each nat that its letters are less likely after one another than
  /// ``usualLetter`` nats each: a digit between letters, or an ending that German has not.
  package var unusualLetters = 0.15
  /// Nats that each letter of an unknown word may take.
  package var usualLetter = 3.0
  /// How much more a correction of a word of three letters must gain, since every second row of letters is a word.
  package var shortMargin = 2.0
  /// Each further part of a compound: much can be put together that nobody says.
  package var compound = 1.5
  /// Each further word of a line, so that an unknown word is not torn into two that are known.
  package var word = 0.6
  /// Gain of a word of the workshop's own vocabulary.
  package var preferred = 1.0
  /// What a known word costs more for each power of ten by which it is rarer than ``usualRarity``, and gains where it
  /// is commoner.
  package var rarity = 1.0
  /// Rarity (negative decimal logarithm of the share in running text) of a word that neither costs nor gains.
  package var usualRarity = 5.0
  /// What a rare word costs at most; so much costs a word that no text held.
  package var rarest = 0.5
  /// What a common word gains at most.
  package var commonest = 3.0
  /// Two words read where the line has one, or one where it has two.
  package var spacing = 1.0
  /// A noun behind a space that starts with a small letter: rather the end of the word before it.
  package var smallNoun = 1.0
  /// How much likelier a capital that stands alone beside other capitals must be than the same written together: codes
  /// such as DBA are common on notes, and hands that write capitals leave gaps between them.
  package var loneCapital = 1.5
  /// Largest number of letters by which a known word may differ from the reading.
  package var furthest = 3
  /// How much less likely the case that a lexicon knows may be than the case that was read.
  package var letterCase = 3.0
  /// Letters below this log-probability at a column are not tried.
  package var leastLetter = -9.0
  /// Ways kept after each column, and how far behind the best they may lie.
  package var beamWidth = 40
  /// Nats behind the best way at which a way is given up.
  package var beamDepth = 12.0

  /// The fitted weights.
  package init() {}
}
