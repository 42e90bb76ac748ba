/// Puts blanks where a reader lost or added one: `ausdem` is `aus dem`, `ent scheidung` is `entscheidung`.
///
/// Only two function words are taken apart: any other pair may be a compound, a name or a word with an ending that no
/// dictionary has. Only runs that are no words as they stand are put together, where both are one word.
package struct RepairSpacing: CleaningRule {
  /// `repair-spacing`.
  package let id = "repair-spacing"
  private let known: any KnownWords
  private let functionWords: Set<String>

  /// Creates the rule over a lexicon and the bundled table of function words.
  package init(known: any KnownWords) throws(TableError) {
    self.known = known
    functionWords = Set(try TableFile(resource: "function-words.tsv").rows.map { $0[0] })
  }

  /// The blanks to drop and to put in.
  package func replacements(in text: AlignedText) -> [Replacement] {
    var found: [Replacement] = []
    for line in text.lines {
      let words = TextWords.words(in: text.scalars, line)
      var index = 0
      while index < words.count {
        let word = words[index]
        if index + 1 < words.count, joins(word, words[index + 1], text.scalars) {
          found.append(Replacement(word.range.upperBound..<words[index + 1].range.lowerBound, ""))
          index += 2
          continue
        }
        if let cut = split(word) {
          let place = word.range.lowerBound + cut
          found.append(Replacement(place..<place, " "))
        }
        index += 1
      }
    }
    return found
  }

  /// Whether two runs of letters with a blank between are one word: the second goes on in small letters, one of them is
  /// no word, and both together are one.
  private func joins(_ first: TextWords.Word, _ second: TextWords.Word, _ scalars: [Unicode.Scalar]) -> Bool {
    guard second.range.lowerBound == first.range.upperBound + 1, scalars[first.range.upperBound] == " ",
      !followsApostrophe(first, scalars),
      !first.isBound, !second.isBound, first.letters + second.letters >= Self.least,
      !touchesSign(second, scalars), scalars[second.range].allSatisfy(\.properties.isLowercase),
      !first.isCapitals || first.letters == 1
    else { return false }
    if isWord(first) || isWord(second) { return false }
    let whole = first.text + second.text
    return knows(whole) && plausible(whole)
  }

  /// An apostrophe or a full stop behind a short run: an abbreviation.
  private func touchesSign(_ word: TextWords.Word, _ scalars: [Unicode.Scalar]) -> Bool {
    guard word.letters <= 3, word.range.upperBound < scalars.count else { return false }
    return [".", "'", "’"].contains(scalars[word.range.upperBound])
  }

  private func followsApostrophe(_ word: TextWords.Word, _ scalars: [Unicode.Scalar]) -> Bool {
    word.range.lowerBound > 0 && ["'", "’"].contains(scalars[word.range.lowerBound - 1])
  }

  /// Where a word that nobody knows falls into two function words; `nil` where it does not or in two ways.
  private func split(_ word: TextWords.Word) -> Int? {
    guard word.letters >= Self.least, !word.isBound, !word.isCapitals, !knows(word.text) else { return nil }
    let letters = Array(word.text)
    guard letters.dropFirst().allSatisfy(\.isLowercase) else { return nil }
    let places = (2...(letters.count - 2)).filter { cut in
      functionWords.contains(String(letters[..<cut]).lowercased()) && functionWords.contains(String(letters[cut...]))
    }
    return places.count == 1 ? places[0] : nil
  }

  private func isWord(_ word: TextWords.Word) -> Bool {
    word.letters >= 2 && (functionWords.contains(word.text.lowercased()) || known.knows(word.text))
  }

  /// Known in small letters or with a capital.
  private func knows(_ text: String) -> Bool {
    let small = text.lowercased()
    return known.knows(text) || known.knows(small) || known.knows(small.prefix(1).uppercased() + small.dropFirst())
  }

  private func plausible(_ text: String) -> Bool {
    let small = text.lowercased()
    return known.isPlausible(small) || known.isPlausible(small.prefix(1).uppercased() + small.dropFirst())
  }

  /// Letters of a word that is put together or taken apart, at least: shorter ones are words by accident.
  private static let least = 5
}
