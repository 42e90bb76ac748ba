import Foundation
package import ProtocolModel

/// Learns from coded notes what words, parts of words and boards say beside the cues (regularised multinomial logistic
/// regression), so that everything adds up to one score.
///
/// The sums of cues, board and cue words go in as they are and the weights learn what they miss. Notes that the cues
/// were written after would teach that cues are never wrong: theirs count by their words alone.
package struct WeightLearner {
  private let codeBook: CodeBook
  private let coder: NoteCoder
  private let codes: [String]

  /// What a point of score is worth as a logarithm of odds: fitted freely, leaving one writer of five out, it came out at
  /// 0.78 with the words of the cues among the examples, at 1.1 without.
  static let sharpness = 0.75
  /// How strongly weights are drawn to nothing; 0.5, 1 and 2 differ by less than 0.002 in kappa on writers left out.
  private static let restraint = 1.0
  /// The board's weights are hardly restrained: there are few of them, on many notes.
  static let boardShare = 2.0
  /// Stands on every note that was chosen and is never written: it takes up how common their kinds are.
  private static let chosen = LearnedWeights.Sign(kind: .board, text: "*")
  /// What a cue counts beside a coded note; 0.05 does as well, 0.3 worse by 0.01 in kappa.
  private static let phraseShare = 0.1
  /// Notes or cues that a run of letters must stand in: fewer only make the file larger.
  private static let fewestNotes = 4
  /// A sign all of whose weights are nearer to nothing than this, in hundredths, is left out of the file.
  static let smallest = 6
  /// Weights nearer to nothing than this, in hundredths, are nothing.
  static let least = 2

  /// A learner of the codes of `codeBook`.
  package init(codeBook: CodeBook, analyzer: any TextAnalyzer, thesaurus: Thesaurus? = nil) {
    self.codeBook = codeBook
    coder = NoteCoder(codeBook: codeBook, analyzer: analyzer, thesaurus: thesaurus)
    codes = coder.spokenCodes
  }

  /// A coded note with its board.
  package struct Example: Sendable {
    /// The note.
    package var note: NoteInput
    /// The base code of rank 1; `nil` where the note is off the topic.
    package var code: String?
    /// Base codes behind it, each once.
    package var further: [String]
    /// Whether cues were written after it.
    package var isKnown: Bool
    /// Whether it was written or chosen to show something, so that its kind is more or less common than on boards.
    package var isChosen: Bool

    /// Creates an example of a note with its codes, the first one first.
    package init(note: NoteInput, codes: [String], isKnown: Bool = false, isChosen: Bool = false) {
      self.note = note
      code = codes.first.flatMap { CodePath($0).base }
      let behind = codes.dropFirst().compactMap { CodePath($0).base }
      further = behind.enumerated().filter { !behind[..<$0.offset].contains($0.element) }.map(\.element)
      self.isKnown = isKnown
      self.isChosen = isChosen
    }
  }

  /// The weights; notes whose first code is none of the code book's are passed over. `nil` where none is left.
  package func weights(from examples: [Example], version: String, source: String) -> LearnedWeights? {
    var problem = SoftmaxProblem(classes: codes.count)
    let samples = examples.compactMap { example -> (sample: NoteCoder.Sample, code: Int, example: Example)? in
      guard let code = codes.firstIndex(of: example.code ?? UnassignedReason.offTopic.rawValue),
        var sample = coder.sample(of: example.note, withCues: !example.isKnown)
      else { return nil }
      if example.isChosen { sample.signs.append((Self.chosen, 1)) }
      return (sample, code, example)
    }
    guard !samples.isEmpty else { return nil }
    let phrases = phrases()
    let signs = kept(samples.map(\.sample.signs) + phrases.map(\.signs))
    let place = Dictionary(signs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func columns(_ signs: [(sign: LearnedWeights.Sign, share: Double)]) -> [(column: Int, value: Double)] {
      var row: [Int: Double] = [:]
      for (sign, share) in signs {
        guard let column = place[sign] else { continue }
        row[column, default: 0] += share * (sign.kind == .board ? Self.boardShare : 1)
      }
      return row.keys.sorted().map { ($0, row[$0] ?? 0) }
    }
    for (sample, code, _) in samples {
      problem.add(
        columns: columns(sample.signs), offset: sample.scores.map { $0 * Self.sharpness }, target: code)
    }
    let silence = Array(repeating: 0.0, count: codes.count)
    for phrase in phrases {
      problem.add(columns: columns(phrase.signs), offset: silence, target: phrase.code, weight: phrase.weight)
    }
    let solution = problem.solution(features: signs.count, restraint: Self.restraint)
    let behind = FurtherLearner(samples.map { ($0.sample, codes[$0.code], $0.example.further) }, signs: signs)
    var rows: [LearnedWeights.Sign: [Int]] = [:]
    for (index, sign) in signs.enumerated() where sign != Self.chosen {
      let share = sign.kind == .board ? Self.boardShare : 1
      let row = (0..<codes.count).map { code -> Int in
        let weight = Int((100 * share * solution[index * codes.count + code] / Self.sharpness).rounded())
        return abs(weight) < Self.least ? 0 : weight
      }
      let all = row + (behind.rows[sign] ?? Array(repeating: 0, count: behind.codes.count))
      if all.contains(where: { abs($0) >= Self.smallest }) { rows[sign] = all }
    }
    for (sign, row) in behind.rows where sign.kind == .first {
      rows[sign] = Array(repeating: 0, count: codes.count) + row
    }
    return LearnedWeights(
      version: version, codeBook: codeBook.id, source: source,
      codes: codes + behind.codes.map { LearnedWeights.furtherMark + $0 }, rows: rows)
  }

  /// The words of the cues, each cue a small note without a board: they say how other words of the kind look.
  private func phrases() -> [(signs: [(sign: LearnedWeights.Sign, share: Double)], code: Int, weight: Double)] {
    let place = Dictionary(codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return WordAssociations.samples(of: codeBook, place).flatMap { sample in
      let signs = coder.analyzer.tokens(of: sample.text).flatMap(WordSigns.signs)
      return sample.shares.map { (signs, $0.code, $0.weight * Self.phraseShare) }
    }
  }

  /// The signs that stand on enough notes or cues, in a fixed order.
  private func kept(_ samples: [[(sign: LearnedWeights.Sign, share: Double)]]) -> [LearnedWeights.Sign] {
    var notes: [LearnedWeights.Sign: Int] = [:]
    for signs in samples { for sign in Set(signs.map(\.sign)) { notes[sign, default: 0] += 1 } }
    return notes.filter { $0.key.kind != .run || $0.value >= Self.fewestNotes }.keys
      .sorted { ($0.kind.rawValue, $0.text) < ($1.kind.rawValue, $1.text) }
  }
}

extension NoteCoder {
  /// A note as weights are learned from it.
  struct Sample {
    /// What cues, board and cue words say of each of ``NoteCoder/spokenCodes``.
    var scores: [Double]
    /// What cues say of each base code, by its id.
    var cued: [String: Double]
    /// What it is known by, with how much each sign counts; a sign may stand there more than once.
    var signs: [(sign: LearnedWeights.Sign, share: Double)]
  }

  /// The sample of a note; `nil` where it has no words. Without cues, only the board speaks.
  func sample(of note: NoteInput, withCues: Bool) -> Sample? {
    guard let text = note.text else { return nil }
    let read = NoteText(text, tokens: analyzer.tokens(of: text))
    guard !read.tokens.isEmpty else { return nil }
    let board = boardEvidence(note)
    let said = withCues ? Dictionary(uniqueKeysWithValues: scorer(of: read).scores()) : [:]
    let words = NoteWords(read, codes: spokenCodes, withCues ? associations : nil, nil, board: board)
    let scores = spokenCodes.map { code -> Double in
      let family = CodePath(code).family
      var evidence = (board.byCode[code] ?? []) + board.rest.prefix(1).filter { $0.code == code }.map(\.evidence)
      if family != code { evidence += board.byCode[family] ?? [] }
      let cued = (said[code]?.score ?? 0) + (family == code ? 0 : said[family]?.score ?? 0)
      return cued + evidence.reduce(0) { $0 + $1.weight } + (words.sums[code] ?? 0)
    }
    let others = WordSigns.signs(of: read) + WordSigns.signs(of: board)
    return Sample(
      scores: scores, cued: said.mapValues(\.score),
      signs: read.tokens.flatMap(WordSigns.signs) + others.map { ($0, 1) })
  }
}
