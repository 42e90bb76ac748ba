/// The words that cleaning takes for right: those of the lexicon, those of the tables, and what the two explain.
///
/// Dictionaries lack half of what people write on notes (`rumgeben`, `nüscht`, `Rapportzettel`); taking such a word for
/// misread would spoil it.
package struct Vocabulary: KnownWords {
  private let lexicon: Lexicon
  private let forms: WordForms
  private let splitter: CompoundSplitter

  /// Creates the vocabulary over a lexicon and the bundled tables.
  package init(lexicon: Lexicon) throws(TableError) {
    self.lexicon = lexicon
    forms = try WordForms()
    splitter = CompoundSplitter(lexicon: lexicon, rules: try CompoundSplitter.Rules())
  }

  /// Whether the lexicon, a table, a verb with its particle or a clean split explains the word.
  package func knows(_ word: String) -> Bool {
    if lexicon.knows(word) { return true }
    let key = WordForms.key(word)
    if forms.variants[key] != nil || forms.lemmas[key] != nil { return true }
    if let prefix = forms.prefixes.first(where: { key.hasPrefix($0) && key.count > $0.count + 3 }),
      lexicon.knows(String(key.dropFirst(prefix.count)))
    {
      return true
    }
    guard let plain = PlainWord(word) else { return false }
    return splitter.isClean(plain)
  }

  /// Whether the dictionary knows the word as spelled and it is either no compound or one that splits cleanly.
  package func isPlausible(_ word: String) -> Bool {
    let small = word.lowercased()
    guard lexicon.knows(small) || lexicon.knows(small.prefix(1).uppercased() + small.dropFirst()),
      let plain = PlainWord(word)
    else { return false }
    return splitter.isSimple(plain) || splitter.isClean(plain) || splitter.parts(of: plain).isEmpty
  }

  /// Whether the word is spelled out of the runs of letters that the lexicon's words have.
  package func resembles(_ word: String, strange: Int) -> Bool { lexicon.resembles(word, strange: strange) }
}
