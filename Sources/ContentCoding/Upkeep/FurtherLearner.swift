/// Learns which codes stand behind the first one, each by itself: from the words of the note, what cues say of the code,
/// and which code stands first.
struct FurtherLearner {
  /// The codes that can be learned, in the order of their ids.
  private(set) var codes: [String] = []
  /// By sign: a weight for each of ``codes``, in hundredths of a score.
  private(set) var rows: [LearnedWeights.Sign: [Int]] = [:]

  /// Notes that a code must stand behind on, at least.
  private static let fewestNotes = 20
  /// How strongly weights are drawn to nothing; 0.5, 1 and 2 differ by less than 0.01 in F1 on writers left out. Both
  /// sides of a question are restrained, so that each has half.
  private static let restraint = 2.0
  /// The first code's weights are hardly restrained: there are few of them, on many notes.
  private static let firstShare = 2.0
  /// Odds from which a code is taken, as a logarithm: one in three. Best F1 over ten writers left out, flat from -1 to -0.5.
  private static let taken = -0.75
  /// The score that a code taken has at least, ``CodingParameters/minimumScore``.
  private static let least = 1.0

  init(
    _ samples: [(sample: NoteCoder.Sample, first: String, further: [String])], signs: [LearnedWeights.Sign]
  ) {
    var notes: [String: Int] = [:]
    for sample in samples { for code in sample.further { notes[code, default: 0] += 1 } }
    codes = notes.filter { $0.value >= Self.fewestNotes }.keys.sorted()
    guard !codes.isEmpty else { return }
    let firsts = Set(samples.map(\.first)).sorted()
    let place = Dictionary(signs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = samples.map { sample in
      var row: [Int: Double] = [:]
      for (sign, share) in sample.sample.signs {
        guard let column = place[sign] else { continue }
        row[column, default: 0] += share * (sign.kind == .board ? WeightLearner.boardShare : 1)
      }
      if let first = firsts.firstIndex(of: sample.first) { row[signs.count + first] = Self.firstShare }
      return row.keys.sorted().map { (column: $0, value: row[$0] ?? 0) }
    }
    for (index, code) in codes.enumerated() {
      var problem = SoftmaxProblem(classes: 2)
      for (sample, columns) in zip(samples, columns) {
        let cued = (sample.sample.cued[code] ?? 0) * WeightLearner.sharpness
        problem.add(columns: columns, offset: [0, cued], target: sample.further.contains(code) ? 1 : 0)
      }
      let solution = problem.solution(features: signs.count + firsts.count, restraint: Self.restraint)
      func weight(_ column: Int, _ share: Double) -> Int {
        let odds = solution[2 * column + 1] - solution[2 * column]
        let weight = Int((100 * share * odds / WeightLearner.sharpness).rounded())
        return abs(weight) < WeightLearner.least ? 0 : weight
      }
      for (column, sign) in signs.enumerated() {
        add(weight(column, sign.kind == .board ? WeightLearner.boardShare : 1), to: sign, index)
      }
      for (column, first) in firsts.enumerated() {
        add(
          weight(signs.count + column, Self.firstShare), to: LearnedWeights.Sign(kind: .first, text: first), index)
      }
      // What every note has takes up the odds, so that a code taken scores no less than one that cues alone name.
      let shift = Int((100 * (Self.least - Self.taken / WeightLearner.sharpness)).rounded())
      add(shift, to: LearnedWeights.Sign(kind: .board, text: "-"), index)
    }
  }

  private mutating func add(_ weight: Int, to sign: LearnedWeights.Sign, _ index: Int) {
    guard weight != 0 else { return }
    rows[sign, default: Array(repeating: 0, count: codes.count)][index] += weight
  }
}
