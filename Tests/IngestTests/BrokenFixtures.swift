import Foundation
import Imaging
import TestSupport
import Testing

/// The bytes, or a failed test.
func some(_ bytes: [UInt8]?) throws -> [UInt8] { try #require(bytes) }

extension BrokenInputTests {
  /// A JPEG whose frame header says another size; `padding` zero bytes are put into its coded data.
  static func jpeg(
    claiming width: Int, _ height: Int, width trueWidth: Int = 64, height trueHeight: Int = 48, noisy: Bool = false,
    padding: Int = 0
  ) throws -> [UInt8] {
    var image = TestPicture.marked(width: trueWidth, height: trueHeight)
    if noisy {
      var generator = SeededGenerator(seed: 7)
      for index in image.pixels.indices { image.pixels[index] = UInt8.random(in: 0...255, using: &generator) }
    }
    var bytes = try Raster(image).encoded(as: .jpeg(quality: 95))
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    bytes.replaceSubrange(
      frame + 5..<frame + 9,
      with: [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)])
    bytes.insert(contentsOf: [UInt8](repeating: 0, count: padding), at: bytes.count - 2)
    return bytes
  }

  static func jpegWithTwoFrames() throws -> [UInt8] {
    let bytes = try TestPicture.jpeg()
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    let length = Int(bytes[frame + 2]) << 8 | Int(bytes[frame + 3])
    return Array(bytes[..<frame]) + bytes[frame..<frame + 2 + length] + bytes[frame...]
  }

  /// A PNG whose header says another size, with a right checksum.
  static func png(claiming width: Int, _ height: Int, colour: UInt8? = nil) throws -> [UInt8] {
    var bytes = try TestPicture.png()
    func four(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
    bytes.replaceSubrange(16..<24, with: four(width) + four(height))
    if let colour { bytes[25] = colour }
    bytes.replaceSubrange(29..<33, with: four(Int(TestZip.checksum(Array(bytes[12..<29])))))
    return bytes
  }

  static func pngWithWrongChecksum() throws -> [UInt8] {
    var bytes = try TestPicture.png()
    bytes[bytes.count - 20] ^= 0x40
    return bytes
  }

  /// A gray TIFF of one strip at `offset`; without strips where `stored` is nil.
  static func tiff(width: Int, height: Int, stored: Int?, offset: Int = 200) -> [UInt8] {
    func two(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
    func four(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }
    var tags: [(Int, Int)] = [(256, width), (257, height), (258, 8), (259, 1), (262, 1)]
    if let stored { tags += [(273, offset), (279, stored)] }
    var bytes = Array("II".utf8) + two(42) + four(8) + two(tags.count)
    for (tag, value) in tags { bytes += two(tag) + two(4) + four(1) + four(value) }
    bytes += four(0)
    bytes += [UInt8](repeating: 0, count: 200 - bytes.count)
    return bytes + [UInt8](repeating: 128, count: stored ?? 0)
  }

  /// A WebP whose extended header says a larger canvas than its picture has.
  static func webpWithLargeCanvas() throws -> [UInt8] {
    var bytes = try some(SmallFiles.lossyWebP)
    #expect(Array(bytes[12..<16]) == Array("VP8X".utf8))
    bytes[25] = 0xFF
    return bytes
  }

  static func pdf() -> [UInt8] {
    var pdf = TestPDF()
    pdf.addPage(width: 300, height: 200, text: ["Text"])
    return pdf.bytes
  }

  static func presentationWithWrongChecksum() throws -> [UInt8] {
    var bytes = TestZip.presentation([("image1.jpg", try TestPicture.jpeg(width: 80, height: 66))]).bytes
    let start = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xD8 })
    bytes[start + 300] ^= 0x55
    return bytes
  }
}
