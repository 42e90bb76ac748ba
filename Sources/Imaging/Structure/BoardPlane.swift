import ProtocolModel

/// A board as seen from the front, in axes along its rows and columns.
///
/// The sheet's outline undoes the perspective. Where it was not found, and for boards hung or photographed askew, the
/// edges of the papers say how rows and columns run: their middle slopes are sheared away.
struct BoardPlane {
  /// A box in the plane.
  struct Frame: Hashable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double
    var width: Double { right - left }
    var height: Double { bottom - top }
    var middle: (x: Double, y: Double) { ((left + right) / 2, (top + bottom) / 2) }
    /// Length of the part from left to right that both share.
    func sharedWidth(_ other: Frame) -> Double { min(right, other.right) - max(left, other.left) }
    /// Length of the part from top to bottom that both share.
    func sharedHeight(_ other: Frame) -> Double { min(bottom, other.bottom) - max(top, other.top) }
    /// The smallest frame around both.
    func union(_ other: Frame) -> Frame {
      Frame(
        left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
        bottom: max(bottom, other.bottom))
    }
  }
  private let fromPhoto: Homography<PhotoSpace, SheetSpace>?
  /// How far a row falls per step to the right.
  private var rowSlope = 0.0
  /// How far a column drifts to the right per step down.
  private var columnSlope = 0.0

  /// The plane of `sheet`, its axes set by the edges of `papers`.
  init(_ sheet: SheetCandidate, papers: [PaperCandidate]) {
    fromPhoto = Homography(
      from: sheet.outline, to: Quad<SheetSpace>(width: max(1, sheet.width), height: max(1, sheet.height)))
    var rows: [(value: Double, weight: Double)] = [], columns: [(value: Double, weight: Double)] = []
    for paper in papers {
      let q = paper.frame
      for (a, b) in [(q.topLeft, q.topRight), (q.bottomLeft, q.bottomRight)] {
        let from = flat(a), to = flat(b)
        if to.x > from.x { rows.append(((to.y - from.y) / (to.x - from.x), to.x - from.x)) }
      }
      for (a, b) in [(q.topLeft, q.bottomLeft), (q.topRight, q.bottomRight)] {
        let from = flat(a), to = flat(b)
        if to.y > from.y { columns.append(((to.x - from.x) / (to.y - from.y), to.y - from.y)) }
      }
    }
    // Fewer than three papers may all be stuck on askew.
    guard papers.count >= 3 else { return }
    rowSlope = min(max(InkSlices.weightedMiddle(rows) ?? 0, -0.4), 0.4)
    columnSlope = min(max(InkSlices.weightedMiddle(columns) ?? 0, -0.4), 0.4)
  }

  /// A place on the photo, seen from the front.
  private func flat(_ point: Point<PhotoSpace>) -> (x: Double, y: Double) {
    let place = fromPhoto?(point)
    return (place?.x ?? point.x, place?.y ?? point.y)
  }

  /// A place on the photo in the plane's axes.
  func place(_ point: Point<PhotoSpace>) -> (x: Double, y: Double) {
    let (x, y) = flat(point)
    let scale = 1 / (1 - rowSlope * columnSlope)
    return ((x - columnSlope * y) * scale, (y - rowSlope * x) * scale)
  }

  /// The frame of an outline.
  func frame(_ polygon: Polygon<PhotoSpace>) -> Frame {
    let points = polygon.points.map { place($0) }
    return Frame(
      left: points.map { $0.x }.min() ?? 0, top: points.map { $0.y }.min() ?? 0, right: points.map { $0.x }.max() ?? 0,
      bottom: points.map { $0.y }.max() ?? 0)
  }
}
