package import ProtocolModel

extension Polygon {
  /// Area shared with `other`, exact for polygons that do not cross themselves, convex or not.
  ///
  /// Both are fans of signed triangles around a corner; the shared area is the sum over all pairs of triangles, each
  /// pair clipped by Sutherland and Hodgman (1974).
  package func sharedArea(with other: Polygon) -> Double {
    guard points.count >= 3, other.points.count >= 3, mayTouch(other) else { return 0 }
    var sum = 0.0
    for (triangle, sign) in triangles {
      for (clip, otherSign) in other.triangles { sum += sign * otherSign * Self.clippedArea(triangle, by: clip) }
    }
    return max(0, abs(sum))
  }

  /// Intersection over union, 0...1.
  package func overlap(with other: Polygon) -> Double {
    let shared = sharedArea(with: other)
    let union = area + other.area - shared
    return union > 0 ? min(1, shared / union) : 0
  }

  /// The part inside `width` x `height`.
  package func clipped(toWidth width: Double, height: Double) -> Polygon {
    let frame = [Point<Space>(0, 0), Point(width, 0), Point(width, height), Point(0, height)]
    return Polygon(Self.clip(points, by: frame))
  }

  private func mayTouch(_ other: Polygon) -> Bool {
    func range(_ values: [Double]) -> ClosedRange<Double> { (values.min() ?? 0)...(values.max() ?? 0) }
    return range(points.map(\.x)).overlaps(range(other.points.map(\.x)))
      && range(points.map(\.y)).overlaps(range(other.points.map(\.y)))
  }

  /// Triangles of the fan around the first corner, each turned positive, with the sign it had.
  private var triangles: [([Point<Space>], Double)] {
    (1..<(points.count - 1)).compactMap { index in
      let corners = [points[0], points[index], points[index + 1]]
      let turn = Self.turn(corners[0], corners[1], corners[2])
      if turn == 0 { return nil }
      return turn > 0 ? (corners, 1) : (corners.reversed(), -1)
    }
  }

  private static func turn(_ a: Point<Space>, _ b: Point<Space>, _ c: Point<Space>) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }

  private static func clippedArea(_ subject: [Point<Space>], by clip: [Point<Space>]) -> Double {
    Polygon(Self.clip(subject, by: clip)).area
  }

  /// The part of `subject` inside the convex `clip`, whose corners turn positively.
  private static func clip(_ subject: [Point<Space>], by clip: [Point<Space>]) -> [Point<Space>] {
    var result = subject
    for index in clip.indices where !result.isEmpty {
      let a = clip[index], b = clip[(index + 1) % clip.count]
      let input = result
      result = []
      for (place, current) in input.enumerated() {
        let previous = input[(place + input.count - 1) % input.count]
        let here = turn(a, b, current), before = turn(a, b, previous)
        if (here >= 0) != (before >= 0) {
          let share = before / (before - here)
          result.append(
            Point(previous.x + share * (current.x - previous.x), previous.y + share * (current.y - previous.y)))
        }
        if here >= 0 { result.append(current) }
      }
    }
    return result
  }
}
