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

  /// - Parameter codes: what words may speak for, in the order of `associations` and `learned`.
  init(
    _ note: NoteText, codes: [String], _ associations: WordAssociations?, _ learned: LearnedWords?,
    board: BoardEvidence
  ) {
    place = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    isLearned = learned != nil
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
    for token in learned.map({ _ in note.tokens }) ?? [] {
      guard let weights = learned?.weights(of: token), weights.contains(where: { $0 != 0 }) else { continue }
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
