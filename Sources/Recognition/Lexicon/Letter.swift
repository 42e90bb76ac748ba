import ProtocolModel

/// The thirty letters of German without their case, as numbers 1...30; what is none of them has no number.
enum Letter {
  /// Numbers in all: the blank of the network, the letters, ``space``, and ten digits, which no tree holds.
  static let count = 42
  /// ß, and the number of s.
  static let sharpS: UInt8 = 30, s: UInt8 = 19
  /// The space between words: no letter, but read like one.
  static let space: UInt8 = 31

  /// The number of a letter, whatever its case.
  static func code(_ scalar: Unicode.Scalar) -> UInt8? { GermanLetter.code(of: scalar) }

  /// The number of a letter or digit.
  static func codeOrDigit(_ scalar: Unicode.Scalar) -> UInt8? {
    (0x30...0x39).contains(scalar.value) ? UInt8(32 + scalar.value - 0x30) : code(scalar)
  }

  /// What a hurried hand makes of a letter: capital B for ß inside a word, 2 and 3 for z, 5 for s, 9 for g, 0 for o,
  /// 1 for l and i, J for i. Only a word that the lexicon knows is ever read with them.
  static let lookalikes: [(Unicode.Scalar, UInt8)] = [
    ("B", 30), ("2", 26), ("3", 26), ("5", 19), ("9", 7), ("0", 15), ("1", 12), ("1", 9), ("I", 12), ("l", 9),
    ("J", 9),
  ]

  /// The numbers of a word's letters, or `nil` where it holds anything else.
  static func codes(_ word: some Sequence<Unicode.Scalar>) -> [UInt8]? {
    var codes: [UInt8] = []
    for scalar in word {
      guard let code = code(scalar) else { return nil }
      codes.append(code)
    }
    return codes
  }

  /// The letter of a number; ß has no capital that the network knows, so it stays.
  static func scalar(_ code: UInt8, upper: Bool) -> Unicode.Scalar {
    switch code {
    case 27: upper ? "Ä" : "ä"
    case 28: upper ? "Ö" : "ö"
    case 29: upper ? "Ü" : "ü"
    case 30: "ß"
    case space: " "
    default: Unicode.Scalar(code + (upper ? 0x40 : 0x60))
    }
  }

  /// Whether the scalar is a capital letter of the German alphabet.
  static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    (0x41...0x5A).contains(scalar.value) || scalar == "Ä" || scalar == "Ö" || scalar == "Ü"
  }
}

/// How a lexicon knows a word.
struct WordForms: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  /// Written small, such as `lernen`.
  static let small = WordForms(rawValue: 1)
  /// Written with one capital, such as `Lernen`.
  static let capitalized = WordForms(rawValue: 2)
  /// Written otherwise, such as `KMUs`.
  static let other = WordForms(rawValue: 4)
  /// From the workshop's own words rather than the general list.
  static let preferred = WordForms(rawValue: 8)

  /// How `word` is written.
  init(writing word: some Collection<Unicode.Scalar>) {
    let capitals = word.reduce(0) { $0 + (Letter.isUpper($1) ? 1 : 0) }
    if capitals == 0 {
      self = .small
    } else if capitals == 1, let first = word.first, Letter.isUpper(first) {
      self = .capitalized
    } else {
      self = .other
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }
}
