/// Answers whether a word is spelled as the language spells it.
///
/// The dictionary of the system answers for the program; a set of words answers in tests.
package protocol KnownWords: Sendable {
  /// Whether `word`, written as it stands in a text, is known; compounds and inflected forms included.
  func knows(_ word: String) -> Bool
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
