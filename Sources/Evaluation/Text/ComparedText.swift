/// A text as error rates see it: what nobody would call a reading error is made equal.
///
/// Canonically equal characters compare equal (NFC), typographic quotes and dashes become plain, `→` becomes `->`, a
/// hyphen with the line break after it is removed between letters, blanks collapse to one. Soft hyphens vanish.
package struct ComparedText: Hashable, Sendable {
  /// The text after all that.
  package let text: String

  /// Prepares `source`; `ignoringCase` folds case by Unicode's full folding, so that `ß` equals `ss`.
  package init(_ source: String, ignoringCase: Bool = false) {
    var scalars: [Unicode.Scalar] = []
    for scalar in source.unicodeScalars {
      switch scalar.value {
      case 0x201C...0x201F, 0x2033, 0x2036, 0xAB, 0xBB, 0x301D...0x301F: scalars.append("\"")
      case 0x2018...0x201B, 0x2032, 0x2035, 0x2039, 0x203A, 0x60, 0xB4: scalars.append("'")
      case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: scalars.append("-")
      case 0x2192: scalars += ["-", ">"]
      case 0xAD, 0x200B, 0xFEFF: continue
      default: scalars.append(scalar)
      }
    }
    let joined = Self.collapsed(Self.withoutLineEndHyphens(scalars))
    // Through upper case, where "ß" is "SS" and ligatures fall apart; first lower, because "ẞ" is upper case already.
    text = ignoringCase ? joined.lowercased().uppercased().lowercased() : joined
  }

  /// The grapheme clusters.
  package var characters: [Character] { Array(text) }
  /// The words between blanks.
  package var words: [Substring] { text.split(separator: " ") }

  private static func withoutLineEndHyphens(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      if scalars[index] == "-", let last = result.last, last.properties.isAlphabetic,
        let next = letterAfterBreak(scalars, from: index + 1)
      {
        index = next
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    return result
  }

  /// Where the next line's first letter stands, if only blanks with a line break lie before it.
  private static func letterAfterBreak(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start
    var sawBreak = false
    while index < scalars.count, scalars[index].properties.isWhitespace {
      sawBreak = sawBreak || isBreak(scalars[index])
      index += 1
    }
    return sawBreak && index < scalars.count && scalars[index].properties.isAlphabetic ? index : nil
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    [0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  private static func collapsed(_ scalars: [Unicode.Scalar]) -> String {
    let words = scalars.split { $0.properties.isWhitespace }
    return words.map { word in String(String.UnicodeScalarView(word)) }.joined(separator: " ")
  }
}
