import ProtocolModel

/// Keeps the papers that belong to the board: on its sheet, of the size of the others, no part of its frame.
struct BoardConsensus {
  /// The plane.
  let plane: ColourPlane
  /// The sheets.
  let sheets: [SheetCandidate]
  /// Their outlines on the plane.
  let outlines: [[PlanePoint]]

  /// The papers among `found` that belong to a board.
  func papers(of found: [PaperHypothesis]) -> [PaperHypothesis] {
    let onBoard = found.filter { paper in
      outlines.indices.contains { index in
        // A photo-wide stand-in holds everything; a sheet with edges cannot be a paper itself.
        Polygon(outlines[index]).contains(Polygon(paper.fit.frame).centre)
          && paper.area < 0.6 * abs(signedArea(outlines[index]))
      }
    }
    let sure = onBoard.filter { $0.score > 0.8 && $0.fit.shape != .strip }
    let areas = (sure.isEmpty ? onBoard : sure).map(\.area).sorted()
    guard !areas.isEmpty else { return [] }
    let median = areas[areas.count / 2]
    return onBoard.filter { paper in
      // On one board papers differ by a factor of three; a small note beside cards is a seventh.
      guard paper.area > 0.12 * median else { return false }
      let sides = (0..<4).map { (paper.fit.frame[($0 + 1) % 4] - paper.fit.frame[$0]).length }
      let ratio = max(sides[0] + sides[2], sides[1] + sides[3]) / max(min(sides[0] + sides[2], sides[1] + sides[3]), 1)
      return ratio < 8
    }
  }
}
