import ProtocolModel

/// Turns scores into ranked codes, or into the reason why there are none.
struct Decision {
  let scorer: Scorer
  let board: BoardEvidence
  let table: CodeTable
  let parameters: CodingParameters
  let words: NoteWords
  let hasContent: Bool

  private struct Candidate {
    var base: String
    var code: String
    var text: CodeScore
    var evidence: [Evidence]
    /// Sum of the evidence without single words.
    var cued: Double
    /// What single words add.
    var words: Double
    /// What single words of the cues add, of `words`.
    var associated: Double
    /// What was learned of the board.
    var prior: Double
    var total: Double { cued + words + prior }
  }

  /// The codes of the note.
  func coding(of region: RegionID) -> NoteCoding {
    let scores = Dictionary(uniqueKeysWithValues: scorer.scores())
    let families = scores.filter { !$0.key.contains(".") }
    if words.isLearned { return learnedCoding(of: region, scores, families) }
    let spoken = words.sums.filter { $0.value >= parameters.minimumWords }.map(\.key)
    let named = Set(scores.keys).union(spoken).sorted()
    var candidates = named.compactMap { candidate($0, scores[$0] ?? .none, families) }
    let offTopic = families[UnassignedReason.offTopic.rawValue]?.score ?? 0
    let strongest = candidates.map(\.text.score).max() ?? 0
    if offTopic >= parameters.minimumScore, offTopic > strongest {
      return NoteCoding(
        region: region, codings: [], unassignedReason: .offTopic,
        unassignedEvidence: families[UnassignedReason.offTopic.rawValue]?.evidence)
    }
    candidates = candidates.filter { isCued($0) || isSpokenFor($0) }
    addRest(to: &candidates, scores, families)
    let primaries = candidates.filter { table.mayBePrimary($0.base) }.sorted(by: precedes)
    guard let first = primaries.first else {
      return NoteCoding(region: region, codings: [], unassignedReason: .noMatch)
    }
    if primaries.count > 1, isTie(first, primaries[1]) {
      return NoteCoding(region: region, codings: [], unassignedReason: .tie)
    }
    let further = candidates.filter { isFurther($0, beside: first) }.sorted(by: precedes)
    return NoteCoding(region: region, codings: ranked([first] + further), unassignedReason: nil)
  }

  /// The codes of the note where weights were learned: every code that may be first is weighed, and so is that the note
  /// is off the topic. Learned weights were fitted to these very sums, so the largest one is taken.
  private func learnedCoding(
    of region: RegionID, _ scores: [String: CodeScore], _ families: [String: CodeScore]
  ) -> NoteCoding {
    guard hasContent, !scores.isEmpty || words.sums.contains(where: { $0.value != 0 }) else {
      return NoteCoding(region: region, codings: [], unassignedReason: .noMatch)
    }
    let named = Set(scores.keys).union(words.prior.keys).sorted()
    let candidates = named.compactMap { base -> Candidate? in
      guard var candidate = candidate(base, scores[base] ?? .none, families) else { return nil }
      if let rest = board.rest.first, rest.code == base {
        candidate.evidence.append(rest.evidence)
        candidate.cued += rest.evidence.weight
      }
      return candidate
    }
    let primaries = candidates.filter { table.mayBePrimary($0.base) }.sorted(by: precedes)
    guard let first = primaries.first else {
      return NoteCoding(region: region, codings: [], unassignedReason: .noMatch)
    }
    // The board alone codes nothing: something on the note must speak for the code.
    let spoken = first.text.evidence + words.evidence(for: first.base).filter { $0.end > 0 }
    guard spoken.contains(where: { $0.weight > 0 }) else {
      return NoteCoding(region: region, codings: [], unassignedReason: .noMatch)
    }
    let away = UnassignedReason.offTopic.rawValue
    if (families[away]?.score ?? 0) + (words.sums[away] ?? 0) + (words.prior[away] ?? 0) > first.total {
      return NoteCoding(
        region: region, codings: [], unassignedReason: .offTopic,
        unassignedEvidence: (families[away]?.evidence ?? []) + words.evidence(for: away))
    }
    if primaries.count > 1, first.total - primaries[1].total < parameters.tieMargin, isTie(first, primaries[1]) {
      return NoteCoding(region: region, codings: [], unassignedReason: .tie)
    }
    guard words.further.isEmpty else {
      return NoteCoding(
        region: region, codings: ranked([first]) + furtherCodings(behind: first.base, scores), unassignedReason: nil)
    }
    let further = candidates.filter { isFurther($0, beside: first) }.sorted(by: precedes)
    return NoteCoding(region: region, codings: ranked([first] + further), unassignedReason: nil)
  }

  /// The codes that stand behind the first one where that was learned: their own words, and what stands first, must
  /// say so.
  private func furtherCodings(behind first: String, _ scores: [String: CodeScore]) -> [Coding] {
    let sums = words.sumsOfFurther(behind: first)
    let codings = zip(words.further, sums).compactMap { base, sum -> Coding? in
      guard base != first, table.codable.contains(base) else { return nil }
      let text = scores[base] ?? .none
      // Most codes are far from standing here: their evidence need not be named. Rounding is below a millionth.
      guard text.evidence.reduce(sum, { $0 + $1.weight }) > parameters.minimumScore - 1e-6 else { return nil }
      let evidence = text.evidence + words.evidence(for: base, behind: first)
      let score = evidence.reduce(0) { $0 + $1.weight }
      guard score >= parameters.minimumScore, evidence.contains(where: { $0.end > 0 && $0.weight > 0 }) else {
        return nil
      }
      return Coding(code: finest(base, text), rank: 0, score: score, evidence: evidence)
    }
    return codings.sorted { $0.score != $1.score ? $0.score > $1.score : table.place($0.code) < table.place($1.code) }
      .enumerated().map { place, coding in
        var coding = coding
        coding.rank = place + 2
        return coding
      }
  }

  private func isCued(_ candidate: Candidate) -> Bool {
    candidate.text.score >= parameters.minimumScore && candidate.cued >= parameters.minimumScore
  }

  /// Whether single words alone speak loud enough for a code that no cue names.
  private func isSpokenFor(_ candidate: Candidate) -> Bool {
    candidate.words >= parameters.minimumWords && candidate.total >= parameters.minimumScore
  }

  private func isTie(_ first: Candidate, _ second: Candidate) -> Bool {
    first.cued - second.cued < parameters.tieMargin && first.total - second.total < parameters.wordTieMargin
      && first.text.tokens == second.text.tokens && !first.text.tokens.isEmpty && !belongTogether(first, second)
  }

  /// On a board whose code book names a rest, the rest stands beside what the words say.
  private func addRest(
    to candidates: inout [Candidate], _ scores: [String: CodeScore], _ families: [String: CodeScore]
  ) {
    guard hasContent, let rest = board.rest.first,
      !candidates.contains(where: { $0.base == rest.code && isCued($0) }),
      var candidate = candidate(rest.code, scores[rest.code] ?? .none, families)
    else { return }
    candidates.removeAll { $0.base == rest.code }
    candidate.evidence.append(rest.evidence)
    candidate.cued += rest.evidence.weight
    candidates.append(candidate)
  }

  /// Whether a code may stand behind the first one.
  ///
  /// A code that may be first needs its own words and a good share of the first one's evidence; single words must not
  /// speak against it. A fear or consequence
  /// needs a cue that names the first code too, or one that speaks for nothing else.
  private func isFurther(_ other: Candidate, beside first: Candidate) -> Bool {
    guard other.base != first.base, isCued(other), other.text.score >= parameters.minimumFurtherScore else {
      return false
    }
    if table.mayBePrimary(other.base) {
      if belongTogether(other, first) { return true }
      let share = other.text.score >= parameters.minimumFurtherShare * first.text.score
      let fresh = other.text.tokens.subtracting(first.text.tokens)
      let spoken = other.associated >= parameters.minimumFurtherWords * max(0, first.associated)
      return share && spoken && other.cued >= parameters.minimumFurtherShare * first.cued && !fresh.isEmpty
    }
    return other.text.entries.contains { first.text.entries.contains($0) || table.isSingle($0) }
  }

  /// Whether one cue named both codes as a pair (a demand on politics is a measure too): no tie, both stand.
  private func belongTogether(_ one: Candidate, _ other: Candidate) -> Bool {
    one.text.entries.intersection(other.text.entries).contains(where: table.isTogether)
  }

  private func candidate(_ base: String, _ text: CodeScore, _ families: [String: CodeScore]) -> Candidate? {
    guard table.codable.contains(base), let family = table.familyOfBase[base] else { return nil }
    var evidence = text.evidence
    evidence += families[family]?.evidence ?? []
    evidence += scorer.context[base] ?? []
    evidence += scorer.context[family] ?? []
    evidence += board.byCode[family] ?? []
    evidence += board.byCode[base] ?? []
    return Candidate(
      base: base, code: finest(base, text), text: text, evidence: evidence,
      cued: evidence.reduce(0) { $0 + $1.weight }, words: words.sums[base] ?? 0,
      associated: words.associated[base] ?? 0, prior: words.prior[base] ?? 0)
  }

  /// The finer code that at least half of the evidence names; the base code otherwise.
  private func finest(_ base: String, _ text: CodeScore) -> String {
    let positive = text.shares.filter { $0.weight > 0 }
    let sum = positive.reduce(0) { $0 + $1.weight }
    let best = positive.filter { $0.code != base && table.codable.contains($0.code) }
      .max { ($0.weight, table.place($1.code)) < ($1.weight, table.place($0.code)) }
    guard let best, best.weight * 2 >= sum else { return base }
    return best.code
  }

  private func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.total != b.total { return a.total > b.total }
    if a.text.start != b.text.start { return a.text.start < b.text.start }
    return table.place(a.base) < table.place(b.base)
  }

  private func ranked(_ candidates: [Candidate]) -> [Coding] {
    candidates.enumerated().map { place, candidate in
      let evidence = candidate.evidence + words.evidence(for: candidate.base)
      return Coding(
        code: candidate.code, rank: place + 1, score: evidence.reduce(0) { $0 + $1.weight }, evidence: evidence)
    }
  }
}
