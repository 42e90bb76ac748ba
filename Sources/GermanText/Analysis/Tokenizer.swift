/// Cuts text into words. Ranges count Unicode scalars.
struct Tokenizer: Sendable {
  /// What a piece of text is.
  enum Kind: Equatable, Sendable {
    /// Letters, perhaps with digits, hyphens or the sign of a gender form inside.
    case word
    /// Digits.
    case number
    /// An e-mail or web address.
    case address
    /// An entry of the glossary.
    case abbreviation(expansion: String)
  }

  /// A piece of text between blanks and punctuation.
  struct Piece: Equatable, Sendable {
    var start: Int
    var end: Int
    var kind: Kind
  }

  /// The abbreviations to find, dots included.
  let glossary: AbbreviationGlossary

  /// The pieces of a text, left to right; punctuation, bullets and quotes are left out.
  func pieces(of scalars: [Unicode.Scalar]) -> [Piece] {
    var pieces: [Piece] = []
    var place = 0
    while place < scalars.count {
      guard Self.isLetter(scalars[place]) || Self.isDigit(scalars[place]) else {
        place += 1
        continue
      }
      let piece = piece(in: scalars, at: place)
      pieces.append(piece)
      place = piece.end
    }
    return pieces
  }

  private func piece(in scalars: [Unicode.Scalar], at start: Int) -> Piece {
    if let end = addressEnd(scalars, from: start) { return Piece(start: start, end: end, kind: .address) }
    if let found = glossary.match(in: scalars, at: start) {
      return Piece(start: start, end: found.end, kind: .abbreviation(expansion: found.entry.expansion))
    }
    var end = start + 1
    while end < scalars.count, continues(scalars, at: end) { end += 1 }
    let isNumber = scalars[start..<end].allSatisfy { !Self.isLetter($0) }
    return Piece(start: start, end: end, kind: isNumber ? .number : .word)
  }

  /// Whether the scalar belongs to the word before it.
  private func continues(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
    let scalar = scalars[place]
    if Self.isLetter(scalar) || Self.isDigit(scalar) || scalar.properties.generalCategory == .nonspacingMark {
      return true
    }
    guard place + 1 < scalars.count else { return false }
    let before = scalars[place - 1]
    let after = scalars[place + 1]
    if Self.isHyphen(scalar) {
      return (Self.isLetter(after) || Self.isDigit(after)) && (Self.isLetter(before) || Self.isDigit(before))
    }
    switch scalar {
    case "'", "\u{2019}": return Self.isLetter(before) && Self.isLetter(after)
    case ".", ",", ":":
      if Self.isDigit(before) && Self.isDigit(after) { return true }
      return scalar == ":" && startsGenderEnding(scalars, at: place + 1)
    case "*", "_", "/": return startsGenderEnding(scalars, at: place + 1)
    case "&": return isCapital(before) && isCapital(after) && (place < 2 || !Self.isLetter(scalars[place - 2]))
    default: return false
    }
  }

  /// Whether `in` or `innen` and a word's end follow: `Kolleg*innen`, `Mitarbeiter/innen`.
  private func startsGenderEnding(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
    for ending in ["innen", "in"] {
      let end = place + ending.unicodeScalars.count
      guard end <= scalars.count, scalars[place..<end].elementsEqual(ending.unicodeScalars) else { continue }
      if end == scalars.count || !Self.isLetter(scalars[end]) { return true }
    }
    return false
  }

  private func isCapital(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isUppercase }

  /// The end of an e-mail or web address that starts here.
  private func addressEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    guard start == 0 || scalars[start - 1].properties.isWhitespace || "(<:".unicodeScalars.contains(scalars[start - 1])
    else { return nil }
    var end = start
    var at: Int?
    while end < scalars.count, !scalars[end].properties.isWhitespace, !"<>()".unicodeScalars.contains(scalars[end]) {
      if scalars[end] == "@" { at = end }
      end += 1
    }
    while end > start, ".,;:!?".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    let isWeb = ["www.", "http://", "https://"].contains { scalars[start..<end].starts(with: $0.unicodeScalars) }
    if isWeb { return end }
    guard let at, at > start, at + 1 < end, scalars[(at + 1)..<end].contains(".") else { return nil }
    return end
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0...0x7F: false
    default: scalar.properties.isAlphabetic
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

  /// Hyphen-minus and the two hyphens of Unicode; a dash between words is none.
  static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "\u{2010}" || scalar == "\u{2011}"
  }
}
