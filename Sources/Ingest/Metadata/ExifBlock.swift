import CExif

/// The two things that are kept of a picture's EXIF: how it lies, and when it was taken.
///
/// Everything else (place, camera, serial numbers, owner) is never looked at.
struct ExifBlock {
  /// 1...8 (EXIF 2.32, tag 274); `nil` where the block says nothing sensible.
  let orientation: Int?
  /// Local capture time, `2025-09-17T10:06:17`.
  let capturedAt: String?

  /// Reads a block that begins with `Exif\0\0`; `nil` where it is none.
  init?(_ bytes: [UInt8]) {
    // 64 KiB is the most that a JPEG segment can hold.
    guard bytes.count >= 14, bytes.count <= 65_536 + 6 else { return nil }
    var data = bytes.withUnsafeBufferPointer { exif_data_new_from_data($0.baseAddress, UInt32($0.count)) }
    guard let exif = data else { return nil }
    defer {
      exif_data_unref(exif)
      data = nil
    }
    let order = exif_data_get_byte_order(exif)
    var value = 0
    if let entry = Self.entry(EXIF_TAG_ORIENTATION, in: EXIF_IFD_0, of: exif),
      entry.pointee.format == EXIF_FORMAT_SHORT, entry.pointee.components == 1, entry.pointee.size >= 2
    {
      value = Int(exif_get_short(entry.pointee.data, order))
    }
    orientation = (1...8).contains(value) ? value : nil
    let tags = [EXIF_TAG_DATE_TIME_ORIGINAL, EXIF_TAG_DATE_TIME_DIGITIZED]
    capturedAt = tags.lazy.compactMap { Self.time(Self.entry($0, in: EXIF_IFD_EXIF, of: exif)) }.first
  }

  private static func entry(
    _ tag: ExifTag, in directory: ExifIfd, of exif: UnsafeMutablePointer<ExifData>
  ) -> UnsafeMutablePointer<ExifEntry>? {
    let directories = exif.pointee.ifd
    let content = directory == EXIF_IFD_0 ? directories.0 : directories.2
    guard let content else { return nil }
    return exif_content_get_entry(content, tag)
  }

  /// `2025:09:17 10:06:17` as `2025-09-17T10:06:17`; `nil` for zeros, blanks and what is no time.
  private static func time(_ entry: UnsafeMutablePointer<ExifEntry>?) -> String? {
    guard let entry, entry.pointee.format == EXIF_FORMAT_ASCII, entry.pointee.size >= 19, let data = entry.pointee.data
    else { return nil }
    return time([UInt8](UnsafeBufferPointer(start: data, count: 19)))
  }

  /// As above, of 19 bytes of ASCII.
  static func time(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 19 else { return nil }
    let separators: [Int: [UInt8]] = [4: [0x3A, 0x2D], 7: [0x3A, 0x2D], 10: [0x20, 0x54], 13: [0x3A], 16: [0x3A]]
    for (index, byte) in bytes.enumerated() {
      if let allowed = separators[index] {
        guard allowed.contains(byte) else { return nil }
      } else {
        guard (0x30...0x39).contains(byte) else { return nil }
      }
    }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    guard number(0..<4) >= 1826, (1...12).contains(number(5..<7)), (1...31).contains(number(8..<10)),
      number(11..<13) < 24, number(14..<16) < 60, number(17..<19) <= 60
    else { return nil }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    return "\(text(0..<4))-\(text(5..<7))-\(text(8..<10))T\(text(11..<19))"
  }
}
