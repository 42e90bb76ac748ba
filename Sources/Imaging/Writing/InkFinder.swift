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
