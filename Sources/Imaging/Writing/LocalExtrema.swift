/// Sliding-window maxima and minima over a plane of bytes, the two halves of a morphological closing.
///
/// Windows are cut off at the borders, so the outside never enters.
enum LocalExtrema {
  /// Up to this radius whole rows are compared at a time, which the compiler turns into wide steps; beyond it van Herk's
  /// method (*Pattern Recognition Letters* 13, 1992) needs three comparisons a value whatever the window's width.
  private static let widestSweep = 10

  /// The closing of `plane` (row by row, `width` x `height`) with a square of `2 * radius + 1`: what is darker than
  /// its surroundings and narrower than the square is filled with the surroundings.
  static func closing(_ plane: [UInt8], width: Int, height: Int, radius: Int) -> [UInt8] {
    guard radius > 0, width > 0, height > 0 else { return plane }
    if radius <= widestSweep { return swept(plane, channels: 1, width: width, height: height, radius: radius) }
    let dilated = filtered(plane, width: width, height: height, radius: radius, floor: 0, choosing: { max($0, $1) })
    return filtered(dilated, width: width, height: height, radius: radius, floor: 255, choosing: { min($0, $1) })
  }

  /// The closing of `image`, channel by channel, with a square of `2 * radius + 1`; for radii up to ten.
  static func closing(_ image: ColorImage, radius: Int) -> ColorImage {
    guard radius > 0, image.width > 0, image.height > 0 else { return image }
    var result = image
    result.pixels = swept(image.pixels, channels: 3, width: image.width, height: image.height, radius: radius)
    return result
  }

  private static func swept(_ pixels: [UInt8], channels: Int, width: Int, height: Int, radius: Int) -> [UInt8] {
    let dilated = dilation(pixels, channels: channels, width: width, height: height, radius: radius)
    return erosion(dilated, channels: channels, width: width, height: height, radius: radius)
  }

  /// The largest value of the square of `2 * radius + 1` around each.
  static func dilation(_ pixels: [UInt8], channels: Int = 1, width: Int, height: Int, radius: Int) -> [UInt8] {
    spread(pixels, channels: channels, width: width, height: height, radius: radius) { max($0, $1) }
  }

  /// The smallest value of the square of `2 * radius + 1` around each.
  static func erosion(_ pixels: [UInt8], channels: Int = 1, width: Int, height: Int, radius: Int) -> [UInt8] {
    spread(pixels, channels: channels, width: width, height: height, radius: radius) { min($0, $1) }
  }

  @inline(__always)
  private static func spread(
    _ pixels: [UInt8], channels: Int, width: Int, height: Int, radius: Int, choosing: (UInt8, UInt8) -> UInt8
  ) -> [UInt8] {
    guard radius > 0, width > 0, height > 0 else { return pixels }
    precondition(pixels.count == channels * width * height, "one value a channel and pixel")
    let row = channels * width
    var across = pixels
    pixels.withUnsafeBufferPointer { source in
      across.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        for y in 0..<height {
          let from = source + y * row, to = target + y * row
          for shift in 1...radius where shift < width {
            let step = channels * shift
            combine(to, from + step, count: row - step, choosing)
            combine(to + step, from, count: row - step, choosing)
          }
        }
      }
    }
    var down = across
    across.withUnsafeBufferPointer { source in
      down.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        for y in 0..<height {
          for other in max(0, y - radius)...min(height - 1, y + radius) where other != y {
            combine(target + y * row, source + other * row, count: row, choosing)
          }
        }
      }
    }
    return down
  }

  /// Chooses between two rows, value by value; without checks of overflow, so that the compiler takes many at a time.
  @inline(__always)
  private static func combine(
    _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, count: Int,
    _ choosing: (UInt8, UInt8) -> UInt8
  ) {
    var index = 0
    while index < count {
      target[index] = choosing(target[index], source[index])
      index &+= 1
    }
  }

  /// One separable extremum: along the rows, then along the columns.
  private static func filtered(
    _ plane: [UInt8], width: Int, height: Int, radius: Int, floor: UInt8, choosing: (UInt8, UInt8) -> UInt8
  ) -> [UInt8] {
    var result = plane
    var line = [UInt8](repeating: 0, count: max(width, height))
    for y in 0..<height {
      let base = y * width
      for x in 0..<width { line[x] = plane[base + x] }
      slide(&line, count: width, radius: radius, floor: floor, choosing: choosing)
      for x in 0..<width { result[base + x] = line[x] }
    }
    for x in 0..<width {
      for y in 0..<height { line[y] = result[y * width + x] }
      slide(&line, count: height, radius: radius, floor: floor, choosing: choosing)
      for y in 0..<height { result[y * width + x] = line[y] }
    }
    return result
  }

  /// Replaces the first `count` values by the extremum of the window around each.
  private static func slide(
    _ line: inout [UInt8], count: Int, radius: Int, floor: UInt8, choosing: (UInt8, UInt8) -> UInt8
  ) {
    let window = 2 * radius + 1
    let padded = count + 2 * radius
    var forward = [UInt8](repeating: floor, count: padded)
    var backward = forward
    for index in 0..<padded {
      let value = index >= radius && index < radius + count ? line[index - radius] : floor
      forward[index] = index % window == 0 ? value : choosing(forward[index - 1], value)
    }
    for index in stride(from: padded - 1, through: 0, by: -1) {
      let value = index >= radius && index < radius + count ? line[index - radius] : floor
      backward[index] =
        index == padded - 1 || (index + 1) % window == 0 ? value : choosing(backward[index + 1], value)
    }
    for index in 0..<count { line[index] = choosing(backward[index], forward[index + window - 1]) }
  }
}
