import ProtocolModel

/// One vote dot as the working image shows it: a disc of one colour, and around it the paper or board it sticks on.
///
/// The inside of a letter is as round and as even as a dot. It is told by what lies around it: ink, and beyond the ink
/// again the paper whose colour it has itself. So each pixel is compared with the colours of what can lie under a dot here.
/// The ring around a dot is one of those, the ring around a letter's inside is not.
struct DotShape {
  /// Middle in pixels of the working image.
  let centre: PlanePoint
  /// Radius in pixels of the working image.
  let radius: Double
  /// Middle colour.
  let colour: LabColour
  /// Share of the disc that its ellipse explains, 0...1.
  let roundness: Double

  /// Half of the difference in lightness counts: shadows of papers differ from paper in little else.
  private static func difference(_ one: LabColour, _ other: LabColour) -> Double {
    let d = 0.5 * (one.lightness - other.lightness)
    return (d * d + (one.a - other.a) * (one.a - other.a) + (one.b - other.b) * (one.b - other.b)).squareRoot()
  }

  /// The dots at `place`: none, one, or two that touch. `radius` is a guess; `grounds` are the colours of the papers and
  /// boards here, and where none is known the middle colour of the surroundings is taken.
  static func dots(in image: ColorImage, at place: PlanePoint, radius: Double, grounds: [LabColour]) -> [DotShape] {
    let window = DotWindow(image, around: place, reach: Int(3.2 * radius) + 5)
    let grounds = grounds.isEmpty ? window.median(from: 2 * radius, to: 3.2 * radius).map { [$0] } ?? [] : grounds
    guard let colour = window.median(from: 0, to: 0.5 * radius), colour.chroma > leastChroma else { return [] }
    func fromGround(_ colour: LabColour) -> Double { grounds.map { difference($0, colour) }.min() ?? 0 }
    let contrast = fromGround(colour)
    guard contrast > leastContrast else { return [] }
    let limit = min(0.5 * contrast, 30)
    guard let part = window.part(where: { difference($0, colour) < limit }) else { return [] }
    var found: [DotShape] = []
    if let disc = disc(of: part, colour: colour) {
      found = [disc]
    } else {
      found = DotPair.discs(in: part).map {
        DotShape(centre: $0.centre, radius: $0.radius, colour: colour, roundness: 0.82)
      }
    }
    return found.filter { dot in
      let even = window.share(within: 0.7 * dot.radius, of: dot.centre) {
        difference($0, colour) < max(8, 0.4 * contrast)
      }
      let clear = window.directions(around: dot.centre, at: [1.3, 1.55].map { max($0 * dot.radius, dot.radius + 1.5) })
      {
        fromGround($0) < 0.5 * contrast && difference($0, colour) > limit
      }
      return even > 0.85 && clear > 0.5
    }
  }

  /// Whether strokes of its colour that are about as thick as it is lie close by, other dots aside: then it is the dot of an
  /// i or an umlaut.
  func isWriting(in image: ColorImage, beside others: [DotShape]) -> Bool {
    let window = DotWindow(image, around: centre, reach: Int(3.2 * radius) + 2)
    let near = others.filter { ($0.centre - centre).length < 5 * radius }
    let strokes = window.mask {
      Self.difference($0, colour) < 15
    } outside: { place in
      near.contains { ($0.centre - place).length < 1.4 * $0.radius }
    }
    let thick = strokes.eroded(by: max(1, Int(0.3 * radius))).area
    return Double(thick) > 0.1 * Double.pi * radius * radius
  }

  /// Least chroma of a dot: those on sale have 40 and more, a half of it is left in a dark photo.
  private static let leastChroma = 20.0
  /// Least difference between a dot and what it sticks on.
  private static let leastContrast = 16.0

  /// The disc that explains a part; a circle seen at 40 degrees is a quarter narrower than high.
  private static func disc(of part: Mask, colour: LabColour) -> DotShape? {
    let width = Double(part.width - 4), height = Double(part.height - 4)
    guard part.area >= 12, width < 1.45 * height, height < 1.45 * width else { return nil }
    let fill = Double(part.area) / (width * height)
    guard fill > 0.68, fill < 0.93 else { return nil }
    let ellipse = ShapeFit.ellipse(of: part)
    let roundness = ShapeFit.overlap(of: ellipse.outline, sums: MaskSums(part))
    guard roundness > 0.85, max(ellipse.ratio, 1 / ellipse.ratio) < 1.4 else { return nil }
    return DotShape(
      centre: PlanePoint(Double(part.x) + 2 + width / 2, Double(part.y) + 2 + height / 2),
      radius: (width + height) / 4, colour: colour, roundness: roundness)
  }
}

/// A square piece of the working image around a place.
private struct DotWindow {
  private let image: ColorImage
  private let place: PlanePoint
  private let left: Int, top: Int, right: Int, bottom: Int

  init(_ image: ColorImage, around place: PlanePoint, reach: Int) {
    self.image = image
    self.place = place
    left = max(0, Int(place.x) - reach)
    top = max(0, Int(place.y) - reach)
    right = min(image.width, Int(place.x) + reach + 1)
    bottom = min(image.height, Int(place.y) + reach + 1)
  }

  private func colour(_ x: Int, _ y: Int) -> LabColour { image.labColour(atX: x, y: y) }

  private func colours(from least: Double, to most: Double, of centre: PlanePoint) -> [LabColour] {
    var result: [LabColour] = []
    for y in top..<max(top, bottom) {
      for x in left..<max(left, right) {
        let distance = (PlanePoint(Double(x) + 0.5, Double(y) + 0.5) - centre).length
        if distance >= least, distance <= most { result.append(colour(x, y)) }
      }
    }
    return result
  }

  /// Middle colour between two distances from the place.
  func median(from least: Double, to most: Double) -> LabColour? {
    let all = colours(from: least, to: most, of: place)
    guard !all.isEmpty else { return nil }
    func middle(_ values: [Double]) -> Double { values.ranked(values.count / 2) }
    return LabColour(lightness: middle(all.map(\.lightness)), a: middle(all.map(\.a)), b: middle(all.map(\.b)))
  }

  /// Share of a disc's pixels that pass a test.
  func share(within radius: Double, of centre: PlanePoint, where passes: (LabColour) -> Bool) -> Double {
    let all = colours(from: 0, to: max(radius, 0.8), of: centre)
    return all.isEmpty ? 0 : Double(all.count(where: passes)) / Double(all.count)
  }

  /// Share of the directions in which the colours at all distances pass a test; those that leave the picture do not count.
  func directions(around centre: PlanePoint, at distances: [Double], where passes: (LabColour) -> Bool) -> Double {
    var seen = 0, passed = 0
    for (dx, dy) in Self.compass {
      let places = distances.map { (Int(centre.x + dx * $0), Int(centre.y + dy * $0)) }
      guard places.allSatisfy({ $0.0 >= 0 && $0.1 >= 0 && $0.0 < image.width && $0.1 < image.height }) else { continue }
      seen += 1
      if places.allSatisfy({ passes(colour($0.0, $0.1)) }) { passed += 1 }
    }
    return seen * 2 < Self.compass.count ? 0 : Double(passed) / Double(seen)
  }

  /// Twenty-four directions, 15 degrees apart.
  private static let compass: [(Double, Double)] = {
    let sines = [0, 0.258_819, 0.5, 0.707_107, 0.866_025, 0.965_926, 1]
    let quarter = (0..<6).map { (sines[6 - $0], sines[$0]) }
    return quarter + quarter.map { (-$0.1, $0.0) } + quarter.map { (-$0.0, -$0.1) } + quarter.map { ($0.1, -$0.0) }
  }()

  /// The pixels that pass a test and lie outside of what is not asked for.
  func mask(where passes: (LabColour) -> Bool, outside isHidden: (PlanePoint) -> Bool) -> Mask {
    var mask = Mask(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
    for y in top..<max(top, bottom) {
      for x in left..<max(left, right)
      where passes(colour(x, y)) && !isHidden(PlanePoint(Double(x) + 0.5, Double(y) + 0.5)) {
        mask.bits[(y - top) * mask.width + x - left] = 1
      }
    }
    return mask
  }

  /// What is connected with the place and passes a test, without holes; `nil` where it runs out of the window.
  func part(where passes: (LabColour) -> Bool) -> Mask? {
    var mask = Mask(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
    var seed: (x: Int, y: Int, distance: Double)?
    for y in top..<max(top, bottom) {
      for x in left..<max(left, right) where passes(colour(x, y)) {
        mask.bits[(y - top) * mask.width + x - left] = 1
        let distance = (PlanePoint(Double(x) + 0.5, Double(y) + 0.5) - place).length
        if distance < seed?.distance ?? 2.5 { seed = (x, y, distance) }
      }
    }
    guard let seed else { return nil }
    let part = mask.part(containing: (seed.x, seed.y)).filled().trimmed(margin: 2)
    let cutsOff =
      part.x + 2 <= left && left > 0 || part.y + 2 <= top && top > 0
      || part.x + part.width - 2 >= right && right < image.width
      || part.y + part.height - 2 >= bottom && bottom < image.height
    return cutsOff ? nil : part
  }
}

/// Two dots of one colour that touch: twice as long as wide, and two circles at its ends explain it.
enum DotPair {
  /// The two discs of a part, or none.
  static func discs(in part: Mask) -> [(centre: PlanePoint, radius: Double)] {
    var points: [PlanePoint] = []
    for row in 0..<part.height {
      for column in 0..<part.width where part.bits[row * part.width + column] == 1 {
        points.append(PlanePoint(Double(part.x + column) + 0.5, Double(part.y + row) + 0.5))
      }
    }
    guard points.count >= 30 else { return [] }
    let n = Double(points.count)
    let centre = points.reduce(PlanePoint(0, 0)) { $0 + $1 } * (1 / n)
    var xx = 0.0, xy = 0.0, yy = 0.0
    for point in points {
      let d = point - centre
      xx += d.x * d.x / n
      xy += d.x * d.y / n
      yy += d.y * d.y / n
    }
    let spread = (((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy).squareRoot(), mean = (xx + yy) / 2
    let minor = max(1e-9, mean - spread)
    // Two discs that just touch: variances of 1.25 and 0.25 squared radii.
    guard (mean + spread) / minor > 2.5, (mean + spread) / minor < 7 else { return [] }
    let radius = 2 * minor.squareRoot()
    let vector = xx >= yy ? PlanePoint(xx - yy + 2 * spread, 2 * xy) : PlanePoint(2 * xy, yy - xx + 2 * spread)
    let axis = vector * (1 / max(1e-9, vector.length))
    let reach = points.map { (($0 - centre).x * axis.x + ($0 - centre).y * axis.y).magnitude }.max() ?? 0
    let centres = [centre - axis * (reach - radius), centre + axis * (reach - radius)]
    let inside = Double(points.count { point in centres.contains { ($0 - point).length < radius + 0.3 } })
    let gap = (centres[1] - centres[0]).length
    guard gap > 1.5 * radius, gap < 2.3 * radius else { return [] }
    let lens = gap < 2 * radius ? 0.5 * (2 - gap / radius) * radius * radius : 0
    let whole = 2 * Double.pi * radius * radius - lens
    guard inside > 0.94 * n, n > 0.88 * whole, n < 1.12 * whole else { return [] }
    return centres.map { ($0, radius) }
  }
}
