import ProtocolModel

/// A piece of the plane that may be a paper, with what speaks for it.
struct PaperHypothesis: Sendable {
  /// Its outline.
  var fit: ShapeFit
  /// Area of the outline in pixels of the plane.
  var area: Double
  /// Mean colour of its flat parts.
  var colour: LabColour
  /// Share of each side of the outline, or of a round outline as a whole, that lies on an edge of the picture.
  var support: [Double]
  /// How its colour differs from what is around it.
  let surround: Surround
  /// Whether it is a rectangle whose colour differs from its surroundings on all four sides.
  let isFaint: Bool
  /// Share hidden by papers on top, 0...1.
  var occluded = 0.0

  /// Least difference, in units of L*a*b*, on each side of white paper on a white wall: light that falls off by a
  /// third across the photo changes by half of it over as many pixels.
  private static let leastContrast = 1.3
  /// Chroma of what is still pale, and of a white wall in warm light.
  private static let paleChroma = 24.0, whiteChroma = 16.0
  /// Difference all around: from white paper without a shadow to pale paper on white.
  private static let faintStrength = 1.5..<16.0

  /// Smallest box around the outline: left, top, right, bottom.
  private(set) var box: (left: Double, top: Double, right: Double, bottom: Double)

  init(fit: ShapeFit, colour: LabColour, plane: ColourPlane) {
    self.fit = fit
    self.colour = colour
    area = abs(signedArea(fit.outline))
    surround = Surround(of: fit.outline, on: plane, distance: max(4, min(8, 0.06 * area.squareRoot())))
    // White on white, all four sides differ a little from what is around; then an edge just above the grain counts.
    isFaint =
      fit.shape == .rectangle && colour.chroma < Self.paleChroma && surround.outside.chroma < Self.whiteChroma
      && Self.faintStrength.contains(surround.strength)
      && surround.grain <= EdgeSupport.faint && surround.contrast.allSatisfy { $0 > Self.leastContrast }
    let edge = isFaint ? max(EdgeSupport.faint, 4 * surround.grain) : EdgeSupport.clear
    support = EdgeSupport(plane, threshold: edge).along(fit)
    box = (
      fit.outline.map(\.x).min() ?? 0, fit.outline.map(\.y).min() ?? 0, fit.outline.map(\.x).max() ?? 0,
      fit.outline.map(\.y).max() ?? 0
    )
  }

  /// Mean of the sides' supports.
  var meanSupport: Double { support.isEmpty ? 0 : support.reduce(0, +) / Double(support.count) }
  /// The least supported side.
  var leastSupport: Double { support.min() ?? 0 }
  /// What speaks for it, 0...1: how well the outline explains the pixels and how much of it lies on edges.
  var score: Double { fit.overlap * (0.4 + 0.4 * meanSupport + 0.2 * leastSupport) }

  /// The same on a plane `factor` times as large.
  func scaled(by factor: Double) -> PaperHypothesis {
    var result = self
    result.fit.outline = fit.outline.map { $0 * factor }
    result.fit.frame = fit.frame.map { $0 * factor }
    result.area = area * factor * factor
    result.box = (box.left * factor, box.top * factor, box.right * factor, box.bottom * factor)
    return result
  }

  /// Whether its colour is seen again beyond one of its sides: a row of writing as wide as the paper bounds the blank part
  /// below it as an edge does, and between the letters the paper goes on.
  func goesOn(_ plane: ColourPlane) -> Bool {
    guard fit.shape == .rectangle || fit.shape == .strip else { return false }
    let outline = fit.outline, turn = signedArea(outline) > 0 ? 1.0 : -1.0
    let reach = max(8, Int(0.15 * area.squareRoot()))
    return outline.indices.contains { index in
      let p = outline[index], d = outline[(index + 1) % outline.count] - p
      let normal = PlanePoint(d.y, -d.x) * (turn / max(d.length, 1e-9))
      var seen = 0, alike = 0
      for step in 0..<max(4, Int(d.length / 2)) {
        let place = p + d * (0.06 + 0.88 * (Double(step) + 0.5) / Double(max(4, Int(d.length / 2))))
        for distance in stride(from: 4, through: reach, by: 2) {
          let beyond = place + normal * Double(distance)
          let x = Int(beyond.x.rounded(.down)), y = Int(beyond.y.rounded(.down))
          guard x >= 0, y >= 0, x < plane.width, y < plane.height else { continue }
          seen += 1
          let there = plane.colour(atX: x, y: y)
          // Pale paper on a pale wall: what is around it is no paper.
          if PaperSelection.sameGround(there, colour), there.distance(to: colour) < 0.5 * surround.strength {
            alike += 1
          }
        }
      }
      return Double(alike) > 0.2 * Double(seen)
    }
  }

  /// Area shared with another outline.
  func shared(with other: PaperHypothesis) -> Double {
    guard box.left < other.box.right, other.box.left < box.right, box.top < other.box.bottom,
      other.box.top < box.bottom
    else { return 0 }
    return sharedArea(fit.outline, other.fit.outline)
  }
}

/// How much of an outline lies on edges of the picture.
struct EdgeSupport: Sendable {
  private let plane: ColourPlane
  /// Gradient that counts as an edge, in eighths of a unit of L*: 4 units are just seen side by side.
  private let threshold: UInt8
  /// 4 units of L*, as ``ColourPlane/gradient`` counts.
  static let clear: UInt8 = 32
  /// 1 unit of L*: the least edge of white paper on white, and the most grain beside which it is seen.
  static let faint: UInt8 = 8

  init(_ plane: ColourPlane, threshold: UInt8 = clear) {
    self.plane = plane
    self.threshold = threshold
  }

  /// Per side of a quadrilateral; one value for round outlines.
  func along(_ fit: ShapeFit) -> [Double] {
    let corners = fit.outline
    let sides = corners.indices.map { along(from: corners[$0], to: corners[($0 + 1) % corners.count]) }
    if fit.shape == .rectangle || fit.shape == .strip { return sides }
    return [sides.reduce(0, +) / Double(max(sides.count, 1))]
  }

  /// Share of the places between two points that have an edge within `reach` pixels (2: the width of a smoothed edge);
  /// places outside the picture count as half.
  func along(from p: PlanePoint, to q: PlanePoint, reach: Int = 2) -> Double {
    let d = q - p
    let length = d.length
    guard length > 1 else { return 0 }
    let steps = max(3, Int(length))
    let normal = PlanePoint(-d.y / length, d.x / length)
    var hits = 0.0
    for step in 0..<steps {
      // The corners are often curled or pinned: the ends of a side say little.
      let place = p + d * (0.04 + 0.92 * (Double(step) + 0.5) / Double(steps))
      var best: UInt8 = 0, outside = false
      for offset in -reach...reach {
        let x = Int((place.x + normal.x * Double(offset)).rounded(.down))
        let y = Int((place.y + normal.y * Double(offset)).rounded(.down))
        guard x >= 0, y >= 0, x < plane.width, y < plane.height else {
          outside = true
          continue
        }
        best = max(best, plane.gradient[y * plane.width + x])
      }
      hits += best >= threshold ? 1 : outside ? 0.5 : 0
    }
    return hits / Double(steps)
  }
}
