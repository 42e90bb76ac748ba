import ProtocolModel

/// An arrow from one paper to another.
package struct ArrowCandidate: Hashable, Sendable {
  /// Place, in the list of papers, of the one it starts at.
  package var from: Int
  /// Place of the one its head points to.
  package var to: Int

  /// Creates an arrow.
  package init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }
}

/// Finds arrows between papers: one thin stroke with a head at one end, that leads from one paper straight to another.
///
/// An arrow that is not there would invent a link, so everything must fit: the stroke is single and thin outside of its
/// head, the head spreads to both sides and tapers to the tip, and both ends, followed on, meet different papers soon.
struct ArrowFinder {
  /// A paper in pixels of the rectified sheet.
  struct Target {
    /// Its place in the list of papers.
    var place: Int
    /// Its outline.
    var outline: Polygon<CropSpace>
  }

  private let targets: [Target]
  /// Side of the middle paper.
  private let noteSide: Double

  /// Looks for arrows between `targets`.
  init(targets: [Target]) {
    self.targets = targets
    let sides = targets.map { abs(signedArea($0.outline.points.map { PlanePoint($0.x, $0.y) })).squareRoot() }.sorted()
    noteSide = sides.isEmpty ? 0 : sides[sides.count / 2]
  }

  /// The arrows in the ink of a sheet, each once, in the order of their papers.
  ///
  /// Papers are taken out with more and more around them: a head that touches its paper is whole only at first; a shadow
  /// or a frame around a paper that an arrow touches is gone only at last.
  func arrows(in ink: InkMap) -> [ArrowCandidate] {
    guard targets.count >= 2 else { return [] }
    var ink = ink
    var found: Set<ArrowCandidate> = []
    for margin in [3, 0.06 * noteSide, 0.2 * noteSide] {
      for target in targets { ink.clear(target.outline.grown(by: margin)) }
      let pieces = InkComponents(mask: ink.mask, width: ink.width, height: ink.height)
      for piece in pieces.all {
        let reach = Double(max(piece.width, piece.height))
        // Shorter ones are letters; longer ones run across the board.
        guard reach > 0.15 * noteSide, reach < 6 * noteSide, piece.strokeWidth < 0.15 * noteSide,
          reach > 4 * piece.strokeWidth, let stroke = ArrowStroke(pieces.runs(of: piece)), let arrow = arrow(stroke),
          !isAmongWriting(piece, of: pieces)
        else { continue }
        found.insert(arrow)
      }
    }
    // Two that contradict each other say nothing.
    return found.filter { !found.contains(ArrowCandidate(from: $0.to, to: $0.from)) }
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// Whether other ink lies close by: what looks like an arrow is a letter on a paper that was not found.
  private func isAmongWriting(_ piece: InkComponent, of pieces: InkComponents) -> Bool {
    let slack = Double(max(piece.width, piece.height)) / 5
    let near = pieces.all.filter { other in
      other.runs != piece.runs && other.middle.x > Double(piece.left) - slack
        && other.middle.x < Double(piece.right) + slack && other.middle.y > Double(piece.top) - slack
        && other.middle.y < Double(piece.bottom) + slack
    }
    return near.reduce(0) { $0 + $1.area } * 2 > piece.area
  }

  /// The papers that a stroke joins.
  private func arrow(_ stroke: ArrowStroke) -> ArrowCandidate? {
    // A third of the arrow and half of a note: who draws an arrow stops short of the paper, but not halfway.
    let reach = min(0.5 * stroke.length, 0.6 * noteSide)
    guard let from = target(from: stroke.tail, along: stroke.tailDirection, reach: reach),
      let to = target(from: stroke.tip, along: stroke.tipDirection, reach: reach), from != to
    else { return nil }
    // What runs along a paper is its edge, its shadow or the gap to the next one.
    let isClear = targets.allSatisfy { target in
      stroke.middles.allSatisfy {
        let place = Point<CropSpace>($0.x, $0.y)
        return !target.outline.contains(place) && target.outline.distance(to: place) > 0.2 * stroke.length
      }
    }
    return isClear ? ArrowCandidate(from: from, to: to) : nil
  }

  /// The first paper that a ray meets.
  private func target(from start: PlanePoint, along direction: PlanePoint, reach: Double) -> Int? {
    for step in stride(from: 0, through: reach, by: 1.5) {
      let place = start + direction * step
      // Of papers that overlap the one on top comes later.
      if let target = targets.last(where: { $0.outline.contains(Point(place.x, place.y)) }) { return target.place }
    }
    return nil
  }
}

/// A piece of ink that has the form of an arrow.
struct ArrowStroke {
  /// End without a head.
  let tail: PlanePoint
  /// Point of the head.
  let tip: PlanePoint
  /// Unit vector that leads away from the tail, against the arrow.
  let tailDirection: PlanePoint
  /// Unit vector that leads on from the tip.
  let tipDirection: PlanePoint
  /// Distance from tail to tip in pixels.
  let length: Double
  /// Places about halfway.
  let middles: [PlanePoint]

  /// What a piece covers over one short stretch from tail to tip.
  private struct Slice {
    var count = 0
    var low = Double.infinity, high = -Double.infinity
    var sum = 0.0
    var spread: Double { count > 0 ? high - low + 1 : 0 }
    var middle: Double { count > 0 ? sum / Double(count) : 0 }
  }

  private static let slices = 24

  /// Reads a piece of ink; `nil` where it is no arrow.
  init?(_ runs: ArraySlice<InkRun>) {
    let ends = runs.flatMap {
      [PlanePoint(Double($0.start) + 0.5, Double($0.y) + 0.5), PlanePoint(Double($0.end) - 0.5, Double($0.y) + 0.5)]
    }
    guard let (one, other) = Self.farthest(convexHull(ends)) else { return nil }
    for (tail, tip) in [(one, other), (other, one)] {
      let length = (tip - tail).length
      let axis = (tip - tail) * (1 / max(length, 1e-9))
      let slices = Self.slices(runs, from: tail, axis: axis, length: length)
      guard let shaft = Self.shaft(of: slices, length: length) else { continue }
      self.tail = tail
      self.tip = tip
      self.length = length
      func place(_ slice: Int) -> PlanePoint {
        let along = (Double(slice) + 0.5) / Double(Self.slices) * length
        return tail + axis * along + PlanePoint(-axis.y, axis.x) * slices[slice].middle
      }
      let back = tail - place(shaft.count / 3), on = tip - place(shaft.count * 2 / 3)
      middles = (slices.count * 3 / 8..<slices.count * 5 / 8).map(place)
      tailDirection = back * (1 / max(back.length, 1e-9))
      tipDirection = on * (1 / max(on.length, 1e-9))
      return
    }
    return nil
  }

  /// The two corners that are farthest apart.
  private static func farthest(_ corners: [PlanePoint]) -> (PlanePoint, PlanePoint)? {
    var best: (PlanePoint, PlanePoint, Double)?
    for i in corners.indices {
      for j in corners.indices.dropFirst(i + 1) {
        let distance = (corners[i] - corners[j]).length
        if distance > best?.2 ?? 0 { best = (corners[i], corners[j], distance) }
      }
    }
    return best.map { ($0.0, $0.1) }
  }

  private static func slices(
    _ runs: ArraySlice<InkRun>, from tail: PlanePoint, axis: PlanePoint, length: Double
  ) -> [Slice] {
    var result = [Slice](repeating: Slice(), count: slices)
    for run in runs {
      for x in run.start..<run.end {
        let place = PlanePoint(Double(x) + 0.5, Double(run.y) + 0.5) - tail
        let along = (place.x * axis.x + place.y * axis.y) / max(length, 1e-9)
        let beside = axis.x * place.y - axis.y * place.x
        let slice = min(slices - 1, max(0, Int(along * Double(slices))))
        result[slice].count += 1
        result[slice].low = min(result[slice].low, beside)
        result[slice].high = max(result[slice].high, beside)
        result[slice].sum += beside
      }
    }
    return result
  }

  /// The slices of the shaft, where the last ones form a head and all others one thin stroke.
  private static func shaft(of slices: [Slice], length: Double) -> Range<Int>? {
    let step = length / Double(slices.count)
    guard slices.allSatisfy({ $0.count > 0 }) else { return nil }
    let thickness = slices.map { Double($0.count) / step }
    let width = thickness.sorted()[slices.count / 2 - 2]
    // Half a step of rise for a bowed shaft.
    let slack = 0.5 * step
    guard width < 0.14 * length else { return nil }
    func isThin(_ index: Int) -> Bool {
      thickness[index] < 1.7 * width + 1 && slices[index].spread < 1.9 * width + 1 + slack
    }
    // The head starts after the last thin slice that is followed by a thick one.
    guard let first = slices.indices.first(where: { !isThin($0) }), first >= slices.count * 2 / 5 else { return nil }
    let head = first..<slices.count
    guard let widest = head.max(by: { slices[$0].spread < slices[$1].spread }) else { return nil }
    let spread = slices[widest].spread
    guard spread > 2.4 * width + slack, spread < 0.8 * length,
      slices[slices.count - 1].spread < 0.75 * spread
    else { return nil }
    // To both sides of the shaft's course, which runs on to the tip.
    let from = slices[first - 1].middle
    let share = Double(widest - first + 1) / Double(slices.count - first)
    let course = from * (1 - share)
    guard slices[widest].high - course > 0.7 * width, course - slices[widest].low > 0.7 * width else { return nil }
    return 0..<first
  }
}
