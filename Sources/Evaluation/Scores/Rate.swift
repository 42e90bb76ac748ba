/// A share or mean, and of how many cases.
package struct Rate: Hashable, Codable, Sendable {
  /// The value, rounded to four decimals; `nil` without cases.
  package var value: Double?
  /// Cases.
  package var n: Int

  /// Creates a rate; infinite where the references are empty and something was read.
  package init(_ value: Double?, n: Int) {
    self.value = value.map { $0.isFinite ? ($0 * 10_000).rounded() / 10_000 : $0 }
    self.n = n
  }

  /// `count` of `n`.
  package init(_ count: Int, of n: Int) { self.init(n > 0 ? Double(count) / Double(n) : nil, n: n) }

  /// Errors per length; `n` counts the texts.
  package init(_ errors: ErrorCount, texts: Int) { self.init(texts > 0 ? errors.rate : nil, n: texts) }

  private enum Key: String, CodingKey { case value, n }

  /// Reads a number, null or `"infinity"`.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    n = try container.decode(Int.self, forKey: .n)
    if let text = try? container.decode(String.self, forKey: .value) {
      value = text == "infinity" ? .infinity : nil
    } else {
      value = try container.decodeIfPresent(Double.self, forKey: .value)
    }
  }

  /// Writes a number, null or `"infinity"`, which JSON has no number for.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(n, forKey: .n)
    if let value, !value.isFinite {
      try container.encode("infinity", forKey: .value)
    } else {
      try container.encode(value, forKey: .value)
    }
  }
}

/// How well a set is found.
package struct DetectionScore: Hashable, Codable, Sendable {
  /// Share of what was found that is true.
  package var precision: Rate
  /// Share of what is true that was found.
  package var recall: Rate
  /// Harmonic mean; `n` counts what is true.
  package var f1: Rate

  /// Creates a score of counts.
  package init(matched: Int, found: Int, expected: Int) {
    precision = Rate(matched, of: found)
    recall = Rate(matched, of: expected)
    let sum = found + expected
    f1 = Rate(sum > 0 ? 2 * Double(matched) / Double(sum) : nil, n: expected)
  }
}
