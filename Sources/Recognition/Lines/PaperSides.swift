import Imaging
import ProtocolModel

/// Moves the sides of a paper to where its colour ends on the full photo.
///
/// Papers are found on a plane of a thousand pixels, and what mixes with the background along their sides counts as
/// background there: the outline lies two to five photo pixels inside the paper. Who writes to the very edge loses the
/// first letter by that.
struct PaperSides {
  /// How far a side may be moved out or in, as shares of the shorter side.
  private static let out = 0.05, inwards = 0.04
  /// Shorter side in pixels at which the sides are looked for: a step is then a quarter of a percent.
  private static let resolution = 400.0
  /// Least difference between paper and background, 0...255 in the channel that shows it best.
  private static let leastStep = 18
  /// Parts into which a side is cut.
  private static let parts = 5

  /// The paper around `quad`, with sides that show no step left where they are.
  static func refined(_ quad: Quad<PhotoSpace>, in photo: borrowing Raster) throws(ImageError) -> Quad<PhotoSpace> {
    let size = quad.size
    let shorter = min(size.width, size.height)
    guard shorter >= 40 else { return quad }
    let scale = min(1, resolution / shorter)
    let inner = (width: Int((size.width * scale).rounded()), height: Int((size.height * scale).rounded()))
    let reach = max(3, Int((out * shorter * scale).rounded()))
    let frame = Quad<CropSpace>(
      topLeft: Point(Double(reach), Double(reach)), topRight: Point(Double(reach + inner.width), Double(reach)),
      bottomRight: Point(Double(reach + inner.width), Double(reach + inner.height)),
      bottomLeft: Point(Double(reach), Double(reach + inner.height)))
    let width = inner.width + 2 * reach, height = inner.height + 2 * reach
    guard let toPhoto = Homography<CropSpace, PhotoSpace>(from: frame, to: quad) else { return quad }
    let outer = toPhoto(Quad<CropSpace>(width: width, height: height).polygon)
    // A paper seen so obliquely that what lies around it runs beyond the horizon.
    guard outer.isConvex else { return quad }
    let wide = outer.points
    let image = try photo.rectified(
      Quad<PhotoSpace>(topLeft: wide[0], topRight: wide[1], bottomRight: wide[2], bottomLeft: wide[3]), toWidth: width,
      height: height
    ).colorImage()
    let view = View(image: image, reach: reach, inner: inner)
    let isInside = wide.map { point in
      point.x >= 0 && point.y >= 0 && point.x <= Double(photo.width) && point.y <= Double(photo.height)
    }
    // What lies beyond the photo shows nothing.
    func side(_ side: Side, _ from: Int, _ to: Int) -> Line {
      isInside[from] && isInside[to] ? view.side(side) : view.rest(side)
    }
    let top = side(.top, 0, 1), right = side(.right, 1, 2), bottom = side(.bottom, 2, 3), left = side(.left, 3, 0)
    // Corners are where two sides meet.
    func corner(_ level: Line, _ upright: Line) -> Point<PhotoSpace> {
      // y = a + b x and x = c + d y.
      let y = (level.offset + level.slope * upright.offset) / (1 - level.slope * upright.slope)
      return toPhoto(Point<CropSpace>(upright.offset + upright.slope * y, y))
    }
    return Quad(
      topLeft: corner(top, left), topRight: corner(top, right), bottomRight: corner(bottom, right),
      bottomLeft: corner(bottom, left))
  }

  /// A side: its place across is `offset` + `slope` * its place along.
  struct Line {
    var offset: Double
    var slope: Double
  }

  enum Side { case top, bottom, left, right }

  private struct View {
    let image: ColorImage
    let reach: Int
    let inner: (width: Int, height: Int)

    /// Pixel index of the place `along` a side, `depth` pixels inside of it (negative outside).
    private func index(_ side: Side, _ along: Int, _ depth: Int) -> Int {
      switch side {
      case .top: (reach + depth) * image.width + reach + along
      case .bottom: (reach + inner.height - 1 - depth) * image.width + reach + along
      case .left: (reach + along) * image.width + reach + depth
      case .right: (reach + along) * image.width + reach + inner.width - 1 - depth
      }
    }

    func side(_ side: Side) -> Line {
      let isLevel = side == .top || side == .bottom
      let length = isLevel ? inner.width : inner.height
      let rest = rest(side).offset
      var found: [(along: Double, out: Double)] = []
      for part in 0..<PaperSides.parts {
        // The corners may be curled or round.
        let from = Int(Double(length) * (0.06 + 0.88 * Double(part) / Double(PaperSides.parts)))
        let to = Int(Double(length) * (0.06 + 0.88 * Double(part + 1) / Double(PaperSides.parts)))
        guard to > from, let out = edge(side, from: from, to: to) else { continue }
        found.append((Double(reach) + Double(from + to) / 2, Double(out)))
      }
      guard found.count >= 3 else { return Line(offset: rest, slope: 0) }
      let outward: Double = side == .top || side == .left ? -1 : 1
      // The middle of the slopes between all pairs, and of the offsets: one curled part changes nothing.
      var slopes: [Double] = []
      for (n, a) in found.enumerated() {
        for b in found[(n + 1)...] { slopes.append((b.out - a.out) / (b.along - a.along)) }
      }
      slopes.sort()
      let slope = slopes[slopes.count / 2]
      let offsets = found.map { $0.out - slope * $0.along }.sorted()
      let offset = offsets[offsets.count / 2]
      // No part lies farther out than was looked; neither may a corner.
      let ends = [0, length].map { offset + slope * Double(reach + $0) }.map {
        min(max($0, -Double(deep)), Double(reach))
      }
      let held = (ends[1] - ends[0]) / Double(max(1, length))
      return Line(offset: rest + outward * (ends[0] - held * Double(reach)), slope: outward * held)
    }

    /// A side where it was.
    func rest(_ side: Side) -> Line {
      switch side {
      case .top, .left: Line(offset: Double(reach), slope: 0)
      case .bottom: Line(offset: Double(reach + inner.height), slope: 0)
      case .right: Line(offset: Double(reach + inner.width), slope: 0)
      }
    }

    /// Pixels by which a side may be moved inwards.
    private var deep: Int { max(4, Int(PaperSides.inwards * Double(min(inner.width, inner.height)))) }

    /// Pixels that the paper reaches out of its side over a part of it; `nil` where nothing tells.
    private func edge(_ side: Side, from: Int, to: Int) -> Int? {
      let paper = median(side, from, to, deep, 2 * deep)
      let behind = median(side, from, to, -reach, -reach + 2)
      let steps = zip(paper, behind).map { abs($0 - $1) }
      guard (steps.max() ?? 0) >= PaperSides.leastStep else { return nil }
      let half = steps.reduce(0, +) / 2
      var last: Int?
      for depth in stride(from: deep - 1, through: -reach, by: -1) {
        var count = 0
        for along in from..<to {
          let i = 3 * index(side, along, depth)
          var toPaper = 0, toBehind = 0
          for channel in 0..<3 {
            let value = Int(image.pixels[i + channel])
            toPaper += abs(value - paper[channel])
            toBehind += abs(value - behind[channel])
          }
          // A third colour in between, of a neighbour or the board, is no paper either.
          if toPaper <= toBehind, toPaper <= half { count += 1 }
        }
        // Ink at the edge is no paper, but never most of it.
        if 2 * count < to - from { break }
        last = depth
      }
      guard let last, last > -reach else { return nil }
      return -last
    }

    /// The middle colour of the depths from `low` to `high` over a part of a side.
    private func median(_ side: Side, _ from: Int, _ to: Int, _ low: Int, _ high: Int) -> [Int] {
      let places = (low..<high).lazy.flatMap { depth in (from..<to).lazy.map { index(side, $0, depth) } }
      return image.medianColour(of: places).map(Int.init)
    }
  }
}
