/// Tells writing from the other ink of a crop: the edges of the paper and what lies beside it, dots, specks.
struct CropSorting {
  /// Pieces that may be letters, their dots or strokes through and under them.
  private(set) var writing: [InkComponent] = []
  /// Round patches.
  private(set) var dots: [InkComponent] = []
  /// Frames, loops and sketches.
  var drawings: [InkComponent] = []

  init(components: InkComponents, ink: InkMap) {
    let width = ink.width, height = ink.height
    let side = Double(max(width, height))
    let inner = components.all.filter { piece in
      !Self.isBorder(piece, components.runs(of: piece), width: width, height: height)
    }
    let stroke = Self.typicalStroke(inner)
    let strengths = inner.map { ink.strength(of: components.runs(of: $0)) }
    let pen = InkSlices.weightedMiddle(zip(strengths, inner).map { ($0, Double($1.area)) }) ?? 0
    for (piece, strength) in zip(inner, strengths) {
      // Specks: less than a third of a stroke's square.
      if Double(piece.area) < max(3, 0.3 * stroke * stroke) { continue }
      // One note, one pen: folds, shadows and what shines through reach a third of its contrast.
      if strength < 0.4 * pen { continue }
      if Self.isDot(piece, side: side, stroke: stroke) {
        dots.append(piece)
      } else if Double(piece.width) > 0.7 * Double(width), Double(piece.height) > 0.6 * Double(height),
        piece.fill < 0.15
      {
        drawings.append(piece)
      } else {
        writing.append(piece)
      }
    }
  }

  /// The stroke width in the middle of all outlines; by outline, so that one filled patch does not outweigh a page.
  static func typicalStroke(_ pieces: [InkComponent]) -> Double {
    InkSlices.weightedMiddle(pieces.filter { $0.area >= 12 }.map { ($0.strokeWidth, $0.outline) }) ?? 2
  }

  /// A shadow, the paper's own edge or a neighbour's: it lies along the border, or touches it with much of itself.
  private static func isBorder(
    _ piece: InkComponent, _ runs: ArraySlice<InkRun>, width: Int, height: Int
  ) -> Bool {
    // A twentieth: nobody writes closer to the edge with whole letters, and outlines are exact to less.
    let band = max(3, min(width, height) / 20)
    guard piece.left < band || piece.top < band || piece.right > width - band || piece.bottom > height - band else {
      return false
    }
    // Two pixels: a rectified crop may bring in a rim of white.
    let rim = 2
    var near = 0, left = 0, right = 0, top = 0, bottom = 0
    for run in runs {
      let length = run.end - run.start
      if run.start < rim { left += 1 }
      if run.end > width - rim { right += 1 }
      if run.y < rim { top = max(top, length) }
      if run.y >= height - rim { bottom = max(bottom, length) }
      if run.y < band || run.y >= height - band {
        near += length
      } else {
        near += max(0, min(run.end, band) - run.start) + max(0, run.end - max(run.start, width - band))
      }
    }
    if Double(near) > 0.6 * Double(piece.area) { return true }
    let contact = Double(max(max(left, right), max(top, bottom)))
    return contact > 4 * max(2, piece.strokeWidth) || contact > 0.5 * Double(max(piece.width, piece.height))
  }

  /// A filled disc much thicker than the strokes, such as a vote dot or a pin; the paper's edge may cut it in half.
  private static func isDot(_ piece: InkComponent, side: Double, stroke: Double) -> Bool {
    let size = Double(max(piece.width, piece.height)), least = Double(min(piece.width, piece.height))
    // pi/4 of the box is a disc's share.
    return size > 0.02 * side && size < 0.25 * side && least > 0.4 * size && piece.fill > 0.6
      && piece.strokeWidth > 1.8 * stroke
  }
}
