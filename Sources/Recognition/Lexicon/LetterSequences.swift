import Foundation

/// How the letters of German words follow one another: what a word that no lexicon knows is judged by.
///
/// The probability of a letter after up to three others, interpolated as Witten and Bell do (IEEE Transactions on
/// Information Theory 37, 1991), counted over the words of a list whatever their case.
struct LetterSequences: Sendable {
  /// Letters that the next one is seen to hang on.
  private static let reach = 3
  /// Five bits a letter: 0 the edge of a word, 1...30 the letters, 31 anything else, which is never counted.
  private static let bits = 5, foreign = 31

  /// Times that letters came after one another, by the number of letters before the last.
  private let counts: [[UInt32]]
  /// Times that letters came before any other, and how many others, by their number.
  private let totals: [[UInt32]], kinds: [[UInt32]]

  /// Counts the words of a table.
  init(_ words: WordTable) {
    var counts = (0...Self.reach).map { [UInt32](repeating: 0, count: 1 << (Self.bits * ($0 + 1))) }
    for index in 0..<words.count {
      Self.forEachStep(words.letters[words.range(index)]) { known, context, letter in
        for before in 0...known { counts[before][Self.place(context, before) << Self.bits | letter] += 1 }
      }
    }
    totals = counts.map { rows in
      stride(from: 0, to: rows.count, by: 1 << Self.bits).map { rows[$0..<$0 + 1 << Self.bits].reduce(0, +) }
    }
    kinds = counts.map { rows in
      stride(from: 0, to: rows.count, by: 1 << Self.bits).map { start in
        rows[start..<start + 1 << Self.bits].reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
      }
    }
    self.counts = counts
  }

  /// How unlikely the letters are as one word, its end included, in nats.
  func nats(of codes: [UInt8]) -> Double {
    var sum = 0.0
    Self.forEachStep(codes[...]) { known, context, letter in
      // A digit or sign is an eighth as likely as a letter that never came.
      var probability = letter == Self.foreign ? 1.0 / 256 : 1.0 / 32
      for before in 0...known {
        let place = Self.place(context, before)
        let total = totals[before][place]
        guard total > 0 else { break }
        let kinds = Double(kinds[before][place])
        probability =
          (Double(counts[before][place << Self.bits | letter]) + kinds * probability) / (Double(total) + kinds)
      }
      sum -= log(probability)
    }
    return sum
  }

  /// Calls `body` with each letter and the edge at the end: how many letters or edges before it count, these, and it.
  @inline(__always)
  private static func forEachStep(_ codes: ArraySlice<UInt8>, _ body: (Int, Int, Int) -> Void) {
    var context = 0, known = 1
    for code in codes {
      let letter = min(Int(code), foreign)
      body(known, context, letter)
      context = place(context << bits | letter, reach)
      known = min(reach, known + 1)
    }
    body(known, context, 0)
  }

  /// The last `count` letters of a context.
  @inline(__always)
  private static func place(_ context: Int, _ count: Int) -> Int { context & (1 << (bits * count) - 1) }
}
