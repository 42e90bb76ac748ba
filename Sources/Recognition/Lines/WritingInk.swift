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

  /// Finds the ink of `image`; `widestStroke` in pixels. On a whole paper (`isPaper`) there is more of an edge to look for
  /// than on a line or on writing on a board, which may fill its picture.
  init(in image: ColorImage, widestStroke: Int, isPaper: Bool = false) {
    let map = InkFinder(widestStroke: widestStroke).ink(in: image)
    let components = InkComponents(mask: map.mask, width: map.width, height: map.height)
    let strokeWidth = Self.typicalStroke(of: components.all)
    pieces = components.all.filter { piece in
      // An i-dot is a stroke wide and high; what has a third of that area is dirt or noise.
      Double(piece.area) >= max(3, 0.35 * strokeWidth * strokeWidth)
        && !(isPaper && Self.isPaperEdge(piece, width: map.width, height: map.height, strokeWidth: strokeWidth))
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
    guard piece.left <= 1 || piece.top <= 1 || piece.right >= width - 1 || piece.bottom >= height - 1 else {
      return false
    }
    let depth = 2  // pixels from the border that count as touching it
    var left = 0, right = 0, top = 0, bottom = 0
    for run in components.runs(of: piece) {
      if run.start <= depth { left += 1 }
      if run.end >= width - depth { right += 1 }
      if run.y <= depth { top += run.end - run.start }
      if run.y >= height - 1 - depth { bottom += run.end - run.start }
    }
    let upright = max(left, right), level = max(top, bottom) / (depth + 1)
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

  /// What is left of a paper's edge in its rectified picture: a frame around everything, or a streak within ``blur`` of the
  /// border that is thinner than the pen's stroke.
  private static func isPaperEdge(_ piece: InkComponent, width: Int, height: Int, strokeWidth: Double) -> Bool {
    if 10 * piece.width > 9 * width, 10 * piece.height > 9 * height, piece.fill < 0.2 { return true }
    guard piece.strokeWidth < 0.75 * strokeWidth else { return false }
    let isAlong = piece.bottom <= blur || piece.top >= height - blur
    let isUpright = piece.right <= blur || piece.left >= width - blur
    return isAlong || isUpright
  }

  /// Pixels from the border.
  private static let blur = 8

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
