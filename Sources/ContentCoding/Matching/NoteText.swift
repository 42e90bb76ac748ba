import ProtocolModel

/// One reading of a note as matching sees it: its words, its clauses, whether it asks.
struct NoteText {
  let text: String
  let tokens: [Token]
  /// The clause each token stands in, from 0. A clause ends at a comma, full stop, dash, arrow, bracket or equals sign.
  let clause: [Int]
  let asks: Bool
  /// Lower-case scalars, for character patterns.
  let scalars: [Unicode.Scalar]
  private let original: [Unicode.Scalar]

  init(_ text: String, tokens: [Token]) {
    self.text = text
    self.tokens = tokens
    original = Array(text.unicodeScalars)
    scalars = original.map { scalar in
      if scalar.value < 0x80 {
        return (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar
      }
      let mapping = scalar.properties.lowercaseMapping.unicodeScalars
      return mapping.count == 1 ? mapping[mapping.startIndex] : scalar
    }
    asks = original.last { !$0.properties.isWhitespace && $0 != "\"" && $0 != "“" } == "?"
    var clause: [Int] = []
    var number = 0
    for (index, token) in tokens.enumerated() {
      if index > 0 {
        let from = min(tokens[index - 1].end, original.count)
        let between = from < token.start ? original[from..<min(token.start, original.count)] : []
        if between.contains(where: Self.endsClause) { number += 1 }
      }
      clause.append(number)
    }
    self.clause = clause
  }

  private static func endsClause(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", ".", ";", ":", "!", "?", "–", "—", "→", ">", "=", "(", ")", "…": true
    default: false
    }
  }

  /// Whether the word at `index` begins the note or a clause.
  func isFirst(_ index: Int) -> Bool { index == 0 || clause[index] != clause[index - 1] }

  /// The text between two scalar offsets.
  func substring(_ start: Int, _ end: Int) -> String {
    guard start >= 0, start < end, end <= original.count else { return "" }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: original[start..<end])
    return String(result)
  }

  /// Whether anything is written on it that could mean something: a word of three letters.
  var hasContent: Bool { tokens.contains { $0.folded.unicodeScalars.count >= 3 } }
}
