import Foundation
import Imaging
import ProtocolModel

/// A folder of its own for one test, removed when the test lets go of it.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("ingest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  /// Writes a file, making folders on the way.
  @discardableResult func write(_ bytes: [UInt8], to name: String) throws -> String {
    let whole = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: whole))
    return whole
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Small pictures whose corners tell how they lie.
enum TestPicture {
  /// White, with a red block top left and a blue one bottom right; upright `width` x `height`.
  static func marked(width: Int = 48, height: Int = 32) -> ColorImage {
    var image = ColorImage(width: width, height: height, red: 255, green: 255, blue: 255)
    for y in 0..<height {
      for x in 0..<width {
        let place = 3 * (y * width + x)
        if x < width / 3, y < height / 3 {
          image.pixels.replaceSubrange(place..<place + 3, with: [220, 20, 20])
        } else if x >= 2 * width / 3, y >= 2 * height / 3 {
          image.pixels.replaceSubrange(place..<place + 3, with: [20, 20, 220])
        }
      }
    }
    return image
  }

  /// Whether red lies top left and blue bottom right.
  static func liesUpright(_ image: ColorImage) -> Bool {
    func pixel(_ x: Int, _ y: Int) -> [Int] {
      (0..<3).map { Int(image.pixels[3 * (y * image.width + x) + $0]) }
    }
    let first = pixel(image.width / 8, image.height / 8)
    let last = pixel(image.width - 1 - image.width / 8, image.height - 1 - image.height / 8)
    return first[0] > 150 && first[2] < 100 && last[2] > 150 && last[0] < 100
  }

  static func jpeg(width: Int = 48, height: Int = 32) throws -> [UInt8] {
    try Raster(marked(width: width, height: height)).encoded(as: .jpeg(quality: 92))
  }

  /// An uncompressed TIFF, as a camera held in `orientation` stores the upright picture.
  static func tiff(orientation: Int, littleEndian: Bool) -> [UInt8] {
    let image = stored(marked(), orientation: orientation)
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      let bytes = (0..<size).map { UInt8(value >> (8 * $0) & 255) }
      return littleEndian ? bytes : bytes.reversed()
    }
    // Width, height, bits (three of them, after the directory), no compression, RGB, place, turn, samples, size.
    let tags = [
      (256, image.width), (257, image.height), (258, 0), (259, 1), (262, 2), (273, 0), (274, orientation), (277, 3),
      (278, image.height), (279, image.pixels.count),
    ]
    let bits = 8 + 2 + 12 * tags.count + 4, pixels = bits + 6
    var bytes = Array((littleEndian ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(tags.count, 2)
    for (tag, value) in tags {
      switch tag {
      case 258: bytes += number(tag, 2) + number(3, 2) + number(3, 4) + number(bits, 4)
      case 273: bytes += number(tag, 2) + number(4, 2) + number(1, 4) + number(pixels, 4)
      case 279: bytes += number(tag, 2) + number(4, 2) + number(1, 4) + number(value, 4)
      default: bytes += number(tag, 2) + number(3, 2) + number(1, 4) + number(value, 2) + [0, 0]
      }
    }
    return bytes + number(0, 4) + number(8, 2) + number(8, 2) + number(8, 2) + image.pixels
  }

  static func png(width: Int = 48, height: Int = 32) throws -> [UInt8] {
    try Raster(marked(width: width, height: height)).encoded(as: .png)
  }

  /// The picture as a camera held in another way stores it: storage (column, row) of each upright pixel.
  static func stored(_ upright: ColorImage, orientation: Int) -> ColorImage {
    let w = upright.width, h = upright.height
    let swaps = orientation >= 5
    var stored = ColorImage(width: swaps ? h : w, height: swaps ? w : h, red: 0, green: 0, blue: 0)
    for y in 0..<h {
      for x in 0..<w {
        let (column, row): (Int, Int) =
          switch orientation {
          case 2: (w - 1 - x, y)
          case 3: (w - 1 - x, h - 1 - y)
          case 4: (x, h - 1 - y)
          case 5: (y, x)
          case 6: (y, w - 1 - x)
          case 7: (h - 1 - y, w - 1 - x)
          case 8: (h - 1 - y, x)
          default: (x, y)
          }
        let from = 3 * (y * w + x), to = 3 * (row * stored.width + column)
        stored.pixels.replaceSubrange(to..<to + 3, with: upright.pixels[from..<from + 3])
      }
    }
    return stored
  }

  /// The TIFF structure of an EXIF block with orientation and capture time.
  static func exif(orientation: Int, capturedAt: String = "2025:09:17 10:06:17", littleEndian: Bool = true) -> [UInt8] {
    func two(_ value: Int) -> [UInt8] {
      let bytes = [UInt8(value & 255), UInt8(value >> 8 & 255)]
      return littleEndian ? bytes : bytes.reversed()
    }
    func four(_ value: Int) -> [UInt8] {
      let bytes = (0..<4).map { UInt8(value >> (8 * $0) & 255) }
      return littleEndian ? bytes : bytes.reversed()
    }
    var block: [UInt8] = littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]
    block += two(42) + four(8)
    // Directory 0 at 8: orientation, and the pointer to the EXIF directory at 38.
    block += two(2)
    block += two(0x0112) + two(3) + four(1) + two(orientation) + two(0)
    block += two(0x8769) + two(4) + four(1) + four(38)
    block += four(0)
    block += two(1)
    block += two(0x9003) + two(2) + four(20) + four(56)
    block += four(0)
    return block + Array(capturedAt.utf8) + [0]
  }

  /// A JPEG with an EXIF segment right after its start.
  static func jpeg(orientation: Int, littleEndian: Bool = true) throws -> [UInt8] {
    let plain = try Raster(stored(marked(), orientation: orientation)).encoded(as: .jpeg(quality: 95))
    let block = Array("Exif\0\0".utf8) + exif(orientation: orientation, littleEndian: littleEndian)
    let length = block.count + 2
    return plain[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + block + plain[2...]
  }
}
