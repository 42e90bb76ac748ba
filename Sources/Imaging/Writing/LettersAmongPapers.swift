import ProtocolModel

/// Tells letters of thick writing from small papers: they stand in a line of other letters.
package struct LettersAmongPapers {
  /// Places, in the list of papers, of those that are letters.
  package private(set) var places: Set<Int> = []

  /// Looks at the papers of one sheet (the `sheetIndex`th) that are no higher than a twenty-fifth of it.
  package init(in image: WorkingImage, sheet: SheetCandidate, sheetIndex: Int, papers: [PaperCandidate]) {
    guard sheet.medium != .cards else { return }
    let own = papers.indices.filter { papers[$0].sheet == sheetIndex }
    let longest = Double(max(sheet.width, sheet.height))
    let small = Set(
      own.filter { place in
        // Ink is dark: sticky notes reach an L* of 55 and more, letters of a marker 25 to 50.
        let bounds = papers[place].outline.bounds
        return Double(max(bounds.width, bounds.height)) < longest / 25 && papers[place].lightness < 52
      })
    guard !small.isEmpty, let view = SheetView(of: image, sheet: sheet) else { return }
    let large = papers.indices.filter { !small.contains($0) }.map { view.fromPhoto(papers[$0].outline).grown(by: 8) }
    let outlines = small.sorted().map { (place: $0, outline: view.fromPhoto(papers[$0].outline)) }
    // Lines are laid through the ink beside the small papers alone, so that these cannot make one up.
    let ink = BoardInk(view, covered: large + outlines.map(\.outline))
    let lines = BoardLines(ink, width: view.image.width, height: view.image.height).lines.filter { line in
      line.right - line.left > 4 * line.coreHeight && line.parts.count >= 3 && line.strength > 90
    }
    for (place, outline) in outlines where lines.contains(where: { Self.isIn($0, outline) }) { places.insert(place) }
  }

  /// Whether an outline is as high as the letters of a line and stands among them.
  private static func isIn(_ line: BoardLine, _ outline: Polygon<CropSpace>) -> Bool {
    let bounds = outline.bounds, core = line.coreHeight
    let middle = Double(bounds.x) + Double(bounds.width) / 2
    let level = Double(bounds.y) + Double(bounds.height) / 2
    guard Double(bounds.height) < 2.2 * core, Double(bounds.height) > 0.3 * core,
      abs(level - line.centre(at: middle)) < 0.7 * core
    else { return false }
    return line.parts.contains { part in
      let gap = max(part.left - Double(bounds.x + bounds.width), Double(bounds.x) - part.right)
      return gap < 0.8 * core && part.bottom - part.top > 0.5 * core
    }
  }
}
