import ProtocolModel

/// Guesses what carries the papers from the colour, form and surroundings of the ground.
struct SheetMediumGuess {
  /// The photo.
  let image: WorkingImage
  /// The plane on which papers were found.
  let plane: ColourPlane

  /// The medium of a ground with edges.
  func guess(corners: [PlanePoint], ground: LabColour, papers: [PaperHypothesis]) -> SheetMedium {
    let surround = Surround(of: corners, on: plane, distance: 14)
    let width = (corners[1] - corners[0]).length + (corners[2] - corners[3]).length
    let height = (corners[3] - corners[0]).length + (corners[2] - corners[1]).length
    if spread(of: papers) > 12 { return .window }
    // Packing paper, cork and felt have a colour; a white sheet in warm light stays below 15.
    if ground.chroma > 16 { return .pinboard }
    // A screen shines: twice as light as the room around it, and wider than high.
    if papers.count < 4, width > 1.2 * height, surround.outside.lightness < 0.62 * ground.lightness { return .slide }
    if ground.lightness < 45, !papers.isEmpty { return .pinboard }
    // Boards leave the picture more often than sheets do.
    let cut = corners.contains {
      $0.x < 2 || $0.y < 2 || $0.x > Double(plane.width) - 2 || $0.y > Double(plane.height) - 2
    }
    if cut && ground.chroma < 8 { return .whiteboard }
    // Flipchart paper is 68 x 99 cm; whiteboards lie.
    return width < 0.95 * height ? .flipchart : .whiteboard
  }

  /// The medium where no edge was found: wall, window, or cards on an even ground.
  func guessWithoutEdge(papers: [PaperHypothesis]) -> SheetMedium {
    let covered = papers.reduce(0) { $0 + $1.area } / Double(plane.width * plane.height)
    let spread = spread(of: papers)
    if papers.count <= 8, covered > 0.25, spread < 12 { return .cards }
    // Behind glass sky, leaves and houses change from note to note; a wall changes with the light only.
    return spread > 12 ? .window : .wall
  }

  /// How much the colour around the papers changes from one to the next: median distance from their middle colour.
  private func spread(of papers: [PaperHypothesis]) -> Double {
    let rings = papers.filter { $0.score > 0.75 }.map(\.surround.outside)
    guard rings.count > 3 else { return 0 }
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let centre = LabColour(
      lightness: middle(rings.map(\.lightness)), a: middle(rings.map(\.a)), b: middle(rings.map(\.b)))
    return middle(rings.map { $0.distance(to: centre) })
  }
}
