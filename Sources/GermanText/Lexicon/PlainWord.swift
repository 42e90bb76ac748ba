/// A word in the letters that splitting compares: lower case, ß as ss, one byte (ISO 8859-1) per letter.
///
/// Bytes make every substring of a word a slice and its hash a running sum; German needs no other letters.
struct PlainWord: Hashable, Sendable {
  /// The letters.
  let bytes: [UInt8]

  /// Takes a word, or returns `nil` where it has letters outside ISO 8859-1 or signs that are no letters.
  init?(_ word: some StringProtocol) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(word.utf8.count)
    for scalar in word.unicodeScalars {
      switch scalar.value {
      case 0x61...0x7A: bytes.append(UInt8(scalar.value))
      case 0x41...0x5A: bytes.append(UInt8(scalar.value + 32))
      case 0xDF, 0x1E9E: bytes += [0x73, 0x73]
      case 0xC0...0xDE where scalar.value != 0xD7: bytes.append(UInt8(scalar.value + 32))
      case 0xE0...0xFF where scalar.value != 0xF7: bytes.append(UInt8(scalar.value))
      default: return nil
      }
    }
    self.bytes = bytes
  }

  /// Takes the bytes of a word in UTF-8, or returns `nil` as above.
  init?(utf8: some Collection<UInt8>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var lead: UInt8 = 0
    for byte in utf8 {
      if lead != 0 {
        // C2 and C3 lead all of ISO 8859-1: the second byte carries six bits.
        let scalar = (lead & 0x03) << 6 | (byte & 0x3F)
        lead = 0
        switch scalar {
        case 0xDF: bytes += [0x73, 0x73]
        case 0xC0...0xDE where scalar != 0xD7: bytes.append(scalar + 32)
        case 0xE0...0xFF where scalar != 0xF7: bytes.append(scalar)
        default: return nil
        }
        continue
      }
      switch byte {
      case 0x61...0x7A: bytes.append(byte)
      case 0x41...0x5A: bytes.append(byte + 32)
      case 0xC2, 0xC3: lead = byte
      default: return nil
      }
    }
    guard lead == 0 else { return nil }
    self.bytes = bytes
  }

  /// Takes letters that are plain already.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The word as text.
  var text: String { Self.text(bytes[...]) }

  /// Letters as text.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }
}

/// A running 64-bit hash over letters: FNV-1a (Fowler, Noll, Vo).
///
/// Among the 76,000 words of the dictionary the chance of one collision is about 2 in 10⁻¹⁰.
struct LetterHash: Hashable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds one letter.
  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// The hash of a run of letters.
  static func of(_ bytes: some Sequence<UInt8>) -> LetterHash {
    var hash = LetterHash()
    for byte in bytes { hash.add(byte) }
    return hash
  }

  /// FNV is mixed well enough to be its own hash.
  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
