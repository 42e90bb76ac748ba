/// The chunks of a PNG (W3C PNG, third edition, section 5).
enum PNGHeader {
  /// Walks all chunks to the last.
  static func read(_ bytes: [UInt8]) throws(IngestError) -> PictureHeader {
    let view = ByteView(bytes: bytes)
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw bytes.count < 8 ? .endsEarly : .contradictory("the signature is damaged")
    }
    guard view.count >= 33 else { throw .endsEarly }
    guard view.number(8, size: 4) == 13, view.holds("IHDR", at: 12), let width = view.number(16, size: 4),
      let height = view.number(20, size: 4), let depth = view.byte(24), let colour = view.byte(25)
    else { throw .contradictory("the first chunk is no header") }
    guard width > 0, height > 0 else { throw .zeroSize }
    guard let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(colour)], [1, 2, 4, 8, 16].contains(depth) else {
      throw .contradictory("no such colour type")
    }
    var header = PictureHeader(format: .png, storedWidth: width, storedHeight: height)
    var packed = 0
    var offset = 8
    while true {
      guard let length = view.number(offset, size: 4), let type = view.text(offset + 4, size: 4) else {
        throw .endsEarly
      }
      guard offset + 12 + length <= view.count else { throw .endsEarly }
      let content = (offset + 8)..<(offset + 8 + length)
      // Compared here already, because libpng prints what it finds to stderr.
      guard view.number(offset + 8 + length, size: 4) == Int(checksum(bytes, (offset + 4)..<(offset + 8 + length)))
      else {
        throw .contradictory("a checksum is wrong")
      }
      switch type {
      case "IDAT": packed += length
      case "eXIf":
        let exif = ExifBlock(Array("Exif\0\0".utf8) + bytes[content])
        header.orientation = exif?.orientation ?? 1
        header.isOrientationTold = exif?.orientation != nil
        header.capturedAt = exif?.capturedAt
      case "IEND":
        // Deflate makes 1032 bytes of one at most (RFC 1951: 258 bytes from 2 bits).
        let row = Double(width) * Double(channels * Int(depth)) / 8 + 1
        guard row * Double(height) <= Double(packed) * 1032 + 1032 else {
          throw .contradictory("\(packed) packed bytes are too few for \(width) x \(height) pixels")
        }
        return header
      default: break
      }
      offset += 12 + length
    }
  }

  /// CRC-32 (W3C PNG, annex D).
  private static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      var value = UInt32.max
      for byte in buffer[range] { value = table[Int((value ^ UInt32(byte)) & 255)] ^ value >> 8 }
      return ~value
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
}
