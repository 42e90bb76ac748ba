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
    // Packing paper, cork and felt have a colour; a white sheet in warm light stays below 15.
    if ground.chroma > 16 { return .pinboard }
    // A screen shines: twice as light as the room around it, and wider than high.
    if papers.isEmpty, width > 1.2 * height, surround.outside.lightness < 0.62 * ground.lightness { return .slide }
    if ground.lightness < 45, !papers.isEmpty { return .pinboard }
    // Flipchart paper is 68 x 99 cm; whiteboards lie.
    return width < 0.95 * height ? .flipchart : .whiteboard
  }

  /// The medium where no edge was found: wall, window, or cards on an even ground.
  func guessWithoutEdge(papers: [PaperHypothesis]) -> SheetMedium {
    let rings = papers.map(\.surround.outside)
    let covered = papers.reduce(0) { $0 + $1.area } / Double(plane.width * plane.height)
    let n = Double(max(rings.count, 1))
    let mean = LabColour(
      lightness: rings.reduce(0) { $0 + $1.lightness } / n, a: rings.reduce(0) { $0 + $1.a } / n,
      b: rings.reduce(0) { $0 + $1.b } / n)
    let spread = rings.reduce(0) { $0 + $1.distance(to: mean) } / n
    if papers.count <= 8, covered > 0.25, spread < 12 { return .cards }
    // Behind glass sky, leaves and houses change from note to note; a wall changes with the light only.
    return spread > 14 ? .window : .wall
  }
}
