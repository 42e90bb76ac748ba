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
    let slope = Skew.slope(of: pieces, in: ink.components)
    let ours = pieces.flatMap { ink.components.runs(of: $0) }
    let kept = Set(pieces.map(\.runs.lowerBound))
    let foreign = ink.components.all.filter { !kept.contains($0.runs.lowerBound) }
      .flatMap { ink.components.runs(of: $0) }
    return try line(of: ours, foreign: foreign, slope: slope, seam: Int(ink.strokeWidth / 3), image: image)
  }

  /// Cuts the line whose ink is `ours`; `foreign` ink inside its box gets the paper's colour, with a `seam` of so many
  /// pixels around it. `slope` is in pixels down per pixel right. `nil` where nothing is left.
  func line(
    of ours: [InkRun], foreign: [InkRun], slope: Double, seam: Int, image: ColorImage
  ) throws(ImageError) -> WritingLine? {
    guard !ours.isEmpty else { return nil }
    // The tight box in coordinates sheared by the slope: for slopes this small a shear is a turn.
    var top = Double.infinity, bottom = -Double.infinity
    var left = Double.infinity, right = -Double.infinity
    for run in ours {
      left = min(left, Double(run.start))
      right = max(right, Double(run.end))
      for x in [Double(run.start), Double(run.end)] {
        let y = Double(run.y) - slope * x
        top = min(top, y)
        bottom = max(bottom, y + 1)
      }
    }
    let pad = max(1, margin * (bottom - top))
    left -= pad
    right += pad
    top -= pad
    bottom += pad
    let quad = Quad<CropSpace>(
      topLeft: Point(left, top + slope * left), topRight: Point(right, top + slope * right),
      bottomRight: Point(right, bottom + slope * right), bottomLeft: Point(left, bottom + slope * left))
    let scale = min(1, Double(greatestHeight) / (bottom - top))
    let width = Int(((right - left) * scale).rounded()), height = Int(((bottom - top) * scale).rounded())
    guard width >= 2, height >= 2 else { return nil }
    // Work on the line's own box: a note has up to a dozen lines.
    let bounds = quad.polygon.bounds
    let box = InkBox(left: bounds.x, top: bounds.y, right: bounds.x + bounds.width, bottom: bounds.y + bounds.height)
    let cleaned = erasing(foreign, sparing: ours, in: image.cropped(box), at: box, seam: max(1, seam))
    let dx = Double(box.left), dy = Double(box.top)
    let local = Quad<CropSpace>(
      topLeft: Point(quad.topLeft.x - dx, quad.topLeft.y - dy),
      topRight: Point(quad.topRight.x - dx, quad.topRight.y - dy),
      bottomRight: Point(quad.bottomRight.x - dx, quad.bottomRight.y - dy),
      bottomLeft: Point(quad.bottomLeft.x - dx, quad.bottomLeft.y - dy))
    let cut =
      slope == 0 && scale == 1
      ? cleaned : try Raster(cleaned).rectified(local, toWidth: width, height: height).colorImage()
    return WritingLine(image: LineImage(cut), quad: quad, inkHeight: bottom - top - 2 * pad)
  }

  /// `image`, which lies at `box` of the crop, with `foreign` ink in the paper's colour.
  private func erasing(
    _ foreign: [InkRun], sparing ours: [InkRun], in image: ColorImage, at box: InkBox, seam: Int
  ) -> ColorImage {
    let width = image.width, height = image.height
    func inside(_ run: InkRun) -> (row: Int, start: Int, end: Int)? {
      let start = max(run.start - box.left, 0), end = min(run.end - box.left, width), row = run.y - box.top
      return row >= 0 && row < height && start < end ? (row, start, end) : nil
    }
    let strange = foreign.compactMap(inside)
    guard !strange.isEmpty else { return image }
    var isInk = [Bool](repeating: false, count: width * height)
    for run in ours.compactMap(inside) {
      for x in run.start..<run.end { isInk[run.row * width + x] = true }
    }
    var isStrange = [Bool](repeating: false, count: width * height)
    for run in strange {
      for y in max(0, run.row - seam)...min(height - 1, run.row + seam) {
        for x in max(0, run.start - seam)..<min(width, run.end + seam) where !isInk[y * width + x] {
          isStrange[y * width + x] = true
        }
      }
    }
    let paper = image.medianColour { !isInk[$0] && !isStrange[$0] }
    var result = image
    for index in isStrange.indices where isStrange[index] {
      for channel in 0..<3 { result.pixels[3 * index + channel] = paper[channel] }
    }
    return result
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
