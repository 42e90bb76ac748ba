import Evaluation
import TestSupport
import Testing

@Suite struct EditDistanceTests {
  static let cases: [(String, String, Int)] = [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("Schulung", "Schulng", 1),
    ("Zeit", "Ziet", 2), ("äöü", "aou", 3),
  ]

  @Test(arguments: cases) func countsEdits(first: String, second: String, distance: Int) {
    #expect(EditDistance.between(Array(first), Array(second)) == distance)
  }

  @Test(arguments: UInt64(0)..<32) func isAMetric(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func word() -> [Character] {
      (0..<Int.random(in: 0...9, using: &generator)).map { _ in
        ["a", "b", "c"][Int.random(in: 0..<3, using: &generator)]
      }
    }
    let a = word(), b = word(), c = word()
    #expect((EditDistance.between(a, b) == 0) == (a == b), "seed \(seed)")
    #expect(EditDistance.between(a, b) == EditDistance.between(b, a), "seed \(seed)")
    #expect(EditDistance.between(a, c) <= EditDistance.between(a, b) + EditDistance.between(b, c), "seed \(seed)")
    #expect(EditDistance.between(a, b) <= max(a.count, b.count), "seed \(seed)")
  }

  @Test func emptyReferenceIsInfiniteUnlessNothingWasRead() {
    let empty = ComparedText("")
    #expect(ErrorCount.characters(of: empty, against: empty).rate == 0)
    #expect(ErrorCount.characters(of: ComparedText("x"), against: empty).rate == .infinity)
  }

  @Test func rateIsZeroExactlyForEqualTexts() {
    let reference = ComparedText("Keine Zeit")
    #expect(ErrorCount.characters(of: ComparedText("Keine  Zeit"), against: reference).rate == 0)
    #expect(ErrorCount.words(of: ComparedText("Keine Zeiten"), against: reference).rate == 0.5)
    #expect(ErrorCount.characters(of: ComparedText("keine Zeit"), against: reference).rate == 0.1)
  }
}
