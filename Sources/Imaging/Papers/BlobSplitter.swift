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

  /// The photo, on which edges inside a region are seen.
  let image: WorkingImage

  /// Papers of other colours that may lie on top.
  var covers: [PaperHypothesis] = []

  /// A paper proposed: its corners, how much of it the region holds, and which places of its sides show an edge.
  private struct Proposal {
    var corners: [PlanePoint]
    var share: Double
    var sides: [[Place]]

    /// What speaks for it where papers on top hide some of its sides.
    func support(hiddenBy covers: [Polygon<PlaneSpace>]) -> (mean: Double, least: Double) {
      var sum = 0.0, count = 0, least = 1.0
      for side in sides {
        var hits = 0, seen = 0
        for place in side where !covers.contains(where: { $0.contains(place.position) }) {
          seen += 1
          if place.isEdge { hits += 1 }
        }
        sum += Double(hits)
        count += seen
        // The rest of a side that is hidden but for its end says nothing.
        if seen > side.count / 5 { least = min(least, Double(hits) / Double(seen)) }
      }
      // A third of the outline at least is seen.
      let all = sides.reduce(0) { $0 + $1.count }
      return count * 3 < all ? (0, 0) : (sum / Double(max(1, count)), least)
    }
  }

  /// A place of a side.
  private struct Place {
    var position: PlanePoint
    var isEdge: Bool
  }

  /// A paper that was split off: its corners and the share of it that others hide.
  struct Piece {
    var corners: [PlanePoint]
    var occluded: Double
  }

  /// The papers that make up `mask`, or none where no set of them explains it.
  ///
  /// `allClear` asks that every cut be seen: a region that is a good rectangle as a whole is rarely two papers.
  /// `onlyAtEdges` asks for an edge inside: a region hardly larger than one paper may be one.
  func split(_ mask: Mask, colour: LabColour, allClear: Bool, onlyAtEdges: Bool = false) -> [Piece] {
    let centre = PlanePoint(Double(mask.x) + Double(mask.width) / 2, Double(mask.y) + Double(mask.height) / 2)
    let sizes = self.sizes(near: centre, colour: colour)
    guard let usual = sizes.first else { return [] }
    let usualSide = (usual.0 * usual.1).squareRoot()
    let border = simplified(closed: mask.contour(), tolerance: max(1.5, 0.03 * usualSide))
    guard border.count >= 4 else { return [] }
    let edges = innerEdges(of: mask, border: border, sizes: sizes)
    if onlyAtEdges, edges.isEmpty { return [] }
    let own = MaskSums(mask)
    let proposals = self.proposals(border: border, mask: mask, sizes: sizes, edges: edges)
    guard !proposals.isEmpty else { return [] }
    var chosen: [(proposal: Proposal, piece: Piece, least: Double)] = []
    var rest = mask
    var hidden = covers.map { Self.inside($0.fit.outline) }
    while chosen.count < 24 {
      let sums = MaskSums(rest)
      var best: (proposal: Proposal, value: Double, visible: Double, least: Double)?
      for proposal in proposals {
        let (fresh, area) = sums.count(in: proposal.corners)
        let seen = own.count(in: proposal.corners).inside
        let gain = Double(fresh) / Double(max(seen, 1)), visible = Double(fresh) / Double(max(area, 1))
        // Of what is seen of it a good part must be new: papers overlap, but rarely by more than half.
        guard gain > 0.4, visible > 0.3 else { continue }
        let most = proposal.share * (0.3 + 0.7 * gain) * (0.6 + 0.4 * visible)
        guard most > best?.value ?? 0 else { continue }
        let support = proposal.support(hiddenBy: hidden)
        guard support.mean > 0.5 else { continue }
        let value = most * (0.15 + 0.55 * support.mean + 0.3 * support.least)
        if value > best?.value ?? 0 { best = (proposal, value, visible, support.least) }
      }
      guard let best else { break }
      let corners = ShapeFit.ordered(best.proposal.corners)
      chosen.append((best.proposal, Piece(corners: corners, occluded: max(0, 1 - best.visible)), best.least))
      rest.clear(inside: best.proposal.corners)
      hidden.append(Self.inside(best.proposal.corners))
    }
    guard Double(rest.area) < 0.2 * Double(own.total) else { return [] }
    // Of two papers the upper one shows all its sides.
    let clear = chosen.filter { $0.least > 0.6 }.count
    guard (allClear || onlyAtEdges ? clear : 2 * clear) >= chosen.count else { return [] }
    return chosen.map(\.piece)
  }

  /// A paper without its rim, on which its own edges lie.
  private static func inside(_ corners: [PlanePoint]) -> Polygon<PlaneSpace> {
    let centre = Polygon(corners).centre
    return Polygon(
      corners.map { corner in
        let d = corner - centre
        return centre + d * max(0, 1 - 4 / max(4, d.length))
      })
  }

  /// Edges of papers of the same colour on each other.
  private func innerEdges(of mask: Mask, border: [PlanePoint], sizes: [(Double, Double)]) -> [InnerEdges.Edge] {
    let sides = border.indices.map { border[($0 + 1) % border.count] - border[$0] }
    guard let longest = sides.max(by: { $0.length < $1.length }), longest.length > 1 else { return [] }
    let side = sizes.map { min($0.0, $0.1) }.min() ?? 0
    return InnerEdges(image: image, plane: plane)
      .find(in: mask, direction: longest * (1 / longest.length), side: side)
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

  private func proposals(
    border: [PlanePoint], mask: Mask, sizes: [(Double, Double)], edges: [InnerEdges.Edge]
  ) -> [Proposal] {
    let sums = MaskSums(allowed(mask, sizes: sizes))
    let deep = mask.eroded(by: 4)
    let n = border.count
    var result: [Proposal] = []
    func propose(_ p: PlanePoint, _ u: PlanePoint, _ v: PlanePoint) {
      let rough = [p, p + u, p + u + v, p + v]
      guard ShapeFit.isPlausible(rough), hasUsualSize(rough, sizes, within: 1.4) else { return }
      let (held, whole) = sums.count(in: rough)
      guard Double(held) > 0.75 * Double(whole) else { return }
      let corners = snapped(rough, deep: deep, edges: edges)
      guard ShapeFit.isPlausible(corners) else { return }
      let (inside, area) = sums.count(in: corners)
      let share = Double(inside) / Double(max(area, 1))
      guard share > 0.88, hasUsualSize(corners, sizes, within: 1.28) else { return }
      let sides = (0..<4).map { places(from: corners[$0], to: corners[($0 + 1) % 4], deep: deep, edges: edges) }
      result.append(Proposal(corners: corners, share: share, sides: sides))
    }
    for edge in edges {
      let side = edge.to - edge.from
      let across = PlanePoint(-side.y, side.x) * (1 / max(1, side.length))
      for size in sizes {
        for (own, other) in [(size.0, size.1), (size.1, size.0)] where abs(side.length / own - 1) < 0.25 {
          for turn in [1.0, -1.0] {
            propose(edge.from, side, across * (turn * other))
            let shift = side * (own / max(1, side.length))
            propose(edge.from, shift, across * (turn * other))
            propose(edge.to - shift, shift, across * (turn * other))
          }
        }
      }
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

  /// Whether both sides are about those of a paper around: what ends at the edge of the paper on top is shorter.
  private func hasUsualSize(
    _ corners: [PlanePoint], _ sizes: [(Double, Double)], within factor: Double
  ) -> Bool {
    let one = ((corners[1] - corners[0]).length + (corners[2] - corners[3]).length) / 2
    let other = ((corners[2] - corners[1]).length + (corners[3] - corners[0]).length) / 2
    func isNear(_ p: Double, _ q: Double) -> Bool { max(p, q) < factor * min(p, q) }
    return sizes.contains {
      isNear(one, $0.0) && isNear(other, $0.1) || isNear(one, $0.1) && isNear(other, $0.0)
    }
  }

  /// Each of `corners`' sides moved to where most of it lies on edges, by up to a tenth of the paper: papers of one pack
  /// differ by less, but are seen from nearer or farther.
  private func snapped(_ corners: [PlanePoint], deep: Mask, edges: [InnerEdges.Edge]) -> [PlanePoint] {
    let centre = Polygon(corners).centre
    let lines = corners.indices.map { index -> PlaneLine in
      let p = corners[index], q = corners[(index + 1) % 4]
      let d = q - p
      var normal = PlanePoint(-d.y, d.x) * (1 / max(1e-9, d.length))
      if normal.dot(centre - p) > 0 { normal = normal * -1 }
      let most = max(2, Int(0.1 * abs((centre - p).dot(normal)) * 2))
      var best = (value: -1.0, shift: 0)
      for step in 0...(2 * most) {
        // Nearest first, so that an equal one farther away does not win.
        let shift = step % 2 == 0 ? step / 2 : -(step + 1) / 2
        let side = places(
          from: p + normal * Double(shift), to: q + normal * Double(shift), deep: deep, edges: edges, reach: 1)
        let value = Double(side.count { $0.isEdge }) / Double(side.count) - 0.004 * Double(abs(shift))
        if value > best.value { best = (value, shift) }
      }
      return PlaneLine(from: p + normal * Double(best.shift), to: q + normal * Double(best.shift))
    }
    let moved = (0..<4).compactMap { lines[($0 + 3) % 4].meeting(lines[$0]) }
    return moved.count == 4 ? moved : corners
  }

  /// Places along a side and whether they show an edge: inside the region one of `edges`, near its border one of the
  /// plane.
  private func places(
    from p: PlanePoint, to q: PlanePoint, deep: Mask, edges: [InnerEdges.Edge], reach: Int = 2
  ) -> [Place] {
    let d = q - p
    let steps = max(6, Int(d.length / 2))
    let direction = d * (1 / max(1e-9, d.length)), normal = PlanePoint(-direction.y, direction.x)
    let parallel = edges.filter { $0.runs(along: direction) }
    return (0..<steps).map { step in
      // The corners are often curled or pinned: the ends of a side say little.
      let place = p + d * (0.04 + 0.92 * (Double(step) + 0.5) / Double(steps))
      let x = Int(place.x.rounded(.down)), y = Int(place.y.rounded(.down))
      let column = x - deep.x, row = y - deep.y
      let isDeep =
        column >= 0 && row >= 0 && column < deep.width && row < deep.height && deep.bits[row * deep.width + column] == 1
      if isDeep {
        return Place(position: place, isEdge: parallel.contains { $0.holds(place) })
      }
      let isEdge = (-reach...reach).contains { offset in
        let x = Int((place.x + normal.x * Double(offset)).rounded(.down))
        let y = Int((place.y + normal.y * Double(offset)).rounded(.down))
        guard x >= 0, y >= 0, x < plane.width, y < plane.height else { return false }
        // 2.5 units of L*.
        return plane.gradient[y * plane.width + x] >= 20
      }
      return Place(position: place, isEdge: isEdge)
    }
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
    // What is far larger than the others may be several papers itself.
    var nearest = Array(order.prefix(8))
    // Cards and notes on them differ in size and colour.
    let ofItsColour = nearest.filter { PaperSelection.sameGround($0.colour, colour) }
    if ofItsColour.count >= 2 { nearest = ofItsColour }
    let usual = BoardConsensus.usualArea(of: nearest) ?? 0
    var result: [(Double, Double)] = []
    for paper in nearest where paper.area < 1.3 * usual && paper.area > 0.5 * usual {
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
