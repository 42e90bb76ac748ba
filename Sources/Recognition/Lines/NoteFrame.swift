import Foundation
import Imaging
import ProtocolModel

/// A rectified picture of one region and the way back to the photo.
struct NoteFrame: Sendable {
  /// The region, upright, the paper around it painted over.
  var image: ColorImage
  /// From the picture to the photo.
  var toPhoto: Homography<CropSpace, PhotoSpace>

  /// Longest side of a frame in pixels: writing on a note fills it, so its lines keep well over the 48 rows that the
  /// readers use, while a heading of half a photo's width does not cost a photo's time.
  static let longestSide = 1400.0

  /// Cuts `quad` out of `photo`, and paints over what lies outside `outline` or inside `covers`.
  init?(
    _ quad: Quad<PhotoSpace>, in photo: borrowing Raster, outline: Polygon<PhotoSpace>?,
    covers: [Polygon<PhotoSpace>] = [], tallest: Double = NoteFrame.longestSide
  ) throws(ImageError) {
    let size = quad.size
    let scale = min(1, Self.longestSide * 2 / max(size.width, 1), tallest / max(size.height, 1))
    let width = Int((size.width * scale).rounded()), height = Int((size.height * scale).rounded())
    guard width >= 4, height >= 4,
      let map = Homography<CropSpace, PhotoSpace>(from: Quad(width: width, height: height), to: quad)
    else { return nil }
    toPhoto = map
    image = try photo.rectified(quad, toWidth: width, height: height).colorImage()
    guard let back = map.inverse else { return nil }
    var outside = [Bool](repeating: false, count: width * height)
    if let outline {
      let whole = back(outline)
      let share = Self.isJagged(whole, width: width, height: height) ? Self.jaggedMargin : Self.margin
      let inner = whole.shrunk(by: max(Self.blur, share * Double(min(width, height))))
      inner.scan(width: width, height: height) { y, inside in
        for x in 0..<width where !inside[x] { outside[y * width + x] = true }
      }
    }
    for cover in covers {
      back(cover).shrunk(by: -Self.coverMargin).scan(width: width, height: height) { y, inside in
        for x in 0..<width where inside[x] { outside[y * width + x] = true }
      }
    }
    paint(outside)
  }

  /// How much of the shorter side is painted over along the outline; along an outline that runs from bump to bump of a
  /// cloud or burst, what is behind the paper shows in the notches between.
  private static let margin = 0.012, jaggedMargin = 0.08

  /// Pixels by which more is painted over than the outline of what lies on the paper: outlines lie up to five pixels of the
  /// photo inside of their papers, and these throw shadows.
  private static let coverMargin = 9.0
  /// Pixels over which a lens and JPEG spread the edge of a paper.
  private static let blur = 3.0

  /// Whether the outline is of a cloud, an oval or a burst: many corners, and a good part of the box empty.
  private static func isJagged(_ outline: Polygon<CropSpace>, width: Int, height: Int) -> Bool {
    outline.points.count > 10 && outline.area < 0.9 * Double(width * height)
  }

  /// Gives the pixels marked in `outside` the colour of the nearest paper to their left or right, or in rows without paper
  /// above or below them, so that no edge is left that could be taken for ink.
  private mutating func paint(_ outside: [Bool]) {
    let width = image.width
    guard outside.contains(true) else { return }
    let paper = image.medianColour { !outside[$0] }
    let hasPaper = (0..<image.height).map { outside[$0 * width..<($0 + 1) * width].contains(false) }
    for y in 0..<image.height {
      let row = y * width
      if !hasPaper[y] {
        paint(row: y, outside, paper, hasPaper)
        continue
      }
      var x = 0
      while x < width {
        guard outside[row + x] else {
          x += 1
          continue
        }
        let start = x
        while x < width, outside[row + x] { x += 1 }
        // A few pixels away from the border, where the paper's own colour is no longer mixed with what is behind it.
        let left = image.colour(from: row + start - 1, step: -1, steps: start, outside: outside) ?? paper
        let right = image.colour(from: row + x, step: 1, steps: width - x, outside: outside) ?? paper
        for u in start..<x {
          // From one side to the other without a step.
          let share = start == 0 ? 1 : x == width ? 0 : Double(u - start) / Double(x - start)
          for channel in 0..<3 {
            let value = Double(left[channel]) * (1 - share) + Double(right[channel]) * share
            image.pixels[3 * (row + u) + channel] = UInt8(value)
          }
        }
      }
    }
  }
}

extension NoteFrame {
  /// Paints a row that lies outside as a whole, column by column from the nearest row that does not.
  private mutating func paint(row: Int, _ outside: [Bool], _ paper: [UInt8], _ hasPaper: [Bool]) {
    let width = image.width, height = image.height
    let below = hasPaper[(row + 1)...].firstIndex(of: true), above = hasPaper[..<row].lastIndex(of: true)
    for x in 0..<width {
      var colour: [UInt8]?
      if let below, below - row <= row - (above ?? -height) {
        colour = image.colour(from: below * width + x, step: width, steps: height - below, outside: outside)
      } else if let above {
        colour = image.colour(from: above * width + x, step: -width, steps: above + 1, outside: outside)
      }
      for channel in 0..<3 { image.pixels[3 * (row * width + x) + channel] = (colour ?? paper)[channel] }
    }
  }
}

extension ColorImage {
  /// The brightest of the at most six pixels from `first` on that lie inside, none farther than `steps`; the
  /// brightest is no ink.
  func colour(from first: Int, step: Int, steps: Int, outside: [Bool]) -> [UInt8]? {
    var best: [UInt8]?
    var brightest = -1
    for count in 0..<min(6, steps) {
      let place = first + count * step
      guard !outside[place] else { break }
      let index = 3 * place
      let sum = Int(pixels[index]) + Int(pixels[index + 1]) + Int(pixels[index + 2])
      if sum > brightest {
        brightest = sum
        best = Array(pixels[index..<(index + 3)])
      }
    }
    return best
  }

  /// The median of each channel over the pixels whose index passes.
  func medianColour(where isCounted: (Int) -> Bool) -> [UInt8] {
    withoutActuallyEscaping(isCounted) { medianColour(of: (0..<(width * height)).lazy.filter($0)) }
  }

  /// The median of each channel over some pixels, by their index.
  func medianColour(of indices: some Sequence<Int>) -> [UInt8] {
    var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 3)
    var count = 0
    for index in indices {
      for channel in 0..<3 { histograms[channel][Int(pixels[3 * index + channel])] += 1 }
      count += 1
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

extension Quad {
  /// Mean lengths of its opposite sides.
  var size: (width: Double, height: Double) {
    func distance(_ a: Point<Space>, _ b: Point<Space>) -> Double { hypot(a.x - b.x, a.y - b.y) }
    return (
      (distance(topLeft, topRight) + distance(bottomLeft, bottomRight)) / 2,
      (distance(topLeft, bottomLeft) + distance(topRight, bottomRight)) / 2
    )
  }
}

extension Polygon {
  /// The sides moved inwards by `distance` pixels, or outwards where that is negative; of more than four corners each is
  /// moved to or from the centre.
  func shrunk(by distance: Double) -> Polygon {
    if points.count == 4, isConvex { return withSides(movedIn: distance) }
    let middle = centre
    return Polygon(
      points.map { point in
        let length = hypot(point.x - middle.x, point.y - middle.y)
        guard length > max(0, distance) else { return point }
        // Corners of a square lie farther out than its sides by the root of two.
        let share = 1 - distance * 2.0.squareRoot() / length
        return Point(middle.x + (point.x - middle.x) * share, middle.y + (point.y - middle.y) * share)
      })
  }

  /// A convex polygon with each side moved inwards by `distance` pixels.
  private func withSides(movedIn distance: Double) -> Polygon {
    let count = points.count
    var twice = 0.0
    for (index, a) in points.enumerated() {
      let b = points[(index + 1) % count]
      twice += a.x * b.y - b.x * a.y
    }
    let sign = twice >= 0 ? 1.0 : -1
    /// The unit normal inwards of the side that begins at a corner.
    func normal(_ index: Int) -> (x: Double, y: Double) {
      let a = points[index], b = points[(index + 1) % count]
      let length = max(1e-9, hypot(b.x - a.x, b.y - a.y))
      return (-sign * (b.y - a.y) / length, sign * (b.x - a.x) / length)
    }
    return Polygon(
      points.enumerated().map { index, point in
        let one = normal((index + count - 1) % count), other = normal(index)
        // Where the moved sides meet; of very sharp corners no farther out than three times the distance.
        let share = distance / max(0.2, 1 + one.x * other.x + one.y * other.y)
        return Point(point.x + share * (one.x + other.x), point.y + share * (one.y + other.y))
      })
  }

  /// Calls `body` with each row and which of its pixel centres lie inside, by the even-odd rule.
  func scan(width: Int, height: Int, _ body: (Int, [Bool]) -> Void) {
    for y in 0..<height {
      let level = Double(y) + 0.5
      var crossings: [Double] = []
      var j = points.count - 1
      for i in points.indices {
        let a = points[i], b = points[j]
        if (a.y > level) != (b.y > level) { crossings.append((b.x - a.x) * (level - a.y) / (b.y - a.y) + a.x) }
        j = i
      }
      crossings.sort()
      var inside = [Bool](repeating: false, count: width)
      for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
        let start = max(0, Int((crossings[pair] - 0.5).rounded(.up)))
        let end = min(width - 1, Int((crossings[pair + 1] - 0.5).rounded(.down)))
        if start <= end { for x in start...end { inside[x] = true } }
      }
      body(y, inside)
    }
  }
}
