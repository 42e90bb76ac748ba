/// Separates ink from paper of any hue under uneven light.
///
/// The paper is estimated by a morphological closing, channel by channel, of the picture at a fraction of its size:
/// what is narrower than the widest stroke is replaced by its surroundings, while shadows, folds and the light's fall-off
/// stay in the estimate. Ink is what differs from it in any channel, relative to the light on the paper, so a red pen
/// on a red card counts by its green and blue. Contrast below the noise of the picture is paper.
package struct InkFinder: Sendable {
  /// Widest thing that can still be ink, in pixels.
  package var widestStroke: Int
  /// Least contrast of ink, 0...255; a hard pencil on white reaches about 40, JPEG noise 8.
  package var leastContrast = 16

  /// Creates a finder.
  package init(widestStroke: Int) { self.widestStroke = max(5, widestStroke) }

  /// Finds the ink of `image`.
  package func ink(in image: ColorImage) -> InkMap {
    let width = image.width, height = image.height
    guard width > 0, height > 0 else {
      return InkMap(width: width, height: height, contrast: [], mask: [], isLightOnDark: false)
    }
    let factor = max(1, widestStroke / 8)
    let pooled = PooledPlanes(image, factor: factor)
    let radius = max(2, (widestStroke / factor + 1) / 2)
    let lightOnDark = pooled.isLightOnDark()
    let paper = pooled.paper(radius: radius, lightOnDark: lightOnDark)
    let contrast = paper.contrast(of: image, lightOnDark: lightOnDark)
    var map = InkMap(
      width: width, height: height, contrast: contrast, mask: [], isLightOnDark: lightOnDark)
    map.mask = mask(of: map)
    return map
  }

  /// The threshold that noise does not reach: the middle contrast of the picture plus five times its spread.
  func threshold(of contrast: [UInt8]) -> Int {
    var histogram = [Int](repeating: 0, count: 256)
    for value in contrast { histogram[Int(value)] += 1 }
    func quantile(_ share: Double) -> Int {
      var left = Int(Double(contrast.count) * share)
      for (value, count) in histogram.enumerated() {
        left -= count
        if left < 0 { return value }
      }
      return 255
    }
    // Ink covers less than a third of any board, so the lower quantiles are paper alone.
    let middle = quantile(0.4)
    let spread = max(1, middle - quantile(0.1))
    return middle + max(leastContrast, min(4 * spread, 60))
  }

  /// Pixels above the threshold, then, in each connected piece, only those that reach 0.4 of its own strength: the
  /// soft seam of a blurred stroke and faint lines of squared paper between letters fall away, thin pencil stays.
  private func mask(of map: InkMap) -> [UInt8] {
    let least = threshold(of: map.contrast)
    var mask = map.contrast.map { Int($0) >= least ? UInt8(1) : 0 }
    let pieces = InkComponents(mask: mask, width: map.width, height: map.height)
    var histogram = [Int](repeating: 0, count: 256)
    for piece in pieces.all {
      var count = 0
      for run in pieces.runs(of: piece) {
        let base = run.y * map.width
        for x in run.start..<run.end { histogram[Int(map.contrast[base + x])] += 1 }
        count += run.end - run.start
      }
      var left = count / 10
      var strength = 255
      while strength > 0, left >= histogram[strength] {
        left -= histogram[strength]
        strength -= 1
      }
      for value in 0..<256 { histogram[value] = 0 }
      let cut = strength * 2 / 5
      // A piece that barely rises above the threshold over its whole extent is a stain or the edge of a shadow.
      let isFaint = strength < least * 5 / 4
      if cut <= least, !isFaint { continue }
      for run in pieces.runs(of: piece) {
        let base = run.y * map.width
        for x in run.start..<run.end where isFaint || Int(map.contrast[base + x]) < cut { mask[base + x] = 0 }
      }
    }
    return mask
  }
}

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
    let filled = planes.map { plane in
      let source = lightOnDark ? plane.map { 255 - $0 } : plane
      let closed = LocalExtrema.closing(source, width: width, height: height, radius: radius)
      return blurred(closed)
    }
    return PooledPlanes(factor: factor, width: width, height: height, planes: filled)
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
    var row = [Int](repeating: 0, count: 3 * width)
    return [UInt8](unsafeUninitializedCapacity: image.width * image.height) { result, initialized in
      image.pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<image.height {
          let (above, below, weight) = rows[y]
          for x in 0..<width {
            for channel in 0..<3 {
              row[3 * x + channel] =
                (Int(planes[channel][above * width + x]) * (256 - weight)
                  + Int(planes[channel][below * width + x]) * weight)
            }
          }
          row.withUnsafeBufferPointer { row in
            for x in 0..<image.width {
              let (left, right, share) = columns[x]
              let base = 3 * (y * image.width + x)
              var light = 0, most = 0
              for channel in 0..<3 {
                let paper = (row[3 * left + channel] * (256 - share) + row[3 * right + channel] * share) >> 16
                light = max(light, paper)
                most = max(most, paper - Int(pixels[base + channel] ^ flip))
              }
              // 40: in the dark the quotient would be noise.
              result[y * image.width + x] = UInt8(min(255, most * 255 / max(40, light)))
            }
          }
        }
      }
      initialized = image.width * image.height
    }
  }
}
