/// Where in a note a negation reaches.
///
/// Words of the set `negation` reach the next words of their clause (`keine Schulung`); words of `lacking` also the
/// words before them (`Schulung fehlt`), and the other parts of their own compound (`Schulungsmangel`). Two negations
/// undo each other (`keine KI ohne Schulung`).
struct NegationScope {
  static let forwardSet = "negation"
  static let lackingSet = "lacking"
  /// Words after a negation that it reaches: `kein`, two adjectives and the noun.
  static let forwardReach = 4
  /// Words before a word that says something is missing.
  static let backwardReach = 3

  private let negated: [Bool]

  init(note: NoteText, forward: [Span], lacking: [Span]) {
    var count = Array(repeating: 0, count: note.tokens.count)
    for span in forward {
      guard span.last + 1 < count.count else { continue }
      for index in span.last + 1..<min(count.count, span.last + 1 + Self.forwardReach)
      where note.clause[index] == note.clause[span.last] {
        count[index] += 1
      }
    }
    for span in lacking {
      count[span.first] += 1
      let before = max(0, span.first - Self.backwardReach)
      for index in before..<span.first where note.clause[index] == note.clause[span.first] { count[index] += 1 }
      guard span.last + 1 < count.count else { continue }
      for index in span.last + 1..<min(count.count, span.last + 1 + Self.forwardReach)
      where note.clause[index] == note.clause[span.last] {
        count[index] += 1
      }
    }
    negated = count.map { $0 % 2 == 1 }
  }

  /// Whether the word at `index` stands in the reach of an odd number of negations.
  func reaches(_ index: Int) -> Bool { negated[index] }
}
