import ProtocolModel

/// What the single words of one note say, from the words of the cues and from what was learned, and their sums by code.
struct NoteWords {
  /// One thing that speaks: a word, two neighbours, a sign, or the board.
  private struct Hit {
    var cue: String
    var match: String
    var start: Int
    var end: Int
    var rule: String
    /// By code, in thousandths.
    var weights: [Int]
  }

  private let hits: [Hit]
  private let place: [String: Int]
  /// By code: the words of the cues.
  let associated: [String: Double]
  /// By code: all words.
  let sums: [String: Double]
  /// By code: what was learned of the board and of notes in general; empty where nothing was learned.
  let prior: [String: Double]
  /// Whether weights were learned for this code book: they speak for every code.
  let isLearned: Bool
  /// Base codes of which was learned whether they stand behind another.
  let further: [String]
  private let learned: LearnedWords?

  /// Another reading of the note, word by word beside the best one.
  struct Reading {
    var tokens: [Token]
    var probability: Double
  }

  /// - Parameters:
  ///   - codes: what words may speak for, in the order of `associations` and `learned`.
  ///   - others: other readings; what was learned of a word counts by the probabilities of its readings.
  init(
    _ note: NoteText, codes: [String], _ associations: WordAssociations?, _ learned: LearnedWords?,
    board: BoardEvidence, others: [Reading] = []
  ) {
    place = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    isLearned = learned != nil
    self.learned = learned
    further = codes.filter { $0.hasPrefix(LearnedWeights.furtherMark) }
      .map { String($0.dropFirst(LearnedWeights.furtherMark.count)) }
    var hits: [Hit] = []
    for hit in associations?.hits(in: note) ?? [] {
      let start = note.tokens[hit.tokens.lowerBound].start
      let end = note.tokens[hit.tokens.upperBound].end
      hits.append(
        Hit(
          cue: "word:" + hit.key, match: note.substring(start, end), start: start, end: end, rule: "association",
          weights: hit.weights))
    }
    associated = Self.sums(hits, codes)
    for (index, token) in (learned == nil ? [] : note.tokens).enumerated() {
      guard let weights = learned?.weights(of: token, others: others.map { ($0.tokens[index], $0.probability) }),
        weights.contains(where: { $0 != 0 })
      else { continue }
      hits.append(
        Hit(
          cue: "learned:" + token.stem, match: note.substring(token.start, token.end), start: token.start,
          end: token.end, rule: "learned", weights: weights))
    }
    for sign in learned.map({ _ in WordSigns.signs(of: note) }) ?? [] {
      guard let weights = learned?.weights(of: [sign]), weights.contains(where: { $0 != 0 }) else { continue }
      hits.append(
        Hit(cue: "learned:" + sign.text, match: "", start: 0, end: 0, rule: "learned", weights: weights))
    }
    sums = Self.sums(hits, codes)
    if let learned {
      let own = Hit(
        cue: "learned:board", match: board.heading, start: 0, end: 0, rule: "learned",
        weights: learned.weights(of: WordSigns.signs(of: board)))
      prior = Self.sums([own], codes)
      hits.append(own)
    } else {
      prior = [:]
    }
    self.hits = hits
  }

  private static func sums(_ hits: [Hit], _ codes: [String]) -> [String: Double] {
    guard !hits.isEmpty else { return [:] }
    var totals = Array(repeating: 0, count: codes.count)
    for hit in hits {
      for (index, weight) in hit.weights.enumerated() { totals[index] += weight }
    }
    return Dictionary(uniqueKeysWithValues: zip(codes, totals.map { Double($0) / 1000 }))
  }

  /// What all words, the board and `first` say of every code of ``further`` together.
  func sumsOfFurther(behind first: String) -> [Double] {
    let own = learned?.weights(of: [LearnedWeights.Sign(kind: .first, text: first)]) ?? []
    return further.map { code in
      let column = LearnedWeights.furtherMark + code
      guard let place = place[column], own.indices.contains(place) else { return 0 }
      return (sums[column] ?? 0) + (prior[column] ?? 0) + Double(own[place]) / 1000
    }
  }

  /// The evidence that a code stands behind `first`, in the order of the text, what stands first last.
  func evidence(for code: String, behind first: String) -> [Evidence] {
    let column = LearnedWeights.furtherMark + code
    guard let learned, let place = place[column] else { return [] }
    let weights = learned.weights(of: [LearnedWeights.Sign(kind: .first, text: first)])
    let own = Evidence(
      cue: "learned:first", match: "", start: 0, end: 0, rule: "learned", weight: Double(weights[place]) / 1000)
    return evidence(for: column) + (own.weight == 0 ? [] : [own])
  }

  /// The evidence for one code, in the order of the text, the board last.
  func evidence(for code: String) -> [Evidence] {
    guard let place = place[code] else { return [] }
    return hits.compactMap { hit in
      guard hit.weights.indices.contains(place), hit.weights[place] != 0 else { return nil }
      return Evidence(
        cue: hit.cue, match: hit.match, start: hit.start, end: hit.end, rule: hit.rule,
        weight: Double(hit.weights[place]) / 1000)
    }
  }
}
