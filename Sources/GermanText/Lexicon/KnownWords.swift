/// Answers whether a word is spelled as the language spells it.
///
/// The dictionary of the system answers for the program; a set of words answers in tests.
package protocol KnownWords: Sendable {
  /// Whether `word`, written as it stands in a text, is known; compounds and inflected forms included.
  func knows(_ word: String) -> Bool
  /// Whether `word` may be put in the place of a misread one: known, and no compound put together by chance.
  func isPlausible(_ word: String) -> Bool
  /// Whether a word of five letters or more, known or not, is spelled as words of the language are, but for `strange`
  /// runs of three letters at most.
  func resembles(_ word: String, strange: Int) -> Bool
}

extension KnownWords {
  /// What is known is plausible.
  package func isPlausible(_ word: String) -> Bool { knows(word) }

  /// A list of words says nothing of others.
  package func resembles(_ word: String, strange: Int) -> Bool { knows(word) }
}

/// A fixed list of words, compared without regard to case.
package struct WordSet: KnownWords {
  private let words: Set<String>

  /// Takes the words as written.
  package init(_ words: some Sequence<String>) {
    self.words = Set(words.map { $0.lowercased() })
  }

  /// Whether the word is in the list.
  package func knows(_ word: String) -> Bool { words.contains(word.lowercased()) }
}
