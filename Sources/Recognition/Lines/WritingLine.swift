import Imaging
import ProtocolModel

/// One line of writing cut out of a crop, ready for the readers.
struct WritingLine: Sendable {
  /// The line, tight and upright.
  var image: LineImage
  /// Where ``image`` lies in the crop.
  var quad: Quad<CropSpace>
  /// Height of the ink in the crop's pixels, for the decision.
  var inkHeight: Double

  /// The place of a part of the line, from `start` to `end` of its width.
  func quad(from start: Double, to end: Double) -> Quad<CropSpace> {
    func along(_ a: Point<CropSpace>, _ b: Point<CropSpace>, _ share: Double) -> Point<CropSpace> {
      Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    }
    return Quad(
      topLeft: along(quad.topLeft, quad.topRight, start), topRight: along(quad.topLeft, quad.topRight, end),
      bottomRight: along(quad.bottomLeft, quad.bottomRight, end),
      bottomLeft: along(quad.bottomLeft, quad.bottomRight, start))
  }
}

/// Cuts lines out of a crop: turned upright, tight to the ink, without the ink of other lines.
struct LineCutter: Sendable {
  /// Margin around the ink as a share of the ink's height: the readers were trained on ink-tight lines.
  var margin = 0.06
  /// Greatest height of a line image; readers scale to 48 rows, more only costs time.
  var greatestHeight = 96

  /// Cuts the line that `pieces` of `ink` make; `nil` where nothing is left.
  func line(
    of pieces: [InkComponent], in ink: WritingInk, image: ColorImage
  ) throws(ImageError) -> WritingLine? {
    guard let level = WritingInk.bounds(of: pieces) else { return nil }
    let slope = Skew.slope(of: pieces, in: ink.components)
    // The tight box in coordinates sheared by the slope: for slopes this small a shear is a turn.
    var top = Double.infinity, bottom = -Double.infinity
    for piece in pieces {
      for run in ink.components.runs(of: piece) {
        for x in [Double(run.start), Double(run.end)] {
          let y = Double(run.y) - slope * x
          top = min(top, y)
          bottom = max(bottom, y + 1)
        }
      }
    }
    let pad = max(1, margin * (bottom - top))
    let left = Double(level.left) - pad, right = Double(level.right) + pad
    top -= pad
    bottom += pad
    let quad = Quad<CropSpace>(
      topLeft: Point(left, top + slope * left), topRight: Point(right, top + slope * right),
      bottomRight: Point(right, bottom + slope * right), bottomLeft: Point(left, bottom + slope * left))
    let scale = min(1, Double(greatestHeight) / (bottom - top))
    let width = Int(((right - left) * scale).rounded()), height = Int(((bottom - top) * scale).rounded())
    guard width >= 2, height >= 2 else { return nil }
    let cleaned = erasing(allBut: pieces, of: ink, in: image, within: quad.polygon.bounds)
    let cut: ColorImage
    if slope == 0, scale == 1 {
      cut = cleaned.cropped(
        InkBox(
          left: Int(left.rounded()), top: Int(top.rounded()), right: Int(left.rounded()) + width,
          bottom: Int(top.rounded()) + height))
    } else {
      cut = try Raster(cleaned).rectified(quad, toWidth: width, height: height).colorImage()
    }
    return WritingLine(image: LineImage(cut), quad: quad, inkHeight: bottom - top - 2 * pad)
  }

  /// A copy in which the ink of other lines inside `place` has the paper's colour.
  private func erasing(
    allBut pieces: [InkComponent], of ink: WritingInk, in image: ColorImage, within place: Box<CropSpace>
  ) -> ColorImage {
    guard let inside = place.clamped(toWidth: image.width, height: image.height) else { return image }
    let width = image.width
    var isOurs = [Bool](repeating: false, count: inside.width * inside.height)
    func mark(_ run: InkRun, _ body: (Int) -> Void) {
      guard run.y >= inside.y, run.y < inside.y + inside.height else { return }
      let start = max(run.start, inside.x), end = min(run.end, inside.x + inside.width)
      guard start < end else { return }
      for x in start..<end { body((run.y - inside.y) * inside.width + x - inside.x) }
    }
    for piece in pieces {
      for run in ink.components.runs(of: piece) { mark(run) { isOurs[$0] = true } }
    }
    var foreign = [Bool](repeating: false, count: isOurs.count)
    var hasForeign = false
    for y in 0..<inside.height {
      for x in 0..<inside.width where ink.map.mask[(y + inside.y) * width + x + inside.x] != 0 {
        if !isOurs[y * inside.width + x] {
          foreign[y * inside.width + x] = true
          hasForeign = true
        }
      }
    }
    guard hasForeign else { return image }
    var result = image
    let paper = paperColour(of: image, ink: ink.map, inside: inside)
    let reach = max(1, Int(ink.strokeWidth / 3))  // the blurred seam of a stroke goes with it
    for y in 0..<inside.height {
      for x in 0..<inside.width where foreign[y * inside.width + x] {
        for v in max(0, y - reach)...min(inside.height - 1, y + reach) {
          for u in max(0, x - reach)...min(inside.width - 1, x + reach) where !isOurs[v * inside.width + u] {
            let index = 3 * ((v + inside.y) * width + u + inside.x)
            for channel in 0..<3 { result.pixels[index + channel] = paper[channel] }
          }
        }
      }
    }
    return result
  }

  /// The median of each channel over what is no ink.
  private func paperColour(of image: ColorImage, ink: InkMap, inside: Box<CropSpace>) -> [UInt8] {
    var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 3)
    var count = 0
    for y in inside.y..<(inside.y + inside.height) {
      for x in inside.x..<(inside.x + inside.width) where ink.mask[y * image.width + x] == 0 {
        for channel in 0..<3 { histograms[channel][Int(image.pixels[3 * (y * image.width + x) + channel])] += 1 }
        count += 1
      }
    }
    return histograms.map { histogram in
      var left = count / 2
      for (value, share) in histogram.enumerated() {
        left -= share
        if left < 0 { return UInt8(value) }
      }
      return 255
    }
  }
}

extension ColorImage {
  /// The part inside `box`; what lies outside the picture repeats its border.
  func cropped(_ box: InkBox) -> ColorImage {
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * box.width * box.height) { buffer, count in
      for y in box.top..<box.bottom {
        let row = min(max(y, 0), height - 1) * width
        for x in box.left..<box.right {
          let source = 3 * (row + min(max(x, 0), width - 1))
          for channel in 0..<3 { buffer[count + channel] = self.pixels[source + channel] }
          count += 3
        }
      }
    }
    return ColorImage(width: box.width, height: box.height, pixels: pixels)
  }
}
