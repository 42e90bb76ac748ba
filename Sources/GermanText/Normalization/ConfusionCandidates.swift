/// Proposes what may have stood where a word was misread: one or two confusions of the table undone, likeliest first.
struct ConfusionCandidates: Sendable {
  /// A proposal.
  struct Candidate: Equatable, Sendable {
    var text: String
    var cost: Double
  }

  private struct Change {
    var range: Range<Int>
    var meant: [Unicode.Scalar]
    var cost: Double
  }

  private let pairs: [Unicode.Scalar: [(read: [Unicode.Scalar], meant: [Unicode.Scalar], cost: Double)]]
  private let lost: [(meant: [Unicode.Scalar], cost: Double)]

  /// Takes the confusions of a table; a pair of small letters holds for capitals too.
  init(_ table: ConfusionTable) {
    var pairs: [Unicode.Scalar: [(read: [Unicode.Scalar], meant: [Unicode.Scalar], cost: Double)]] = [:]
    for pair in table.pairs {
      let read = Array(pair.read.unicodeScalars)
      guard let first = read.first else { continue }
      pairs[first, default: []].append((read, Array(pair.meant.unicodeScalars), pair.cost))
    }
    self.pairs = pairs
    lost = table.lost.map { (Array($0.meant.unicodeScalars), $0.cost) }
  }

  /// Proposals of at most `limit`, cheapest first, equal ones by text, none twice.
  ///
  /// - Parameter isAnyLetter: whether a letter may stand for any other, too, or be one too many or too few.
  func candidates(
    for word: [Unicode.Scalar], limit: Double, count: Int, isAnyLetter: Bool = false
  ) -> [Candidate] {
    let changes = changes(in: word, limit: limit)
    var best: [String: Double] = [:]
    if isAnyLetter, Self.anyLetter <= limit { addAnyLetter(word, to: &best) }
    for (index, change) in changes.enumerated() {
      add(word, [change], to: &best)
      for other in changes[(index + 1)...] {
        // The list is sorted: no later pair is cheaper.
        if change.cost + other.cost > limit { break }
        if change.range.overlaps(other.range) || change.range == other.range { continue }
        add(word, [change, other], to: &best)
      }
    }
    return best.map { Candidate(text: $0.key, cost: $0.value) }
      .sorted { $0.cost != $1.cost ? $0.cost < $1.cost : $0.text < $1.text }.prefix(count).map { $0 }
  }

  private func changes(in word: [Unicode.Scalar], limit: Double) -> [Change] {
    var changes: [Change] = []
    for place in word.indices {
      for pair in pairs[word[place]] ?? [] where pair.cost <= limit && word[place...].starts(with: pair.read) {
        changes.append(Change(range: place..<(place + pair.read.count), meant: pair.meant, cost: pair.cost))
      }
    }
    let isCapitals = word.filter(\.properties.isUppercase).count * 2 > word.count
    for place in 0...word.count {
      for letter in lost where letter.cost <= limit {
        let meant =
          isCapitals ? letter.meant.flatMap { Array($0.properties.uppercaseMapping.unicodeScalars) } : letter.meant
        changes.append(Change(range: place..<place, meant: meant, cost: letter.cost))
      }
    }
    return changes.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }

  /// What a letter costs that no table lists: more than all but the rarest of the table.
  private static let anyLetter = 1.5

  private static let letters = Array("abcdefghijklmnopqrstuvwxyzäöüß".unicodeScalars)

  /// Every word that is one letter away.
  private func addAnyLetter(_ word: [Unicode.Scalar], to best: inout [String: Double]) {
    let isCapitals = word.filter(\.properties.isUppercase).count * 2 > word.count
    let letters =
      isCapitals ? Self.letters.flatMap { Array($0.properties.uppercaseMapping.unicodeScalars) } : Self.letters
    for place in 0...word.count {
      for letter in letters {
        add(word, [Change(range: place..<place, meant: [letter], cost: Self.anyLetter)], to: &best)
        if place < word.count {
          add(word, [Change(range: place..<(place + 1), meant: [letter], cost: Self.anyLetter)], to: &best)
        }
      }
      if place < word.count {
        add(word, [Change(range: place..<(place + 1), meant: [], cost: Self.anyLetter)], to: &best)
      }
    }
  }

  private func add(_ word: [Unicode.Scalar], _ changes: [Change], to best: inout [String: Double]) {
    var text = word
    var cost = 0.0
    for change in changes.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      text.replaceSubrange(change.range, with: change.meant)
      cost += change.cost
    }
    let key = String(String.UnicodeScalarView(text))
    if cost < best[key] ?? .infinity { best[key] = cost }
  }
}
