/// How alike a heading that was read and one that was planned are, from 0 to 1.
///
/// The share of letters in words that both have, a word counting as shared where a quarter of its letters at most were
/// misread (Dice coefficient over fuzzy words): it forgives reading errors, missing small words and another order, but
/// not another subject. A heading that is wholly part of the other ("Maßnahmen" of "Maßnahmen dagegen") reaches 0.9,
/// and what stands in brackets ("Gruppe 2") does not count.
enum HeadingSimilarity {
  /// Compares two headings.
  static func between(_ one: String, _ other: String) -> Double {
    let a = words(withoutBrackets(one))
    let b = words(withoutBrackets(other))
    let lengths = (a.reduce(0) { $0 + $1.count }, b.reduce(0) { $0 + $1.count })
    guard lengths.0 > 0, lengths.1 > 0 else { return 0 }
    var left = b
    var shared = (0, 0)
    for word in a.sorted(by: { ($0.count, $1) > ($1.count, $0) }) {
      guard let best = left.indices.max(by: { alike(word, left[$0]) < alike(word, left[$1]) }) else { break }
      if alike(word, left[best]) >= 0.75 {
        shared.0 += word.count
        shared.1 += left[best].count
        left.remove(at: best)
      }
    }
    let dice = Double(shared.0 + shared.1) / Double(lengths.0 + lengths.1)
    // A word of fewer than six letters ("KI", "Ziel") says too little to stand for a whole heading.
    guard min(shared.0, shared.1) >= 6 else { return dice }
    let contained = max(Double(shared.0) / Double(lengths.0), Double(shared.1) / Double(lengths.1))
    return max(dice, 0.9 * contained)
  }

  private static func withoutBrackets(_ text: String) -> String {
    var depth = 0
    var result = ""
    for character in text {
      if character == "(" || character == "[" { depth += 1 }
      if depth == 0 { result.append(character) }
      if character == ")" || character == "]" { depth = max(0, depth - 1) }
    }
    return result
  }

  /// Lower case, umlauts and accents plain, ß as ss, without punctuation.
  static func folded(_ text: String) -> String { words(text).joined(separator: " ") }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber {
        word += plain[character] ?? String(character)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static let plain: [Character: String] = [
    "ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "è": "e", "à": "a", "á": "a",
  ]

  /// 1 minus the edit distance over the longer word's length.
  private static func alike(_ one: String, _ other: String) -> Double {
    let a = Array(one), b = Array(other)
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    if a == b { return 1 }
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)))
      }
      previous = row
    }
    return 1 - Double(previous[b.count]) / Double(max(a.count, b.count))
  }
}
