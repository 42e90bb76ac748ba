import ProtocolModel

/// What of a note the learned weights know it by, with how much each counts.
enum WordSigns {
  /// A part of a compound or of what an abbreviation stands for, beside a whole word.
  private static let partShare = 0.7
  /// All runs of letters of a word together, beside the word; they count by the root of their number, so that a long
  /// word does not outweigh the rest of the note.
  private static let runShare = 1.5
  private static let runLengths = 3...5
  /// Letters below which a word has no runs.
  private static let shortestWord = 4

  /// The signs of one word, each once.
  static func signs(of token: Token) -> [(sign: LearnedWeights.Sign, share: Double)] {
    var result = [(LearnedWeights.Sign(kind: .word, text: token.stem), 1.0)]
    var parts = Set<String>()
    for part in token.parts + token.expansion where part != token.stem && parts.insert(part).inserted {
      result.append((LearnedWeights.Sign(kind: .word, text: part), partShare))
    }
    let letters = Array(("<" + token.folded + ">").unicodeScalars)
    guard letters.count >= shortestWord + 2 else { return result }
    var runs: [String] = []
    for length in runLengths where length <= letters.count {
      for start in 0...(letters.count - length) {
        runs.append(String(String.UnicodeScalarView(letters[start..<(start + length)])))
      }
    }
    let share = runShare / Double(runs.count).squareRoot()
    return result + runs.map { (LearnedWeights.Sign(kind: .run, text: $0), share) }
  }

  /// What the whole note shows: that it asks, that it shouts, that it counts.
  static func signs(of note: NoteText) -> [LearnedWeights.Sign] {
    var found: [String] = []
    if note.scalars.contains("?") { found.append("?") }
    if note.scalars.contains("!") { found.append("!") }
    if note.scalars.contains(where: { ("0"..."9").contains($0) }) { found.append("#") }
    return found.map { LearnedWeights.Sign(kind: .sign, text: $0) }
  }

  /// Where the note hangs: every note, and the entries of the code book that the heading fires.
  static func signs(of board: BoardEvidence) -> [LearnedWeights.Sign] {
    (["-"] + board.entries).map { LearnedWeights.Sign(kind: .board, text: $0) }
  }
}

/// The learned weights, ready for matching: columns in the order of the code book's codes, words looked up once.
struct LearnedWords: Sendable {
  /// The columns: codes that may be first, off the topic, and with a mark those that may stand behind.
  let codes: [String]
  private let rows: [LearnedWeights.Sign: [Double]]
  private let words: FuzzyIndex?
  private let memory = MatchMemory<[Int]>(limit: 100_000)

  /// What one word says of a code counts from here, in thousandths: less is noise, and clutters an explanation.
  static let smallest = 80
  /// The same for words of the closed classes: they stand on every note, and what one says is by chance unless it is much.
  private static let smallestOfFunctionWord = 250

  /// `nil` where the weights are of other codes altogether. With `confusions`, a word that no dictionary has may be a
  /// misreading of a word that has weights.
  init?(_ weights: LearnedWeights, codes spoken: [String], confusions: ConfusionTable?, tolerance: Double = 1) {
    let codes = spoken + weights.codes.filter { $0.hasPrefix(LearnedWeights.furtherMark) }
    let columns = codes.map { weights.codes.firstIndex(of: $0) }
    guard columns.contains(where: { $0 != nil }) else { return nil }
    self.codes = codes
    let known = weights.rows.keys.filter { $0.kind == .word }.map(\.text)
    words = confusions.map { FuzzyIndex(words: known, confusions: $0, tolerance: tolerance) }
    rows = weights.rows.mapValues { row in columns.map { $0.map { Double(row[$0]) / 100 } ?? 0 } }
  }

  /// What a word says of every code, in thousandths.
  func weights(of token: Token) -> [Int] {
    memory.value(token.text + "\t" + token.stem) {
      let smallest = FunctionWords.contain(token) ? Self.smallestOfFunctionWord : Self.smallest
      return sums(readings(of: token)).map { abs($0) < smallest ? 0 : $0 }
    }
  }

  /// What a word says that may have been read otherwise: the weights expected, `others` with their probabilities.
  func weights(of token: Token, others: [(token: Token, probability: Double)]) -> [Int] {
    let best = weights(of: token)
    let different = others.filter { $0.token.text != token.text && $0.probability > 0 }
    guard !different.isEmpty else { return best }
    let rest = 1 - different.reduce(0) { $0 + $1.probability }
    var sums = best.map { Double($0) * rest }
    for (token, probability) in different {
      for (index, weight) in weights(of: token).enumerated() { sums[index] += probability * Double(weight) }
    }
    return sums.map { Int($0.rounded()) }
  }

  /// The signs of a word; where it may be misread, those of the words that it may have been, each with its share.
  private func readings(of token: Token) -> [(sign: LearnedWeights.Sign, share: Double)] {
    let own = WordSigns.signs(of: token)
    guard let words, token.isKnown == false, token.parts.isEmpty, token.expansion.isEmpty,
      rows[LearnedWeights.Sign(kind: .word, text: token.stem)] == nil
    else { return own }
    let guesses = words.probable(token.stem)
    guard !guesses.isEmpty else { return own }
    let certainty = guesses.reduce(0) { $0 + $1.guess.certainty * $1.share }
    return own.map { ($0.sign, $0.share * (1 - certainty)) }
      + guesses.flatMap { guess, share in
        let meant = Token(text: guess.word, start: 0, end: 0, folded: guess.word, stem: guess.word)
        return WordSigns.signs(of: meant).map { ($0.sign, $0.share * guess.certainty * share) }
      }
  }

  /// What signs that are not words say together, in thousandths.
  func weights(of signs: [LearnedWeights.Sign]) -> [Int] { sums(signs.map { ($0, 1) }) }

  private func sums(_ signs: [(sign: LearnedWeights.Sign, share: Double)]) -> [Int] {
    var sums = Array(repeating: 0.0, count: codes.count)
    for (sign, share) in signs {
      guard let row = rows[sign] else { continue }
      for index in sums.indices { sums[index] += share * row[index] }
    }
    return sums.map { Int((1000 * $0).rounded()) }
  }
}
