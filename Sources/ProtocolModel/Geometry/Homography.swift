/// A projective map between two planes: `(x, y, 1)` is multiplied by a 3 x 3 matrix and divided by its third part.
public struct Homography<From, To>: Hashable, Codable, Sendable {
  /// The matrix, row by row, nine numbers; the last is 1 unless the map says otherwise.
  public var matrix: [Double]

  /// Creates a map from nine numbers in row order, or returns `nil` for another count.
  public init?(matrix: [Double]) {
    guard matrix.count == 9 else { return nil }
    self.matrix = matrix
  }

  /// The map that takes the corners of `from` to those of `to`, or `nil` where three corners lie on a line.
  ///
  /// Solves the eight equations of Hartley and Zisserman, *Multiple View Geometry*, section 4.1, with the last
  /// entry fixed at 1.
  public init?(from source: Quad<From>, to target: Quad<To>) {
    let sources = [source.topLeft, source.topRight, source.bottomRight, source.bottomLeft]
    let targets = [target.topLeft, target.topRight, target.bottomRight, target.bottomLeft]
    var rows: [[Double]] = []
    for (s, t) in zip(sources, targets) {
      rows.append([s.x, s.y, 1, 0, 0, 0, -s.x * t.x, -s.y * t.x, t.x])
      rows.append([0, 0, 0, s.x, s.y, 1, -s.x * t.y, -s.y * t.y, t.y])
    }
    for column in 0..<8 {
      guard let pivot = (column..<8).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-9
      else { return nil }
      rows.swapAt(column, pivot)
      for row in 0..<8 where row != column {
        let factor = rows[row][column] / rows[column][column]
        if factor == 0 { continue }
        for k in column..<9 { rows[row][k] -= factor * rows[column][k] }
      }
    }
    matrix = (0..<8).map { rows[$0][8] / rows[$0][$0] } + [1]
  }

  /// Maps one point.
  public func callAsFunction(_ point: Point<From>) -> Point<To> {
    let m = matrix
    let w = m[6] * point.x + m[7] * point.y + m[8]
    return Point(
      (m[0] * point.x + m[1] * point.y + m[2]) / w, (m[3] * point.x + m[4] * point.y + m[5]) / w)
  }

  /// Maps every corner.
  public func callAsFunction(_ polygon: Polygon<From>) -> Polygon<To> {
    Polygon<To>(polygon.points.map { self($0) })
  }

  /// The map back, or `nil` where the matrix has no inverse.
  public var inverse: Homography<To, From>? {
    let m = matrix
    let c = [
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
    ]
    let determinant = m[0] * c[0] + m[1] * c[3] + m[2] * c[6]
    guard abs(determinant) > 1e-12 else { return nil }
    let scale = c[8] == 0 ? determinant : c[8]
    return Homography<To, From>(matrix: c.map { $0 / scale })
  }
}
