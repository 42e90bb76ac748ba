import ProtocolModel

/// Where papers cast their shadow on a ground of their own colour: light up to the paper's edge, dark at once behind it,
/// and light again by and by.
///
/// White paper on a white sheet has no other edge: photographed bright, both are as light as a photo can be.
struct ShadowEdges: Sendable {
  /// The side of a paper on which its shadow lies.
  enum Side: Int, CaseIterable, Sendable {
    case below, above, right, left
    /// Whether the edge runs from left to right.
    var isLevel: Bool { self == .below || self == .above }
    fileprivate var bit: UInt8 { 1 << UInt8(rawValue) }
  }

  /// A straight stretch of one edge, from its smaller end to its larger one along x or y.
  struct Run: Sendable {
    var from: PlanePoint
    var to: PlanePoint
  }

  private let width: Int, height: Int
  /// One bit for each side.
  private let marks: [UInt8]

  /// Units of ``ColourPlane/values`` for one of L*.
  private static let unit = 2.55
  /// Least fall of L* at the edge, and least rise behind it.
  private static let fall = Int(4 * unit), rise = Int(3 * unit)
  /// L* by which the paper may change before its edge: writing changes it by more.
  private static let even = Int(3 * unit)
  /// Writing is darker than this share of the paper.
  private static let ink = 0.62
  /// Pixels before and behind an edge that are looked at.
  private static let before = 4, behind = 8

  /// Looks at the part of `plane` within `box` (left, top, right, bottom).
  init(of plane: ColourPlane, within box: (left: Int, top: Int, right: Int, bottom: Int)) {
    width = plane.width
    height = plane.height
    let width = plane.width, reach = Self.behind + 1
    var marks = [UInt8](repeating: 0, count: plane.width * plane.height)
    let columns = max(reach, box.left)..<max(max(reach, box.left), min(plane.width - reach, box.right))
    let rows = max(reach, box.top)..<max(max(reach, box.top), min(plane.height - reach, box.bottom))
    plane.values.withUnsafeBufferPointer { values in
      for y in rows {
        for x in columns {
          let index = y * width + x
          let across = Int(values[3 * (index - 1)]) - Int(values[3 * (index + 1)])
          let down = Int(values[3 * (index - width)]) - Int(values[3 * (index + width)])
          var mark: UInt8 = 0
          // A fall spreads over two or three pixels; less than two fifths of the least one in the middle is none.
          if abs(down) * 5 >= 2 * Self.fall, Self.isEdge(values, at: index, step: down > 0 ? width : -width) {
            mark |= (down > 0 ? Side.below : Side.above).bit
          }
          if abs(across) * 5 >= 2 * Self.fall, Self.isEdge(values, at: index, step: across > 0 ? 1 : -1) {
            mark |= (across > 0 ? Side.right : Side.left).bit
          }
          if mark != 0 { marks[index] = mark }
        }
      }
    }
    self.marks = marks
  }

  /// Whether a paper ends at a pixel, its shadow lying in the direction of `step`.
  private static func isEdge(_ values: UnsafeBufferPointer<UInt8>, at index: Int, step: Int) -> Bool {
    func light(_ offset: Int) -> Int { Int(values[3 * (index + offset * step)]) }
    let paper = min(light(-2), light(-3)), lightest = max(light(-2), light(-3), light(-before))
    let shadow = min(light(0), light(1), light(2))
    let ground = (3...behind).reduce(0) { max($0, light($1)) }
    let steep = light(-1) - light(1)
    return paper - shadow >= fall && Double(shadow) >= ink * Double(paper) && ground - shadow >= rise
      && lightest - paper < even && ground < lightest + even && steep * 5 >= 2 * (paper - shadow)
      // The dark ends slower than it begins: a stroke of a pen does not.
      && light(4) - light(2) < steep + Int(unit)
  }

  private func isMarked(_ side: Side, along: Int, across: Int) -> Bool {
    let x = side.isLevel ? along : across, y = side.isLevel ? across : along
    guard x >= 0, y >= 0, x < width, y < height else { return false }
    return marks[y * width + x] & side.bit != 0
  }

  /// Pixels over which an edge is followed where writing, a pin or the grain hides it.
  private static let gap = 7
  /// Least length of a run; what it deviates from a straight line on the mean; its greatest slope.
  private static let leastRun = 14, leastFit = 1.0, steepest = 0.25
  /// Points by which the direction of a run is told.
  private static let tail = 24

  /// The straight edges with the shadow on one side.
  func runs(_ side: Side) -> [Run] {
    let length = side.isLevel ? width : height, breadth = side.isLevel ? height : width
    var used = [Bool](repeating: false, count: marks.count)
    func isFree(_ along: Int, _ across: Int) -> Bool {
      across >= 0 && across < breadth && isMarked(side, along: along, across: across) && !used[along * breadth + across]
    }
    var result: [Run] = []
    for start in 0..<length {
      for place in 0..<breadth where isFree(start, place) {
        var points = [(along: start, across: place)]
        used[start * breadth + place] = true
        while let next = Self.next(after: points, length: length, isFree) {
          points.append(next)
          for beside in max(0, next.across - 1)...min(breadth - 1, next.across + 1) {
            used[next.along * breadth + beside] = true
          }
        }
        if let run = Self.straight(points, isLevel: side.isLevel) { result.append(run) }
      }
    }
    return result
  }

  private static func next(
    after points: [(along: Int, across: Int)], length: Int, _ isFree: (Int, Int) -> Bool
  ) -> (along: Int, across: Int)? {
    guard let last = points.last else { return nil }
    var middle = (along: Double(last.along), across: Double(last.across)), slope = 0.0
    if points.count >= 6 {
      let tail = points.suffix(Self.tail), n = Double(tail.count)
      middle = (
        tail.reduce(0) { $0 + Double($1.along) } / n, tail.reduce(0) { $0 + Double($1.across) } / n
      )
      var spread = 12.0, shared = 0.0  // of a short run the direction is not known
      for point in tail {
        let d = Double(point.along) - middle.along
        spread += d * d
        shared += d * (Double(point.across) - middle.across)
      }
      slope = shared / spread
    }
    for step in 1...gap where last.along + step < length {
      let expected = middle.across + slope * (Double(last.along + step) - middle.along)
      let row = Int(expected.rounded()), reach = step < 4 ? 1 : 2
      let found = ((row - reach)...(row + reach)).filter { isFree(last.along + step, $0) }
      if let nearest = found.min(by: { abs(Double($0) - expected) < abs(Double($1) - expected) }) {
        return (last.along + step, nearest)
      }
    }
    return nil
  }

  private static func straight(_ points: [(along: Int, across: Int)], isLevel: Bool) -> Run? {
    guard let first = points.first?.along, let last = points.last?.along, last - first + 1 >= leastRun,
      points.count * 2 >= last - first + 1
    else { return nil }
    let places = points.map { PlanePoint(Double($0.along), Double($0.across)) }
    guard let line = PlaneLine(fitting: places), abs(line.direction.x) > 0.5 else { return nil }
    let slope = line.direction.y / line.direction.x
    func across(_ along: Double) -> Double { line.origin.y + slope * (along - line.origin.x) }
    let deviation = places.reduce(0) { $0 + abs(across($1.x) - $1.y) } / Double(places.count)
    guard abs(slope) <= steepest, deviation <= leastFit else { return nil }
    func place(_ along: Int) -> PlanePoint {
      let a = Double(along), b = across(a)
      return isLevel ? PlanePoint(a, b) : PlanePoint(b, a)
    }
    return Run(from: place(first), to: place(last))
  }

  /// Share of the places from one end of a side to the other that have its shadow within two pixels.
  func support(_ side: Side, from p: PlanePoint, to q: PlanePoint) -> Double {
    let (a, b) = side.isLevel ? (p, q) : (PlanePoint(p.y, p.x), PlanePoint(q.y, q.x))
    let steps = max(3, Int(abs(b.x - a.x)))
    var hits = 0
    for step in 0..<steps {
      let place = a + (b - a) * (0.03 + 0.94 * (Double(step) + 0.5) / Double(steps))
      let along = Int(place.x), across = Int(place.y.rounded())
      let isNear = (-1...1).contains { shift in
        (-2...2).contains { isMarked(side, along: along + shift, across: across + $0) }
      }
      hits += isNear ? 1 : 0
    }
    return Double(hits) / Double(steps)
  }
}
