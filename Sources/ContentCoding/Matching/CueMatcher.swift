import ProtocolModel

/// A cue that fired on a reading.
struct CueMatch: Hashable {
  /// Place of the cue in the code book's list.
  var cue: Int
  /// Indices of the words it took, in order; empty where it matched characters.
  var tokens: [Int]
  /// First scalar.
  var start: Int
  /// Scalar after the last.
  var end: Int
  var rule: MatchRule
  var certainty: Double
}

/// Finds the cues that fire on a text.
struct CueMatcher: Sendable {
  let index: CueIndex
  let cues: [Cue]
  private let tokens: TokenMatcher
  /// By pattern: the cues that share it, by what they ask of a negation.
  private let cuesByPolarity: [[(polarity: Cue.Polarity, cues: [Int])]]

  init(index: CueIndex, cues: [Cue], fuzzy: FuzzyIndex?, synonyms: [String: [Int]]) {
    self.index = index
    self.cues = cues
    tokens = TokenMatcher(index: index, fuzzy: fuzzy, synonyms: synonyms)
    cuesByPolarity = index.cuesOfPattern.map { all in
      [Cue.Polarity.any, .affirmed, .negated].compactMap { polarity in
        let some = all.filter { cues[$0].polarity == polarity }
        return some.isEmpty ? nil : (polarity, some)
      }
    }
  }

  /// All cues that fire on `note`, each once, in the order of the code book.
  func matches(in note: NoteText) -> [CueMatch] {
    let hits = TermHits(note: note, tokens: tokens)
    let forward = index.symbolOfSet[NegationScope.forwardSet].flatMap { hits.spans[$0] } ?? []
    let lacking = index.symbolOfSet[NegationScope.lackingSet].flatMap { hits.spans[$0] } ?? []
    let scope = NegationScope(
      note: note, forward: forward.filter { $0.rule < .synonym }, lacking: lacking.filter { $0.rule < .synonym })
    var results: [CueMatch] = []
    var tried: Set<Int> = []
    for symbol in hits.spans.keys {
      for pattern in index.patternsOfTrigger[symbol] ?? [] where tried.insert(pattern).inserted {
        fire(pattern, note, hits, scope, &results)
      }
    }
    for (pattern, cue) in index.characterPatterns {
      guard let range = pattern.firstMatch(in: note.scalars), isAllowed(cue, note, hits) else { continue }
      let tokens = note.tokens.indices.filter {
        note.tokens[$0].start < range.upperBound && note.tokens[$0].end > range.lowerBound
      }
      results.append(
        CueMatch(
          cue: cue, tokens: tokens, start: range.lowerBound, end: range.upperBound, rule: .pattern, certainty: 1))
    }
    return results.sorted { $0.cue < $1.cue }
  }

  private func fire(
    _ pattern: Int, _ note: NoteText, _ hits: TermHits, _ scope: NegationScope, _ results: inout [CueMatch]
  ) {
    for (polarity, cuesHere) in cuesByPolarity[pattern] {
      guard let spans = place(pattern, note, hits, scope, polarity) else { continue }
      let tokens = Array(Set(spans.flatMap { Array($0.first...$0.last) })).sorted()
      guard let first = tokens.first, let last = tokens.last else { continue }
      let worst = spans.map(\.rule).max() ?? .exact
      let rule: MatchRule =
        worst >= .synonym
        ? worst : polarity == .negated ? .negated : spans.count > 1 || tokens.count > 1 ? .phrase : worst
      for cue in cuesHere where isAllowed(cue, note, hits) {
        results.append(
          CueMatch(
            cue: cue, tokens: tokens, start: note.tokens[first].start, end: note.tokens[last].end, rule: rule,
            certainty: spans.map(\.certainty).min() ?? 1))
      }
    }
  }

  private func isAllowed(_ cue: Int, _ note: NoteText, _ hits: TermHits) -> Bool {
    !index.exceptions[cue].contains { place($0, note, hits, nil, .any) != nil }
  }

  /// The spans of the tightest placement of a pattern; `nil` where it does not match.
  private func place(
    _ id: Int, _ note: NoteText, _ hits: TermHits, _ scope: NegationScope?, _ polarity: Cue.Polarity
  ) -> [Span]? {
    let pattern = index.patterns[id]
    if pattern.asks, !note.asks { return nil }
    var all: [Span] = []
    for sequence in pattern.sequences {
      guard let spans = place(sequence, note, hits, scope, polarity) else { return nil }
      all += spans
    }
    return all
  }

  private func place(
    _ sequence: CueIndex.Sequence, _ note: NoteText, _ hits: TermHits, _ scope: NegationScope?,
    _ polarity: Cue.Polarity
  ) -> [Span]? {
    guard let starts = hits.spans[sequence.symbols[0]] else { return nil }
    let lastToken = note.tokens.count - 1
    func extend(_ spans: [Span], _ place: Int) -> [Span]? {
      guard let last = spans.last else { return nil }
      if place == sequence.symbols.count {
        return sequence.isAtEnd && last.last != lastToken ? nil : spans
      }
      for next in hits.spans[sequence.symbols[place]] ?? []
      where next.first > last.last && next.first - last.last - 1 <= sequence.gaps[place] {
        if let whole = extend(spans + [next], place + 1) { return whole }
      }
      return nil
    }
    var best: [Span]?
    var bestWidth = Int.max
    for start in starts {
      if sequence.isAtStart, start.first != 0 { continue }
      if let scope, polarity != .any, scope.reaches(start.first) != (polarity == .negated) { continue }
      guard let whole = extend([start], 1), let last = whole.last else { continue }
      if last.last - start.first < bestWidth {
        bestWidth = last.last - start.first
        best = whole
      }
      if sequence.symbols.count == 1 { break }
    }
    return best
  }
}
