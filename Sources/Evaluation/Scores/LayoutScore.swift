import ProtocolModel

/// How well order, groups and votes are found.
package struct LayoutScore: Hashable, Codable, Sendable {
  /// Kendall's tau-a of the reading order over the pairs of notes and headings on one sheet; `n` counts the pairs.
  package var readingOrder: Rate
  /// Pairs of found notes that hang in one group, of the photos that have groups.
  package var groupPairs: DetectionScore
  /// Share of the found notes in the group that belongs to theirs (groups paired one to one by shared notes); a note
  /// that stands alone is right without a group.
  package var groupAssignment: Rate
  /// Share of the found notes on boards with dots whose votes are right or off by one.
  package var votesWithinOne: Rate
  /// Share whose votes are right.
  package var votesExact: Rate
  /// Arrows between notes, of the photos whose truth speaks of arrows; one with its direction turned is wrong.
  package var links: DetectionScore

  /// Layout of one photo or many.
  struct Tally {
    private var concordant = 0, discordant = 0, orderPairs = 0
    private var together = (both: 0, found: 0, expected: 0)
    private var assigned = 0, grouped = 0
    private var votes = (exact: 0, near: 0, n: 0)
    private var links = (both: 0, found: 0, expected: 0)

    mutating func add(_ photo: PhotoComparison) {
      addOrder(photo)
      addGroups(photo)
      addLinks(photo)
      guard photo.truth.hasVotes else { return }
      for pair in photo.pairs[.notes] ?? [] {
        let difference = abs((pair.found.votes ?? 0) - pair.truth.votes)
        votes.n += 1
        votes.near += difference <= 1 ? 1 : 0
        votes.exact += difference == 0 ? 1 : 0
      }
    }

    private mutating func addLinks(_ photo: PhotoComparison) {
      guard let truth = photo.truth.links else { return }
      let names = Dictionary(
        (photo.pairs[.notes] ?? []).map { ($0.found.id, $0.truth.id) }, uniquingKeysWith: { first, _ in first })
      let expected = Set(truth)
      let found = Set(photo.foundLinks.map { RegionLink(from: names[$0.from] ?? "", to: names[$0.to] ?? "") })
      links.expected += expected.count
      links.found += photo.foundLinks.count
      links.both += found.intersection(expected).count
    }

    private mutating func addOrder(_ photo: PhotoComparison) {
      let classes: [RegionClass] = [.notes, .headings, .clusterHeadings]
      let pairs = classes.flatMap { photo.pairs[$0] ?? [] }.compactMap { pair in
        pair.truth.order.map { (sheet: pair.found.sheet, truth: $0, found: pair.found.order) }
      }
      for (index, first) in pairs.enumerated() {
        for second in pairs[(index + 1)...] where second.sheet == first.sheet {
          orderPairs += 1
          let product = (first.truth - second.truth).signum() * (first.found - second.found).signum()
          if product > 0 { concordant += 1 } else if product < 0 { discordant += 1 }
        }
      }
    }

    private mutating func addGroups(_ photo: PhotoComparison) {
      guard photo.truth.regions.contains(where: { $0.group != nil }) else { return }
      let pairs = photo.pairs[.notes] ?? []
      for (index, first) in pairs.enumerated() {
        for second in pairs[(index + 1)...] {
          let expected = first.truth.group != nil && first.truth.group == second.truth.group
          let found = first.found.group != nil && first.found.group == second.found.group
          together.expected += expected ? 1 : 0
          together.found += found ? 1 : 0
          together.both += expected && found ? 1 : 0
        }
      }
      let trueGroups = Set(pairs.compactMap(\.truth.group)).sorted()
      let foundGroups = Set(pairs.compactMap(\.found.group)).sorted()
      let shared = trueGroups.map { group in
        foundGroups.map { other in pairs.filter { $0.truth.group == group && $0.found.group == other }.count }
      }
      let matched = Assignment.best(rows: trueGroups.count, columns: foundGroups.count) { Double(shared[$0][$1]) }
      grouped += pairs.count
      assigned += matched.reduce(0) { $0 + shared[$1.row][$1.column] }
      assigned += pairs.filter { $0.truth.group == nil && $0.found.group == nil }.count
    }

    var score: LayoutScore {
      LayoutScore(
        readingOrder: Rate(
          orderPairs > 0 ? Double(concordant - discordant) / Double(orderPairs) : nil, n: orderPairs),
        groupPairs: DetectionScore(matched: together.both, found: together.found, expected: together.expected),
        groupAssignment: Rate(assigned, of: grouped), votesWithinOne: Rate(votes.near, of: votes.n),
        votesExact: Rate(votes.exact, of: votes.n),
        links: DetectionScore(matched: links.both, found: links.found, expected: links.expected))
    }
  }
}
