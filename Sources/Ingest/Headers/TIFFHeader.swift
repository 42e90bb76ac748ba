/// The first directory of a TIFF (TIFF 6.0, section 2).
enum TIFFHeader {
  /// Reads size, turn, capture time and whether the pixels' strips or tiles lie inside the file.
  ///
  /// The decoder would turn by itself, orientation 8 the wrong way round (Leptonica 1.82): ``untold(_:)`` keeps the tag
  /// from it, and the turn is ours as for the other formats.
  static func read(_ bytes: [UInt8]) throws(IngestError) -> PictureHeader {
    let view = ByteView(bytes: bytes, littleEndian: bytes.first == 0x49)
    guard let start = view.number(4, size: 4), start >= 8 else { throw .endsEarly }
    let directory = try Directory(view, at: start)
    guard let width = directory.first(256), let height = directory.first(257) else {
      throw .contradictory("no width or height")
    }
    guard width > 0, height > 0 else { throw .zeroSize }
    let offsets = directory.values(273) ?? directory.values(324) ?? []
    let counts = directory.values(279) ?? directory.values(325) ?? []
    guard !offsets.isEmpty, offsets.count == counts.count else { throw .contradictory("no strips or tiles") }
    for (offset, count) in zip(offsets, counts) where offset + count > view.count { throw .endsEarly }
    let bits = (directory.values(258) ?? [1]).reduce(0, +)
    let stored = counts.reduce(0, +)
    if directory.first(259) ?? 1 == 1, Double(stored) * 8 < Double(width) * Double(height) * Double(max(bits, 1)) {
      throw .contradictory("\(stored) bytes are too few for \(width) x \(height) pixels")
    }
    let details = directory.first(34665).flatMap { try? Directory(view, at: $0) }
    let times = [36867, 36868].compactMap { details?.ascii($0, size: 19) }
    let orientation = directory.first(orientationTag).flatMap { (1...8).contains($0) ? $0 : nil }
    return PictureHeader(
      format: .tiff, storedWidth: width, storedHeight: height,
      orientation: orientation, hasFurtherPages: directory.next != 0,
      capturedAt: times.lazy.compactMap(ExifBlock.time).first)
  }

  /// The same file with orientation 1, for a decoder that must not turn; a file without the tag comes back as it is.
  static func untold(_ bytes: [UInt8]) -> [UInt8] {
    let littleEndian = bytes.first == 0x49
    let view = ByteView(bytes: bytes, littleEndian: littleEndian)
    guard let start = view.number(4, size: 4), let directory = try? Directory(view, at: start),
      let place = directory.place(of: orientationTag)
    else { return bytes }
    var untold = bytes
    for index in place { untold[index] = 0 }
    untold[littleEndian ? place.lowerBound : place.upperBound - 1] = 1
    return untold
  }

  private static let orientationTag = 274

  /// Tags and their numbers.
  private struct Directory {
    private let view: ByteView
    /// Offset of the directory that follows; 0 for the last.
    let next: Int
    private var places: [Int: (type: Int, count: Int, offset: Int)] = [:]

    init(_ view: ByteView, at start: Int) throws(IngestError) {
      self.view = view
      guard let count = view.number(start, size: 2) else { throw .endsEarly }
      guard start + 2 + 12 * count <= view.count else { throw .endsEarly }
      next = view.number(start + 2 + 12 * count, size: 4) ?? 0
      for index in 0..<count {
        let entry = start + 2 + 12 * index
        guard let tag = view.number(entry, size: 2), let type = view.number(entry + 2, size: 2),
          let values = view.number(entry + 4, size: 4)
        else { throw .endsEarly }
        places[tag] = (type, values, entry + 8)
      }
    }

    /// The first bytes of a text.
    func ascii(_ tag: Int, size: Int) -> [UInt8]? {
      guard let place = places[tag], place.type == 2, place.count >= size, size > 4,
        let offset = view.number(place.offset, size: 4), offset + size <= view.count
      else { return nil }
      return Array(view.bytes[offset..<offset + size])
    }

    func first(_ tag: Int) -> Int? { values(tag)?.first }

    /// Where the one number of a tag stands in the file.
    func place(of tag: Int) -> Range<Int>? {
      guard let place = places[tag], place.count == 1, let size = [1: 1, 3: 2, 4: 4][place.type],
        place.offset + size <= view.count
      else { return nil }
      return place.offset..<place.offset + size
    }

    /// The whole numbers of a tag (BYTE, SHORT or LONG); `nil` where it is missing or lies outside.
    func values(_ tag: Int) -> [Int]? {
      guard let place = places[tag], let size = [1: 1, 3: 2, 4: 4][place.type] else { return nil }
      guard place.count > 0, place.count <= view.count / size else { return nil }
      let inline = place.count * size <= 4
      guard let offset = inline ? place.offset : view.number(place.offset, size: 4) else { return nil }
      var result: [Int] = []
      result.reserveCapacity(place.count)
      for index in 0..<place.count {
        guard let value = view.number(offset + index * size, size: size) else { return nil }
        result.append(value)
      }
      return result
    }
  }
}
