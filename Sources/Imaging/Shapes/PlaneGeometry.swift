package import ProtocolModel

/// Pixels of the plane on which papers are searched: the working image, shrunk once more.
package enum PlaneSpace {}
/// A place on that plane.
package typealias PlanePoint = Point<PlaneSpace>

extension Point {
  static func - (p: Point, q: Point) -> Point { Point(p.x - q.x, p.y - q.y) }
  static func + (p: Point, q: Point) -> Point { Point(p.x + q.x, p.y + q.y) }
  static func * (p: Point, factor: Double) -> Point { Point(p.x * factor, p.y * factor) }
  /// Length of the vector.
  var length: Double { (x * x + y * y).squareRoot() }
  /// Third component of the cross product.
  func cross(_ other: Point) -> Double { x * other.y - y * other.x }
  /// Inner product.
  func dot(_ other: Point) -> Double { x * other.x + y * other.y }
}

/// The convex hull by Andrew's monotone chain, clockwise on the screen, without collinear points.
func convexHull<Space>(_ points: [Point<Space>]) -> [Point<Space>] {
  let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  guard sorted.count > 2 else { return sorted }
  func chain(_ points: [Point<Space>]) -> [Point<Space>] {
    var result: [Point<Space>] = []
    for point in points {
      while result.count >= 2,
        (result[result.count - 1] - result[result.count - 2]).cross(point - result[result.count - 1]) <= 0
      {
        result.removeLast()
      }
      result.append(point)
    }
    return result
  }
  return Array(chain(sorted).dropLast() + chain(sorted.reversed()).dropLast())
}

/// Signed area of a polygon: positive where the corners run clockwise on the screen.
func signedArea<Space>(_ points: [Point<Space>]) -> Double {
  var sum = 0.0
  var previous = points[points.count - 1]
  for point in points {
    sum += previous.cross(point)
    previous = point
  }
  return sum / 2
}

/// A straight line: a point on it and its unit direction.
struct PlaneLine {
  var origin: PlanePoint
  var direction: PlanePoint

  /// Through two points.
  init(from p: PlanePoint, to q: PlanePoint) {
    origin = p
    let d = q - p
    let length = max(d.length, 1e-9)
    direction = PlanePoint(d.x / length, d.y / length)
  }

  /// Least squares of the perpendicular distances; `nil` for fewer than two points.
  init?(fitting points: [PlanePoint]) {
    guard points.count >= 2 else { return nil }
    let n = Double(points.count)
    let mean = PlanePoint(points.reduce(0) { $0 + $1.x } / n, points.reduce(0) { $0 + $1.y } / n)
    var xx = 0.0, xy = 0.0, yy = 0.0
    for point in points {
      let d = point - mean
      xx += d.x * d.x
      xy += d.x * d.y
      yy += d.y * d.y
    }
    // Principal axis of a symmetric 2 x 2 matrix.
    let gap = (xx - yy) / 2
    let root = (gap * gap + xy * xy).squareRoot()
    var axis = gap >= 0 ? PlanePoint(gap + root, xy) : PlanePoint(xy, root - gap)
    if axis.length < 1e-12 { axis = PlanePoint(1, 0) }
    origin = mean
    direction = axis * (1 / axis.length)
  }

  /// Perpendicular distance, signed: positive to the right of the direction on the screen.
  func distance(to point: PlanePoint) -> Double { direction.cross(point - origin) }

  /// Where two lines meet, or `nil` where they are as good as parallel.
  func meeting(_ other: PlaneLine) -> PlanePoint? {
    let determinant = direction.cross(other.direction)
    guard abs(determinant) > 0.02 else { return nil }
    let along = (other.origin - origin).cross(other.direction) / determinant
    return origin + direction * along
  }
}

/// Corners of a polyline after Douglas and Peucker (1973), closed: no left-out point is farther than `tolerance`.
func simplified<Space>(closed points: [Point<Space>], tolerance: Double) -> [Point<Space>] {
  guard points.count > 4 else { return points }
  // Split at the two points farthest apart from the first, so that the start is a corner.
  var far = 0, best = -1.0
  for index in points.indices where (points[index] - points[0]).length > best {
    best = (points[index] - points[0]).length
    far = index
  }
  var start = 0
  best = -1
  for index in points.indices where (points[index] - points[far]).length > best {
    best = (points[index] - points[far]).length
    start = index
  }
  let ring = Array(points[start...] + points[..<start])
  let middle = (far - start + points.count) % points.count
  var keep = [Bool](repeating: false, count: ring.count + 1)
  let closed = ring + [ring[0]]
  keep[0] = true
  keep[middle] = true
  keep[ring.count] = true
  var stack = [(0, middle), (middle, ring.count)]
  while let (from, to) = stack.popLast() {
    guard to - from > 1 else { continue }
    let chord = closed[to] - closed[from]
    let length = max(chord.length, 1e-9)
    var worst = 0.0, index = from
    for k in (from + 1)..<to {
      let distance = abs(chord.cross(closed[k] - closed[from])) / length
      if distance > worst {
        worst = distance
        index = k
      }
    }
    if worst > tolerance {
      keep[index] = true
      stack.append((from, index))
      stack.append((index, to))
    }
  }
  return (0..<ring.count).filter { keep[$0] }.map { ring[$0] }
}

/// The part of convex `subject` inside convex `clip`, by Sutherland and Hodgman (1974).
func intersection<Space>(_ subject: [Point<Space>], _ clip: [Point<Space>]) -> [Point<Space>] {
  var result = subject
  let sign = signedArea(clip) > 0 ? 1.0 : -1.0
  for index in clip.indices {
    guard !result.isEmpty else { return [] }
    let p = clip[index], d = clip[(index + 1) % clip.count] - p
    let input = result
    result = []
    var previous = input[input.count - 1]
    var before = d.cross(previous - p) * sign
    for point in input {
      let here = d.cross(point - p) * sign
      if (here >= 0) != (before >= 0) {
        result.append(previous + (point - previous) * (before / (before - here)))
      }
      if here >= 0 { result.append(point) }
      previous = point
      before = here
    }
  }
  return result
}

/// Area shared by two convex outlines.
func sharedArea<Space>(_ p: [Point<Space>], _ q: [Point<Space>]) -> Double {
  let part = intersection(p, q)
  return part.count < 3 ? 0 : abs(signedArea(part))
}
