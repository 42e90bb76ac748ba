/// Drops lines above and below the writing that are none: a reader's answer to an edge, a shadow or the ink of a neighbour.
///
/// Only where the region has a line with a known word, and the dictionary knows none in this one: a note that is all
/// strange stays as it was read.
package struct DropNoiseLines: CleaningRule {
  /// `drop-noise-lines`.
  package let id = "drop-noise-lines"
  /// The line reader leaves such lines empty: of five lines dropped from its readings of eight photos three were
  /// right (`EU AI ACT =`).
  package let isForGuessedText = true
  private let known: any KnownWords

  /// Creates the rule over a lexicon.
  package init(known: any KnownWords) { self.known = known }

  /// The lines to drop, each with its line feed.
  package func replacements(in text: AlignedText) -> [Replacement] {
    let lines = text.lines
    guard lines.count > 1 else { return [] }
    let words = lines.map { TextWords.words(in: text.scalars, $0) }
    // A known word of four letters or more says that the line is writing: shorter ones are known by accident.
    let isWriting = words.map { $0.contains { $0.letters >= 4 && known.knows($0.text) } }
    guard let first = isWriting.firstIndex(of: true), let last = isWriting.lastIndex(of: true) else { return [] }
    let noise = lines.indices.map { !isWriting[$0] && isNoise(text.scalars[lines[$0]], words[$0]) }
    var found: [Replacement] = []
    // From both ends inwards: what stands between two lines of writing is writing.
    let head = noise.firstIndex(of: false) ?? first
    if head > 0 { found.append(Replacement(0..<lines[head].lowerBound, "")) }
    let tail = noise.lastIndex(of: false) ?? last
    if tail + 1 < lines.count {
      found.append(Replacement(lines[tail].upperBound..<text.scalars.count, ""))
    }
    return found
  }

  /// Pieces of one or two letters, more signs than a sentence has, letters three times in a row.
  private func isNoise(_ line: ArraySlice<Unicode.Scalar>, _ words: [TextWords.Word]) -> Bool {
    let inked = line.filter { !$0.properties.isWhitespace }
    guard !inked.isEmpty else { return false }
    if inked.contains(where: Tokenizer.isDigit) { return false }
    // A word that goes on in the next line.
    if let last = inked.last, Tokenizer.isHyphen(last) { return false }
    let letters = inked.filter(Tokenizer.isLetter).count
    if letters == 0 || inked.count == 1 { return true }
    // Spelled as German is, known or not: `Dashboard`, `Millagesssen`.
    if words.contains(where: { known.resembles($0.text, strange: 1) }) { return false }
    // An acronym or a short word, alone or beside others of the kind: `EU AI ACT =`, `ab?`.
    let isKnown = words.filter { $0.letters >= 2 && ($0.isCapitals || $0.letters == 3) && known.knows($0.text) }
    if isKnown.count * 2 >= words.count { return false }
    if words.count == 1, words[0].letters == inked.count, words[0].isCapitals || words[0].letters >= 5 { return false }
    if words.contains(where: { $0.letters == 3 && known.knows($0.text) }) { return false }
    // No German word has a letter three times in a row but for a few compounds, which the dictionary knows.
    let places = inked.indices.dropFirst(2)
    if places.contains(where: {
      inked[$0] == inked[$0 - 1] && inked[$0] == inked[$0 - 2] && Tokenizer.isLetter(inked[$0])
    }) {
      return true
    }
    let mean = Double(letters) / Double(max(words.count, 1))
    // 3.5 letters a word and a fifth of signs: half of what running German has (5.7 and 1 in 20). Dots in a row and
    // marks behind a word are no signs.
    let signs = inked.filter { !Tokenizer.isLetter($0) && !Self.marks.contains($0) }.count
    return mean < 3.5 || Double(signs) > 0.2 * Double(inked.count)
  }

  private static let marks: Set<Unicode.Scalar> = [".", ",", "!", "?", ":", "/", "-"]
}
