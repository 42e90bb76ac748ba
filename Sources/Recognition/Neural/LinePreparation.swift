import Imaging

/// A line image brought to what the networks were trained on.
struct PreparedLine {
  /// Rows x `width` cells of blue, green and red, each -1...1.
  var pixels: [Float]
  /// Columns.
  var width: Int

  /// Narrowest and widest line in pixels at the network's height: below, the strides leave no column; above, a line
  /// costs more than its time and is squeezed (2,400 pixels are about 130 letters).
  static let widths = 16...2400

  /// Scales to `height` rows, keeping the shape but for `stretch` times the width; `nil` where there are no pixels.
  ///
  /// Bilinear, over as many source pixels as a target pixel covers: on DHSD's validation writers nearest neighbours
  /// in quality (box, bicubic, plain bilinear) differ by less than 0.1 % CER.
  init?(_ image: ColorImage, height: Int, stretch: Double = 1) {
    guard image.width > 0, image.height > 0 else { return nil }
    let wanted = (stretch * Double(image.width) * Double(height) / Double(image.height)).rounded()
    width = Int(min(max(wanted, Double(Self.widths.lowerBound)), Double(Self.widths.upperBound)))
    let rows = Resampling(from: image.height, to: height)
    let columns = Resampling(from: image.width, to: width)
    // Rows first: they shrink most, and their sums run along memory.
    let stride = 3 * image.width
    var squeezed = [Float](repeating: 0, count: height * stride)
    image.pixels.withUnsafeBufferPointer { source in
      squeezed.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          let first = rows.first[y]
          for (offset, weight) in rows.weights[y].enumerated() {
            let from = (first + offset) * stride, to = y * stride
            for index in 0..<stride { target[to + index] += weight * Float(source[from + index]) }
          }
        }
      }
    }
    var result = [Float](repeating: 0, count: 3 * height * width)
    let width = width
    squeezed.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          for x in 0..<width {
            var red: Float = 0, green: Float = 0, blue: Float = 0
            var index = y * stride + 3 * columns.first[x]
            for weight in columns.weights[x] {
              red += weight * source[index]
              green += weight * source[index + 1]
              blue += weight * source[index + 2]
              index += 3
            }
            let cell = 3 * (y * width + x)
            target[cell] = blue / 127.5 - 1
            target[cell + 1] = green / 127.5 - 1
            target[cell + 2] = red / 127.5 - 1
          }
        }
      }
    }
    pixels = result
  }
}

/// Which source cells make up each target cell along one axis, with weights that sum to 1.
private struct Resampling {
  var first: [Int] = []
  var weights: [[Float]] = []

  init(from source: Int, to target: Int) {
    let scale = Double(source) / Double(target)
    let reach = max(scale, 1)  // a triangle of this half width: plain bilinear where the image grows
    for index in 0..<target {
      let centre = (Double(index) + 0.5) * scale
      let low = max(0, Int((centre - reach + 0.5).rounded(.down)))
      let high = min(source, Int((centre + reach + 0.5).rounded(.down)))
      var values = (low..<max(high, low + 1)).map { cell in
        max(0, 1 - abs(Double(cell) + 0.5 - centre) / reach)
      }
      let sum = values.reduce(0, +)
      if sum > 0 { values = values.map { $0 / sum } } else { values = [1] }
      first.append(min(low, source - values.count))
      weights.append(values.map { Float($0) })
    }
  }
}
