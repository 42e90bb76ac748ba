extension Quad {
  /// Mean length of the upper and lower side, pixels.
  public var meanWidth: Double { (topLeft.distance(to: topRight) + bottomLeft.distance(to: bottomRight)) / 2 }
  /// Mean length of the left and right side, pixels.
  public var meanHeight: Double { (topLeft.distance(to: bottomLeft) + topRight.distance(to: bottomRight)) / 2 }

  /// The same quadrilateral with every coordinate multiplied.
  public func scaled(by factor: Double) -> Quad {
    func scaled(_ point: Point<Space>) -> Point<Space> { Point(point.x * factor, point.y * factor) }
    return Quad(
      topLeft: scaled(topLeft), topRight: scaled(topRight), bottomRight: scaled(bottomRight),
      bottomLeft: scaled(bottomLeft))
  }
}

extension Point {
  /// Euclidean distance, pixels.
  public func distance(to other: Point) -> Double {
    let dx = x - other.x, dy = y - other.y
    return (dx * dx + dy * dy).squareRoot()
  }
}

extension Polygon {
  /// A quadrilateral around the polygon, its corners ordered as they stand on the picture: the polygon itself when it
  /// has four corners, its upright box otherwise.
  public var enclosingQuad: Quad<Space> {
    guard points.count == 4 else {
      let box = bounds
      let left = Double(box.x), top = Double(box.y)
      let right = left + Double(box.width), bottom = top + Double(box.height)
      return Quad(
        topLeft: Point(left, top), topRight: Point(right, top), bottomRight: Point(right, bottom),
        bottomLeft: Point(left, bottom))
    }
    // Clockwise on the screen (y down), starting where x + y is least.
    var signed = 0.0
    for index in 0..<4 {
      let a = points[index], b = points[(index + 1) % 4]
      signed += a.x * b.y - b.x * a.y
    }
    let ordered = signed >= 0 ? points : points.reversed()
    let first = (0..<4).min { ordered[$0].x + ordered[$0].y < ordered[$1].x + ordered[$1].y } ?? 0
    let corners = (0..<4).map { ordered[(first + $0) % 4] }
    return Quad(topLeft: corners[0], topRight: corners[1], bottomRight: corners[2], bottomLeft: corners[3])
  }
}
