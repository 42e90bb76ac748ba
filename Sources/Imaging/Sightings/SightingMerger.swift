package import ProtocolModel

/// Finds notes that several photos show: the same paper, not the same words.
///
/// Two sightings are one paper only when their pictures agree and their neighbours agree on one map between the two
/// photos. The text is never asked: the same wording on other paper, or by another hand, is another note.
package struct SightingMerger: Sendable {
  /// What may be set.
  package struct Parameters: Hashable, Sendable {
    /// Least likeness at which two notes may be a pair, -1...1. Other hands writing the same words reach 0.45.
    package var likeness: Double
    /// Least number of pairs that must agree on one map between two photos.
    package var agreement: Int
    /// Least likeness of a note that stands alone on a close-up, where no neighbour can agree.
    package var aloneLikeness: Double

    /// Sets them.
    package init(likeness: Double = 0.6, agreement: Int = 3, aloneLikeness: Double = 0.9) {
      self.likeness = likeness
      self.agreement = agreement
      self.aloneLikeness = aloneLikeness
    }
  }

  /// The notes of one photo.
  package struct Gallery: Sendable {
    /// The photo.
    package var photo: PhotoID
    /// Its notes, in reading order.
    package var notes: [NoteSignature]
    /// Collects notes.
    package init(photo: PhotoID, notes: [NoteSignature]) {
      self.photo = photo
      self.notes = notes
    }
  }

  private struct Match {
    let first: NoteSignature
    let second: NoteSignature
    let likeness: Double
    var centres: (from: Point<PhotoSpace>, to: Point<PhotoSpace>) {
      (first.quad.polygon.centre, second.quad.polygon.centre)
    }
  }

  private let parameters: Parameters
  /// Ink below this share of full contrast says nothing about a note; blank paper has about 0.01.
  private static let leastContrast = 0.03

  /// Creates a merger.
  package init(parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// Repeats with their primary: the sighting that shows the paper largest, the earlier photo where two are equal.
  package func merge(_ galleries: [Gallery]) -> SightingLayer {
    var links: [(Match, reason: String)] = []
    for first in galleries.indices {
      for second in galleries.indices where second > first {
        links += matches(galleries[first], galleries[second])
      }
    }
    var parent: [RegionID: RegionID] = [:]
    func root(_ region: RegionID) -> RegionID {
      var region = region
      while let next = parent[region], next != region { region = next }
      return region
    }
    let order = galleries.flatMap(\.notes)
    let places = Dictionary(order.enumerated().map { ($1.region, $0) }, uniquingKeysWith: { first, _ in first })
    let areas = Dictionary(order.map { ($0.region, $0.quad.polygon.area) }, uniquingKeysWith: { first, _ in first })
    func isBetter(_ a: RegionID, _ b: RegionID) -> Bool {
      (areas[a] ?? 0, -(places[a] ?? 0)) > (areas[b] ?? 0, -(places[b] ?? 0))
    }
    var reasons: [RegionID: String] = [:]
    for (match, reason) in links {
      let (a, b) = (root(match.first.region), root(match.second.region))
      guard a != b else { continue }
      let (primary, repeated) = isBetter(a, b) ? (a, b) : (b, a)
      parent[repeated] = primary
      reasons[repeated] = reason
    }
    let repeats = order.compactMap { note -> Sighting? in
      let primary = root(note.region)
      guard primary != note.region else { return nil }
      return Sighting(region: note.region, sameAs: primary, reason: reasons[note.region] ?? "")
    }
    return SightingLayer(sightings: repeats.sorted { $0.region < $1.region })
  }

  /// The pairs of two photos that show the same paper.
  private func matches(_ first: Gallery, _ second: Gallery) -> [(Match, reason: String)] {
    let mine = first.notes.filter { $0.contrast >= Self.leastContrast }
    let theirs = second.notes.filter { $0.contrast >= Self.leastContrast }
    guard !mine.isEmpty, !theirs.isEmpty else { return [] }
    let likeness = mine.map { one in theirs.map { one.likeness(to: $0) } }
    var candidates: [Match] = []
    for (i, row) in likeness.enumerated() {
      guard let j = row.indices.max(by: { row[$0] < row[$1] }), row[j] >= parameters.likeness else { continue }
      // Mutual best only: a note cannot be two others.
      guard likeness.indices.allSatisfy({ $0 == i || likeness[$0][j] < row[j] }) else { continue }
      candidates.append(Match(first: mine[i], second: theirs[j], likeness: row[j]))
    }
    let agreed = agreeing(candidates)
    if agreed.count >= parameters.agreement, let fit = PlaneFit(agreed.map(\.centres)), fit.isPlausible {
      // The map must hold for all that both photos show, not only for those that chose it: on two boards with rows
      // and columns three notes always agree on some map.
      let paired = pairs(mine, theirs, likeness, on: fit)
      let alike = paired.filter { $0.likeness >= Self.pairedLikeness }
      if alike.count >= parameters.agreement, 10 * alike.count >= 7 * paired.count {
        return alike.map { ($0, "\(alike.count) notes agree on one map, likeness \(rounded($0.likeness))") }
      }
      return []
    }
    // A close-up may show one or two notes only: then the pictures alone must be beyond doubt.
    guard min(mine.count, theirs.count) < parameters.agreement else { return [] }
    return candidates.filter { $0.likeness >= parameters.aloneLikeness }
      .map { ($0, "close-up, likeness \(rounded($0.likeness))") }
  }

  /// Least likeness of a pair that lies where the map of its neighbours says.
  private static let pairedLikeness = 0.5

  /// The notes of two photos that a map lays on each other, each at most once, the more alike first.
  private func pairs(
    _ mine: [NoteSignature], _ theirs: [NoteSignature], _ likeness: [[Double]], on fit: PlaneFit
  ) -> [Match] {
    var found: [(i: Int, j: Int, match: Match)] = []
    for i in mine.indices {
      for j in theirs.indices {
        let match = Match(first: mine[i], second: theirs[j], likeness: likeness[i][j])
        if agrees(match, with: fit) { found.append((i, j, match)) }
      }
    }
    found.sort { ($1.match.likeness, $0.i, $0.j) < ($0.match.likeness, $1.i, $1.j) }
    var usedMine = Set<Int>(), usedTheirs = Set<Int>()
    return found.compactMap { entry in
      guard !usedMine.contains(entry.i), !usedTheirs.contains(entry.j) else { return nil }
      usedMine.insert(entry.i)
      usedTheirs.insert(entry.j)
      return entry.match
    }
  }

  /// The largest set of matches that one map explains to within a third of a note.
  private func agreeing(_ candidates: [Match]) -> [Match] {
    var best: [Match] = []
    // Maps are tried on the likest only: sixteen give 560 of them, sixty notes would give 34,220.
    let order = candidates.indices.sorted { (candidates[$1].likeness, $0) < (candidates[$0].likeness, $1) }
    let likest = order.prefix(16).map { candidates[$0] }
    for i in likest.indices {
      for j in likest.indices where j > i {
        for k in likest.indices where k > j {
          guard let fit = PlaneFit([likest[i].centres, likest[j].centres, likest[k].centres]), fit.isPlausible else {
            continue
          }
          let agreed = candidates.filter { agrees($0, with: fit) }
          if agreed.count > best.count { best = agreed }
        }
      }
    }
    guard let fit = PlaneFit(best.map(\.centres)) else { return [] }
    return candidates.filter { agrees($0, with: fit) }
  }

  private func agrees(_ match: Match, with fit: PlaneFit) -> Bool {
    let size = match.second.quad.polygon.area.squareRoot()
    let expected = match.first.quad.polygon.area.squareRoot() * fit.magnification
    let ratio = size / max(expected, 1)
    return fit(match.centres.from).distance(to: match.centres.to) < size / 3 && ratio > 0.6 && ratio < 1.6
  }

  private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
