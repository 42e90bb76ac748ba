import ProtocolModel

/// Counts vote dots per note, or per list item.
struct VoteCount {
  /// Dots of each paper.
  private(set) var papers: [Int]
  /// Dots of each piece of writing.
  private(set) var writing: [Int]

  /// Gives each dot to the paper it sticks on, else to the list item on whose line it stands.
  init(dots: [VoteDot], papers: [PaperCandidate], writing: [WritingCandidate], planes: [BoardPlane]) {
    self.papers = papers.map { _ in 0 }
    self.writing = writing.map { _ in 0 }
    for dot in dots {
      if let place = Self.paper(under: dot, papers) {
        self.papers[place] += 1
      } else if let place = Self.item(beside: dot, writing, planes) {
        self.writing[place] += 1
      }
    }
  }

  /// The paper that the dot's middle lies deepest in; a dot may hang over the edge by its radius.
  private static func paper(under dot: VoteDot, _ papers: [PaperCandidate]) -> Int? {
    var best: (place: Int, depth: Double)?
    for (place, paper) in papers.enumerated() {
      let distance = paper.outline.distance(to: dot.centre)
      let depth = paper.outline.contains(dot.centre) ? distance : -distance
      // Deeper than two radii is deep enough: then the paper on top, which comes later, holds the dot.
      let capped = min(depth, 2 * dot.radius)
      if capped > -1.1 * dot.radius, capped >= best?.depth ?? -.infinity { best = (place, capped) }
    }
    return best?.place
  }

  /// The list item whose lines are level with the dot.
  private static func item(beside dot: VoteDot, _ writing: [WritingCandidate], _ planes: [BoardPlane]) -> Int? {
    var best: (place: Int, distance: Double)?
    for (place, piece) in writing.enumerated() where piece.kind == .listItem && planes.indices.contains(piece.sheet) {
      let plane = planes[piece.sheet]
      let at = plane.place(dot.centre), frame = plane.frame(piece.polygon)
      let above = max(0, frame.top - at.y, at.y - frame.bottom)
      let beside = max(0, frame.left - at.x, at.x - frame.right)
      // Half a line off at most; among columns the one that ends nearest.
      guard above < 0.5 * frame.height else { continue }
      let distance = above * 4 + beside
      if distance < best?.distance ?? .infinity { best = (place, distance) }
    }
    return best?.place
  }
}

extension Polygon {
  /// Distance from a point to the outline, in pixels.
  func distance(to point: Point<Space>) -> Double {
    var least = Double.infinity
    for index in points.indices {
      let a = points[index], b = points[(index + 1) % points.count]
      let dx = b.x - a.x, dy = b.y - a.y
      let length = dx * dx + dy * dy
      let t = length > 0 ? min(1, max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length)) : 0
      let px = point.x - a.x - t * dx, py = point.y - a.y - t * dy
      least = min(least, px * px + py * py)
    }
    return least.squareRoot()
  }
}
