/// The thirty letters of German without their case, as numbers: a to z, ä, ö, ü, ß. Word trees are walked by them.
package enum GermanLetter {
  /// 1...30 for a letter, whatever its case; `nil` for what is none of the thirty.
  package static func code(of scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x61...0x7A: UInt8(scalar.value - 0x60)
    case 0x41...0x5A: UInt8(scalar.value - 0x40)
    case 0xE4, 0xC4: 27
    case 0xF6, 0xD6: 28
    case 0xFC, 0xDC: 29
    case 0xDF, 0x1E9E: 30
    default: nil
    }
  }
}
