import ProtocolModel

/// The ink on a sheet beside its papers, sorted into what may be letters and what is not.
struct BoardInk {
  /// The contrast that all ink was found in.
  let map: InkMap
  /// All components of the ink.
  let components: InkComponents
  /// All ink of the view, on papers and dots, too.
  let whole: InkMap
  /// What may be letters, bullets or dots on letters.
  private(set) var letters: [InkComponent] = []
  /// Straight level strokes.
  private(set) var rules: [InkComponent] = []
  /// Loops, arrows and whatever else is too large or too empty for letters.
  private(set) var drawings: [InkComponent] = []

  /// Finds the ink of `view` outside `covered` (papers and dots, in pixels of the view).
  init(_ view: SheetView, covered: [Polygon<CropSpace>]) {
    let image = view.image
    // A twenty-fifth of the sheet: the thickest strokes of a heading are half of that.
    var ink = InkFinder(widestStroke: max(image.width, image.height) / 32).ink(in: image)
    whole = ink
    for polygon in covered { ink.clear(polygon) }
    let ruled = Self.takeRules(from: &ink)
    components = InkComponents(mask: ink.mask, width: ink.width, height: ink.height)
    rules = ruled
    map = ink
    sort(ink)
  }

  /// Takes level strokes out that are far longer than any part of a letter, so that an underline that touches its heading
  /// or the line below joins nothing.
  private static func takeRules(from ink: inout InkMap) -> [InkComponent] {
    let touching = InkComponents(mask: ink.mask, width: ink.width, height: ink.height)
    var taken = [UInt8](repeating: 0, count: ink.mask.count)
    var hasTaken = false
    for piece in touching.all where Double(piece.width) > max(16 * piece.strokeWidth, 0.03 * Double(ink.width)) {
      // The longest level part of a letter, the bar of a T, is eight strokes long.
      let length = Int(max(12 * piece.strokeWidth, 0.02 * Double(ink.width)))
      for run in ink.takeRules(outOf: touching.runs(of: piece), length: length) {
        for x in run.start..<run.end { taken[run.y * ink.width + x] = 1 }
        hasTaken = true
      }
    }
    return hasTaken ? InkComponents(mask: taken, width: ink.width, height: ink.height).all : []
  }

  private mutating func sort(_ ink: InkMap) {
    let width = Double(ink.width), height = Double(ink.height)
    let stroke = CropSorting.typicalStroke(components.all)
    let pieces = components.all.filter { piece in
      piece.area >= 6 && Double(piece.area) > 0.3 * stroke * stroke && !isFrame(piece, ink)
    }
    let strengths = pieces.map { ink.strength(of: components.runs(of: $0)) }
    let pen = InkSlices.weightedMiddle(zip(strengths, pieces).map { ($0, Double($1.area)) }) ?? 0
    for (piece, strength) in zip(pieces, strengths) {
      // Moire of a screen, lines of squared paper, wiped-off writing: a quarter of what the pens reach.
      if strength < 0.25 * pen { continue }
      // Tape and shadows: pale and far thicker than any stroke.
      if strength < 0.6 * pen, piece.strokeWidth > 2.5 * stroke { continue }
      let w = Double(piece.width), h = Double(piece.height)
      if w > 8 * piece.strokeWidth, w > 12 * h || h < 2.5 * piece.strokeWidth, w > 0.03 * width {
        rules.append(piece)
      } else if h > 0.15 * height || h > 0.04 * height && piece.fill < 0.06 || w > 0.9 * width {
        drawings.append(piece)
      } else {
        letters.append(piece)
      }
    }
  }

  /// The sheet's own edge, a clip or a rail: it lies along the border or touches it with much of itself.
  private func isFrame(_ piece: InkComponent, _ ink: InkMap) -> Bool {
    let band = max(3, min(ink.width, ink.height) / 60)
    guard piece.left < band || piece.top < band || piece.right > ink.width - band || piece.bottom > ink.height - band
    else { return false }
    let touches = piece.left < 3 || piece.top < 3 || piece.right > ink.width - 3 || piece.bottom > ink.height - 3
    if touches { return true }
    return piece.right <= 2 * band || piece.left >= ink.width - 2 * band || piece.bottom <= 2 * band
      || piece.top >= ink.height - 2 * band
  }
}

extension InkMap {
  /// Takes the ink inside a polygon away.
  mutating func clear(_ polygon: Polygon<CropSpace>) {
    guard polygon.points.count >= 3 else { return }
    let bounds = polygon.bounds
    for y in max(0, bounds.y)..<max(0, min(height, bounds.y + bounds.height)) {
      // Even-odd spans of the row through the pixel centres.
      var crossings: [Double] = []
      let v = Double(y) + 0.5
      for index in polygon.points.indices {
        let a = polygon.points[index], b = polygon.points[(index + 1) % polygon.points.count]
        if (a.y > v) != (b.y > v) { crossings.append(a.x + (v - a.y) * (b.x - a.x) / (b.y - a.y)) }
      }
      crossings.sort()
      for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
        let start = max(0, Int(crossings[pair])), end = min(width, Int(crossings[pair + 1]) + 1)
        if start < end { for x in start..<end { mask[y * width + x] = 0 } }
      }
    }
  }
}

extension Polygon {
  /// The polygon with every corner moved away from the centre by `distance`.
  func grown(by distance: Double) -> Polygon {
    let centre = centre
    return Polygon(
      points.map { point in
        let dx = point.x - centre.x, dy = point.y - centre.y
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return point }
        // By the diagonal, so that the sides of a square move by `distance`.
        let factor = (length + distance * 1.4) / length
        return Point(centre.x + dx * factor, centre.y + dy * factor)
      })
  }
}
