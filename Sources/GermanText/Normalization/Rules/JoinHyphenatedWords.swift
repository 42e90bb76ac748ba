/// Undoes hyphenation at the end of a line: `Weiter-⏎bildung` is one word, `KI-⏎Skepsis` keeps its hyphen.
package struct JoinHyphenatedWords: CleaningRule {
  /// `join-hyphenated-words`.
  package let id = "join-hyphenated-words"
  private let known: any KnownWords
  /// Words after which a hyphen at the line's end stands for a left-out part: `Früh-⏎und Spätschicht`.
  private static let conjunctions: Set<String> = ["und", "u", "oder", "o", "bzw", "sowie", "bis", "als"]

  /// Creates the rule; words in capitals are asked of `known`, because their case says nothing.
  package init(known: any KnownWords) { self.known = known }

  /// Every hyphen between two letters with a line feed behind it, blanks around the line feed included.
  package func replacements(in text: AlignedText) -> [Replacement] {
    let scalars = text.scalars
    var found: [Replacement] = []
    for feed in scalars.indices where scalars[feed] == "\n" {
      var hyphen = feed - 1
      while hyphen >= 0, isBlank(scalars[hyphen]) { hyphen -= 1 }
      var next = feed + 1
      while next < scalars.count, isBlank(scalars[next]) { next += 1 }
      guard hyphen > 0, next < scalars.count, Tokenizer.isLetter(scalars[next]) else { continue }
      if scalars[hyphen] == "/", Tokenizer.isLetter(scalars[hyphen - 1]) {
        found.append(Replacement((hyphen + 1)..<next, ""))
        continue
      }
      guard isHyphen(scalars[hyphen]), Tokenizer.isLetter(scalars[hyphen - 1]) || Tokenizer.isDigit(scalars[hyphen - 1])
      else { continue }
      let before = run(scalars, endingAt: hyphen)
      let after = run(scalars, startingAt: next)
      if Self.conjunctions.contains(String(String.UnicodeScalarView(after)).lowercased()) { continue }
      found.append(Replacement((joins(before, after) ? hyphen : hyphen + 1)..<next, ""))
    }
    return found
  }

  /// Whether the hyphen was only the line's end.
  private func joins(_ before: ArraySlice<Unicode.Scalar>, _ after: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = after.first, before.count >= 2, before.allSatisfy(Tokenizer.isLetter) else { return false }
    let isCapitals = before.allSatisfy(\.properties.isUppercase)
    guard first.properties.isUppercase else { return !isCapitals || before.count > 4 }
    // In capitals: one word where the dictionary knows it, otherwise by length, because acronyms are short.
    guard isCapitals, after.allSatisfy(\.properties.isUppercase) else { return false }
    let whole = String(String.UnicodeScalarView(before + after))
    if known.knows(whole.prefix(1) + whole.dropFirst().lowercased()) { return true }
    return before.count > 4 && !known.knows(String(String.UnicodeScalarView(before)))
  }

  private func run(_ scalars: [Unicode.Scalar], endingAt end: Int) -> ArraySlice<Unicode.Scalar> {
    var start = end
    while start > 0, Tokenizer.isLetter(scalars[start - 1]) || Tokenizer.isDigit(scalars[start - 1]) { start -= 1 }
    return scalars[start..<end]
  }

  private func run(_ scalars: [Unicode.Scalar], startingAt start: Int) -> ArraySlice<Unicode.Scalar> {
    var end = start
    while end < scalars.count, Tokenizer.isLetter(scalars[end]) { end += 1 }
    return scalars[start..<end]
  }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar != "\n" && scalar.properties.isWhitespace }

  /// Hyphens, the soft one, and the not-sign that readers make of it.
  private func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
    Tokenizer.isHyphen(scalar) || scalar == "\u{AD}" || scalar == "\u{AC}"
  }
}
