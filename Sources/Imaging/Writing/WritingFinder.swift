package import ProtocolModel

/// A piece of writing on the board itself: list item, heading or loose text.
package struct WritingCandidate: Hashable, Sendable {
  /// What it is on the board.
  package var kind: RegionKind
  /// Oriented box of the writing on the photo.
  package var polygon: Polygon<PhotoSpace>
  /// Its lines, top to bottom, without bullets.
  package var linePolygons: [Polygon<PhotoSpace>]
  /// Place in the list of sheets of the photo.
  package var sheet: Int
  /// How sure it is, 0...1.
  package var confidence: Double
  /// Height of its small letters in photo pixels, 0 where unknown.
  package var coreHeight: Double
  /// Whether a line is drawn beneath it.
  package var isUnderlined: Bool
  /// Struck-out stretches in it.
  package var struckOut: Int
  /// Place, among the writing of its sheet, of the item that it is a sub-item of.
  package var parent: Int?

  /// Creates a candidate.
  package init(
    kind: RegionKind, polygon: Polygon<PhotoSpace>, linePolygons: [Polygon<PhotoSpace>] = [], sheet: Int,
    confidence: Double, coreHeight: Double = 0, isUnderlined: Bool = false, struckOut: Int = 0, parent: Int? = nil
  ) {
    self.kind = kind
    self.polygon = polygon
    self.linePolygons = linePolygons
    self.sheet = sheet
    self.confidence = confidence
    self.coreHeight = coreHeight
    self.isUnderlined = isUnderlined
    self.struckOut = struckOut
    self.parent = parent
  }
}

/// Finds the writing on a sheet beside its papers.
///
/// The sheet is rectified, its ink separated, papers and dots taken out; lines are laid through the letters and divided
/// into headings, list items and loose text.
package struct WritingFinder: Sendable {
  /// Creates a finder.
  package init() {}

  /// The writing on `sheet` (the `sheetIndex`th of the photo) outside `papers`, and the arrows between these.
  package func find(
    in image: WorkingImage, sheet: SheetCandidate, sheetIndex: Int, excluding papers: [PaperCandidate],
    dots: [VoteDot]
  ) -> (writing: [WritingCandidate], arrows: [ArrowCandidate]) {
    // Single cards on a table: nothing is written beside them.
    guard sheet.medium != .cards, let view = SheetView(of: image, sheet: sheet) else { return ([], []) }
    let own = papers.filter { $0.sheet == sheetIndex }
    // The shadow of a paper reaches a hundredth of the view beyond it.
    let shadow = Double(max(view.image.width, view.image.height)) / 150
    var covered = papers.map { view.fromPhoto($0.outline).grown(by: shadow) }
    for dot in dots {
      let r = dot.radius * 1.25
      let square = [(-r, -r), (r, -r), (r, r), (-r, r)].map { Point<PhotoSpace>(dot.centre.x + $0, dot.centre.y + $1) }
      covered.append(view.fromPhoto(Polygon(square)))
    }
    let ink = BoardInk(view, covered: covered)
    let lines = BoardLines(
      ink, width: view.image.width, height: view.image.height, isScreen: sheet.medium == .slide
    ).lines
    let text = BoardText(
      lines: lines, papers: own.map { view.fromPhoto($0.outline) }, medium: sheet.medium, height: view.image.height)
    let targets = papers.enumerated().filter { $0.element.sheet == sheetIndex }.map {
      ArrowFinder.Target(place: $0, outline: view.fromPhoto($1.outline))
    }
    return (
      text.pieces.map { candidate($0, view, sheetIndex) }, ArrowFinder(targets: targets).arrows(in: ink.whole)
    )
  }

  private func candidate(_ piece: BoardText.Piece, _ view: SheetView, _ sheet: Int) -> WritingCandidate {
    let weight = piece.lines.reduce(0) { $0 + $1.right - $1.left }
    let slope = piece.lines.reduce(0) { $0 + $1.slope * ($1.right - $1.left) } / max(1, weight)
    let outline = OrientedBox.around(piece.lines.flatMap { $0.runs }, slope: slope)
    let lines = piece.lines.enumerated().map { index, line in
      let left = index == 0 ? line.textLeft(afterParts: piece.bulletParts) : line.left
      return OrientedBox.around(line.runs.filter { Double($0.end) > left }, slope: line.slope)
    }
    let middle = outline.centre
    let one = view.toPhoto(middle), other = view.toPhoto(Point(middle.x, middle.y + 1))
    let scale = ((one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y)).squareRoot()
    return WritingCandidate(
      kind: piece.kind, polygon: view.toPhoto(outline), linePolygons: lines.map { view.toPhoto($0) }, sheet: sheet,
      confidence: piece.confidence, coreHeight: scale * (piece.lines.first?.coreHeight ?? 0),
      isUnderlined: piece.lines.contains { $0.isUnderlined },
      struckOut: piece.lines.count { $0.struckShare > 0 }, parent: piece.parent)
  }
}
