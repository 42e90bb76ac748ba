import ProtocolModel

/// White papers on white that only their shadows show: two sides that meet in a corner, the lengths of which are the paper's.
///
/// All papers of a board lie in the same light, so that the corner is the same of all, and few sizes are used: where writing
/// runs over an edge, or a shadow falls on a neighbour, the size of the others completes a side.
struct ShadowPapers {
  /// The plane.
  let plane: ColourPlane
  /// The board.
  let board: BoardConsensus

  /// Papers that a board must have for any to count: one could be a frame or what a sponge left.
  private static let least = 3
  /// Chroma of a white ground, and the least light it is photographed in.
  private static let white = 16.0, lightness = 50.0
  /// Pixels between the end of a run and the corner at most; a shadow begins so far inside of its paper's other corner.
  private static let reach = 9.0, offset = 2.0
  /// Sizes of papers, length to breadth at most, and how much those of one size differ.
  private static let slimmest = 3.3, alike = 0.15
  /// Of both sides together, and of the lesser one; of each side of a corner that is beyond doubt.
  private static let support = 1.0, leastSupport = 0.25, sure = 0.8
  /// Sure corners of the opposite light, as a share of those of the papers' light.
  private static let opposite = 0.25
  /// Sizes of papers on one board, as shares of the usual one.
  private static let sizes = 0.3...4.0
  /// Writing is darker than this share of its paper, and crosses a side in more than this share of it.
  private static let ink = 0.75, crossed = 0.1

  /// The corner of a paper and its sides: unit vectors from the corner along the level and along the upright side.
  private struct Corner {
    var place: PlanePoint
    var level: PlanePoint
    var upright: PlanePoint
    var width: Double
    var height: Double

    var levelEnd: PlanePoint { place + level * width }
    var uprightEnd: PlanePoint { place + upright * height }
  }

  private struct Candidate {
    var corners: [PlanePoint]
    var support: Double
    var isUsual: Bool
  }

  /// More papers beside those `found`, or none where the board is not white.
  func hypotheses(beside found: [PaperHypothesis]) -> [PaperHypothesis] {
    guard board.grounds.contains(where: { $0.chroma < Self.white && $0.lightness > Self.lightness }) else { return [] }
    let corners = board.outlines.flatMap { $0 }
    guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(), let top = corners.map(\.y).min(),
      let bottom = corners.map(\.y).max()
    else { return [] }
    let edges = ShadowEdges(of: plane, within: (Int(left), Int(top), Int(right), Int(bottom)))
    let runs = ShadowEdges.Side.allCases.map { edges.runs($0) }
    // Letters have corners of every light; papers of one, and of its neighbours where a shadow ends at the next paper.
    let searches = ShadowEdges.Side.allCases.filter(\.isLevel).flatMap { level in
      ShadowEdges.Side.allCases.filter { !$0.isLevel }.map { upright in
        Search(edges: edges, level: (level, runs[level.rawValue]), upright: (upright, runs[upright.rawValue]))
      }
    }
    let sure = searches.map { search in search.corners.filter { isSure($0, in: search) } }
    guard let light = sure.indices.max(by: { (sure[$0].count, $1) < (sure[$1].count, $0) }),
      let size = Self.usualSize(of: sure[light]),
      Double(sure[sure.count - 1 - light].count) < Self.opposite * Double(sure[light].count)
    else { return [] }
    if let usual = BoardConsensus.usualArea(of: found.filter { $0.score > 0.8 && $0.fit.shape != .strip }),
      !Self.sizes.contains(size.width * size.height / usual)
    {
      return []
    }
    return searches[light].candidates(usual: size).compactMap { paper(of: $0) }.filter { paper in
      !found.contains { $0.shared(with: paper) > 0.25 * min($0.area, paper.area) }
    }
  }

  /// Whether both shadows of a corner are seen nearly all along, and nothing is written across the other two sides.
  private func isSure(_ corner: Corner, in search: Search) -> Bool {
    let (a, b) = (corner.levelEnd, corner.uprightEnd)
    let far = a + b - corner.place
    return search.support(of: corner).allSatisfy { $0 > Self.sure } && !isCrossed(from: a, to: far)
      && !isCrossed(from: b, to: far)
  }

  /// The middle size of corners, if there are enough of them and most have it.
  private static func usualSize(of corners: [Corner]) -> (width: Double, height: Double)? {
    guard corners.count >= least else { return nil }
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let width = middle(corners.map(\.width)), height = middle(corners.map(\.height))
    let alike = corners.count { abs($0.width / width - 1) < Self.alike && abs($0.height / height - 1) < Self.alike }
    return alike >= least && 2 * alike >= corners.count ? (width, height) : nil
  }

  /// The candidate as a paper, if it lies on the board and has its colour.
  private func paper(of candidate: Candidate) -> PaperHypothesis? {
    let outline = ShapeFit.ordered(candidate.corners)
    guard ShapeFit.isPlausible(outline) else { return nil }
    // The certainty of a paper is told by its edges; the two that are not seen leave it at about a half.
    let fit = ShapeFit(shape: .rectangle, outline: outline, frame: outline, overlap: 0.9)
    let middle = inner(of: outline)
    let paper = PaperHypothesis(fit: fit, colour: middle, plane: plane)
    let isInside = board.outlines.contains { sharedArea(outline, $0) > 0.97 * paper.area }
    guard isInside, board.isGround(middle), middle.chroma < Self.white else { return nil }
    return paper
  }

  /// Whether writing runs across a side, as letters do that happen to make a corner.
  private func isCrossed(from p: PlanePoint, to q: PlanePoint) -> Bool {
    let steps = max(4, Int((q - p).length))
    let light = (0..<steps).compactMap { step -> Double? in
      let place = p + (q - p) * ((Double(step) + 0.5) / Double(steps))
      guard place.x >= 0, place.y >= 0, place.x < Double(plane.width), place.y < Double(plane.height) else {
        return nil
      }
      return plane.colour(atX: Int(place.x), y: Int(place.y)).lightness
    }.sorted()
    guard let brightest = light.last else { return true }
    return Double(light.count { $0 < Self.ink * brightest }) > Self.crossed * Double(steps)
  }

  /// Middle colour along the inside of an outline.
  private func inner(of outline: [PlanePoint]) -> LabColour {
    let centre = Polygon(outline).centre
    var colours: [LabColour] = []
    for index in outline.indices {
      for step in 1...9 {
        let edge = outline[index] + (outline[(index + 1) % outline.count] - outline[index]) * (Double(step) / 10)
        let place = edge + (centre - edge) * 0.12
        guard place.x >= 0, place.y >= 0, place.x < Double(plane.width), place.y < Double(plane.height) else {
          continue
        }
        colours.append(plane.colour(atX: Int(place.x), y: Int(place.y)))
      }
    }
    func middle(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
    return LabColour(
      lightness: middle(colours.map(\.lightness)), a: middle(colours.map(\.a)), b: middle(colours.map(\.b)))
  }

  /// The search for one corner, that between a level and an upright side.
  private struct Search {
    let edges: ShadowEdges
    let level: (side: ShadowEdges.Side, runs: [ShadowEdges.Run])
    let upright: (side: ShadowEdges.Side, runs: [ShadowEdges.Run])
    let corners: [Corner]

    init(
      edges: ShadowEdges, level: (side: ShadowEdges.Side, runs: [ShadowEdges.Run]),
      upright: (side: ShadowEdges.Side, runs: [ShadowEdges.Run])
    ) {
      self.edges = edges
      self.level = level
      self.upright = upright
      corners = Self.corners(
        level.runs.map { Self.ends($0, isLater: upright.side == .right) },
        upright.runs.map { Self.ends($0, isLater: level.side == .below) })
    }

    /// Ends of a run: the one at the corner and the other, where the shadow begins.
    private static func ends(_ run: ShadowEdges.Run, isLater: Bool) -> (corner: PlanePoint, far: PlanePoint) {
      let (corner, far) = isLater ? (run.to, run.from) : (run.from, run.to)
      return (corner, far + (far - corner) * (ShadowPapers.offset / max(1, (far - corner).length)))
    }

    /// How much of its level and of its upright side a corner has.
    func support(of corner: Corner) -> [Double] {
      [
        edges.support(level.side, from: corner.levelEnd, to: corner.place),
        edges.support(upright.side, from: corner.uprightEnd, to: corner.place),
      ]
    }

    /// Quadrilaterals with shadows on both sides, best first, no two of which overlap.
    func candidates(usual: (width: Double, height: Double)) -> [Candidate] {
      var tried = corners
      tried += corners.map { corner in
        var other = corner
        (other.width, other.height) = usual
        return other
      }
      tried += alone(level.runs, isLevel: true, usual: usual)
      tried += alone(upright.runs, isLevel: false, usual: usual)
      let found = tried.compactMap { corner -> Candidate? in
        let support = support(of: corner)
        guard support[0] + support[1] >= ShadowPapers.support, support.allSatisfy({ $0 >= ShadowPapers.leastSupport })
        else { return nil }
        let size = corner.width * corner.height / (usual.width * usual.height)
        let (a, b) = (corner.levelEnd, corner.uprightEnd)
        return Candidate(
          corners: [corner.place, a, a + b - corner.place, b], support: support[0] + support[1],
          isUsual: abs(size - 1) < 0.3)
      }
      // The usual size is worth a quarter of a side.
      func value(_ candidate: Candidate) -> Double { candidate.support + (candidate.isUsual ? 0.25 : 0) }
      var kept: [Candidate] = []
      for index in found.indices.sorted(by: { (-value(found[$0]), $0) < (-value(found[$1]), $1) }) {
        let area = abs(signedArea(found[index].corners))
        let overlaps = kept.contains {
          sharedArea($0.corners, found[index].corners) > 0.25 * min(area, abs(signedArea($0.corners)))
        }
        if !overlaps { kept.append(found[index]) }
      }
      return kept
    }

    /// Where a level and an upright run meet at a right angle.
    private static func corners(
      _ levels: [(corner: PlanePoint, far: PlanePoint)], _ uprights: [(corner: PlanePoint, far: PlanePoint)]
    ) -> [Corner] {
      var result: [Corner] = []
      for a in levels {
        for b in uprights {
          guard (a.corner - b.corner).length < 2 * ShadowPapers.reach,
            let place = PlaneLine(from: a.far, to: a.corner).meeting(PlaneLine(from: b.far, to: b.corner)),
            (place - a.corner).length < ShadowPapers.reach, (place - b.corner).length < ShadowPapers.reach
          else { continue }
          let wide = a.far - place, high = b.far - place
          let ratio = wide.length / max(1, high.length)
          // A right angle within eight degrees.
          guard abs(wide.dot(high)) < 0.15 * wide.length * high.length,
            max(ratio, 1 / ratio) < ShadowPapers.slimmest
          else { continue }
          result.append(
            Corner(
              place: place, level: wide * (1 / wide.length), upright: high * (1 / high.length), width: wide.length,
              height: high.length))
        }
      }
      return result
    }

    /// Papers of the usual size of which one side was followed, from its corner or up to its other end.
    private func alone(
      _ runs: [ShadowEdges.Run], isLevel: Bool, usual: (width: Double, height: Double)
    ) -> [Corner] {
      runs.flatMap { run -> [Corner] in
        let (corner, far) = Self.ends(run, isLater: isLevel ? upright.side == .right : level.side == .below)
        let length = isLevel ? usual.width : usual.height
        let along = (far - corner) * (1 / max(1e-9, (far - corner).length))
        guard (far - corner).length > 0.3 * length else { return [] }
        // The other side leads away from the shadow.
        let turned = PlanePoint(along.y, -along.x)
        let leadsAway = isLevel ? (turned.y < 0) == (level.side == .below) : (turned.x < 0) == (upright.side == .right)
        let across = leadsAway ? turned : turned * -1
        return [corner, far - along * length].map { place in
          Corner(
            place: place, level: isLevel ? along : across, upright: isLevel ? across : along, width: usual.width,
            height: usual.height)
        }
      }
    }
  }
}
