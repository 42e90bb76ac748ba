package import ProtocolModel

/// Regions that are judged together.
package enum RegionClass: String, Codable, Sendable, CaseIterable {
  /// Sticky notes, cards and list items: what a protocol is made of.
  case notes
  /// Sticky notes and cards.
  case papers
  /// List items.
  case listItems = "list-items"
  /// Headings of boards.
  case headings
  /// Headings of groups.
  case clusterHeadings = "cluster-headings"

  /// The kinds in the class.
  package var kinds: Set<RegionKind> {
    switch self {
    case .notes: [.note, .card, .listItem]
    case .papers: [.note, .card]
    case .listItems: [.listItem]
    case .headings: [.heading]
    case .clusterHeadings: [.clusterHeading]
    }
  }
}

/// A true region and the found one that shows it.
struct RegionPair {
  var truth: TrueRegion
  var found: FoundRegion
}

/// One photo, truth and protocol side by side.
struct PhotoComparison {
  /// The photo.
  let truth: TruePhoto
  /// Whether the protocol has the photo at all.
  let isInProtocol: Bool
  /// Found regions, in the pixels of the ground truth.
  let found: [FoundRegion]
  /// Arrows between found regions.
  let foundLinks: [RegionLink]
  /// Pairs by class, each one to one.
  let pairs: [RegionClass: [RegionPair]]
  /// Found regions of a class that show nothing true of it.
  let extra: [RegionClass: [FoundRegion]]

  /// Two regions are the same from this intersection over union on (PASCAL VOC, Everingham et al. 2010).
  static let leastOverlap = 0.5

  init(_ truth: TruePhoto, _ photo: FoundPhoto?) {
    self.truth = truth
    isInProtocol = photo != nil
    found = photo.map { Self.scaled($0, to: truth) } ?? []
    foundLinks = photo?.links ?? []
    var pairs: [RegionClass: [RegionPair]] = [:]
    var extra: [RegionClass: [FoundRegion]] = [:]
    for group in RegionClass.allCases {
      let expected = truth.regions.filter { group.kinds.contains($0.kind) }
      let candidates = found.filter { group.kinds.contains($0.kind) }
      let matched = Self.match(expected, candidates, in: truth)
      pairs[group] = matched.map { RegionPair(truth: expected[$0.row], found: candidates[$0.column]) }
      let used = Set(matched.map(\.column))
      extra[group] = candidates.indices.filter { !used.contains($0) }.map { candidates[$0] }
        .filter { group == .papers || !Self.isIgnored($0, in: truth) }
    }
    self.pairs = pairs
    self.extra = extra
  }

  /// True regions of a class.
  func expected(_ group: RegionClass) -> [TrueRegion] { truth.regions.filter { group.kinds.contains($0.kind) } }

  /// True regions of a class that were not found.
  func missed(_ group: RegionClass) -> [TrueRegion] {
    let found = Set((pairs[group] ?? []).map(\.truth.id))
    return expected(group).filter { !found.contains($0.id) }
  }

  /// Found notes that are dots, loops or other marks.
  var distractorsTaken: Int {
    (extra[.notes] ?? []).filter { region in
      truth.distractors.contains { $0.overlap(with: region.polygon) >= Self.leastOverlap }
    }.count
  }

  /// The most pairs, and among those the greatest overlap: a pair counts 1000, its overlap at most 1.
  private static func match(
    _ expected: [TrueRegion], _ found: [FoundRegion], in photo: TruePhoto
  ) -> [(row: Int, column: Int)] {
    let width = Double(photo.width), height = Double(photo.height)
    let first = expected.map { $0.polygon.clipped(toWidth: width, height: height) }
    let second = found.map { $0.polygon.clipped(toWidth: width, height: height) }
    let worth = first.map { polygon in
      second.map { other in
        let overlap = polygon.overlap(with: other)
        return overlap >= leastOverlap ? 1000 + overlap : 0
      }
    }
    return Assignment.best(rows: first.count, columns: second.count) { worth[$0][$1] }
  }

  private static func isIgnored(_ region: FoundRegion, in photo: TruePhoto) -> Bool {
    photo.ignored.contains { $0.sharedArea(with: region.polygon) > region.polygon.area / 2 }
  }

  private static func scaled(_ photo: FoundPhoto, to truth: TruePhoto) -> [FoundRegion] {
    guard photo.width > 0, photo.height > 0, truth.width > 0, photo.width != truth.width else { return photo.regions }
    let x = Double(truth.width) / Double(photo.width), y = Double(truth.height) / Double(photo.height)
    return photo.regions.map { region in
      var region = region
      region.polygon.points = region.polygon.points.map { Point($0.x * x, $0.y * y) }
      return region
    }
  }
}
