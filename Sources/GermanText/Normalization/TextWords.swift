/// The words of a text under cleaning: runs of letters, with what a rule must know before it touches one.
enum TextWords {
  /// A run of letters.
  struct Word: Equatable {
    var text: String
    var range: Range<Int>
    /// Whether every letter is a capital.
    var isCapitals: Bool
    /// Whether a digit, `@`, `_` or a dot between letters touches it: part of a number, an address, a name.
    var isBound: Bool
    /// How many letters.
    var letters: Int { range.count }
  }

  /// The runs of letters in a part of the text.
  static func words(in scalars: [Unicode.Scalar], _ part: Range<Int>) -> [Word] {
    var words: [Word] = []
    var place = part.lowerBound
    while place < part.upperBound {
      guard Tokenizer.isLetter(scalars[place]) else {
        place += 1
        continue
      }
      var end = place + 1
      while end < part.upperBound, Tokenizer.isLetter(scalars[end]) { end += 1 }
      let run = scalars[place..<end]
      words.append(
        Word(
          text: String(String.UnicodeScalarView(run)), range: place..<end,
          isCapitals: run.allSatisfy { $0.properties.isUppercase || $0 == "ß" },
          isBound: binds(scalars, before: place) || binds(scalars, after: end)))
      place = end
    }
    return words
  }

  private static func binds(_ scalars: [Unicode.Scalar], before place: Int) -> Bool {
    guard place > 0 else { return false }
    let scalar = scalars[place - 1]
    if Tokenizer.isDigit(scalar) || scalar == "@" || scalar == "_" { return true }
    return scalar == "." && place > 1 && Tokenizer.isLetter(scalars[place - 2])
  }

  private static func binds(_ scalars: [Unicode.Scalar], after place: Int) -> Bool {
    guard place < scalars.count else { return false }
    let scalar = scalars[place]
    if Tokenizer.isDigit(scalar) || scalar == "@" || scalar == "_" { return true }
    return scalar == "." && place + 1 < scalars.count && Tokenizer.isLetter(scalars[place + 1])
  }
}
