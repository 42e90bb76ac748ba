/// A picture's three channels at a fraction of its size, each value the mean of a block.
struct PooledPlanes {
  var factor: Int
  var width: Int
  var height: Int
  var planes: [[UInt8]]

  init(_ image: ColorImage, factor: Int) {
    self.factor = factor
    let width = (image.width + factor - 1) / factor, height = (image.height + factor - 1) / factor
    self.width = width
    self.height = height
    var sums = [Int32](repeating: 0, count: 3 * width * height)
    var counts = [Int32](repeating: 0, count: width * height)
    let columns = (0..<image.width).map { $0 / factor }
    image.pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<image.height {
        let base = (y / factor) * width
        var source = 3 * y * image.width
        for x in 0..<image.width {
          let block = base + columns[x]
          sums[3 * block] += Int32(pixels[source])
          sums[3 * block + 1] += Int32(pixels[source + 1])
          sums[3 * block + 2] += Int32(pixels[source + 2])
          counts[block] += 1
          source += 3
        }
      }
    }
    planes = [0, 1, 2].map { channel in
      counts.indices.map { UInt8(sums[3 * $0 + channel] / counts[$0]) }
    }
  }

  private init(factor: Int, width: Int, height: Int, planes: [[UInt8]]) {
    self.factor = factor
    self.width = width
    self.height = height
    self.planes = planes
  }

  /// Whether the writing is lighter than its ground: the ground, which is most of the picture, is dark, and what is
  /// lighter stands out twice as far as what is darker.
  func isLightOnDark() -> Bool {
    let luminance = planes[0].indices.map { index -> Int in
      (77 * Int(planes[0][index]) + 150 * Int(planes[1][index]) + 29 * Int(planes[2][index])) >> 8
    }.sorted()
    let middle = luminance[luminance.count / 2]
    guard middle < 110 else { return false }
    let low = luminance[luminance.count / 50], high = luminance[luminance.count - 1 - luminance.count / 50]
    return high - middle > 2 * (middle - low)
  }

  /// The paper without what is written on it.
  func paper(radius: Int, lightOnDark: Bool) -> PooledPlanes {
    let sources = lightOnDark ? planes.map { $0.map { 255 - $0 } } : planes
    var filled = sources.map { LocalExtrema.closing($0, width: width, height: height, radius: radius) }
    // What is lighter than the paper around it in one channel alone is no light on the paper but something coloured on
    // it, such as a blue dot on a yellow note; the closing would spread its colour over the gaps beside it.
    let usual = sources.map { LocalMedian(of: $0, width: width, height: height, cell: 2 * radius + 1) }
    for y in 0..<height {
      for x in 0..<width {
        let index = y * width + x
        let around = (
          max(1, usual[0].value(x: x, y: y)), max(1, usual[1].value(x: x, y: y)), max(1, usual[2].value(x: x, y: y))
        )
        let light = min(
          Double(filled[0][index]) / around.0, Double(filled[1][index]) / around.1, Double(filled[2][index]) / around.2)
        // A tenth: what lamps of two colours differ by on one sheet.
        func limit(_ around: Double) -> UInt8 { UInt8(min(255, 1.1 * light * around)) }
        filled[0][index] = min(filled[0][index], limit(around.0))
        filled[1][index] = min(filled[1][index], limit(around.1))
        filled[2][index] = min(filled[2][index], limit(around.2))
      }
    }
    return PooledPlanes(factor: factor, width: width, height: height, planes: filled.map(blurred))
  }

  /// A 3 x 3 mean, so that the squares of the closing leave no steps.
  private func blurred(_ plane: [UInt8]) -> [UInt8] {
    var result = plane
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0, count = 0
        for v in max(0, y - 1)...min(height - 1, y + 1) {
          for u in max(0, x - 1)...min(width - 1, x + 1) {
            sum += Int(plane[v * width + u])
            count += 1
          }
        }
        result[y * width + x] = UInt8(sum / count)
      }
    }
    return result
  }

  /// How far `image` lies below this paper: the largest difference of a channel, in 255ths of the light on the paper.
  func contrast(of image: ColorImage, lightOnDark: Bool) -> [UInt8] {
    let flip: UInt8 = lightOnDark ? 255 : 0
    // Bilinear between block centres, in 1/256.
    func positions(_ count: Int, _ limit: Int) -> [(Int, Int, Int)] {
      (0..<count).map { index in
        let place = max(0, (2 * index + 1 - factor) * 128 / factor)
        let low = min(limit - 1, place >> 8)
        return (low, min(limit - 1, low + 1), place & 255)
      }
    }
    let columns = positions(image.width, width), rows = positions(image.height, height)
    var row = [Int32](repeating: 0, count: 3 * width)
    // 255ths of the light, by the rounded-up reciprocal in 2^32nds: the same as the division. In the dark, below 40, the
    // quotient would be noise.
    let shares = (0...255).map { light -> UInt64 in
      let light = UInt64(max(40, light))
      return (1 << 32 + light - 1) / light
    }
    return [UInt8](unsafeUninitializedCapacity: image.width * image.height) { result, initialized in
      image.pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<image.height {
          let (above, below, weight) = rows[y]
          for channel in 0..<3 {
            planes[channel].withUnsafeBufferPointer { plane in
              for x in 0..<width {
                row[3 * x + channel] =
                  Int32(plane[above * width + x]) * Int32(256 - weight) + Int32(plane[below * width + x])
                  * Int32(weight)
              }
            }
          }
          row.withUnsafeBufferPointer { row in
            for x in 0..<image.width {
              let (left, right, share) = columns[x]
              let base = 3 &* (y &* image.width &+ x)
              let near = Int32(truncatingIfNeeded: 256 &- share), far = Int32(truncatingIfNeeded: share)
              var light: Int32 = 0, most: Int32 = 0
              for channel in 0..<3 {
                let paper = (row[3 &* left &+ channel] &* near &+ row[3 &* right &+ channel] &* far) >> 16
                light = max(light, paper)
                most = max(most, paper &- Int32(pixels[base &+ channel] ^ flip))
              }
              let contrast = (UInt64(truncatingIfNeeded: most &* 255) &* shares[Int(light)]) >> 32
              result[y &* image.width &+ x] = UInt8(truncatingIfNeeded: min(255, contrast))
            }
          }
        }
      }
      initialized = image.width * image.height
    }
  }
}

/// The middle value of a plane around each place, by overlapping cells.
struct LocalMedian {
  private var cell: Int
  private var columns: Int
  private var rows: Int
  private var values: [Double]

  /// Takes the median of every cell and its surroundings up to half a cell away.
  init(of plane: [UInt8], width: Int, height: Int, cell: Int) {
    self.cell = cell
    let columns = max(1, (width + cell - 1) / cell), rows = max(1, (height + cell - 1) / cell)
    self.columns = columns
    self.rows = rows
    values = []
    for row in 0..<rows {
      for column in 0..<columns {
        var histogram = [Int](repeating: 0, count: 256)
        var count = 0
        for y in max(0, row * cell - cell / 2)..<min(height, (row + 1) * cell + cell / 2) {
          for x in max(0, column * cell - cell / 2)..<min(width, (column + 1) * cell + cell / 2) {
            histogram[Int(plane[y * width + x])] += 1
            count += 1
          }
        }
        var left = count / 2, value = 0
        while value < 255, left >= histogram[value] {
          left -= histogram[value]
          value += 1
        }
        values.append(Double(value))
      }
    }
  }

  /// The value at a pixel, bilinear between the middles of the cells.
  func value(x: Int, y: Int) -> Double {
    func place(_ position: Int, _ count: Int) -> (Int, Int, Double) {
      let at = max(0, (Double(position) + 0.5) / Double(cell) - 0.5)
      let low = min(count - 1, Int(at))
      return (low, min(count - 1, low + 1), min(1, at - Double(low)))
    }
    let (left, right, u) = place(x, columns), (top, bottom, v) = place(y, rows)
    let above = values[top * columns + left] * (1 - u) + values[top * columns + right] * u
    let below = values[bottom * columns + left] * (1 - u) + values[bottom * columns + right] * u
    return above * (1 - v) + below * v
  }
}
