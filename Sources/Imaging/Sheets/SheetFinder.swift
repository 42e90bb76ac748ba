import ProtocolModel

/// Finds the sheets, boards and screens: large four-sided grounds that carry papers or writing.
struct SheetFinder: Sendable {
  /// The photo.
  let image: WorkingImage
  /// The plane on which papers were found.
  let plane: ColourPlane

  /// A board must fill a twelfth of the photo to be its subject.
  static let leastShare = 1.0 / 12

  /// The sheets from left to right and top to bottom, never empty, given the papers found anywhere on the photo and all
  /// that has the outline of a paper; and the colours of their grounds where they are known.
  func find(
    papers: [PaperHypothesis], pool: [PaperHypothesis]
  ) -> (sheets: [SheetCandidate], grounds: [LabColour]) {
    let grounds = self.grounds() + self.grounds(in: pool)
    let pixels = Double(plane.width * plane.height)
    // What speaks for a board: pieces clearly of paper, neither bars nor parts of the board itself.
    let clear = papers.filter {
      $0.score > 0.7 && $0.leastSupport > 0.6 && $0.fit.shape != .strip && $0.area < 0.05 * pixels
        && $0.colour.chroma > 18
    }
    let counted = clear.count < 4 ? [] : clear
    let carried = grounds.map { ground in counted.filter { isInside($0, ground) }.reduce(0) { $0 + $1.area } }
    let most = carried.max() ?? 0
    var best: (ground: Ground, value: Double)?
    for (ground, carried) in zip(grounds, carried) {
      // A coloured ground that carries nothing is a card or a cupboard.
      if carried == 0, ground.colour.chroma > 18 { continue }
      let share = abs(signedArea(ground.corners)) / pixels
      // What carries more of the papers wins; among equals the better bounded; for lists the larger of two halves.
      let value =
        (most > 0 ? 2 * carried / most : 0.2 * min(share, 0.7)) + ground.overlap * (0.5 + 0.5 * ground.support)
      if value > best?.value ?? 0 { best = (ground, value) }
    }
    let all = counted.reduce(0) { $0 + $1.area }
    let medium = SheetMediumGuess(image: image, plane: plane)
    // A board that carries less than a third of the coloured papers is not what was photographed, unless these look like
    // the room around it.
    if let best, all == 0 || 3 * most > all || isRoom(counted, around: best.ground) {
      let outline = Quad(best.ground.corners.map { plane.toPhoto($0, of: image) })
      let onIt = papers.filter { isInside($0, best.ground) }
      let colour = groundColour(in: best.ground.corners, papers: onIt)
      let kind = medium.guess(corners: best.ground.corners, ground: colour, papers: onIt)
      let confidence = best.ground.overlap * best.ground.support
      return ([SheetCandidate(outline: outline, medium: kind, confidence: confidence)], [colour])
    }
    return ([withoutEdge(papers: papers, medium: medium)], [])
  }

  /// Whether most of the coloured pieces off a large light board are cut by the photo's border or by the board itself:
  /// books, panes and patterns of a curtain, not papers that somebody wanted to photograph.
  private func isRoom(_ pieces: [PaperHypothesis], around ground: Ground) -> Bool {
    let pixels = Double(plane.width * plane.height), share = abs(signedArea(ground.corners)) / pixels
    guard share > 0.2, ground.colour.chroma < 18, ground.colour.lightness > 45 else { return false }
    let beside = pieces.filter { !isInside($0, ground) }
    let reach = 0.012 * Double(max(plane.width, plane.height))
    let cut = beside.count { piece in
      let box = piece.box
      if box.left < reach || box.top < reach || box.right > Double(plane.width) - reach
        || box.bottom > Double(plane.height) - reach
      {
        return true
      }
      return piece.fit.outline.contains { corner in
        (0..<4).contains { distance(of: corner, from: ground.corners[$0], to: ground.corners[($0 + 1) % 4]) < reach }
      }
    }
    return 2 * cut > beside.count
  }

  private func distance(of point: PlanePoint, from a: PlanePoint, to b: PlanePoint) -> Double {
    let side = b - a, offset = point - a
    let length = side.length
    let along = min(1, max(0, (offset.x * side.x + offset.y * side.y) / max(1e-9, length * length)))
    return (offset - side * along).length
  }

  /// The middle colour inside an outline beside the papers: neither a frame nor the writing shifts it.
  private func groundColour(in corners: [PlanePoint], papers: [PaperHypothesis]) -> LabColour {
    var colours: [LabColour] = []
    let steps = 40
    for row in 1..<steps {
      for column in 1..<steps {
        let u = Double(column) / Double(steps), v = Double(row) / Double(steps)
        let upper = corners[0] * (1 - u) + corners[1] * u, lower = corners[3] * (1 - u) + corners[2] * u
        let place = upper * (1 - v) + lower * v
        let x = Int(place.x), y = Int(place.y)
        guard x >= 0, y >= 0, x < plane.width, y < plane.height else { continue }
        let hidden = papers.contains {
          $0.score > 0.7 && place.x > $0.box.left && place.x < $0.box.right && place.y > $0.box.top
            && place.y < $0.box.bottom
        }
        if !hidden { colours.append(plane.colour(atX: x, y: y)) }
      }
    }
    guard !colours.isEmpty else { return LabColour(lightness: 100, a: 0, b: 0) }
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    return LabColour(
      lightness: middle(colours.map(\.lightness)), a: middle(colours.map(\.a)), b: middle(colours.map(\.b)))
  }

  /// Large papers are grounds, too: a white sheet has the outline of a paper.
  private func grounds(in pool: [PaperHypothesis]) -> [Ground] {
    let pixels = Double(plane.width * plane.height)
    return pool.filter {
      $0.area > Self.leastShare * pixels && $0.fit.shape == .rectangle && $0.fit.overlap > 0.88
        && !isWholePhoto($0.fit.outline)
    }.map {
      Ground(
        corners: $0.fit.outline, overlap: $0.fit.overlap, support: ($0.meanSupport + $0.leastSupport) / 2,
        colour: $0.colour)
    }
  }

  /// A wall, a window or a few cards: the area the papers use, with a margin for headings; else the whole photo.
  private func withoutEdge(papers: [PaperHypothesis], medium: SheetMediumGuess) -> SheetCandidate {
    let whole = Quad<PhotoSpace>(width: image.photoWidth, height: image.photoHeight)
    guard !papers.isEmpty else { return SheetCandidate(outline: whole, medium: .unknown, confidence: 0) }
    let margin = 0.6 * (papers.map(\.area).sorted()[papers.count / 2]).squareRoot()
    let left = max(0, (papers.map(\.box.left).min() ?? 0) - margin)
    let top = max(0, (papers.map(\.box.top).min() ?? 0) - 2 * margin)
    let right = min(Double(plane.width), (papers.map(\.box.right).max() ?? 0) + margin)
    let bottom = min(Double(plane.height), (papers.map(\.box.bottom).max() ?? 0) + margin)
    let corners = [
      PlanePoint(left, top), PlanePoint(right, top), PlanePoint(right, bottom), PlanePoint(left, bottom),
    ]
    return SheetCandidate(
      outline: Quad(corners.map { plane.toPhoto($0, of: image) }), medium: medium.guessWithoutEdge(papers: papers),
      confidence: 0.3)
  }

  /// A large four-sided part of the picture.
  struct Ground {
    var corners: [PlanePoint]
    var overlap: Double
    var support: Double
    var colour: LabColour
  }

  /// Large four-sided parts, searched where grain and strokes are averaged away.
  func grounds() -> [Ground] {
    grounds(shrunkBy: 4) + grounds(shrunkBy: 2)
  }

  private func grounds(shrunkBy factor: Int) -> [Ground] {
    let small = ColourPlane(shrinking: plane, by: factor)
    let pixels = Double(small.width * small.height)
    var result: [Ground] = []
    // Limits from a white sheet on a white wall to cork.
    for limit in factor == 4 ? [2.0, 3.5, 6, 10] : [1.5, 2.5, 4] {
      let zones = FlatZones(of: small, limit: limit)
      for (number, zone) in zones.zones.enumerated() {
        guard Double(zone.width * zone.height) > Self.leastShare * pixels, Double(zone.area) > 0.02 * pixels else {
          continue
        }
        let mask = Mask(
          label: Int32(number), of: zones.labels, planeWidth: small.width, x: zone.left, y: zone.top,
          width: zone.width, height: zone.height, margin: 4)
        if factor == 4, let ground = ground(ofColour: zone, plane: small, factor: factor) { result.append(ground) }
        for radius in factor == 4 ? [2, 4] : [3] {
          let solid = mask.dilated(by: radius).filled().eroded(by: radius - 1).opened().largestPart()
          if let ground = ground(solid, colour: zone.colour, factor: factor) { result.append(ground) }
        }
      }
    }
    return result
  }

  /// All of a zone's colour that hangs together with it: stripes of moire and shadows cut a screen into zones.
  private func ground(ofColour zone: FlatZones.Zone, plane small: ColourPlane, factor: Int) -> Ground? {
    var mask = Mask(x: -4, y: -4, width: small.width + 8, height: small.height + 8)
    let colour = zone.colour
    small.mark(&mask, near: colour, chroma: 8, lightness: 12)
    return ground(mask.dilated(by: 2).filled().eroded(by: 2).opened().largestPart(), colour: colour, factor: factor)
  }

  private func ground(_ solid: Mask, colour: LabColour, factor: Int) -> Ground? {
    guard let fit = ShapeFit(solid), fit.shape == .rectangle, fit.overlap > 0.85 else { return nil }
    let corners = fit.outline.map { $0 * Double(factor) }
    let share = abs(signedArea(corners)) / Double(plane.width * plane.height)
    guard share > Self.leastShare, !isWholePhoto(corners) else { return nil }
    let support = EdgeSupport(plane)
    let sides = (0..<4).map { support.along(from: corners[$0], to: corners[($0 + 1) % 4], reach: 5) }
    let mean = sides.reduce(0, +) / 4
    guard mean > 0.5 else { return nil }
    return Ground(corners: corners, overlap: fit.overlap, support: (mean + (sides.min() ?? 0)) / 2, colour: colour)
  }

  /// Whether three sides run along the picture's own border: no board, but what is behind it.
  private func isWholePhoto(_ corners: [PlanePoint]) -> Bool {
    let margin = 0.015 * Double(max(plane.width, plane.height))
    let w = Double(plane.width), h = Double(plane.height)
    func both(_ k: Int, _ test: (PlanePoint) -> Bool) -> Bool { test(corners[k]) && test(corners[(k + 1) % 4]) }
    let sides = (0..<4).filter { k in
      both(k) { $0.x < margin } || both(k) { $0.y < margin } || both(k) { $0.x > w - margin }
        || both(k) { $0.y > h - margin }
    }
    return sides.count >= 3
  }

  /// Whether the middle of a paper lies on a ground.
  func isInside(_ paper: PaperHypothesis, _ ground: Ground) -> Bool {
    Polygon(ground.corners).contains(Polygon(paper.fit.frame).centre)
      && paper.area < 0.5 * abs(signedArea(ground.corners))
  }
}
