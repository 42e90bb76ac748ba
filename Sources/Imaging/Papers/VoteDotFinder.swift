import ProtocolModel

/// Finds vote dots: small round spots of one strong colour, on papers and beside them.
struct VoteDotFinder {
  /// The photo.
  let image: WorkingImage
  /// The plane of the papers.
  let plane: ColourPlane

  /// A spot of one colour, in pixels of its plane.
  private struct Spot {
    var centre: PlanePoint
    var radius: Double
    var colour: LabColour
    var roundness: Double
    /// Whether it was cut out of two that touch.
    var isHalf = false
  }

  /// The dots, from top to bottom.
  ///
  /// Klebepunkte measure 12...20 mm, notes 76 mm and more: a dot's width is between a fourteenth and a third of a
  /// note's. Without papers the same share is taken of a flipchart's width.
  func find(papers: [PaperHypothesis], outlines: [[PlanePoint]]) -> [VoteDot] {
    let sides = papers.map { $0.area.squareRoot() }.sorted()
    let board = outlines.map { abs(signedArea($0)).squareRoot() }.max() ?? Double(plane.width)
    let usual = sides.isEmpty ? 0.12 * board : sides[sides.count / 2]
    let least = max(1.5, usual / 20 / 2), most = usual / 3 / 2
    var spots: [Spot] = []
    for limit in [6.0, 12.0] {
      let zones = FlatZones(of: plane, limit: limit)
      for (number, zone) in zones.zones.enumerated() {
        let width = Double(zone.width) + 2.5, height = Double(zone.height) + 2.5
        guard zone.area >= 4, width < 2.2 * most, height < 2.2 * most, zone.colour.chroma > 24 else { continue }
        if papers.contains(where: { isCounter(zone, of: $0) }) { continue }
        spots += self.spots(zone, number: Int32(number), zones: zones).filter { spot in
          spot.radius >= least && spot.radius <= most && outlines.contains { Polygon($0).contains(spot.centre) }
        }
      }
    }
    let dots = dots(of: ofOnePack(spots))
    return isStray(dots.map { plane.fromPhoto($0.centre, of: image) }, papers) ? [] : dots
  }

  /// Whether so few spots lie on one of many papers that they are its coloured pen rather than a vote: who votes hands
  /// out three dots a head or more, and a vote that was never held is a worse thing to report than three dots too few.
  private func isStray(_ dots: [PlanePoint], _ papers: [PaperHypothesis]) -> Bool {
    guard let first = dots.first, dots.count <= 3, papers.count >= 6 else { return false }
    return papers.contains { paper in
      func holds(_ dot: PlanePoint) -> Bool {
        dot.x > paper.box.left && dot.x < paper.box.right && dot.y > paper.box.top && dot.y < paper.box.bottom
      }
      return holds(first) && dots.allSatisfy(holds)
    }
  }

  /// Whether a spot has the colour of the paper it lies on: the inside of a letter.
  private func isCounter(_ zone: FlatZones.Zone, of paper: PaperHypothesis) -> Bool {
    let x = Double(zone.left + zone.right + 1) / 2, y = Double(zone.top + zone.bottom + 1) / 2
    guard x > paper.box.left, x < paper.box.right, y > paper.box.top, y < paper.box.bottom else { return false }
    let own = paper.colour
    if zone.colour.chromaDistance(to: own) < max(12, 0.3 * own.chroma) { return true }
    // Black ink and the paper mixed, as where strokes meet: on the way from the paper's colour to black.
    let share = min(1, max(0, (zone.colour.lightness - Self.ink) / max(1, own.lightness - Self.ink)))
    let mixed = LabColour(lightness: zone.colour.lightness, a: own.a * share, b: own.b * share)
    return zone.colour.chromaDistance(to: mixed) < 12
  }

  /// L* of a black pen on paper.
  private static let ink = 20.0

  /// Dots of one workshop come from one pack: those far from the middle width are letters, pins and blossoms.
  private func ofOnePack(_ spots: [Spot]) -> [Spot] {
    let radii = spots.filter { !$0.isHalf }.map(\.radius).sorted()
    guard radii.count >= 3 else { return spots.filter { !$0.isHalf } }
    let middle = radii[radii.count / 2]
    return spots.filter { spot in
      // Letters, too, look like two discs that touch: only the very size of the single ones tells.
      let slack = spot.isHalf ? 1.15 : 1.6
      return spot.radius > middle / slack && spot.radius < middle * slack
    }
  }

  /// Grows a flat core to all that has its colour and checks that this is a disc of its own colour, or two that touch.
  private func spots(_ zone: FlatZones.Zone, number: Int32, zones: FlatZones) -> [Spot] {
    let reach = max(4, max(zone.width, zone.height))
    let left = max(0, zone.left - reach), right = min(plane.width - 1, zone.right + reach)
    let top = max(0, zone.top - reach), bottom = min(plane.height - 1, zone.bottom + reach)
    var mask = Mask(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    let colour = zone.colour
    let tolerance = max(12, 0.45 * colour.chroma)
    for y in top...bottom {
      for x in left...right {
        let other = plane.colour(atX: x, y: y)
        if other.chromaDistance(to: colour) < tolerance, abs(other.lightness - colour.lightness) < 22 {
          mask.bits[(y - top) * mask.width + x - left] = 1
        }
      }
    }
    var seed: (x: Int, y: Int)?
    search: for y in zone.top...zone.bottom {
      for x in zone.left...zone.right where zones.labels[y * plane.width + x] == number {
        seed = (x, y)
        break search
      }
    }
    guard let seed else { return [] }
    let part = mask.part(containing: seed).filled().trimmed(margin: 2)
    let area = Double(part.area)
    guard area >= 9 else { return [] }
    let width = Double(part.width - 4), height = Double(part.height - 4)
    // A circle seen at 40 degrees is a quarter narrower than high, and fills pi / 4 of its box.
    guard width < 1.45 * height, height < 1.45 * width else { return pair(in: part, colour: colour) }
    let fill = area / (width * height)
    guard fill > 0.68, fill < 0.93 else { return pair(in: part, colour: colour) }
    let ellipse = ShapeFit.ellipse(of: part)
    let roundness = ShapeFit.overlap(of: ellipse.outline, sums: MaskSums(part))
    guard roundness > 0.82, ellipse.ratio < 1.4 else { return [] }
    let centre = PlanePoint(Double(part.x) + 2 + width / 2, Double(part.y) + 2 + height / 2)
    // Its surroundings have another colour nearly all around; a second dot of its colour may touch it.
    let ring = Surround(of: ellipse.outline, on: plane, distance: 2.5)
    guard ring.contrast.filter({ $0 > 12 }).count > 20 else { return [] }
    return [Spot(centre: centre, radius: ((width + height) / 4), colour: colour, roundness: roundness)]
  }

  /// Two dots of one colour that touch: twice as long as wide, and two circles at its ends explain it.
  private func pair(in part: Mask, colour: LabColour) -> [Spot] {
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
    return centres.map { Spot(centre: $0, radius: radius, colour: colour, roundness: 0.82, isHalf: true) }
  }

  /// Each spot once, the rounder finding first.
  private func dots(of spots: [Spot]) -> [VoteDot] {
    let order = spots.indices.sorted { (-spots[$0].roundness, $0) < (-spots[$1].roundness, $1) }
    var kept: [Spot] = []
    for index in order {
      let spot = spots[index]
      if !kept.contains(where: { ($0.centre - spot.centre).length < max($0.radius, spot.radius) }) { kept.append(spot) }
    }
    let scale = plane.scale * image.scale
    return kept.sorted { ($0.centre.y, $0.centre.x) < ($1.centre.y, $1.centre.x) }.map {
      VoteDot(
        centre: plane.toPhoto($0.centre, of: image), radius: $0.radius * scale, colour: PaperColour.name(of: $0.colour))
    }
  }
}
