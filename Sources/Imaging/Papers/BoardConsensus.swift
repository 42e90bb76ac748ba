import ProtocolModel

/// Keeps the papers that belong to the board: on its sheet, of the size of the others, no part of its ground or frame.
struct BoardConsensus {
  /// Outlines of the sheets on the plane.
  let outlines: [[PlanePoint]]
  /// Colours of the grounds.
  let grounds: [LabColour]

  /// Without a ground of its own the board's colour is what most papers have around them.
  init(plane: ColourPlane, outlines: [[PlanePoint]], grounds: [LabColour], papers: [PaperHypothesis]) {
    self.outlines = outlines
    if !grounds.isEmpty {
      self.grounds = grounds
      return
    }
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let around = papers.filter { $0.score > 0.75 }.map(\.surround.outside)
    self.grounds =
      around.count < 3
      ? []
      : [
        LabColour(
          lightness: middle(around.map(\.lightness)), a: middle(around.map(\.a)), b: middle(around.map(\.b)))
      ]
  }

  /// Whether a place lies on a sheet.
  func holds(_ place: PlanePoint) -> Bool { outlines.contains { Polygon($0).contains(place) } }

  /// Whether a colour is that of the board itself, in whatever light.
  func isGround(_ colour: LabColour) -> Bool {
    grounds.contains { $0.chromaDistance(to: colour) < 7 && abs($0.lightness - colour.lightness) < 14 }
  }

  /// The papers among `found` that belong to a board.
  func papers(of found: [PaperHypothesis]) -> [PaperHypothesis] {
    let onBoard = found.filter { paper in
      outlines.contains { outline in
        // A sheet with edges cannot be a paper itself.
        // Tape and clips lie across its border.
        paper.area < 0.5 * abs(signedArea(outline)) && sharedArea(paper.fit.outline, outline) > 0.7 * paper.area
      }
    }
    let sure = onBoard.filter { $0.score > 0.8 && $0.fit.shape != .strip && !isGround($0.colour) }
    guard let median = Self.usualArea(of: sure.isEmpty ? onBoard : sure) else { return [] }
    let board = outlines.map { abs(signedArea($0)) }.max() ?? 0
    // One faint rectangle may be a reflection or what a sponge left; three of one size are papers.
    let faint = onBoard.count { $0.isFaint && $0.area > 0.3 * median && $0.area < 3 * median }
    let usual = sure.isEmpty ? nil : median
    return onBoard.filter { paper in
      // On one board papers differ by a factor of three; a small note beside cards is a seventh.
      guard paper.area > 0.12 * median, paper.area < 12 * median else { return false }
      if isGround(paper.colour), !isPaperOnItsOwnColour(paper, median: usual, faint: faint) { return false }
      let inside = outlines.map { sharedArea(paper.fit.outline, $0) }.max() ?? 0
      if inside < 0.97 * paper.area, paper.area < 0.5 * median || sure.count < 4 { return false }
      // Thick letters of a heading: much darker than the board, and no four clear sides.
      let dark = grounds.contains { $0.lightness - paper.colour.lightness > 30 }
      let small = paper.area < 0.003 * board || dark
      if small, sure.count < 4 || dark,
        paper.fit.shape != .rectangle || paper.fit.overlap < 0.92 || paper.leastSupport < 0.7
      {
        return false
      }
      let sides = (0..<4).map { (paper.fit.frame[($0 + 1) % 4] - paper.fit.frame[$0]).length }
      let ratio = max(sides[0] + sides[2], sides[1] + sides[3]) / max(min(sides[0] + sides[2], sides[1] + sides[3]), 1)
      return ratio < 8
    }
  }

  /// The middle area where each paper counts by its side: the letters of a close-up are many, but small.
  static func usualArea(of papers: [PaperHypothesis]) -> Double? {
    InkSlices.weightedMiddle(papers.map { ($0.area, $0.area.squareRoot()) })
  }

  /// White on white: four clear sides, a ground that differs on each of them, and the size of the other papers.
  private func isPaperOnItsOwnColour(_ paper: PaperHypothesis, median: Double?, faint: Int) -> Bool {
    let isClear =
      paper.fit.shape == .rectangle && paper.fit.overlap > 0.9 && paper.leastSupport > 0.8
      && paper.surround.strength > 3 && paper.surround.contrast.allSatisfy { $0 > 2.5 }
    guard isClear || faint >= 3 && paper.isFaint && paper.leastSupport > 0.6 else { return false }
    guard let median else { return true }
    return paper.area > 0.3 * median && paper.area < 4 * median
  }
}
