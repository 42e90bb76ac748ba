import ProtocolModel

/// Where a second photo shows what a first one shows: an affine map fitted to the centres of matched notes.
///
/// A board is a plane, and between two photos of it lies a homography; over the few notes that overlap its affine part
/// is enough to tell the right place from a wrong one, and unlike the whole it stays stable with three matches.
struct PlaneFit {
  private let coefficients: [Double]

  /// Fits to at least three pairs by least squares; `nil` where they lie on a line.
  init?(_ pairs: [(from: Point<PhotoSpace>, to: Point<PhotoSpace>)]) {
    guard pairs.count >= 3 else { return nil }
    let count = Double(pairs.count)
    let meanX = pairs.reduce(0) { $0 + $1.from.x } / count, meanY = pairs.reduce(0) { $0 + $1.from.y } / count
    let meanU = pairs.reduce(0) { $0 + $1.to.x } / count, meanV = pairs.reduce(0) { $0 + $1.to.y } / count
    var xx = 0.0, xy = 0.0, yy = 0.0, xu = 0.0, yu = 0.0, xv = 0.0, yv = 0.0
    for (from, to) in pairs {
      let x = from.x - meanX, y = from.y - meanY, u = to.x - meanU, v = to.y - meanV
      xx += x * x
      xy += x * y
      yy += y * y
      xu += x * u
      yu += y * u
      xv += x * v
      yv += y * v
    }
    let determinant = xx * yy - xy * xy
    // Below a thousandth of the spread the points lie on a line, and the map across it is noise.
    guard determinant > 1e-3 * xx * yy, xx > 0, yy > 0 else { return nil }
    let a = (xu * yy - yu * xy) / determinant, b = (yu * xx - xu * xy) / determinant
    let c = (xv * yy - yv * xy) / determinant, d = (yv * xx - xv * xy) / determinant
    coefficients = [a, b, meanU - a * meanX - b * meanY, c, d, meanV - c * meanX - d * meanY]
  }

  /// The place on the second photo.
  func callAsFunction(_ point: Point<PhotoSpace>) -> Point<PhotoSpace> {
    let k = coefficients
    return Point(k[0] * point.x + k[1] * point.y + k[2], k[3] * point.x + k[4] * point.y + k[5])
  }

  /// How many times larger the second photo shows things, by area.
  var magnification: Double { abs(coefficients[0] * coefficients[4] - coefficients[1] * coefficients[3]).squareRoot() }

  /// Whether a camera may see this: not mirrored, and no direction stretched twice as much as another.
  var isPlausible: Bool {
    let (a, b, c, d) = (coefficients[0], coefficients[1], coefficients[3], coefficients[4])
    let determinant = a * d - b * c, sum = a * a + b * b + c * c + d * d
    // The ratio r of the stretches obeys r + 1 / r = sum / determinant; 2.5 is r = 2.
    return determinant > 0 && sum < 2.5 * determinant
  }
}
