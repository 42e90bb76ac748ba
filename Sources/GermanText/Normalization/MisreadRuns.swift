/// Which runs of letters and signs of a text may be misread words at all: what the rules that undo misreadings share.
///
/// Never numbers, acronyms, addresses, handles, names, and what is known as it stands.
struct MisreadRuns: Sendable {
  private let known: any KnownWords
  private let nameEndings: [String]
  private let wordsAfterNames: Set<String>
  /// Signs that are confused with letters and so may stand inside a word.
  private let signs: Set<Unicode.Scalar>

  /// Takes the signs that the table confuses with letters, and the bundled parts of names.
  init(known: any KnownWords, table: ConfusionTable) throws(TableError) {
    self.known = known
    let names = try TableFile(resource: "name-parts.tsv").rows
    nameEndings = names.filter { $0[1] == "end" }.map { $0[0] }
    wordsAfterNames = Set(names.filter { $0[1] == "next" }.map { $0[0] })
    signs = Set(table.pairs.flatMap { $0.read.unicodeScalars }.filter { !Tokenizer.isLetter($0) })
  }

  /// Pieces between blanks that are no addresses.
  func chunks(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    scalars.indices.split(whereSeparator: { scalars[$0].properties.isWhitespace }).map { $0.startIndex..<$0.endIndex }
      .filter { !isAddress(scalars[$0]) }
  }

  private func isAddress(_ chunk: ArraySlice<Unicode.Scalar>) -> Bool {
    let text = String(String.UnicodeScalarView(chunk))
    return text.contains("@") || text.contains("://") || text.hasPrefix("www.") || text.hasPrefix("#")
  }

  /// Runs of letters and of signs between or before letters.
  func runs(_ scalars: [Unicode.Scalar], _ chunk: Range<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var place = chunk.lowerBound
    while place < chunk.upperBound {
      guard Tokenizer.isLetter(scalars[place]) || startsWord(scalars, place, chunk) else {
        place += 1
        continue
      }
      var end = place + 1
      while end < chunk.upperBound, Tokenizer.isLetter(scalars[end]) || isInside(scalars, end, chunk) { end += 1 }
      runs.append(place..<end)
      place = end
    }
    return runs
  }

  /// A sign, no digit, straight before a letter: `[izenz`.
  private func startsWord(_ scalars: [Unicode.Scalar], _ place: Int, _ chunk: Range<Int>) -> Bool {
    guard signs.contains(scalars[place]), !Tokenizer.isDigit(scalars[place]), scalars[place] != "+",
      place + 1 < chunk.upperBound, scalars[place] != "(", scalars[place] != "!"
    else { return false }
    return place == chunk.lowerBound && Tokenizer.isLetter(scalars[place + 1])
  }

  /// A sign or digit with a letter on both sides.
  private func isInside(_ scalars: [Unicode.Scalar], _ place: Int, _ chunk: Range<Int>) -> Bool {
    guard signs.contains(scalars[place]), place + 1 < chunk.upperBound, scalars[place] != "!" else { return false }
    return Tokenizer.isLetter(scalars[place - 1]) && Tokenizer.isLetter(scalars[place + 1])
  }

  /// Whether a run may be a misread word; `least` is how many letters it has at least.
  func isMisreadable(_ scalars: [Unicode.Scalar], _ range: Range<Int>, least: Int) -> Bool {
    let run = scalars[range]
    let text = String(String.UnicodeScalarView(run))
    let letters = run.filter(Tokenizer.isLetter)
    guard letters.count >= least, letters.count * 4 >= run.count * 3, !isBound(scalars, range) else { return false }
    let capitals = letters.filter(\.properties.isUppercase).count
    if capitals == 1, run.first?.properties.isUppercase == true, isName(text, before: range.upperBound, in: scalars) {
      return false
    }
    // Capitals inside a small word, several of them: an acronym with an ending, a product's name.
    if capitals == letters.count, run.count <= 5 { return false }
    if letters.count == run.count, isKnown(text) { return false }
    return letters.count == run.count || !pieces(run).allSatisfy { $0.count >= 3 && isKnown($0) }
  }

  /// Whether the word ends as names of places and people do, or stands before `Straße`, a blank or hyphen between.
  private func isName(_ text: String, before end: Int, in scalars: [Unicode.Scalar]) -> Bool {
    if nameEndings.contains(where: { text.hasSuffix($0) && text.count > $0.count + 1 }) { return true }
    guard end + 1 < scalars.count, scalars[end] == " " || Tokenizer.isHyphen(scalars[end]) else { return false }
    let next = scalars[(end + 1)...].prefix(while: Tokenizer.isLetter)
    return wordsAfterNames.contains(String(String.UnicodeScalarView(next)))
  }

  /// Known as it stands, or in other capitals: a reader's slip of case is no misread letter.
  func isKnown(_ text: String) -> Bool {
    if known.knows(text) { return true }
    let small = text.lowercased()
    return known.knows(small) || known.knows(small.prefix(1).uppercased() + small.dropFirst())
  }

  private func pieces(_ run: ArraySlice<Unicode.Scalar>) -> [String] {
    run.split { !Tokenizer.isLetter($0) }.map { String(String.UnicodeScalarView($0)) }
  }

  /// Touches a digit, a handle or the inner dot of a name.
  func isBound(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    let before = range.lowerBound > 0 ? scalars[range.lowerBound - 1] : " "
    let after = range.upperBound < scalars.count ? scalars[range.upperBound] : " "
    if Tokenizer.isDigit(before) || Tokenizer.isDigit(after) || before == "@" || before == "_" || after == "_" {
      return true
    }
    return after == "." && range.upperBound + 1 < scalars.count && Tokenizer.isLetter(scalars[range.upperBound + 1])
  }
}
