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
    let border = components.all.map {
      Self.border($0, components.runs(of: $0), width: width, height: height)
    }
    let inner = zip(components.all, border).filter { $0.1 == .clear }.map(\.0)
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
    let close = zip(components.all, border).filter { $0.1 == .close }.map(\.0)
    writing += Self.letters(among: close, beside: writing, stroke: stroke) { piece in
      ink.strength(of: components.runs(of: piece)) >= 0.6 * pen
    }
    writing.sort { $0.runs.lowerBound < $1.runs.lowerBound }
  }

  /// How a piece lies to the border of the crop.
  private enum Border { case clear, close, edge }

  /// The ink without the paper's edge where that hangs together with writing: cut off along the border are the pieces that
  /// touch it with much of themselves, but reach inside with as much as a letter and are drawn with a pen. `nil` without
  /// any.
  static func withoutEdges(_ ink: InkMap, _ components: InkComponents) -> InkMap? {
    let stroke = typicalStroke(components.all)
    let depth = max(3, min(ink.width, ink.height) / 40)
    var result = ink, isCut = false
    for piece in components.all where piece.strokeWidth > 0.5 * stroke && piece.strokeWidth < 2 * stroke {
      let runs = components.runs(of: piece)
      guard border(piece, runs, width: ink.width, height: ink.height) == .edge else { continue }
      let near = share(of: piece, runs, nearerThan: 2 * depth, width: ink.width, height: ink.height)
      // An l is four strokes and more.
      guard (1 - near) * Double(piece.area) > 4 * stroke * stroke else { continue }
      isCut = true
      for run in runs {
        let isLevel = run.y < depth || run.y >= ink.height - depth
        for x in run.start..<run.end where isLevel || x < depth || x >= ink.width - depth {
          result.mask[run.y * ink.width + x] = 0
        }
      }
    }
    return isCut ? result : nil
  }

  /// Share of a piece's ink that lies nearer than `band` pixels to the border.
  private static func share(
    of piece: InkComponent, _ runs: ArraySlice<InkRun>, nearerThan band: Int, width: Int, height: Int
  ) -> Double {
    var near = 0
    for run in runs {
      if run.y < band || run.y >= height - band {
        near += run.end - run.start
      } else {
        near += max(0, min(run.end, band) - run.start) + max(0, run.end - max(run.start, width - band))
      }
    }
    return Double(near) / Double(max(1, piece.area))
  }

  /// The first or last letters of lines that run to the paper's edge: drawn like the rest, and beside it. Shadows and
  /// edges are thinner or thicker, fainter, or stand alone.
  private static func letters(
    among close: [InkComponent], beside writing: [InkComponent], stroke: Double,
    isStrong: (InkComponent) -> Bool
  ) -> [InkComponent] {
    var waiting = close.filter { piece in
      let least = Double(min(piece.width, piece.height)), most = Double(max(piece.width, piece.height))
      return piece.strokeWidth > 0.5 * stroke && piece.strokeWidth < 1.6 * stroke && most > 2.5 * stroke
        && least > 0.7 * stroke && isStrong(piece)
    }
    var found: [InkComponent] = []
    var letters = writing
    while true {
      let next = waiting.filter { piece in letters.contains { stands(piece, beside: $0) } }
      guard !next.isEmpty else { return found }
      waiting.removeAll { next.contains($0) }
      found += next
      letters = next
    }
  }

  /// Whether a piece stands in the row of a letter of a third to three times its height, and no farther away than the
  /// higher one is high.
  private static func stands(_ piece: InkComponent, beside letter: InkComponent) -> Bool {
    let low = Double(min(piece.height, letter.height)), high = Double(max(piece.height, letter.height))
    let shared = Double(min(piece.bottom, letter.bottom) - max(piece.top, letter.top))
    let gap = Double(max(piece.left, letter.left) - min(piece.right, letter.right))
    return high < 3 * low && shared > 0.5 * low && gap < high
  }

  /// The stroke width in the middle of all outlines; by outline, so that one filled patch does not outweigh a page.
  static func typicalStroke(_ pieces: [InkComponent]) -> Double {
    InkSlices.weightedMiddle(pieces.filter { $0.area >= 12 }.map { ($0.strokeWidth, $0.outline) }) ?? 2
  }

  /// A shadow, the paper's own edge or a neighbour's lies along the border, or touches it with much of itself.
  private static func border(
    _ piece: InkComponent, _ runs: ArraySlice<InkRun>, width: Int, height: Int
  ) -> Border {
    // A twentieth: outlines are exact to less.
    let band = max(3, min(width, height) / 20)
    guard piece.left < band || piece.top < band || piece.right > width - band || piece.bottom > height - band else {
      return .clear
    }
    // Two pixels: a rectified crop may bring in a rim of white.
    let rim = 2
    var left = 0, right = 0, top = 0, bottom = 0
    for run in runs {
      let length = run.end - run.start
      if run.start < rim { left += 1 }
      if run.end > width - rim { right += 1 }
      if run.y < rim { top = max(top, length) }
      if run.y >= height - rim { bottom = max(bottom, length) }
    }
    let contact = Double(max(max(left, right), max(top, bottom)))
    if contact > 4 * max(2, piece.strokeWidth) || contact > 0.5 * Double(max(piece.width, piece.height)) {
      return .edge
    }
    return share(of: piece, runs, nearerThan: band, width: width, height: height) > 0.6 ? .close : .clear
  }

  /// A filled disc much thicker than the strokes, such as a vote dot or a pin; the paper's edge may cut it in half.
  private static func isDot(_ piece: InkComponent, side: Double, stroke: Double) -> Bool {
    let size = Double(max(piece.width, piece.height)), least = Double(min(piece.width, piece.height))
    // pi/4 of the box is a disc's share.
    return size > 0.02 * side && size < 0.25 * side && least > 0.4 * size && piece.fill > 0.6
      && piece.strokeWidth > 1.8 * stroke
  }
}
