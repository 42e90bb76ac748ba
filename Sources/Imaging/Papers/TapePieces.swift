import ProtocolModel

/// Tells strips of tape from papers: small pieces without a place of their own that lie across the corner of what they
/// hold.
struct TapePieces {
  /// Outlines of the sheets on the plane.
  let outlines: [[PlanePoint]]

  /// `papers` without tape.
  func removed(from papers: [PaperHypothesis]) -> [PaperHypothesis] {
    papers.enumerated().filter { place, paper in
      let others = papers.enumerated().filter { $0.offset != place }.map(\.element)
      return !holdsSheet(paper, others) && !others.contains { holds(paper, $0) }
    }.map(\.element)
  }

  /// Whether a piece lies at a corner of a sheet and is smaller than the papers elsewhere on it.
  private func holdsSheet(_ piece: PaperHypothesis, _ others: [PaperHypothesis]) -> Bool {
    let elsewhere = others.filter { !isAtCorner($0) }.map(\.area).sorted()
    // A note stuck into a corner is as large as the others; tape is 2 to 5 cm wide and twice as long.
    let isSmall = elsewhere.count < 3 || piece.area < 0.5 * elsewhere[elsewhere.count / 2]
    return isSmall && isAtCorner(piece)
  }

  private func isAtCorner(_ piece: PaperHypothesis) -> Bool {
    let middle = Polygon(piece.fit.frame).centre
    let size = piece.area.squareRoot()
    return outlines.contains { outline in
      // A flipchart is 68 cm wide: a hundredth of its area is a piece of 7 x 10 cm.
      piece.area < 0.01 * abs(signedArea(outline)) && outline.contains { ($0 - middle).length < 1.3 * size }
    }
  }

  /// Whether a piece lies across a corner of a far larger paper and reaches beyond it.
  private func holds(_ piece: PaperHypothesis, _ paper: PaperHypothesis) -> Bool {
    guard piece.area < 0.25 * paper.area, paper.fit.shape == .rectangle else { return false }
    let shared = piece.shared(with: paper)
    guard shared > 0.1 * piece.area, shared < 0.85 * piece.area else { return false }
    let middle = Polygon(piece.fit.frame).centre
    return paper.fit.outline.contains { ($0 - middle).length < 0.6 * piece.area.squareRoot() }
  }
}
