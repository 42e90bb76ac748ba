extension ColorImage {
  /// The mean of blocks of `factor` x `factor`; what does not fill a block at the right and lower edge is dropped.
  package func averaged(by factor: Int) -> ColorImage {
    guard factor > 1, width >= factor, height >= factor else { return self }
    var result = ColorImage(width: width / factor, height: height / factor, red: 0, green: 0, blue: 0)
    let small = (width: result.width, height: result.height)
    // Multiplied by the rounded-up reciprocal in 2^48ths, which gives the same as the division up to blocks of 1,000.
    let share = UInt64(factor * factor), reciprocal = (1 << 48 + share - 1) / share
    pixels.withUnsafeBufferPointer { source in
      result.pixels.withUnsafeMutableBufferPointer { target in
        for y in 0..<small.height {
          for x in 0..<small.width {
            var red: UInt64 = 0, green: UInt64 = 0, blue: UInt64 = 0
            for v in 0..<factor {
              var index = 3 &* ((y &* factor &+ v) &* width &+ x &* factor)
              for _ in 0..<factor {
                red &+= UInt64(source[index])
                green &+= UInt64(source[index &+ 1])
                blue &+= UInt64(source[index &+ 2])
                index &+= 3
              }
            }
            let index = 3 &* (y &* small.width &+ x)
            target[index] = UInt8(truncatingIfNeeded: (red &* reciprocal) >> 48)
            target[index &+ 1] = UInt8(truncatingIfNeeded: (green &* reciprocal) >> 48)
            target[index &+ 2] = UInt8(truncatingIfNeeded: (blue &* reciprocal) >> 48)
          }
        }
      }
    }
    return result
  }

  /// Shrunk to the size of a plane that shows it.
  func shrunk(to plane: ColourPlane) -> ColorImage {
    let factor = max(1, width / plane.width)
    if width / factor == plane.width, height / factor == plane.height {
      return averaged(by: factor)
    }
    return resampled(width: plane.width, height: plane.height)
  }

  /// Shrunk so that its longer side has `longestSide` pixels.
  func resampled(longestSide: Int) -> ColorImage {
    let longest = max(width, height)
    return resampled(
      width: max(1, (width * longestSide + longest / 2) / longest),
      height: max(1, (height * longestSide + longest / 2) / longest))
  }

  /// Shrunk by less than two: each pixel is the mean of the part of the picture that it covers, in 256ths of a pixel.
  func resampled(width newWidth: Int, height newHeight: Int) -> ColorImage {
    let columns = Share.shares(of: width, for: newWidth), rows = Share.shares(of: height, for: newHeight)
    var result = ColorImage(width: newWidth, height: newHeight, red: 0, green: 0, blue: 0)
    var sums = [Int](repeating: 0, count: 3 * newWidth)
    pixels.withUnsafeBufferPointer { source in
      for (y, row) in rows.enumerated() {
        for index in sums.indices { sums[index] = 0 }
        var total = 0
        for (v, weight) in row.weights.enumerated() {
          let base = 3 * width * (row.first + v)
          total += weight
          for (x, column) in columns.enumerated() {
            var red = 0, green = 0, blue = 0
            var index = base + 3 * column.first
            for share in column.weights {
              red += share * Int(source[index])
              green += share * Int(source[index + 1])
              blue += share * Int(source[index + 2])
              index += 3
            }
            sums[3 * x] += weight * red
            sums[3 * x + 1] += weight * green
            sums[3 * x + 2] += weight * blue
          }
        }
        for (x, column) in columns.enumerated() {
          let all = max(1, total * column.sum)
          for channel in 0..<3 {
            result.pixels[3 * (y * newWidth + x) + channel] = UInt8((sums[3 * x + channel] + all / 2) / all)
          }
        }
      }
    }
    return result
  }

  /// The pixels that one pixel of the smaller picture covers along an axis, and how much of each in 256ths.
  private struct Share {
    var first: Int
    var weights: [Int]
    var sum: Int

    static func shares(of length: Int, for count: Int) -> [Share] {
      (0..<count).map { place in
        let from = place * 256 * length / count, to = max(from + 1, (place + 1) * 256 * length / count)
        let first = from / 256, last = min(length - 1, (to - 1) / 256)
        let weights = (first...last).map { min(to, 256 * ($0 + 1)) - max(from, 256 * $0) }
        return Share(first: first, weights: weights, sum: weights.reduce(0, +))
      }
    }
  }
}
