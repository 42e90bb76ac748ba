import ProtocolModel

/// Two photos laid on each other: which notes of both are the same paper, and why.
///
/// One map must explain what both photos show. Notes that it lays on each other are compared by their ink: those that
/// agree speak for it, those that do not speak against it, and so do notes that the other photo should show and does
/// not. Another map that is nearly as good, as between rows of equal papers, makes the matter undecided: then nothing is
/// merged, for a note merged falsely is lost to the protocol, and one counted twice is not.
struct PhotoPair {
  /// Two notes taken for one paper.
  struct Match {
    let first: NoteSignature
    let second: NoteSignature
    let likeness: Double
    let reason: String
  }

  private struct Pair: Hashable {
    let i: Int
    let j: Int
  }

  /// A map with what speaks for it and against it.
  private struct Verdict {
    let map: PlaneMap
    var alike: [(pair: Pair, likeness: Double)] = []
    var unlike = 0
    /// Notes without ink that lie on each other and have one hue.
    var blank: [Pair] = []
    /// Notes with ink that the map puts into the other photo, the lesser count of both directions.
    var expected = 0

    /// Weight of what agrees, less what does not: a likeness of 0.8 counts whole, one of 0.4 nothing.
    var evidence: Double { alike.reduce(0) { $0 + min(1, ($1.likeness - 0.4) / 0.4) } - Double(unlike) }
  }

  private let parameters: SightingMerger.Parameters
  private let first: SightingMerger.Gallery
  private let second: SightingMerger.Gallery
  private var likeness: [Pair: Double] = [:]
  /// The likest partner met so far, by note of the first and of the second photo.
  private var likestOfFirst: [Int: (note: Int, likeness: Double)] = [:]
  private var likestOfSecond: [Int: (note: Int, likeness: Double)] = [:]
  private let prepared: [InkLikeness]

  /// Least rough likeness of a candidate: every pair of the stress set's same papers has 0.9, one of five others 0.6.
  private static let leastRough = 0.6
  /// Candidates of one note that are looked at closely.
  private static let mostCandidates = 4
  /// Likest candidates whose maps are tried.
  private static let mostSeeds = 24
  /// Papers of other hues are other papers; light changes hues by 0.03.
  private static let mostHueDistance = 0.1
  /// Least likeness of two notes that lie where the map of their neighbours says.
  private static let pairedLikeness = 0.5
  /// Least likeness of a note that was moved, alone and as a share of the median of those that stayed, and how far the next
  /// must be behind.
  private static let movedLikeness = 0.7, movedShare = 0.9, movedMargin = 0.12
  /// Least likeness of a note as a share of the median over its board: real photos reach down to 0.75 of 0.8, a note
  /// replaced by another had 0.51 of 0.97.
  private static let leastShare = 0.7
  /// How much more a note must look like another one to be that one and not its neighbour on the map: equal papers in
  /// rows differ by less.
  private static let elsewhereMargin = 0.05
  /// Of notes that are only partly seen, fewer cells speak.
  private static let partLikeness = 0.6

  /// `prepared` holds the notes of `first`, ready to be compared.
  init(
    _ first: SightingMerger.Gallery, _ prepared: [InkLikeness], _ second: SightingMerger.Gallery,
    parameters: SightingMerger.Parameters
  ) {
    self.first = first
    self.prepared = prepared
    self.second = second
    self.parameters = parameters
  }

  /// The notes that are the same paper; none where the photos show different boards, or where it is undecided.
  mutating func matches() -> [Match] {
    let candidates = candidates()
    guard !candidates.isEmpty else { return [] }
    let verdicts = verdicts(candidates)
    guard let best = verdicts.first.map({ withoutOutliers($0) }) else { return [] }
    let rival = verdicts.dropFirst().first { isOther($0, than: best) }
    let isSmall = min(inked(first), inked(second)) < parameters.agreement
    guard isSmall ? isCertain(best, candidates) : isAgreed(best) else { return [] }
    // The margin: another map must explain much less.
    guard (rival?.evidence ?? 0) <= 0.6 * best.evidence else { return [] }
    let count = best.alike.count
    let others = rival.map { ", next best map \($0.alike.count)" } ?? ""
    let ground = "\(count) of \(count + best.unlike) notes agree on one map\(others)"
    let moved = isSmall ? [] : moved(beside: best, candidates)
    return best.alike.map { found in
      Match(
        first: first.notes[found.pair.i], second: second.notes[found.pair.j], likeness: found.likeness,
        reason: "\(ground), likeness \((found.likeness * 100).rounded() / 100)")
    }
      + best.blank.map { pair in
        Match(
          first: first.notes[pair.i], second: second.notes[pair.j], likeness: 0,
          reason: "\(ground), both without ink")
      }
      + moved.map { pair in
        Match(
          first: first.notes[pair.i], second: second.notes[pair.j], likeness: alikeness(at: pair),
          reason: "\(ground); moved on it, likeness \((alikeness(at: pair) * 100).rounded() / 100)")
      }
  }

  private func inked(_ gallery: SightingMerger.Gallery) -> Int { gallery.notes.count { $0.hasInk } }

  /// Enough notes agree, few of those laid on each other do not, and most that should be there are there.
  ///
  /// Many that agree as only the same paper does outweigh as many that do not: those were taken off, and others hung there.
  private func isAgreed(_ verdict: Verdict) -> Bool {
    let alike = verdict.alike.count, clear = verdict.alike.count { $0.likeness >= parameters.aloneLikeness }
    return alike >= parameters.agreement && 2 * alike >= verdict.expected && verdict.evidence >= 2
      && (10 * alike >= 7 * (alike + verdict.unlike) || clear >= max(2 * parameters.agreement, verdict.unlike))
  }

  /// A photo of one or two notes, where no neighbours can agree: every note of it must be found beyond doubt, and no
  /// other note of the other photo may come near.
  private func isCertain(_ verdict: Verdict, _ candidates: [Pair]) -> Bool {
    guard verdict.unlike == 0, verdict.alike.count == min(inked(first), inked(second)) else { return false }
    return verdict.alike.allSatisfy { pair, found in
      let rivals = candidates.filter { ($0.i == pair.i) != ($0.j == pair.j) }.compactMap { likeness[$0] }
      return found >= parameters.aloneLikeness && (rivals.max() ?? 0) < found - 0.2
    }
  }

  /// Without notes that agree far worse than the others do in the same light: they hang where another hung.
  private func withoutOutliers(_ verdict: Verdict) -> Verdict {
    guard let typical = Self.typical(verdict) else { return verdict }
    var strict = verdict
    strict.alike = verdict.alike.filter { $0.likeness >= Self.leastShare * typical }
    strict.unlike += verdict.alike.count - strict.alike.count
    return strict
  }

  /// The median likeness of what agrees.
  private static func typical(_ verdict: Verdict) -> Double? {
    let sorted = verdict.alike.map(\.likeness).sorted()
    return sorted.dropFirst(sorted.count / 2).first
  }

  /// Whether two maps lay different notes on each other.
  private func isOther(_ one: Verdict, than other: Verdict) -> Bool {
    let shared = Set(one.alike.map(\.pair)).intersection(other.alike.map(\.pair)).count
    return 2 * shared < one.alike.count
  }

  /// Notes that hang elsewhere on the same board: alike beyond those that look like either of them next.
  private func moved(beside verdict: Verdict, _ candidates: [Pair]) -> [Pair] {
    let settled = verdict.alike.map(\.pair) + verdict.blank
    let (usedFirst, usedSecond) = (Set(settled.map(\.i)), Set(settled.map(\.j)))
    let least = max(Self.movedLikeness, Self.movedShare * (Self.typical(verdict) ?? 0))
    return candidates.filter { pair in
      guard !usedFirst.contains(pair.i), !usedSecond.contains(pair.j) else { return false }
      let found = alikeness(at: pair)
      let rivals = likeness.filter { ($0.key.i == pair.i) != ($0.key.j == pair.j) }.values
      return found >= least && (rivals.max() ?? 0) <= found - Self.movedMargin
    }
  }

  // MARK: Candidates

  /// Pairs of whole notes that look alike, likest first.
  private mutating func candidates() -> [Pair] {
    var found: [Pair] = []
    for i in first.notes.indices where first.notes[i].hasInk && !first.notes[i].isCut {
      let rough = second.notes.indices.filter { mayBeOne(first.notes[i], second.notes[$0]) && !second.notes[$0].isCut }
        .map { (j: $0, likeness: prepared[i].roughly(second.notes[$0])) }.filter { $0.likeness >= Self.leastRough }
        .sorted { ($1.likeness, $0.j) < ($0.likeness, $1.j) }
      for (j, _) in rough.prefix(Self.mostCandidates) {
        let pair = Pair(i: i, j: j)
        if alikeness(pair) >= parameters.likeness { found.append(pair) }
      }
    }
    return found.sorted { one, other in
      (alikeness(at: other), one.i, one.j) < (alikeness(at: one), other.i, other.j)
    }
  }

  private func alikeness(at pair: Pair) -> Double { likeness[pair] ?? -1 }

  private mutating func alikeness(_ pair: Pair) -> Double {
    if let known = likeness[pair] { return known }
    let made = prepared[pair.i](second.notes[pair.j])
    likeness[pair] = made
    if made > likestOfFirst[pair.i]?.likeness ?? -1 { likestOfFirst[pair.i] = (pair.j, made) }
    if made > likestOfSecond[pair.j]?.likeness ?? -1 { likestOfSecond[pair.j] = (pair.i, made) }
    return made
  }

  /// Whether one of the two looks more like another note: then that one was moved, and this one hung in its place.
  private func isElsewhere(_ pair: Pair, _ found: Double) -> Bool {
    let least = max(found + Self.elsewhereMargin, parameters.likeness)
    let rivals = [likestOfFirst[pair.i], likestOfSecond[pair.j]]
    return rivals.contains { ($0?.likeness ?? -1) >= least }
  }

  /// Both have ink and the hue of one paper, and are about equally slender.
  private func mayBeOne(_ one: NoteSignature, _ other: NoteSignature) -> Bool {
    guard one.hasInk, other.hasInk, one.hueDistance(to: other) < Self.mostHueDistance else { return false }
    let ratio = one.slenderness / other.slenderness
    return ratio > 0.6 && ratio < 1.67
  }

  // MARK: Maps

  /// The maps that candidates suggest, each grown over all notes, best first.
  private mutating func verdicts(_ candidates: [Pair]) -> [Verdict] {
    let seeds = Array(candidates.prefix(Self.mostSeeds))
    var starts: [[Pair]] = []
    for (place, one) in seeds.enumerated() {
      for other in seeds[(place + 1)...] where other.i != one.i && other.j != one.j { starts.append([one, other]) }
    }
    starts += seeds.map { [$0] }
    var grown: [Verdict] = []
    var known = Set<Set<Pair>>()
    for start in starts {
      // Two seeds that a map found before already explains lead to that map again.
      if known.contains(where: { $0.isSuperset(of: start) }) { continue }
      guard let verdict = grow(from: start) else { continue }
      if known.insert(Set(verdict.alike.map(\.pair))).inserted { grown.append(verdict) }
    }
    return grown.enumerated().sorted { ($1.element.evidence, $0.offset) < ($0.element.evidence, $1.offset) }
      .map(\.element)
  }

  private mutating func grow(from start: [Pair]) -> Verdict? {
    var support = start
    var map = fitted(support)
    for round in 0..<4 {
      guard let current = map else { return nil }
      let laid = laid(on: current, within: round == 0 ? 0.5 : 1.0 / 3)
        .filter { isWhole($0) && mayBeOne(first.notes[$0.i], second.notes[$0.j]) }
      var next: [Pair] = []
      for pair in laid {
        let found = alikeness(pair)
        if found >= Self.pairedLikeness, !isElsewhere(pair, found) { next.append(pair) }
      }
      if next.isEmpty { return nil }
      if next == support { break }
      support = next
      map = fitted(support)
    }
    return map.map { verdict(on: $0) }
  }

  private func fitted(_ pairs: [Pair]) -> PlaneMap? {
    PlaneMap(pairs.map { (first.notes[$0.i].quad, second.notes[$0.j].quad) })
  }

  private func isWhole(_ pair: Pair) -> Bool { !first.notes[pair.i].isCut && !second.notes[pair.j].isCut }

  /// The notes that a map lays on each other to within a share of their size, each at most once, the nearest first.
  private func laid(on map: PlaneMap, within share: Double) -> [Pair] {
    var found: [(pair: Pair, distance: Double)] = []
    for (i, note) in first.notes.enumerated() {
      let outline = map(note.quad.polygon)
      let centre = map(note.quad.polygon.centre)
      guard second.shows(centre, margin: 0) || note.isCut else { continue }
      let area = outline.area
      for (j, other) in second.notes.enumerated() {
        let theirs = other.quad.polygon
        let isPart = note.isCut || other.isCut
        // A part of a note has its middle anywhere inside the whole.
        if isPart {
          let (inner, outer) = theirs.area < area ? (theirs.centre, outline) : (centre, theirs)
          if outer.contains(inner) {
            found.append((Pair(i: i, j: j), centre.distance(to: theirs.centre) / area.squareRoot()))
          }
          continue
        }
        let size = theirs.area.squareRoot(), ratio = size / max(1, area.squareRoot())
        let distance = centre.distance(to: theirs.centre) / max(1, size)
        if distance < share, ratio > 0.65, ratio < 1.55 { found.append((Pair(i: i, j: j), distance)) }
      }
    }
    found.sort { ($0.distance, $0.pair.i, $0.pair.j) < ($1.distance, $1.pair.i, $1.pair.j) }
    var usedFirst = Set<Int>(), usedSecond = Set<Int>()
    return found.compactMap { entry in
      guard !usedFirst.contains(entry.pair.i), !usedSecond.contains(entry.pair.j) else { return nil }
      usedFirst.insert(entry.pair.i)
      usedSecond.insert(entry.pair.j)
      return entry.pair
    }.sorted { ($0.i, $0.j) < ($1.i, $1.j) }
  }

  private mutating func verdict(on map: PlaneMap) -> Verdict {
    var verdict = Verdict(map: map)
    for pair in laid(on: map, within: 1.0 / 3) {
      let (one, other) = (first.notes[pair.i], second.notes[pair.j])
      let isOneHue = one.hueDistance(to: other) < Self.mostHueDistance
      if !isWhole(pair) {
        // What of a cut note cannot be compared says nothing.
        guard let found = one.likeness(to: other, through: map) else { continue }
        if isOneHue, found >= Self.partLikeness { verdict.alike.append((pair, found)) }
        continue
      }
      if !one.hasInk, !other.hasInk {
        if isOneHue { verdict.blank.append(pair) }
        continue
      }
      let found = isOneHue ? alikeness(pair) : -1
      // Thin ink may be seen on one photo and be lost on the other; where it is seen on both it must agree.
      let isClear = min(one.contrast, other.contrast) >= NoteSignature.leastContrast
      let isGone = max(one.contrast, other.contrast) >= 2.5 * min(one.contrast, other.contrast)
      if isElsewhere(pair, found) { continue }
      if found >= Self.pairedLikeness {
        verdict.alike.append((pair, found))
      } else if isClear || isGone || !isOneHue {
        verdict.unlike += 1
      }
    }
    verdict.expected = min(
      expected(of: first, in: second, by: map), map.inverse.map { expected(of: second, in: first, by: $0) } ?? 0)
    return verdict
  }

  /// Whole notes with ink that the other photo shows whole, if the map holds.
  private func expected(
    of gallery: SightingMerger.Gallery, in other: SightingMerger.Gallery, by map: PlaneMap
  ) -> Int {
    gallery.notes.count { note in
      note.hasInk && !note.isCut && note.quad.polygon.points.allSatisfy { other.shows(map($0), margin: 0.01) }
    }
  }
}
