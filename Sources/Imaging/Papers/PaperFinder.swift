import ProtocolModel

/// Finds every piece of paper on a photo.
struct PaperFinder: Sendable {
  /// What may be set.
  let parameters: BoardFinderParameters
  /// The photo.
  let image: WorkingImage
  /// The plane on which papers are searched.
  let plane: ColourPlane

  /// The papers, chosen among all hypotheses, whatever they hang on.
  func find() -> [PaperHypothesis] {
    let least = parameters.minimumRegionArea * Double(plane.width * plane.height)
    return PaperSelection(plane: plane, leastArea: least).choose(from: hypotheses(on: plane))
  }

  /// The papers as others see them, in row order, each with the sheet it hangs on.
  func candidates(of papers: [PaperHypothesis], on sheets: [SheetCandidate]) -> [PaperCandidate] {
    papers.map { paper in
      PaperCandidate(
        outline: Polygon(paper.fit.outline.map { plane.toPhoto($0, of: image) }),
        frame: Quad(paper.fit.frame.map { plane.toPhoto($0, of: image) }),
        colour: PaperColour.name(of: paper.colour), lightness: paper.colour.lightness, a: paper.colour.a,
        b: paper.colour.b, shape: paper.fit.shape, occluded: paper.occluded, confidence: min(1, paper.score))
    }
  }

  /// Gradient limits in units of L*: from just above the grain of paper to well below the edge of a pale note.
  static let limits = [2.0, 3.0, 4.5, 7.0]

  /// Everything that has the outline of a paper, at any gradient limit; the same paper may come several times.
  func hypotheses(on plane: ColourPlane) -> [PaperHypothesis] {
    let pixels = Double(plane.width * plane.height)
    let least = max(40, parameters.minimumRegionArea * pixels * 0.4)
    var result: [PaperHypothesis] = []
    for limit in Self.limits {
      let zones = FlatZones(of: plane, limit: limit)
      for (number, zone) in zones.zones.enumerated() {
        guard Double(zone.area) >= least, zone.width > 7, zone.height > 7,
          Double(zone.width * zone.height) < 0.6 * pixels,
          Double(zone.area) > 0.2 * Double(zone.width * zone.height)
        else { continue }
        let mask = Mask(
          label: Int32(number), of: zones.labels, planeWidth: plane.width, x: zone.left, y: zone.top,
          width: zone.width, height: zone.height, margin: 4)
        // Strokes up to 4 pixels wide close, and half of the edge's ramp comes back.
        let solid = mask.dilated(by: 3).filled().eroded(by: 2).largestPart()
        guard let fit = ShapeFit(solid), fit.overlap > 0.78 else { continue }
        result.append(PaperHypothesis(mask: solid, fit: fit, colour: zone.colour, plane: plane))
      }
    }
    return result + grown(on: plane, least: least)
  }

  /// Hypotheses that grow over writing; see ``ColourRegions``.
  private func grown(on plane: ColourPlane, least: Double) -> [PaperHypothesis] {
    let zones = FlatZones(of: plane, limit: 4.5)
    let pixels = Double(plane.width * plane.height)
    var result: [PaperHypothesis] = []
    let seeds = zones.zones.indices.filter {
      let zone = zones.zones[$0]
      return Double(zone.area) >= 0.2 * least && zone.width > 4 && zone.height > 4
        && Double(zone.width * zone.height) < 0.15 * pixels
    }.sorted { (-zones.zones[$0].area, $0) < (-zones.zones[$1].area, $1) }
    for reach in [1, 3] {
      let regions = ColourRegions(plane: plane, reach: reach)
      // Per pixel: the region that took it, so that pieces of one note grow once.
      var owner = [Int32](repeating: -1, count: plane.width * plane.height)
      var owners: [LabColour] = []
      for number in seeds {
        let zone = zones.zones[number]
        if isTaken(zone, number: Int32(number), zones: zones, owner: owner, owners: owners, plane: plane) { continue }
        guard let mask = regions.region(of: number, in: zones) else { continue }
        mark(mask, as: Int32(owners.count), in: &owner, plane: plane)
        owners.append(zone.colour)
        guard Double(mask.area) >= least, let fit = ShapeFit(mask), fit.overlap > 0.78 else { continue }
        result.append(PaperHypothesis(mask: mask, fit: fit, colour: zone.colour, plane: plane))
      }
    }
    return result
  }

  /// Whether most of a zone already belongs to a region of its colour.
  private func isTaken(
    _ zone: FlatZones.Zone, number: Int32, zones: FlatZones, owner: [Int32], owners: [LabColour], plane: ColourPlane
  ) -> Bool {
    var taken = 0
    for y in zone.top...zone.bottom {
      for x in zone.left...zone.right where zones.labels[y * plane.width + x] == number {
        let index = Int(owner[y * plane.width + x])
        if index >= 0, PaperSelection.sameGround(owners[index], zone.colour) { taken += 1 }
      }
    }
    return 2 * taken > zone.area
  }

  private func mark(_ mask: Mask, as number: Int32, in owner: inout [Int32], plane: ColourPlane) {
    for row in 0..<mask.height {
      let y = mask.y + row
      guard y >= 0, y < plane.height else { continue }
      for column in 0..<mask.width where mask.bits[row * mask.width + column] == 1 {
        let x = mask.x + column
        if x >= 0, x < plane.width { owner[y * plane.width + x] = number }
      }
    }
  }
}

extension Quad {
  /// From four corners, clockwise from the upper left.
  init(_ corners: [Point<Space>]) {
    self.init(topLeft: corners[0], topRight: corners[1], bottomRight: corners[2], bottomLeft: corners[3])
  }
}
