package import ProtocolModel

/// Reasons to take a photo again, found on the working image while the board still hangs.
///
/// | reason | ``QualityFinding/value`` |
/// |---|---|
/// | small text | height of the small letters in photo pixels |
/// | low contrast | distance of the ink from its ground in L*a*b* (CIE76) |
/// | blur | way over which the edge of a stroke fades, in photo pixels |
/// | glare | share of the place that is blown out, 0...1 |
/// | cut off | share of the outline that lies on the photo's border, 0...1 |
///
/// What holds for half of the writing on a sheet is one finding with the sheet as its place and the middle value.
package struct PhotoQuality: Sendable {
  /// Limits beyond which reading suffers; where they come from is told in the page Measurements.
  enum Limit {
    /// Photo pixels.
    static let smallestCore = 6.0
    /// CIE76.
    static let leastContrast = 12.0
    /// Edge width as a share of the height of the small letters.
    static let widestEdge = 0.2
    /// Share of a note.
    static let blownNote = 0.1
    /// Share of a sheet.
    static let blownSheet = 0.01
    /// Share of a paper's outline.
    static let border = 0.15
  }

  private let image: WorkingImage

  /// Judges an image.
  package init(_ image: WorkingImage) { self.image = image }

  /// What is wrong with the sheets and with what was found on them, sheet by sheet, by reason, then in the order given.
  package func findings(
    sheets: [SheetCandidate], papers: [PaperCandidate], writing: [WritingCandidate]
  ) -> [QualityFinding] {
    let blown = BlownCells(image)
    return sheets.indices.flatMap { index -> [QualityFinding] in
      let sheet = sheets[index]
      let own = papers.filter { $0.sheet == index }, texts = writing.filter { $0.sheet == index }
      var found = judged(own.map(\.frame) + texts.compactMap { Quad(corners: $0.polygon) }, on: sheet)
      found += own.compactMap { glare($0.outline, blown, least: Limit.blownNote) }
      if sheet.confidence > 0, sheet.medium == .flipchart || sheet.medium == .whiteboard {
        // White paper on a darker board is no lamp; what washes it out is judged on the paper itself.
        found += blown.patches(in: sheet.outline.polygon, least: Limit.blownSheet).filter { patch in
          !own.contains { $0.outline.contains(patch.place.centre) }
        }.map { QualityFinding(reason: .glare, place: $0.place, value: $0.share) }
      }
      if sheet.confidence > 0, sheet.medium == .flipchart || sheet.medium == .document {
        found += cutOff(sheet.outline.polygon).map { [$0] } ?? []
      }
      return found + own.compactMap { cutOff($0.outline) } + texts.compactMap { cutOff($0.polygon, isWriting: true) }
    }
  }

  // MARK: Writing

  private func judged(_ outlines: [Quad<PhotoSpace>], on sheet: SheetCandidate) -> [QualityFinding] {
    let sights = outlines.compactMap { outline in WritingSight(of: outline, in: image).map { (outline.polygon, $0) } }
    func all(
      _ reason: QualityFinding.Reason, _ value: (WritingSight) -> Double, where isBad: (WritingSight) -> Bool
    ) -> [QualityFinding] {
      let bad = sights.filter { isBad($0.1) }
      guard bad.count >= 3, 2 * bad.count >= sights.count else {
        return bad.map { QualityFinding(reason: reason, place: $0.0, value: value($0.1)) }
      }
      let values = bad.map { value($0.1) }.sorted()
      return [QualityFinding(reason: reason, place: sheet.outline.polygon, value: values[values.count / 2])]
    }
    func isFaint(_ sight: WritingSight) -> Bool { sight.contrast < Limit.leastContrast }
    func isBlurred(_ sight: WritingSight) -> Bool {
      // Working pixels: shrinking alone makes an edge two pixels wide.
      !isFaint(sight) && sight.edgeWidth > max(3 * image.scale, Limit.widestEdge * sight.coreHeight)
    }
    return all(.blur, \.edgeWidth, where: isBlurred) + all(.lowContrast, \.contrast, where: isFaint)
      // What is left of shaken letters are their level strokes.
      + all(.smallText, \.coreHeight) { $0.coreHeight < Limit.smallestCore && !isBlurred($0) }
  }

  // MARK: Light

  private func glare(_ outline: Polygon<PhotoSpace>, _ blown: BlownCells, least: Double) -> QualityFinding? {
    let share = blown.share(in: outline)
    return share >= least ? QualityFinding(reason: .glare, place: outline, value: share) : nil
  }

  // MARK: Frame

  /// Papers that run along the photo's border or past it; writing that touches it.
  private func cutOff(_ outline: Polygon<PhotoSpace>, isWriting: Bool = false) -> QualityFinding? {
    let margin = 2 * image.scale
    let right = Double(image.photoWidth) - margin, below = Double(image.photoHeight) - margin
    func sides(_ point: Point<PhotoSpace>) -> [Bool] {
      [point.x <= margin, point.y <= margin, point.x >= right, point.y >= below]
    }
    var length = 0.0, outside = 0.0
    for (index, point) in outline.points.enumerated() {
      let next = outline.points[(index + 1) % outline.points.count]
      let dx = next.x - point.x, dy = next.y - point.y
      let side = (dx * dx + dy * dy).squareRoot()
      length += side
      if zip(sides(point), sides(next)).contains(where: { $0 && $1 }) { outside += side }
    }
    let share = outside / max(1, length)
    if share >= Limit.border { return QualityFinding(reason: .cutOff, place: outline, value: share) }
    guard isWriting, outline.points.contains(where: { sides($0).contains(true) }) else { return nil }
    return QualityFinding(reason: .cutOff, place: outline, value: share)
  }
}

extension Quad {
  /// The quadrilateral of four corners from the upper left clockwise.
  init?(corners polygon: Polygon<Space>) {
    guard polygon.points.count == 4 else { return nil }
    self.init(
      topLeft: polygon.points[0], topRight: polygon.points[1], bottomRight: polygon.points[2],
      bottomLeft: polygon.points[3])
  }
}
