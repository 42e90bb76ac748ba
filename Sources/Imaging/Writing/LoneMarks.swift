import ProtocolModel

/// Ink beside the lines of a note that may be a digit or two: as high as its letters, drawn with the same pen.
///
/// One sign is too little for a line of its own, because folds and sketches look like that, too. So whoever reads
/// decides whether it says something.
struct LoneMarks {
  /// One box each, from the top.
  private(set) var boxes: [LineBox] = []

  /// Looks among `strangers`, the ink that no line took; `stroke` is the width of the note's strokes in pixels.
  init(_ strangers: [InkComponent], beside lines: [LineBox], stroke: Double, components: InkComponents) {
    guard let line = lines.max(by: { $0.ink.count < $1.ink.count }) else { return }
    let letter = Double(line.polygon.bounds.height)
    guard letter > 0 else { return }
    let drawn = strangers.filter { $0.strokeWidth <= Self.thickest * stroke }
    for group in Self.groups(drawn, within: Self.nearest * letter) {
      guard let left = group.map(\.left).min(), let right = group.map(\.right).max(),
        let top = group.map(\.top).min(), let bottom = group.map(\.bottom).max(), group.count <= Self.mostPieces
      else { continue }
      let width = Double(right - left), height = Double(bottom - top)
      guard height >= Self.least * letter, height <= Self.most * letter, width <= Self.widest * height,
        !lines.contains(where: { Self.isBeside($0.polygon.bounds, left, right, top, bottom, within: letter) })
      else { continue }
      let runs = group.flatMap { components.runs(of: $0) }.sorted { ($0.y, $0.start) < ($1.y, $1.start) }
      boxes.append(
        LineBox(
          polygon: OrientedBox.around(runs, slope: 0), ink: runs, coreHeight: height, slope: 0, rules: [],
          struckOut: []))
    }
    boxes.sort { ($0.polygon.bounds.y, $0.polygon.bounds.x) < ($1.polygon.bounds.y, $1.polygon.bounds.x) }
  }

  /// Pieces that stand within `reach` pixels of each other.
  private static func groups(_ pieces: [InkComponent], within reach: Double) -> [[InkComponent]] {
    var groups: [[InkComponent]] = []
    for piece in pieces {
      let near = groups.indices.filter { groups[$0].contains { isNear($0, piece, reach) } }
      let joined = near.flatMap { groups[$0] } + [piece]
      for index in near.reversed() { groups.remove(at: index) }
      groups.append(joined)
    }
    return groups
  }

  private static func isNear(_ a: InkComponent, _ b: InkComponent, _ reach: Double) -> Bool {
    let across = max(a.left, b.left) - min(a.right, b.right), down = max(a.top, b.top) - min(a.bottom, b.bottom)
    return Double(max(across, down)) <= reach
  }

  /// Whether ink stands in the row of a line and near it: a stroke that the line lost, no number of its own.
  private static func isBeside(
    _ line: Box<CropSpace>, _ left: Int, _ right: Int, _ top: Int, _ bottom: Int, within reach: Double
  ) -> Bool {
    let shared = min(bottom, line.y + line.height) - max(top, line.y)
    let gap = max(left, line.x) - min(right, line.x + line.width)
    return 2 * shared > bottom - top && Double(gap) < reach
  }

  /// Two signs of a number stand nearer than this share of a letter.
  private static let nearest = 0.4
  /// Heights of a mark in those of the largest line, which has ascenders and descenders in it.
  private static let least = 0.35
  private static let most = 1.5
  /// A number of three digits is twice as wide as high.
  private static let widest = 2.5
  /// Widths of the note's strokes: a pin or a magnet is thicker.
  private static let thickest = 1.6
  /// Strokes of three signs.
  private static let mostPieces = 6
}
