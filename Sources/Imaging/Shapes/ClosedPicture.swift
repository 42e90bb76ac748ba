extension ColorImage {
  /// With everything filled that is darker than its surroundings and no wider than twice `radius`, channel by channel:
  /// a closing with a square of `2 * radius + 1`, whose windows end at the border.
  ///
  /// Whole rows at a time, which the compiler turns into wide steps; see ``LocalExtrema`` for radii beyond ten.
  func closed(by radius: Int) -> ColorImage {
    var result = self
    result.pixels = Self.spread(pixels, width: width, height: height, radius: radius) { max($0, $1) }
    result.pixels = Self.spread(result.pixels, width: width, height: height, radius: radius) { min($0, $1) }
    return result
  }

  @inline(__always)
  private static func spread(
    _ pixels: [UInt8], width: Int, height: Int, radius: Int, choosing: (UInt8, UInt8) -> UInt8
  ) -> [UInt8] {
    let row = 3 * width
    var across = pixels
    pixels.withUnsafeBufferPointer { source in
      across.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          let base = y * row
          for shift in 1...max(1, radius) where shift < width && radius > 0 {
            let step = 3 * shift
            for index in base..<(base + row - step) {
              target[index] = choosing(target[index], source[index + step])
            }
            for index in (base + step)..<(base + row) {
              target[index] = choosing(target[index], source[index - step])
            }
          }
        }
      }
    }
    var down = across
    across.withUnsafeBufferPointer { source in
      down.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          for other in max(0, y - radius)...min(height - 1, y + radius) where other != y {
            let from = other * row, base = y * row
            for index in 0..<row { target[base + index] = choosing(target[base + index], source[from + index]) }
          }
        }
      }
    }
    return down
  }
}
