import ProtocolModel

/// The simplest outline that explains a mask: four straight sides, an ellipse, or a rounded outline with bays.
struct ShapeFit: Sendable {
  /// What kind of outline.
  var shape: PaperShape
  /// Its corners, clockwise on the screen.
  var outline: [PlanePoint]
  /// Four corners around it, clockwise on the screen from the one nearest to the upper left.
  var frame: [PlanePoint]
  /// Intersection over union of outline and mask, 0...1.
  var overlap: Double

  /// Takes an outline as it is.
  init(shape: PaperShape, outline: [PlanePoint], frame: [PlanePoint], overlap: Double) {
    self.shape = shape
    self.outline = outline
    self.frame = frame
    self.overlap = overlap
  }

  /// Fits `mask`, which should have no holes; `nil` where nothing explains it.
  init?(_ mask: Mask) {
    let points = mask.extremes()
    let hull = convexHull(points)
    guard hull.count >= 4 else { return nil }
    let sums = MaskSums(mask)
    let hullArea = abs(signedArea(hull))
    guard sums.total > 12, hullArea > 0 else { return nil }
    let quad = Self.bestQuad(hull: hull, points: points, sums: sums, hullArea: hullArea)
    let ellipse = Self.ellipse(of: mask)
    let round = Self.overlap(of: ellipse.outline, sums: sums)
    let solidity = Double(sums.total) / hullArea
    if let quad, quad.overlap >= max(round, 0.80) || (quad.overlap >= 0.9 && quad.overlap + 0.015 >= round) {
      let sides = (0..<4).map { (quad.corners[($0 + 1) % 4] - quad.corners[$0]).length }
      let ratio = (sides[0] + sides[2]) / max(sides[1] + sides[3], 1e-9)
      // Rectangles beyond 4 : 1 are heading strips; sticky notes end at 2 : 1 and Metaplan cards at 2.2 : 1.
      shape = max(ratio, 1 / ratio) > 4 ? .strip : .rectangle
      outline = quad.corners
      frame = quad.corners
      overlap = quad.overlap
      return
    }
    guard solidity > 0.85 else { return nil }
    // An ellipse keeps 0.95 and more of itself; bays and bumps cost a cloud a few hundredths.
    if round >= 0.94 {
      shape = max(ellipse.ratio, 1 / ellipse.ratio) < 1.15 ? .circle : .oval
      outline = ellipse.outline
      overlap = round
    } else if round >= 0.86 {
      shape = .cloud
      outline = simplified(closed: hull, tolerance: 0.5)
      overlap = solidity
    } else {
      return nil
    }
    frame = ellipse.frame
  }

  /// The four corners ordered clockwise from the one nearest to the upper left.
  static func ordered(_ corners: [PlanePoint]) -> [PlanePoint] {
    let clockwise = signedArea(corners) > 0 ? corners : corners.reversed()
    let start = clockwise.indices.min { clockwise[$0].x + clockwise[$0].y < clockwise[$1].x + clockwise[$1].y } ?? 0
    return Array(clockwise[start...] + clockwise[..<start])
  }

  static func overlap(of corners: [PlanePoint], sums: MaskSums) -> Double {
    let (inside, area) = sums.count(in: corners)
    let union = area + sums.total - inside
    return union > 0 ? Double(inside) / Double(union) : 0
  }

  /// The best of the quadrilaterals made of four of the hull's longest sides.
  static func bestQuad(
    hull: [PlanePoint], points: [PlanePoint], sums: MaskSums, hullArea: Double
  ) -> (corners: [PlanePoint], overlap: Double)? {
    let tolerance = max(1, 0.025 * hullArea.squareRoot())
    let corners = simplified(closed: hull, tolerance: tolerance)
    guard corners.count >= 3 else { return nil }
    var sides = corners.indices.map { (index: $0, from: corners[$0], to: corners[($0 + 1) % corners.count]) }
    sides = sides.sorted { ($0.to - $0.from).length > ($1.to - $1.from).length }.prefix(9).sorted {
      $0.index < $1.index
    }
    let lines = sides.map { side -> PlaneLine in
      let rough = PlaneLine(from: side.from, to: side.to)
      let length = (side.to - side.from).length
      let near = points.filter {
        let along = ($0 - side.from).dot(rough.direction)
        return along > 0.05 * length && along < 0.95 * length && abs(rough.distance(to: $0)) < tolerance + 0.5
      }
      // The fit on the border's pixels beats the chord, where there are enough of them.
      guard Double(near.count) > 0.5 * length, var fitted = PlaneLine(fitting: near) else { return rough }
      if fitted.direction.dot(rough.direction) < 0 { fitted.direction = fitted.direction * -1 }
      return fitted
    }
    guard lines.count >= 4 else { return nil }
    var best: (corners: [PlanePoint], overlap: Double)?
    for i in 0..<(lines.count - 3) {
      for j in (i + 1)..<(lines.count - 2) {
        for k in (j + 1)..<(lines.count - 1) {
          for l in (k + 1)..<lines.count {
            guard let a = lines[i].meeting(lines[j]), let b = lines[j].meeting(lines[k]),
              let c = lines[k].meeting(lines[l]), let d = lines[l].meeting(lines[i])
            else { continue }
            let quad = [d, a, b, c]
            guard isPlausible(quad) else { continue }
            let area = abs(signedArea(quad))
            guard area < 1.6 * hullArea, area > 0.5 * hullArea else { continue }
            let value = overlap(of: quad, sums: sums)
            if value > best?.overlap ?? 0 { best = (quad, value) }
          }
        }
      }
    }
    return best.map { (ordered($0.corners), $0.overlap) }
  }

  /// Whether four corners can be a rectangle seen at up to 40 degrees: convex, angles 50...130 degrees, opposite sides
  /// within a factor of 1.9.
  static func isPlausible(_ quad: [PlanePoint]) -> Bool {
    var lengths: [Double] = []
    var turn = 0.0
    for index in 0..<4 {
      let p = quad[index], q = quad[(index + 1) % 4], r = quad[(index + 2) % 4]
      let u = q - p, v = r - q
      let lu = u.length, lv = v.length
      guard lu > 3, lv > 3 else { return false }
      let sine = u.cross(v) / (lu * lv)
      if index == 0 { turn = sine }
      guard sine * turn > 0, abs(sine) > 0.766 else { return false }
      lengths.append(lu)
    }
    let first = max(lengths[0], lengths[2]) / min(lengths[0], lengths[2])
    let second = max(lengths[1], lengths[3]) / min(lengths[1], lengths[3])
    return first < 1.9 && second < 1.9
  }

  /// The ellipse of the mask's moments, as 32 corners, the box around it and its axes' ratio.
  static func ellipse(of mask: Mask) -> (outline: [PlanePoint], frame: [PlanePoint], ratio: Double) {
    // Whole numbers: exact, whatever the order.
    var n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0
    mask.bits.withUnsafeBufferPointer { bits in
      for row in 0..<mask.height {
        var count = 0, sum = 0, squares = 0
        let base = row &* mask.width
        for column in 0..<mask.width {
          let bit = Int(bits[base &+ column])
          count &+= bit
          sum &+= bit &* column
          squares &+= bit &* column &* column
        }
        n &+= count
        sx &+= sum
        sy &+= count &* row
        sxx &+= squares
        syy &+= count &* row &* row
        sxy &+= sum &* row
      }
    }
    let area = Double(max(n, 1)), mx = Double(sx) / area, my = Double(sy) / area
    let xx = Double(sxx) / area - mx * mx + 1.0 / 12, yy = Double(syy) / area - my * my + 1.0 / 12
    let xy = Double(sxy) / area - mx * my
    let gap = (xx - yy) / 2, root = (gap * gap + xy * xy).squareRoot(), middle = (xx + yy) / 2
    // An ellipse's semi-axis is twice the root of its variance along it.
    let major = 2 * max(middle + root, 0.01).squareRoot(), minor = 2 * max(middle - root, 0.01).squareRoot()
    var axis = gap >= 0 ? PlanePoint(gap + root, xy) : PlanePoint(xy, root - gap)
    if axis.length < 1e-9 { axis = PlanePoint(1, 0) }
    axis = axis * (1 / axis.length)
    let across = PlanePoint(-axis.y, axis.x)
    let centre = PlanePoint(mx + Double(mask.x) + 0.5, my + Double(mask.y) + 0.5)
    let outline = unitCircle.map { centre + axis * (major * $0.x) + across * (minor * $0.y) }
    let frame = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map {
      centre + axis * (major * $0.0) + across * (minor * $0.1)
    }
    return (outline, ordered(frame), major / minor)
  }

  /// 32 places on the unit circle.
  private static let unitCircle: [PlanePoint] = {
    // Chebyshev's recurrence from the cosine and sine of a 32nd of a turn; no library needed.
    let c = 0.980_785_280_403_230_4, s = 0.195_090_322_016_128_27
    var points = [PlanePoint(1, 0)]
    for _ in 1..<32 {
      let p = points[points.count - 1]
      points.append(PlanePoint(p.x * c - p.y * s, p.x * s + p.y * c))
    }
    return points
  }()
}
