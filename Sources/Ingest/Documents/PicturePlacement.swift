import Imaging

/// Finds how a picture lies on a page by looking at the page.
///
/// A PDF may turn and mirror a picture in ways that the picture itself does not tell (an EXIF orientation inside is
/// ignored by viewers). So the page is drawn very small, and the picture is laid on it in all eight ways.
enum PicturePlacement {
  /// Pixels of the page's longer side when it is compared.
  static let pageSide = 100

  /// Mean difference of gray values up to which the page shows the picture; beyond it is masked, cut or drawn over.
  /// 24 of 255: resampling differences stay below 10, another picture is above 40.
  static let greatestDifference = 24.0

  /// The EXIF orientation (1...8) in which `picture` lies on `page`, or `nil` where the page does not show it whole.
  ///
  /// `width` and `height` are those of the picture on the small page, along its own sides.
  static func orientation(of picture: GrayImage, width: Int, height: Int, on page: GrayImage) -> Int? {
    guard width >= 4, height >= 4, picture.width >= width, picture.height >= height else { return nil }
    let thumbnail = averaged(picture, width: width, height: height)
    var best: (orientation: Int, sum: Int)?
    for orientation in 1...8 {
      let turned = upright(thumbnail, orientation: orientation)
      guard turned.width <= page.width + 1, turned.height <= page.height + 1 else { continue }
      // All eight cover the same number of pixels, so sums compare; the first wins where two are equal.
      if let sum = leastDifference(turned, on: page, below: best?.sum ?? .max) { best = (orientation, sum) }
    }
    guard let best, Double(best.sum) <= greatestDifference * Double(width * height) else { return nil }
    return best.orientation
  }

  /// Sum of the gray differences at the best place; `nil` where no place is below `bound`.
  private static func leastDifference(_ picture: GrayImage, on page: GrayImage, below bound: Int) -> Int? {
    let width = min(picture.width, page.width), height = min(picture.height, page.height)
    var least = bound
    for top in 0...(page.height - height) {
      for left in 0...(page.width - width) {
        var sum = 0
        for y in 0..<height {
          let row = (top + y) * page.width + left, source = y * picture.width
          for x in 0..<width { sum += abs(Int(page.pixels[row + x]) - Int(picture.pixels[source + x])) }
          if sum >= least { break }
        }
        least = min(least, sum)
      }
    }
    return least < bound ? least : nil
  }

  /// Each pixel the mean of what it covers.
  static func averaged(_ image: GrayImage, width: Int, height: Int) -> GrayImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for y in 0..<height {
      let rows = (y * image.height / height)..<max((y + 1) * image.height / height, y * image.height / height + 1)
      for x in 0..<width {
        let columns = (x * image.width / width)..<max((x + 1) * image.width / width, x * image.width / width + 1)
        var sum = 0
        for row in rows { for column in columns { sum += Int(image.pixels[row * image.width + column]) } }
        pixels.append(UInt8(sum / (rows.count * columns.count)))
      }
    }
    return GrayImage(width: width, height: height, pixels: pixels)
  }

  /// The stored picture turned by an EXIF orientation (EXIF 2.32, tag 274).
  private static func upright(_ stored: GrayImage, orientation: Int) -> GrayImage {
    let swaps = orientation >= 5
    let width = swaps ? stored.height : stored.width, height = swaps ? stored.width : stored.height
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width {
        let (column, row): (Int, Int) =
          switch orientation {
          case 2: (width - 1 - x, y)
          case 3: (width - 1 - x, height - 1 - y)
          case 4: (x, height - 1 - y)
          case 5: (y, x)
          case 6: (y, width - 1 - x)
          case 7: (height - 1 - y, width - 1 - x)
          case 8: (height - 1 - y, x)
          default: (x, y)
          }
        pixels.append(stored.pixels[row * stored.width + column])
      }
    }
    return GrayImage(width: width, height: height, pixels: pixels)
  }
}
