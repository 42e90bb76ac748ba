import Evaluation
import TestSupport
import Testing

@Suite struct AssignmentTests {
  /// The best total by trying every order of the columns.
  func exhaustive(_ worth: [[Double]], from row: Int = 0, without used: Set<Int> = []) -> Double {
    guard row < worth.count else { return 0 }
    var best = exhaustive(worth, from: row + 1, without: used)
    for column in worth[row].indices where !used.contains(column) && worth[row][column] > 0 {
      best = max(best, worth[row][column] + exhaustive(worth, from: row + 1, without: used.union([column])))
    }
    return best
  }

  @Test(arguments: UInt64(0)..<64) func findsTheBestTotal(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = Int.random(in: 0...5, using: &generator), columns = Int.random(in: 0...5, using: &generator)
    let worth = (0..<rows).map { _ in
      (0..<columns).map { _ in max(0, Double(Int.random(in: -4...9, using: &generator))) }
    }
    let pairs = Assignment.best(rows: rows, columns: columns) { worth[$0][$1] }
    #expect(pairs.reduce(0) { $0 + worth[$1.row][$1.column] } == exhaustive(worth), "seed \(seed)")
    #expect(Set(pairs.map(\.row)).count == pairs.count && Set(pairs.map(\.column)).count == pairs.count)
    #expect(pairs.allSatisfy { worth[$0.row][$0.column] > 0 })
  }
}
