/// A word of a reading: a run of letters and digits between other characters.
struct LineToken {
  /// Positions of its scalars in the reading.
  var scalars: Range<Int>
  /// Its letters without case, and its digits.
  var codes: [UInt8]
  /// As read.
  var text: [Unicode.Scalar]
  /// Whether it must stay as it is: fewer than three letters, several digits, or an acronym.
  var isProtected: Bool
  /// Whether no lexicon need know it: an acronym, a number, or one or two letters in capitals.
  var isFree: Bool
  /// Whether nothing but one space stands between it and the token before.
  var followsSpace: Bool
}

/// The words of a reading.
struct LineTokens {
  let scalars: [Unicode.Scalar]
  let tokens: [LineToken]
  /// Whether the writer writes everything in capitals.
  let isAllCapitals: Bool

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    let letters = scalars.filter { Letter.code($0) != nil && $0 != "ß" }
    // Six letters: a line that is one acronym says nothing about its writer.
    let isAllCapitals = letters.count >= 6 && letters.allSatisfy(Letter.isUpper)
    var tokens: [LineToken] = []
    var start = 0
    while start < scalars.count {
      guard Letter.codeOrDigit(scalars[start]) != nil else {
        start += 1
        continue
      }
      var end = start
      while end < scalars.count, Letter.codeOrDigit(scalars[end]) != nil { end += 1 }
      let text = Array(scalars[start..<end])
      let codes = text.compactMap(Letter.codeOrDigit)
      let digits = codes.reduce(0) { $0 + ($1 > Letter.space ? 1 : 0) }
      let letters = text.count - digits
      let capitals = text.reduce(0) { $0 + (Letter.isUpper($1) ? 1 : 0) }
      // Short and all in capitals, but for the s of a plural: KMU, KMUs, BMFTR, AVM1.
      let isPlural = text.last == "s" && capitals == letters - 1
      let isAcronym = !isAllCapitals && letters <= 5 && capitals >= 2 && (capitals == letters || isPlural)
      tokens.append(
        LineToken(
          scalars: start..<end, codes: codes, text: text, isProtected: letters <= 2 || digits > 1 || isAcronym,
          isFree: isAcronym || letters == 0 || (text.count <= 2 && capitals == text.count),
          followsSpace: start >= 2 && scalars[start - 1] == " " && tokens.last?.scalars.upperBound == start - 1))
      start = end
    }
    self.scalars = scalars
    self.tokens = tokens
    self.isAllCapitals = isAllCapitals
  }

  /// Share of the words that `lexicon` knows or that need no lexicon; `nil` for a line without words.
  func knownShare(in lexicon: GermanLexicon) -> Double? {
    guard !tokens.isEmpty else { return nil }
    let known = tokens.reduce(0) { $0 + ($1.isFree || $1.codes.count <= 2 || lexicon.knows($1.codes) ? 1 : 0) }
    return Double(known) / Double(tokens.count)
  }
}

/// Puts letters into the case of what they replace.
enum CasePattern {
  /// `codes` as `reading` was written; `forms` says how the lexicon writes the word.
  static func write(
    _ codes: [UInt8], like reading: [Unicode.Scalar], forms: WordForms, allCapitals: Bool
  ) -> [Unicode.Scalar] {
    let letters = reading.filter { Letter.code($0) != nil && $0 != "ß" }
    let capitals = letters.reduce(0) { $0 + (Letter.isUpper($1) ? 1 : 0) }
    if allCapitals || (letters.count >= 3 && capitals == letters.count) {
      return codes.map { Letter.scalar($0, upper: true) }
    }
    let isFirstUpper = reading.first.map(Letter.isUpper) ?? false
    return codes.enumerated().map { index, code in Letter.scalar(code, upper: index == 0 && isFirstUpper) }
  }
}
