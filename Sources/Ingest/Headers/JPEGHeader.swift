import Foundation

/// The markers of a JPEG (ITU-T T.81, annex B).
enum JPEGHeader {
  /// Walks all markers to the end of the picture.
  static func read(_ bytes: [UInt8]) throws(IngestError) -> PictureHeader {
    let view = ByteView(bytes: bytes)
    var frame: (width: Int, height: Int, isHuffman: Bool)?
    var exif: ExifBlock?
    var codedBytes = 0
    var sawScan = false
    var offset = 2
    while true {
      guard let (marker, next) = nextMarker(view, from: offset) else { throw .endsEarly }
      offset = next
      switch marker {
      case 0xD9:
        guard let frame else { throw .contradictory("no frame before the end") }
        guard sawScan else { throw .contradictory("no scan before the end") }
        try check(frame, codedBytes: codedBytes)
        return PictureHeader(
          format: .jpeg, storedWidth: frame.width, storedHeight: frame.height, orientation: exif?.orientation,
          capturedAt: exif?.capturedAt)
      case 0x01, 0xD0...0xD8: continue
      default: break
      }
      guard let length = view.number(offset, size: 2) else { throw .endsEarly }
      guard length >= 2 else { throw .contradictory("a segment shorter than its length") }
      guard offset + length <= view.count else { throw .endsEarly }
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        guard frame == nil else { throw .contradictory("two frames") }
        guard let height = view.number(offset + 3, size: 2), let width = view.number(offset + 5, size: 2), length >= 8
        else { throw .endsEarly }
        guard width > 0, height > 0 else { throw .zeroSize }
        frame = (width, height, marker < 0xC8)
      } else if marker == 0xE1, exif == nil, view.holds("Exif", at: offset + 2) {
        exif = ExifBlock(Array(bytes[(offset + 2)..<(offset + length)]))
      } else if marker == 0xDA {
        guard frame != nil else { throw .contradictory("a scan before the frame") }
        sawScan = true
        let start = offset + length, end = endOfScan(bytes, from: start) ?? bytes.count
        codedBytes += end - start
        offset = end - length
      }
      offset += length
    }
  }

  /// The next marker and the offset after it. Skips coded data, in which 0xFF is followed by 0 or a restart marker.
  private static func nextMarker(_ view: ByteView, from offset: Int) -> (UInt8, Int)? {
    guard let place = endOfScan(view.bytes, from: offset), let marker = view.byte(place + 1) else { return nil }
    return (marker, place + 2)
  }

  /// Offset of the 0xFF that begins the next marker; `nil` where none follows.
  private static func endOfScan(_ bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let first = buffer.baseAddress else { return nil }
      var index = start
      while index + 1 < buffer.count, let found = memchr(first + index, 0xFF, buffer.count - 1 - index) {
        index = UnsafeRawPointer(found) - first
        let next = buffer[index + 1]
        if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return index }
        index += 1
      }
      return nil
    }
  }

  /// A Huffman code has at least one bit, and each 8 x 8 block of the densest component has at least one code.
  private static func check(
    _ frame: (width: Int, height: Int, isHuffman: Bool), codedBytes: Int
  ) throws(IngestError) {
    let blocks = ((frame.width + 7) / 8) * ((frame.height + 7) / 8)
    if frame.isHuffman, codedBytes * 8 < blocks {
      throw .contradictory("\(codedBytes) coded bytes are too few for \(frame.width) x \(frame.height) pixels")
    }
  }
}
