import ProtocolModel

/// How the colour inside an outline differs from the colour just outside, side by side of the same light.
///
/// Both are sampled a few pixels from the outline, beyond the edge itself: the counter of a letter written on the board
/// has an edge all around, but the same colour on both sides of it.
struct Surround: Sendable {
  /// Per side: mean of inside minus outside, as the length of the colour vector.
  let contrast: [Double]
  /// Mean over all sides of inside minus outside.
  let difference: LabColour
  /// Mean colour outside.
  let outside: LabColour
  /// Gradient outside, as ``ColourPlane/gradient`` counts: the grain of what carries the paper. The second least of the
  /// sides' medians, for a shadow falls on two.
  let grain: UInt8

  /// Samples `outline` (clockwise) on `plane` at `distance` pixels to both sides.
  init(of outline: [PlanePoint], on plane: ColourPlane, distance: Double) {
    var contrast: [Double] = []
    var sides: [UInt8] = []
    var total = (l: 0.0, a: 0.0, b: 0.0, n: 0.0)
    var ring = (l: 0.0, a: 0.0, b: 0.0)
    let turn = signedArea(outline) > 0 ? 1.0 : -1.0
    for index in outline.indices {
      let p = outline[index], d = outline[(index + 1) % outline.count] - p
      let length = max(d.length, 1e-9)
      // Outwards, for corners that run clockwise on the screen.
      let normal = PlanePoint(d.y / length, -d.x / length) * turn
      let steps = max(2, Int(length / 2))
      var inner: [LabColour] = [], outer: [LabColour] = [], grains: [UInt8] = []
      for step in 0..<steps {
        let place = p + d * (0.06 + 0.88 * (Double(step) + 0.5) / Double(steps))
        guard let inside = Self.sample(plane, place - normal * distance),
          let beyond = Self.sample(plane, place + normal * distance)
        else { continue }
        inner.append(inside)
        outer.append(beyond)
        let far = place + normal * distance
        grains.append(plane.gradient[Int(far.y) * plane.width + Int(far.x)])
      }
      guard !inner.isEmpty else {
        contrast.append(0)
        continue
      }
      // Medians: writing near the edge and pins must not shift the ground's colour.
      let i = Self.median(inner), o = Self.median(outer)
      sides.append(grains.sorted()[grains.count / 2])
      let n = length
      contrast.append(i.distance(to: o))
      total.l += (i.lightness - o.lightness) * n
      total.a += (i.a - o.a) * n
      total.b += (i.b - o.b) * n
      total.n += n
      ring.l += o.lightness * n
      ring.a += o.a * n
      ring.b += o.b * n
    }
    let n = max(total.n, 1e-9)
    self.contrast = contrast
    grain = sides.count < 2 ? .max : sides.sorted()[1]
    difference = LabColour(lightness: total.l / n, a: total.a / n, b: total.b / n)
    outside = LabColour(lightness: ring.l / n, a: ring.a / n, b: ring.b / n)
  }

  private static func sample(_ plane: ColourPlane, _ p: PlanePoint) -> LabColour? {
    let x = Int(p.x.rounded(.down)), y = Int(p.y.rounded(.down))
    guard x >= 0, y >= 0, x < plane.width, y < plane.height else { return nil }
    return plane.colour(atX: x, y: y)
  }

  private static func median(_ colours: [LabColour]) -> LabColour {
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    return LabColour(
      lightness: middle(colours.map(\.lightness)), a: middle(colours.map(\.a)), b: middle(colours.map(\.b)))
  }

  /// Length of the mean difference.
  var strength: Double {
    (difference.lightness * difference.lightness + difference.a * difference.a + difference.b * difference.b)
      .squareRoot()
  }
}
