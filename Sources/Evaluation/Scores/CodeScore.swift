/// How well notes are coded, by the codes of a human coder.
package struct CodeScore: Hashable, Codable, Sendable {
  /// Share of the found notes whose first code is the coder's first ("no code" is an answer too).
  package var primaryAgreement: Rate
  /// The same over the found notes that are shown as text.
  package var primaryAgreementLegible: Rate
  /// The same over all coded notes; a missed note disagrees.
  package var primaryAgreementAll: Rate
  /// Cohen's kappa (1960) of the first codes of the found notes.
  package var kappa: Rate
  /// Mean F1 over the codes that either gave first; `n` counts those codes.
  package var macroF1: Rate
  /// Further codes, pooled.
  package var further: DetectionScore

  /// One note: the coder's codes and the program's, first code first; finer codes are cut to two segments.
  struct Case {
    var expected: [String]
    var given: [String]
    var legible: Bool

    init(expected: [String], given: [String], legible: Bool) {
      self.expected = Self.coarse(expected)
      self.given = Self.coarse(given)
      self.legible = legible
    }

    var agrees: Bool { expected.first == given.first }

    private static func coarse(_ codes: [String]) -> [String] {
      var seen: Set<String> = []
      return codes.map { $0.split(separator: ".").prefix(2).joined(separator: ".") }.filter { seen.insert($0).inserted }
    }
  }

  init(_ cases: [Case], missed: Int) {
    let agreeing = cases.filter(\.agrees)
    let legible = cases.filter(\.legible)
    primaryAgreement = Rate(agreeing.count, of: cases.count)
    primaryAgreementLegible = Rate(legible.filter(\.agrees).count, of: legible.count)
    primaryAgreementAll = Rate(agreeing.count, of: cases.count + missed)
    kappa = CodeAgreement.kappa(cases.map { ($0.expected.first, $0.given.first) })
    macroF1 = CodeAgreement.macroF1(cases.map { ($0.expected.first, $0.given.first) })
    var matched = 0, found = 0, expected = 0
    for example in cases {
      let truth = Set(example.expected.dropFirst()), given = Set(example.given.dropFirst())
      matched += truth.intersection(given).count
      found += given.count
      expected += truth.count
    }
    further = DetectionScore(matched: matched, found: found, expected: expected)
  }
}

/// Agreement of two coders on one code a note; `nil` is "no code".
package enum CodeAgreement {
  /// Cohen's kappa: agreement beyond what the two distributions give by chance; 1 where both always say the same thing.
  package static func kappa(_ pairs: [(String?, String?)]) -> Rate {
    guard !pairs.isEmpty else { return Rate(nil, n: 0) }
    let n = Double(pairs.count)
    let observed = Double(pairs.filter { $0.0 == $0.1 }.count) / n
    let first = Dictionary(grouping: pairs, by: \.0).mapValues(\.count)
    let second = Dictionary(grouping: pairs, by: \.1).mapValues(\.count)
    // Whole numbers, so that the order of a dictionary cannot touch the sum.
    let products = first.reduce(0) { $0 + $1.value * second[$1.key, default: 0] }
    let chance = Double(products) / (n * n)
    return Rate(chance == 1 ? 1 : (observed - chance) / (1 - chance), n: pairs.count)
  }

  /// Mean of the F1 of every code that either gave; "no code" is none.
  package static func macroF1(_ pairs: [(String?, String?)]) -> Rate {
    let codes = Set(pairs.flatMap { [$0.0, $0.1].compactMap { $0 } }).sorted()
    let scores = codes.map { code in
      let both = pairs.filter { $0.0 == code && $0.1 == code }.count
      let either = pairs.filter { $0.0 == code }.count + pairs.filter { $0.1 == code }.count
      return 2 * Double(both) / Double(either)
    }
    return Rate(codes.isEmpty ? nil : scores.reduce(0, +) / Double(codes.count), n: codes.count)
  }
}
