/// Brings the spellings of one word to one: what exact matching compares.
package enum Folding {
  /// Lower case, ß as ss, ä as ae, ö as oe, ü as ue, other accents taken off, hyphens and dots of abbreviations kept out.
  ///
  /// `Maßnahme`, `Massnahme` (Swiss) and `MASSNAHME` become one, as do `Ärger` and `Aerger`.
  package static func fold(_ text: some StringProtocol) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { append(scalar, to: &folded) }
    return String(folded)
  }

  private static func append(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value + 32)))
    case 0x00...0x7F: folded.append(scalar)
    case 0xDF, 0x1E9E: folded.append(contentsOf: "ss".unicodeScalars)
    case 0xE4, 0xC4, 0xE6, 0xC6: folded.append(contentsOf: "ae".unicodeScalars)
    case 0xF6, 0xD6, 0x153, 0x152: folded.append(contentsOf: "oe".unicodeScalars)
    case 0xFC, 0xDC: folded.append(contentsOf: "ue".unicodeScalars)
    case 0x308:
      // A combining umlaut after a, o or u, where the text was not composed.
      if let last = folded.last, "aou".unicodeScalars.contains(last) { folded.append("e") }
    case 0x300...0x36F: break
    case 0x2010, 0x2011: folded.append("-")
    case 0x2019, 0x2018: folded.append("'")
    case 0xE0...0xE3, 0xE5, 0xC0...0xC3, 0xC5: folded.append("a")
    case 0xE8...0xEB, 0xC8...0xCB: folded.append("e")
    case 0xEC...0xEF, 0xCC...0xCF, 0x131: folded.append("i")
    case 0xF2...0xF5, 0xF8, 0xD2...0xD5, 0xD8: folded.append("o")
    case 0xF9...0xFB, 0xD9...0xDB: folded.append("u")
    case 0xE7, 0xC7: folded.append("c")
    case 0xF1, 0xD1: folded.append("n")
    default: folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }
}
