import Imaging

/// The ink of a picture of one line that may be writing: specks, paper edges and the shadows along them are left out.
struct WritingInk: Sendable {
  /// Contrast and ink, pixel by pixel.
  let map: InkMap
  /// Everything that hangs together.
  let components: InkComponents
  /// The components that may be writing, in the order of ``components``.
  let pieces: [InkComponent]
  /// Typical width of a stroke in pixels; 0 without ink.
  let strokeWidth: Double

  /// Finds the ink of `image`; `widestStroke` in pixels.
  init(in image: ColorImage, widestStroke: Int) {
    let map = InkFinder(widestStroke: widestStroke).ink(in: image)
    self.init(map: map)
  }

  /// Takes ink that is found already.
  init(map: InkMap) {
    let components = InkComponents(mask: map.mask, width: map.width, height: map.height)
    let strokeWidth = Self.typicalStroke(of: components.all)
    pieces = components.all.filter { piece in
      // An i-dot is a stroke wide and high; what has a third of that area is dirt or noise.
      Double(piece.area) >= max(3, 0.35 * strokeWidth * strokeWidth)
        && !Self.isEdge(piece, of: components, width: map.width, height: map.height, strokeWidth: strokeWidth)
    }
    self.map = map
    self.components = components
    self.strokeWidth = strokeWidth
  }

  /// The stroke width in the middle of all ink, by area.
  private static func typicalStroke(of pieces: [InkComponent]) -> Double {
    let sorted = pieces.sorted { ($0.strokeWidth, $0.area) < ($1.strokeWidth, $1.area) }
    var left = sorted.reduce(0) { $0 + $1.area } / 2
    for piece in sorted {
      left -= piece.area
      if left <= 0 { return piece.strokeWidth }
    }
    return 0
  }

  /// Whether a piece runs along the picture's border as a paper edge or its shadow does: it hugs the border over most
  /// of its length, and is longer along the border than it reaches inwards.
  private static func isEdge(
    _ piece: InkComponent, of components: InkComponents, width: Int, height: Int, strokeWidth: Double
  ) -> Bool {
    let gap = min(min(piece.left, piece.top), min(width - piece.right, height - piece.bottom))
    // Over four pixels a paper's edge is blurred; what is left of it is thinner than a pen's stroke.
    guard gap <= 1 || gap <= 4 && piece.strokeWidth < 0.75 * strokeWidth else { return false }
    let depth = gap <= 1 ? 2 : 5  // pixels from the border that count as touching it
    // A frame around everything is no letter; what else would stand inside it?
    if 10 * piece.width > 9 * width, 10 * piece.height > 9 * height, piece.fill < 0.2 { return true }
    var left = 0, right = 0
    var rows = [Int](repeating: 0, count: 2 * (depth + 1))
    for run in components.runs(of: piece) {
      if run.start <= depth { left += 1 }
      if run.end >= width - depth { right += 1 }
      if run.y <= depth { rows[run.y] += run.end - run.start }
      if run.y >= height - 1 - depth { rows[depth + height - run.y] += run.end - run.start }
    }
    let upright = max(left, right), level = rows.max() ?? 0
    let reach = Double(piece.area) / Double(max(1, max(upright, level)))
    // 0.6: a letter cut at its stem touches the border too, but a stem is as thick as the other strokes.
    if Double(upright) >= 0.6 * Double(piece.height), Double(piece.height) >= 0.3 * Double(height) {
      return reach < 0.75 * strokeWidth
        || (piece.height >= height - 2 && reach < 1.2 * strokeWidth && piece.width > 0
          && Double(upright) > 0.9 * Double(height) && height > width)
    }
    // Scanner borders come in pieces: flat, and no higher than a stroke or two.
    if Double(level) >= 0.6 * Double(piece.width), Double(piece.height) <= max(3, 2.5 * strokeWidth) {
      return Double(piece.width) > 2.2 * Double(piece.height)
    }
    return false
  }

  /// The smallest box around `pieces`; `nil` without any.
  static func bounds(of pieces: some Sequence<InkComponent>) -> InkBox? {
    var box: InkBox?
    for piece in pieces {
      let other = InkBox(left: piece.left, top: piece.top, right: piece.right, bottom: piece.bottom)
      box = box.map { $0.union(other) } ?? other
    }
    return box
  }
}
