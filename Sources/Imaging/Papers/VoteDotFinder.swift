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
        guard let spot = spot(zone, number: Int32(number), zones: zones), spot.radius >= least, spot.radius <= most,
          outlines.contains(where: { Polygon($0).contains(spot.centre) })
        else { continue }
        spots.append(spot)
      }
    }
    return dots(of: spots)
  }

  /// Whether a spot has the colour of the paper it lies on: the inside of a letter.
  private func isCounter(_ zone: FlatZones.Zone, of paper: PaperHypothesis) -> Bool {
    let x = Double(zone.left + zone.right + 1) / 2, y = Double(zone.top + zone.bottom + 1) / 2
    guard x > paper.box.left, x < paper.box.right, y > paper.box.top, y < paper.box.bottom else { return false }
    return zone.colour.chromaDistance(to: paper.colour) < max(12, 0.3 * paper.colour.chroma)
  }

  /// Grows a flat core to all that has its colour and checks that this is a disc of its own colour.
  private func spot(_ zone: FlatZones.Zone, number: Int32, zones: FlatZones) -> Spot? {
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
    guard let seed else { return nil }
    let part = mask.part(containing: seed).filled().trimmed(margin: 2)
    let area = Double(part.area)
    guard area >= 9 else { return nil }
    let width = Double(part.width - 4), height = Double(part.height - 4)
    // A circle seen at 40 degrees is a quarter narrower than high, and fills pi / 4 of its box.
    guard width < 1.45 * height, height < 1.45 * width else { return nil }
    let fill = area / (width * height)
    guard fill > 0.68, fill < 0.93 else { return nil }
    let ellipse = ShapeFit.ellipse(of: part)
    let roundness = ShapeFit.overlap(of: ellipse.outline, sums: MaskSums(part))
    guard roundness > 0.82, ellipse.ratio < 1.4 else { return nil }
    let centre = PlanePoint(Double(part.x) + 2 + width / 2, Double(part.y) + 2 + height / 2)
    // Its surroundings have another colour all around.
    let ring = Surround(of: ellipse.outline, on: plane, distance: 2.5)
    guard ring.contrast.filter({ $0 > 12 }).count > 21 else { return nil }
    return Spot(
      centre: centre, radius: ((width + height) / 4), colour: colour, roundness: roundness)
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
