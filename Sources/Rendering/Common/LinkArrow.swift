package import ProtocolModel

/// An arrow between two notes as a path of an SVG picture of their sheet.
package struct LinkArrow {
  /// The `d` of the path: a shaft from outline to outline and two strokes of a head.
  package let path: String

  /// Draws it from one outline to another, with a head of `size` pixels; `nil` where the outlines meet.
  package init?(from: Polygon<SheetSpace>, to: Polygon<SheetSpace>, size: Double) {
    let start = from.centre, end = to.centre
    func place(_ share: Double) -> Point<SheetSpace> {
      Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
    }
    let steps = (0...100).map { Double($0) / 100 }
    guard let leaving = steps.first(where: { !from.contains(place($0)) }),
      let arriving = steps.last(where: { !to.contains(place($0)) }), leaving < arriving
    else { return nil }
    let tail = place(leaving), tip = place(arriving)
    let dx = tip.x - tail.x, dy = tip.y - tail.y
    let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
    let (u, v) = (dx / length * size, dy / length * size)
    let ends = [-0.5, 0.5].map { Point<SheetSpace>(tip.x - u - $0 * v, tip.y - v + $0 * u) }
    func text(_ point: Point<SheetSpace>) -> String {
      "\(NoteCard.coordinate(point.x)) \(NoteCard.coordinate(point.y))"
    }
    path = "M\(text(tail))L\(text(tip))M\(text(ends[0]))L\(text(tip))L\(text(ends[1]))"
  }
}
