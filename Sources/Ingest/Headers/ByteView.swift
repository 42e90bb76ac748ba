/// Bytes of a file, read by position and never past their end.
struct ByteView {
  /// The bytes.
  let bytes: [UInt8]
  /// Whether numbers lead with their least significant byte.
  var littleEndian = false

  /// How many bytes there are.
  var count: Int { bytes.count }

  /// The byte at `offset`.
  func byte(_ offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  /// A number of `size` bytes (1...4) at `offset`.
  func number(_ offset: Int, size: Int) -> Int? {
    guard offset >= 0, size >= 0, offset <= count - size else { return nil }
    var value = 0
    for index in 0..<size {
      let place = littleEndian ? offset + size - 1 - index : offset + index
      value = value << 8 | Int(bytes[place])
    }
    return value
  }

  /// Whether the ASCII text stands at `offset`.
  func holds(_ text: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, offset <= count - text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { buffer in
      buffer.indices.allSatisfy { bytes[offset + $0] == buffer[$0] }
    }
  }

  /// The ASCII text of `size` bytes at `offset`.
  func text(_ offset: Int, size: Int) -> String? {
    guard offset >= 0, size >= 0, offset <= count - size else { return nil }
    return String(decoding: bytes[offset..<offset + size], as: UTF8.self)
  }
}
