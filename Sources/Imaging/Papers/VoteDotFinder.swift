import ProtocolModel

/// Finds vote dots: small round spots of one strong colour, on papers and beside them.
///
/// Flat spots of the plane are looked at again on the working image, twice as large. What stands the test there tells how
/// large the dots of this board are and which colours they have; then those are searched that the plane shows too small or
/// touching others.
struct VoteDotFinder {
  /// The photo.
  let image: WorkingImage
  /// The plane of the papers.
  let plane: ColourPlane

  /// The dots, from top to bottom.
  ///
  /// Klebepunkte measure 12...20 mm, notes 76 mm and more: a dot's width is between a fourteenth and a third of a
  /// note's. Without papers the same share is taken of a flipchart's width.
  func find(papers: [PaperHypothesis], outlines: [[PlanePoint]]) -> [VoteDot] {
    let sides = papers.map { $0.area.squareRoot() }.sorted()
    let board = outlines.map { abs(signedArea($0)).squareRoot() }.max() ?? Double(plane.width)
    let usual = (sides.isEmpty ? 0.12 * board : sides[sides.count / 2]) * plane.scale
    // In pixels of the working image.
    let sizes = max(3, usual / 20 / 2)...max(4, usual / 3 / 2)
    func isOnBoard(_ dot: DotShape) -> Bool {
      let place = dot.centre * (1 / plane.scale)
      return sizes.contains(dot.radius) && outlines.contains { Polygon($0).contains(place) }
    }
    var dots: [DotShape] = []
    for place in places(most: sizes.upperBound) {
      let grounds = self.grounds(at: place.centre, radius: place.radius, papers)
      dots += DotShape.dots(in: image.color, at: place.centre, radius: place.radius, grounds: grounds).filter(isOnBoard)
    }
    dots = ofOnePack(unwritten(Self.each(dots)))
    let radii = dots.map(\.radius).sorted()
    if radii.count >= 3 {
      let usual = radii[radii.count / 2]
      for place in places(like: dots, radius: usual) {
        let grounds = self.grounds(at: place, radius: usual, papers)
        dots += DotShape.dots(in: image.color, at: place, radius: usual, grounds: grounds).filter(isOnBoard)
      }
      dots = ofOnePack(unwritten(Self.each(dots)))
    }
    return dots.sorted { ($0.centre.y, $0.centre.x) < ($1.centre.y, $1.centre.x) }.map {
      VoteDot(
        centre: image.toPhoto(Point($0.centre.x, $0.centre.y)), radius: $0.radius * image.scale,
        colour: PaperColour.name(of: $0.colour))
    }
  }

  /// Without the dots of letters.
  private func unwritten(_ dots: [DotShape]) -> [DotShape] {
    dots.filter { !$0.isWriting(in: image.color, beside: dots) }
  }

  /// Flat spots of strong colour, with a guess of their radius, in pixels of the working image.
  private func places(most: Double) -> [(centre: PlanePoint, radius: Double)] {
    var found: [(centre: PlanePoint, radius: Double)] = []
    for limit in [6.0, 12.0] {
      for zone in FlatZones(of: plane, limit: limit).zones where zone.area >= 4 && zone.colour.chroma > 24 {
        let width = Double(zone.width) + 2.5, height = Double(zone.height) + 2.5
        guard max(width, height) * plane.scale < 2.2 * most else { continue }
        let middle = PlanePoint(Double(zone.left + zone.right + 1), Double(zone.top + zone.bottom + 1)) * 0.5
        found.append((middle * plane.scale, min(width, height) / 2 * plane.scale))
      }
    }
    return found
  }

  /// Middles of what has the colour and about the size of a dot already found, in pixels of the working image.
  private func places(like dots: [DotShape], radius: Double) -> [PlanePoint] {
    var colours: [LabColour] = []
    for dot in dots where !colours.contains(where: { $0.distance(to: dot.colour) < 12 }) { colours.append(dot.colour) }
    let disc = Double.pi * radius * radius / (plane.scale * plane.scale)
    var found: [PlanePoint] = []
    for colour in colours {
      var mask = Mask(x: 0, y: 0, width: plane.width, height: plane.height)
      plane.mark(&mask, near: colour, chroma: 16, lightness: 16)
      for piece in InkComponents(mask: mask.bits, width: mask.width, height: mask.height).all
      where Double(piece.area) > 0.12 * disc && Double(piece.area) < 2.6 * disc {
        found.append(PlanePoint(piece.middle.x, piece.middle.y) * plane.scale)
      }
    }
    return found
  }

  /// The colours that a dot at a place, in pixels of the working image, may stick on: papers here and what is around them.
  private func grounds(at place: PlanePoint, radius: Double, _ papers: [PaperHypothesis]) -> [LabColour] {
    let x = place.x / plane.scale, y = place.y / plane.scale, slack = 2 * radius / plane.scale
    var found: [LabColour] = []
    for paper in papers
    where x > paper.box.left - slack && x < paper.box.right + slack && y > paper.box.top - slack
      && y < paper.box.bottom + slack
    {
      found += [paper.colour, paper.surround.outside]
    }
    return found
  }

  /// Dots of one workshop come from one pack: those far from the middle width are letters, pins and blossoms.
  private func ofOnePack(_ dots: [DotShape]) -> [DotShape] {
    let radii = dots.map(\.radius).sorted()
    guard radii.count >= 3 else { return dots }
    let middle = radii[radii.count / 2]
    return dots.filter { $0.radius > middle / 1.4 && $0.radius < middle * 1.4 }
  }

  /// Each dot once, the rounder finding first.
  private static func each(_ dots: [DotShape]) -> [DotShape] {
    let order = dots.indices.sorted { (-dots[$0].roundness, $0) < (-dots[$1].roundness, $1) }
    var kept: [DotShape] = []
    for index in order {
      let dot = dots[index]
      if !kept.contains(where: { ($0.centre - dot.centre).length < max($0.radius, dot.radius) }) { kept.append(dot) }
    }
    return kept
  }
}
