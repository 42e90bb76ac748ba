import Imaging
import ProtocolModel
import TestSupport
import Testing

@Suite struct RasterTests {
  /// A picture whose every pixel names its place, so that turns cannot hide.
  func marked(width: Int, height: Int) -> ColorImage {
    var image = ColorImage(width: width, height: height, red: 0, green: 0, blue: 0)
    for y in 0..<height {
      for x in 0..<width {
        image.pixels[3 * (y * width + x)] = UInt8(x * 7)
        image.pixels[3 * (y * width + x) + 1] = UInt8(y * 11)
      }
    }
    return image
  }

  @Test func pngKeepsEveryPixel() throws {
    let image = marked(width: 13, height: 9)
    let bytes = try Raster(image).encoded(as: .png)
    #expect(try Raster(decoding: bytes).colorImage() == image)
  }

  /// Storage coordinates of the upright pixel (x, y) for each EXIF orientation (EXIF 2.32, tag 274).
  @Test(arguments: 1...8) func orientationIsUndone(orientation: Int) throws {
    let upright = marked(width: 13, height: 9)
    let swaps = orientation >= 5
    let width = swaps ? 9 : 13, height = swaps ? 13 : 9
    var stored = ColorImage(width: width, height: height, red: 0, green: 0, blue: 0)
    for y in 0..<9 {
      for x in 0..<13 {
        let (column, row): (Int, Int) =
          switch orientation {
          case 2: (12 - x, y)
          case 3: (12 - x, 8 - y)
          case 4: (x, 8 - y)
          case 5: (y, x)
          case 6: (y, 12 - x)
          case 7: (8 - y, 12 - x)
          case 8: (8 - y, x)
          default: (x, y)
          }
        for channel in 0..<3 {
          stored.pixels[3 * (row * width + column) + channel] = upright.pixels[3 * (y * 13 + x) + channel]
        }
      }
    }
    #expect(try Raster(stored).oriented(orientation).colorImage() == upright)
  }

  @Test func rectifyingTheWholeCopies() throws {
    let image = marked(width: 20, height: 16)
    let same = try Raster(image).rectified(Quad<PhotoSpace>(width: 20, height: 16), toWidth: 20, height: 16)
    let pixels = same.colorImage()
    for y in 1..<15 {
      for x in 1..<19 {
        #expect(abs(Int(pixels.pixels[3 * (y * 20 + x)]) - x * 7) <= 7)
      }
    }
  }

  @Test func garbageIsRefused() {
    Raster.muteLibrary()
    #expect(throws: ImageError.undecodable(byteCount: 4)) { _ = try Raster(decoding: [1, 2, 3, 4]) }
  }
}
