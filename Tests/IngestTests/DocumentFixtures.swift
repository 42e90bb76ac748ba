import Foundation

/// Writes small PDF files object by object.
struct TestPDF {
  private var objects: [[UInt8]] = [[], []]
  private var pages: [Int] = []

  /// Adds a page of `width` x `height` points: pictures by their matrices (PDF 32000-1, 8.3.4) and lines of text.
  mutating func addPage(
    width: Int, height: Int, pictures: [(jpeg: [UInt8], size: (Int, Int), matrix: [Double])] = [], text: [String] = [],
    rotation: Int = 0
  ) {
    var names = "", content = ""
    for (index, picture) in pictures.enumerated() {
      let head =
        "<< /Type /XObject /Subtype /Image /Width \(picture.size.0) /Height \(picture.size.1) /ColorSpace /DeviceRGB "
        + "/BitsPerComponent 8 /Filter /DCTDecode /Length \(picture.jpeg.count) >>\nstream\n"
      objects.append(Array(head.utf8) + picture.jpeg + Array("\nendstream".utf8))
      names += "/P\(index) \(objects.count) 0 R "
      content += "q \(picture.matrix.map { String($0) }.joined(separator: " ")) cm /P\(index) Do Q\n"
    }
    for (index, line) in text.enumerated() {
      content += "BT /F1 12 Tf 40 \(height - 60 - 20 * index) Td (\(line)) Tj ET\n"
    }
    objects.append(Array("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream".utf8))
    let contentNumber = objects.count
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects.append(
      Array(
        ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Rotate \(rotation) /Contents "
          + "\(contentNumber) 0 R /Resources << /XObject << \(names)>> /Font << /F1 \(font) >> >> >>").utf8))
    pages.append(objects.count)
  }

  var bytes: [UInt8] {
    var objects = objects
    objects[0] = Array("<< /Type /Catalog /Pages 2 0 R >>".utf8)
    let kids = pages.map { "\($0) 0 R" }.joined(separator: " ")
    objects[1] = Array("<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>".utf8)
    var result = Array("%PDF-1.4\n".utf8)
    var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for (index, object) in objects.enumerated() {
      let place = String(result.count)
      table += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
      result += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = result.count
    return result
      + Array("\(table)trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
  }

  /// The matrix that shows a picture stored in `orientation` upright in the box (left, bottom, width, height).
  static func matrix(orientation: Int, left: Double, bottom: Double, width: Double, height: Double) -> [Double] {
    /// Upright place (0...1, y down) of a stored one.
    func upright(_ u: Double, _ v: Double) -> (Double, Double) {
      switch orientation {
      case 2: (1 - u, v)
      case 3: (1 - u, 1 - v)
      case 4: (u, 1 - v)
      case 5: (v, u)
      case 6: (1 - v, u)
      case 7: (1 - v, 1 - u)
      case 8: (v, 1 - u)
      default: (u, v)
      }
    }
    func onPage(_ s: Double, _ t: Double) -> (Double, Double) {
      let (x, y) = upright(s, 1 - t)
      return (left + x * width, bottom + (1 - y) * height)
    }
    let origin = onPage(0, 0), right = onPage(1, 0), up = onPage(0, 1)
    return [right.0 - origin.0, right.1 - origin.1, up.0 - origin.0, up.1 - origin.1, origin.0, origin.1]
  }
}

/// Writes zip archives without compression; what an entry says of itself can be a lie.
struct TestZip {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds an entry; `claimedSize` replaces the unpacked size, `method` 8 claims deflate.
  mutating func add(_ name: String, _ content: [UInt8], claimedSize: Int? = nil, method: Int = 0) {
    let size = claimedSize ?? content.count
    let fields =
      Self.two(20) + Self.two(0) + Self.two(method) + Self.four(0) + Self.four(Int(Self.checksum(content)))
      + Self.four(content.count) + Self.four(size) + Self.two(name.utf8.count) + Self.two(0)
    directory +=
      Self.four(0x0201_4B50) + Self.two(20) + fields + Self.two(0) + Self.two(0) + Self.two(0) + Self.four(0)
      + Self.four(body.count) + Array(name.utf8)
    body += Self.four(0x0403_4B50) + fields + Array(name.utf8) + content
    count += 1
  }

  var bytes: [UInt8] {
    body + directory + Self.four(0x0605_4B50) + Self.two(0) + Self.two(0) + Self.two(count) + Self.two(count)
      + Self.four(directory.count) + Self.four(body.count) + Self.two(0)
  }

  /// A presentation with these pictures.
  static func presentation(_ pictures: [(name: String, bytes: [UInt8])]) -> TestZip {
    var zip = TestZip()
    zip.add("[Content_Types].xml", Array("<Types/>".utf8))
    for picture in pictures { zip.add("ppt/media/" + picture.name, picture.bytes) }
    return zip
  }

  private static func two(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
  private static func four(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }

  /// CRC-32 (ISO 3309), bit by bit.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
