import ProtocolModel

/// Chooses among overlapping hypotheses the set that explains the picture: each paper once, parts and letters dropped.
struct PaperSelection {
  /// The plane they were found on.
  let plane: ColourPlane
  /// Smallest paper in pixels of the plane.
  let leastArea: Double

  /// The chosen papers, best first.
  func choose(from pool: [PaperHypothesis]) -> [PaperHypothesis] {
    let distinct = withoutRepeats(pool.filter(isPaperLike))
    return withoutParts(distinct)
  }

  /// The chosen papers where some regions were split: the pieces of a region replace what lies in it, unless they only
  /// repeat it.
  func choose(from chosen: [PaperHypothesis], preferring splits: [[PaperHypothesis]]) -> [PaperHypothesis] {
    var result = chosen.map { (paper: $0, isPiece: false) }
    for pieces in splits {
      func inPieces(_ paper: PaperHypothesis) -> Double {
        pieces.reduce(0) { $0 + $1.shared(with: paper) } / max(paper.area, 1)
      }
      let colour = pieces[0].colour
      let rivals = result.indices.filter {
        Self.sameGround(result[$0].paper.colour, colour) && inPieces(result[$0].paper) > 0.5
      }
      // What was found before stays where a piece only repeats it; its outline was fitted, not assumed.
      var added: [PaperHypothesis] = []
      var kept = Set<Int>()
      for piece in pieces {
        let twin = rivals.first {
          let paper = result[$0].paper
          let shared = paper.shared(with: piece)
          // Two papers that overlap by half are one and a half times as large as one.
          return shared > 0.6 * (paper.area + piece.area - shared) && paper.area < 1.25 * piece.area
        }
        if let twin { kept.insert(twin) } else { added.append(piece) }
      }
      guard !added.isEmpty else { continue }
      let gone = Set(rivals).subtracting(kept)
      for index in kept { result[index].isPiece = true }
      result = result.indices.filter { !gone.contains($0) }.map { result[$0] } + added.map { ($0, true) }
    }
    return withoutCovered(result)
  }

  /// Without papers of which more than half lies in better ones of the same colour: slivers left over by a split. The
  /// pieces of a split may overlap, but no two of them are the same paper.
  private func withoutCovered(_ papers: [(paper: PaperHypothesis, isPiece: Bool)]) -> [PaperHypothesis] {
    func value(_ index: Int) -> Double { papers[index].paper.area * papers[index].paper.score }
    let order = papers.indices.sorted { (-value($0), $0) < (-value($1), $1) }
    var kept: [Int] = []
    for index in order {
      let (paper, isPiece) = papers[index]
      let shares = kept.filter { Self.sameGround(papers[$0].paper.colour, paper.colour) }
        .map { (share: papers[$0].paper.shared(with: paper) / max(1, paper.area), isPiece: papers[$0].isPiece) }
      let covered = shares.filter { !(isPiece && $0.isPiece) }.reduce(0) { $0 + $1.share }
      if covered < 0.5, !shares.contains(where: { $0.share > 0.65 }) { kept.append(index) }
    }
    return kept.sorted().map { papers[$0].paper }
  }

  /// Enough outline on edges, and a ground that differs from what is around it.
  func isPaperLike(_ hypothesis: PaperHypothesis) -> Bool {
    // Two thirds of the outline, and of the worst side a third (curled corners, neighbours of the same colour).
    guard hypothesis.meanSupport > 0.66, hypothesis.leastSupport > 0.3 else { return false }
    guard hypothesis.fit.overlap > 0.82 else { return false }
    // A letter written on the board has its board inside and outside. 2 units: pale paper on white still passes.
    guard hypothesis.surround.strength > 2 || hypothesis.isFaint else { return false }
    // Ink and shadows are dark and gray; paper is neither, even in dim light.
    return hypothesis.colour.lightness > 25
      || hypothesis.colour.chroma > 25 && !Self.isInk(hypothesis.colour, on: hypothesis.surround.outside)
  }

  /// Whether a piece is the inside of a letter: the paper's colour but for what the strokes around it lend it.
  static func isCounter(_ piece: PaperHypothesis, on paper: LabColour) -> Bool {
    piece.colour.chromaDistance(to: paper) < 20
      && piece.surround.outside.lightness < min(piece.colour.lightness, paper.lightness) - 12
  }

  /// Whether a dark colour is that of black ink on strongly coloured paper: blurred, it takes on as much of the paper's
  /// colour as of its light.
  static func isInk(_ colour: LabColour, on paper: LabColour) -> Bool {
    let share = colour.lightness / max(1, paper.lightness)
    let mixed = LabColour(lightness: colour.lightness, a: share * paper.a, b: share * paper.b)
    return share < 0.45 && colour.chromaDistance(to: mixed) < 15
  }

  /// Of hypotheses with nearly the same outline the best; a blank part never stands for the paper written on beside it.
  func withoutRepeats(_ pool: [PaperHypothesis]) -> [PaperHypothesis] {
    let order = pool.indices.sorted { (-pool[$0].score, $0) < (-pool[$1].score, $1) }
    var kept: [PaperHypothesis] = []
    for index in order {
      let candidate = pool[index]
      if pool.contains(where: { isBlankPart(candidate, of: $0) }) { continue }
      let repeated = kept.contains { other in
        guard min(candidate.area, other.area) > 0.5 * max(candidate.area, other.area) else { return false }
        let shared = candidate.shared(with: other)
        return shared > 0.6 * (candidate.area + other.area - shared)
      }
      if !repeated { kept.append(candidate) }
    }
    return kept
  }

  /// Whether a hypothesis is what writing leaves blank of a paper that is as well bounded.
  private func isBlankPart(_ part: PaperHypothesis, of whole: PaperHypothesis) -> Bool {
    part.area > 0.5 * whole.area && part.area < 0.93 * whole.area && Self.sameGround(part.colour, whole.colour)
      && whole.fit.shape == .rectangle && whole.fit.overlap > 0.9 && whole.leastSupport > 0.85
      && part.shared(with: whole) > 0.96 * part.area && part.goesOn(plane)
  }

  /// Whether two colours are the same paper in slightly other light.
  static func sameGround(_ p: LabColour, _ q: LabColour) -> Bool {
    p.chromaDistance(to: q) < 10 && abs(p.lightness - q.lightness) < 12
  }

  /// Drops parts of larger papers, or the larger one where its parts are papers of their own.
  func withoutParts(_ pool: [PaperHypothesis]) -> [PaperHypothesis] {
    let order = pool.indices.sorted { (-pool[$0].area, $0) < (-pool[$1].area, $1) }
    var dropped = Set<Int>()
    for (rank, whole) in order.enumerated() where !dropped.contains(whole) {
      let large = pool[whole]
      let inside = order[(rank + 1)...].filter { part in
        !dropped.contains(part) && large.shared(with: pool[part]) > 0.6 * pool[part].area
      }
      let parts = inside.filter { Self.sameGround(pool[$0].colour, large.colour) }
      let others = maximal(
        inside.filter { pool[$0].area > 0.06 * large.area || large.area > 0.1 * planeArea }.filter {
          !Self.sameGround(pool[$0].colour, large.colour) && !Self.isCounter(pool[$0], on: large.colour)
            && pool[$0].area > leastArea && pool[$0].leastSupport > 0.6
        }, in: pool)
      // What carries three papers and more is a board, white ones on white as well.
      let alike =
        large.area < 0.1 * planeArea
        ? [] : maximal(parts.filter { pool[$0].area < 0.15 * large.area && isBounded(pool[$0]) }, in: pool)
      let isPair = others.count == 2 && others.allSatisfy { pool[$0].area < 0.15 * large.area }
      if others.count >= 3 || alike.count >= 3 || isPair {
        dropped.insert(whole)
        continue
      }
      // Several well-bounded pieces that tile it: two notes side by side make a good rectangle, too.
      let tiles = maximal(parts.filter { pool[$0].area > 0.12 * large.area }, in: pool)
      let tiled = tiles.reduce(0) { $0 + pool[$1].area }
      if tiles.count >= 2, tiled > 0.7 * large.area, tiles.allSatisfy({ pool[$0].leastSupport > 0.6 }) {
        dropped.insert(whole)
      } else {
        dropped.formUnion(parts)
        // Dots, pins and letters of another colour on a paper.
        dropped.formUnion(
          inside.filter { pool[$0].area < 0.1 * large.area && !(isSure(pool[$0]) && pool[$0].area > 2 * leastArea) })
      }
    }
    return order.filter { !dropped.contains($0) && pool[$0].area > leastArea }.map { pool[$0] }
  }

  /// A rectangle that differs from the same colour around it on all four sides.
  private func isBounded(_ paper: PaperHypothesis) -> Bool {
    paper.isFaint && paper.fit.overlap > 0.9 && paper.leastSupport > 0.6 && paper.area > leastArea
  }

  /// Four clear sides: a small note on a large ground, not a dot or a letter.
  private func isSure(_ paper: PaperHypothesis) -> Bool {
    paper.fit.shape == .rectangle && paper.fit.overlap > 0.88 && paper.leastSupport > 0.7
  }

  private var planeArea: Double { Double(plane.width * plane.height) }

  /// Those that lie in no other of them.
  private func maximal(_ parts: [Int], in pool: [PaperHypothesis]) -> [Int] {
    var kept: [Int] = []
    for part in parts.sorted(by: { (-pool[$0].area, $0) < (-pool[$1].area, $1) }) {
      if !kept.contains(where: { pool[$0].shared(with: pool[part]) > 0.5 * pool[part].area }) { kept.append(part) }
    }
    return kept
  }
}
