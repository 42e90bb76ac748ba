import ProtocolModel

/// Splits a region of one colour into the papers that touch or overlap in it.
///
/// Corners and straight pieces of its border belong to single papers; with the size of the papers around, each vertex
/// proposes the papers that could end there. The proposals that fill the region best are taken one by one.
struct BlobSplitter {
  /// The plane.
  let plane: ColourPlane
  /// The papers already sure, for the size to expect.
  let known: [PaperHypothesis]

  /// Papers of other colours that may lie on top.
  var covers: [PaperHypothesis] = []

  /// A paper proposed: its corners and what speaks for it.
  private struct Proposal {
    var corners: [PlanePoint]
    var value: Double
    var leastSupport: Double
  }

  /// A paper that was split off: its corners and the share of it that others hide.
  struct Piece {
    var corners: [PlanePoint]
    var occluded: Double
  }

  /// The papers that make up `mask`, or none where no set of them explains it.
  ///
  /// `allClear` asks that every cut be seen: a region that is a good rectangle as a whole is rarely two papers.
  func split(_ mask: Mask, colour: LabColour, allClear: Bool) -> [Piece] {
    let border = simplified(closed: mask.contour(), tolerance: max(1.5, 0.02 * Double(mask.area).squareRoot()))
    guard border.count >= 4 else { return [] }
    let sizes = self.sizes(near: Polygon(border).centre, colour: colour)
    guard !sizes.isEmpty else { return [] }
    let own = MaskSums(mask)
    let proposals = self.proposals(border: border, mask: mask, sizes: sizes)
    guard !proposals.isEmpty else { return [] }
    var chosen: [(proposal: Proposal, piece: Piece)] = []
    var rest = mask
    while chosen.count < 24 {
      let sums = MaskSums(rest)
      var best: (proposal: Proposal, value: Double, visible: Double)?
      for proposal in proposals {
        let (fresh, area) = sums.count(in: proposal.corners)
        let seen = own.count(in: proposal.corners).inside
        let gain = Double(fresh) / Double(max(seen, 1)), visible = Double(fresh) / Double(max(area, 1))
        // At least half of what is seen must be new: papers overlap, but rarely by more.
        guard gain > 0.6, visible > 0.3 else { continue }
        let value = proposal.value * (0.3 + 0.7 * gain) * (0.6 + 0.4 * visible)
        if value > best?.value ?? 0 { best = (proposal, value, visible) }
      }
      guard let best else { break }
      let corners = ShapeFit.ordered(best.proposal.corners)
      chosen.append((best.proposal, Piece(corners: corners, occluded: max(0, 1 - best.visible))))
      rest.clear(inside: best.proposal.corners)
    }
    guard Double(rest.area) < 0.2 * Double(own.total) else { return [] }
    // Of two papers the upper one shows all its sides.
    let clear = chosen.filter { $0.proposal.leastSupport > 0.6 }.count
    guard (allClear ? clear : 2 * clear) >= chosen.count || !covers.isEmpty else { return [] }
    return chosen.map(\.piece)
  }

  /// The mask with what lies on top of it, in a frame that holds a paper more on every side.
  private func allowed(_ mask: Mask, sizes: [(Double, Double)]) -> Mask {
    let margin = covers.isEmpty ? 0 : Int(sizes.map { max($0.0, $0.1) }.max() ?? 0)
    var result = Mask(
      x: mask.x - margin, y: mask.y - margin, width: mask.width + 2 * margin, height: mask.height + 2 * margin)
    for row in 0..<mask.height {
      for column in 0..<mask.width where mask.bits[row * mask.width + column] == 1 {
        result.bits[(row + margin) * result.width + column + margin] = 1
      }
    }
    for cover in covers { result.set(inside: cover.fit.outline, to: 1) }
    return result
  }

  private func proposals(border: [PlanePoint], mask: Mask, sizes: [(Double, Double)]) -> [Proposal] {
    let sums = MaskSums(allowed(mask, sizes: sizes))
    let support = EdgeSupport(plane, threshold: 20)
    let n = border.count
    var result: [Proposal] = []
    func propose(_ p: PlanePoint, _ u: PlanePoint, _ v: PlanePoint) {
      let corners = [p, p + u, p + u + v, p + v]
      guard ShapeFit.isPlausible(corners) else { return }
      let (inside, area) = sums.count(in: corners)
      let share = Double(inside) / Double(max(area, 1))
      guard share > 0.88, sizes.contains(where: { abs(Double(area) / ($0.0 * $0.1) - 1) < 0.45 }) else { return }
      let sides = (0..<4).map { support.along(from: corners[$0], to: corners[($0 + 1) % 4]) }
      let mean = sides.reduce(0, +) / 4
      guard mean > 0.5 else { return }
      result.append(
        Proposal(
          corners: corners, value: share * (0.15 + 0.55 * mean + 0.3 * (sides.min() ?? 0)),
          leastSupport: sides.min() ?? 0))
    }
    for index in 0..<n {
      let here = border[index]
      let back = border[(index + n - 1) % n] - here, ahead = border[(index + 1) % n] - here
      for (along, other) in [(back, ahead), (ahead, back)] where along.length > 6 {
        let e = along * (1 / along.length)
        // Across: the other side of the corner where it is one, else square to the side, into the region.
        var across = PlanePoint(-e.y, e.x)
        let o = other * (1 / max(other.length, 1e-9))
        if abs(o.dot(e)) < 0.5, other.length > 6 {
          across = o
        } else if !Polygon(border).contains(here + e * (along.length / 2) + across * 3) {
          across = across * -1
        }
        for size in sizes {
          propose(here, e * size.0, across * size.1)
          propose(here, e * size.1, across * size.0)
        }
        if abs(o.dot(e)) < 0.5 {
          propose(here, along, other)
          for size in sizes {
            propose(here, along, across * size.0)
            propose(here, along, across * size.1)
          }
        }
      }
    }
    return result
  }

  /// Side lengths of the papers nearest to a place, those of the same colour first; at most three different ones.
  private func sizes(near place: PlanePoint, colour: LabColour) -> [(Double, Double)] {
    let order = known.sorted { p, q in
      func rank(_ paper: PaperHypothesis) -> Double {
        (Polygon(paper.fit.frame).centre - place).length
          * (PaperSelection.sameGround(paper.colour, colour) ? 1 : 2)
      }
      return rank(p) < rank(q)
    }
    var result: [(Double, Double)] = []
    for paper in order.prefix(8) {
      let frame = paper.fit.frame
      let w = ((frame[1] - frame[0]).length + (frame[2] - frame[3]).length) / 2
      let h = ((frame[3] - frame[0]).length + (frame[2] - frame[1]).length) / 2
      let seen = result.contains { abs($0.0 - w) < 0.1 * w && abs($0.1 - h) < 0.1 * h }
      if !seen { result.append((w, h)) }
      if result.count == 3 { break }
    }
    return result
  }
}

extension Mask {
  /// Empties the inside of a convex polygon.
  mutating func clear(inside corners: [PlanePoint]) { set(inside: corners, to: 0) }

  /// Gives the inside of a polygon one value.
  mutating func set(inside corners: [PlanePoint], to value: UInt8) {
    let polygon = Polygon(corners)
    let box = polygon.bounds
    let top = max(0, box.y - y), left = max(0, box.x - x)
    for row in top..<max(top, min(height, box.y + box.height - y)) {
      for column in left..<max(left, min(width, box.x + box.width - x))
      where polygon.contains(PlanePoint(Double(x + column) + 0.5, Double(y + row) + 0.5)) {
        bits[row * width + column] = value
      }
    }
  }
}
