import ProtocolModel

/// Where a second photo shows what a first one shows.
///
/// A board is a plane, and between two photos of it lies a homography. It is fitted to the corners of matched notes: to
/// one or two a similarity, to three an affine map, to more the whole.
struct PlaneMap {
  private let map: Homography<PhotoSpace, PhotoSpace>

  private init(_ map: Homography<PhotoSpace, PhotoSpace>) { self.map = map }

  /// Fits to pairs of outlines by least squares; `nil` where the points do not settle it, or where no camera sees this.
  init?(_ pairs: [(from: Quad<PhotoSpace>, to: Quad<PhotoSpace>)]) {
    guard let frame = Frame(pairs) else { return nil }
    let unknowns = pairs.count >= 4 ? 8 : pairs.count == 3 ? 6 : 4
    guard let matrix = frame.solve(unknowns: unknowns), let map = Homography<PhotoSpace, PhotoSpace>(matrix: matrix)
    else { return nil }
    self.map = map
    let centres = pairs.map(\.from.polygon.centre)
    guard isPlausible(at: centres) else { return nil }
  }

  /// The place on the second photo.
  func callAsFunction(_ point: Point<PhotoSpace>) -> Point<PhotoSpace> { map(point) }

  /// The outline on the second photo.
  func callAsFunction(_ polygon: Polygon<PhotoSpace>) -> Polygon<PhotoSpace> { map(polygon) }

  /// From the second photo to the first.
  var inverse: PlaneMap? { map.inverse.map { PlaneMap($0) } }

  /// Whether a camera may see this at all `points`: not mirrored, no direction stretched more than 2.5 times another
  /// (views of 60 degrees and a head-on one), turned by at most 60 degrees.
  private func isPlausible(at points: [Point<PhotoSpace>]) -> Bool {
    points.allSatisfy { point in
      let origin = map(point), right = map(Point(point.x + 1, point.y)), down = map(Point(point.x, point.y + 1))
      let (a, c) = (right.x - origin.x, right.y - origin.y)
      let (b, d) = (down.x - origin.x, down.y - origin.y)
      let determinant = a * d - b * c, sum = a * a + b * b + c * c + d * d
      // The ratio r of the stretches obeys r + 1 / r = sum / determinant; 2.9 is r = 2.5.
      guard determinant > 0, sum < 2.9 * determinant else { return false }
      let (cosine, sine) = (a + d, c - b)
      return cosine > 0 && abs(sine) < 1.732 * cosine
    }
  }

  /// The corners of all pairs, moved and scaled so that equations of pixels are well conditioned.
  private struct Frame {
    private var points: [(from: (x: Double, y: Double), to: (x: Double, y: Double))]
    private let from: (x: Double, y: Double, scale: Double)
    private let to: (x: Double, y: Double, scale: Double)

    init?(_ pairs: [(from: Quad<PhotoSpace>, to: Quad<PhotoSpace>)]) {
      let corners = pairs.flatMap { zip($0.from.polygon.points, $0.to.polygon.points).map { ($0, $1) } }
      func normal(_ points: [Point<PhotoSpace>]) -> (x: Double, y: Double, scale: Double)? {
        let centre = Polygon(points).centre
        let spread = points.reduce(0) { $0 + $1.distance(to: centre) } / Double(max(1, points.count))
        return spread > 1 ? (centre.x, centre.y, spread) : nil
      }
      guard let from = normal(corners.map(\.0)), let to = normal(corners.map(\.1)) else { return nil }
      self.from = from
      self.to = to
      points = corners.map { a, b in
        (
          ((a.x - from.x) / from.scale, (a.y - from.y) / from.scale),
          ((b.x - to.x) / to.scale, (b.y - to.y) / to.scale)
        )
      }
    }

    /// The nine numbers of the map in pixels, for 4 unknowns (similarity), 6 (affine) or 8 (homography).
    func solve(unknowns: Int) -> [Double]? {
      var normal = [[Double]](repeating: [Double](repeating: 0, count: unknowns + 1), count: unknowns)
      func add(_ row: [Double], _ value: Double) {
        for i in 0..<unknowns where row[i] != 0 {
          for k in 0..<unknowns { normal[i][k] += row[i] * row[k] }
          normal[i][unknowns] += row[i] * value
        }
      }
      for (p, q) in points {
        switch unknowns {
        case 4:
          add([p.x, -p.y, 1, 0], q.x)
          add([p.y, p.x, 0, 1], q.y)
        case 6:
          add([p.x, p.y, 1, 0, 0, 0], q.x)
          add([0, 0, 0, p.x, p.y, 1], q.y)
        default:
          add([p.x, p.y, 1, 0, 0, 0, -p.x * q.x, -p.y * q.x], q.x)
          add([0, 0, 0, p.x, p.y, 1, -p.x * q.y, -p.y * q.y], q.y)
        }
      }
      guard let k = Self.solved(normal) else { return nil }
      let m: [Double]
      switch unknowns {
      case 4: m = [k[0], -k[1], k[2], k[1], k[0], k[3], 0, 0, 1]
      case 6: m = k + [0, 0, 1]
      default: m = k + [1]
      }
      return inPixels(m)
    }

    private static func solved(_ equations: [[Double]]) -> [Double]? {
      var rows = equations
      for column in rows.indices {
        guard let pivot = (column..<rows.count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
          abs(rows[pivot][column]) > 1e-6
        else { return nil }
        rows.swapAt(column, pivot)
        for row in rows.indices where row != column {
          let factor = rows[row][column] / rows[column][column]
          for k in column...rows.count { rows[row][k] -= factor * rows[column][k] }
        }
      }
      return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
    }

    /// `to`'s frame undone after the map, `from`'s done before it.
    private func inPixels(_ m: [Double]) -> [Double]? {
      func product(_ a: [Double], _ b: [Double]) -> [Double] {
        (0..<9).map { place in
          let (row, column) = (place / 3 * 3, place % 3)
          return (0..<3).reduce(0.0) { $0 + a[row + $1] * b[3 * $1 + column] }
        }
      }
      let before: [Double] = [
        1 / from.scale, 0, -from.x / from.scale, 0, 1 / from.scale, -from.y / from.scale, 0, 0, 1,
      ]
      let after: [Double] = [to.scale, 0, to.x, 0, to.scale, to.y, 0, 0, 1]
      let whole = product(after, product(m, before))
      guard abs(whole[8]) > 1e-12 else { return nil }
      return whole.map { $0 / whole[8] }
    }
  }
}
