import ProtocolModel

/// Turns scores into ranked codes, or into the reason why there are none.
struct Decision {
  let scorer: Scorer
  let board: BoardEvidence
  let table: CodeTable
  let parameters: CodingParameters
  let hasContent: Bool

  private struct Candidate {
    var base: String
    var code: String
    var text: CodeScore
    var evidence: [Evidence]
    var total: Double
  }

  /// The codes of the note.
  func coding(of region: RegionID) -> NoteCoding {
    let scores = scorer.scores()
    let families = Dictionary(uniqueKeysWithValues: scores.filter { CodePath($0.code).base == nil })
    let candidates = scores.compactMap { candidate($0.code, $0.score, families) }
    let offTopic = families[UnassignedReason.offTopic.rawValue]?.score ?? 0
    let strongest = candidates.map(\.text.score).max() ?? 0
    if offTopic >= parameters.minimumScore, offTopic > strongest {
      return NoteCoding(region: region, codings: [], unassignedReason: .offTopic)
    }
    let valid = candidates.filter { $0.text.score >= parameters.minimumScore && $0.total >= parameters.minimumScore }
    let primaries = valid.filter { table.mayBePrimary($0.base) }.sorted(by: precedes)
    guard let first = primaries.first else { return rest(region, valid) }
    if primaries.count > 1 {
      let second = primaries[1]
      if first.total - second.total < parameters.tieMargin, first.text.tokens == second.text.tokens,
        !first.text.tokens.isEmpty, !belongTogether(first, second)
      {
        return NoteCoding(region: region, codings: [], unassignedReason: .tie)
      }
    }
    let further = valid.filter { isFurther($0, beside: first) }.sorted(by: precedes)
    return NoteCoding(region: region, codings: ranked([first] + further), unassignedReason: nil)
  }

  /// Whether a code may stand behind the first one.
  ///
  /// A code that may be first needs its own words and a good share of the first one's evidence. A fear or consequence
  /// needs a cue that names the first code too, or one that speaks for nothing else.
  private func isFurther(_ other: Candidate, beside first: Candidate) -> Bool {
    guard other.base != first.base, other.text.score >= parameters.minimumFurtherScore else { return false }
    if table.mayBePrimary(other.base) {
      if belongTogether(other, first) { return true }
      let share = other.text.score >= parameters.minimumFurtherShare * first.text.score
      let fresh = other.text.tokens.subtracting(first.text.tokens)
      return share && other.total >= parameters.minimumFurtherShare * first.total && !fresh.isEmpty
    }
    return other.text.entries.contains { first.text.entries.contains($0) || table.isSingle($0) }
  }

  /// Whether one cue named both codes as a pair (a demand on politics is a measure too): no tie, both stand.
  private func belongTogether(_ one: Candidate, _ other: Candidate) -> Bool {
    one.text.entries.intersection(other.text.entries).contains(where: table.isTogether)
  }

  private func candidate(_ base: String, _ text: CodeScore, _ families: [String: CodeScore]) -> Candidate? {
    guard CodePath(base).base != nil, table.codable.contains(base) else { return nil }
    let family = CodePath(base).family
    var evidence = text.evidence
    evidence += families[family]?.evidence ?? []
    evidence += scorer.context[base] ?? []
    evidence += scorer.context[family] ?? []
    evidence += board.byCode[family] ?? []
    evidence += board.byCode[base] ?? []
    return Candidate(
      base: base, code: finest(base, text), text: text, evidence: evidence,
      total: evidence.reduce(0) { $0 + $1.weight })
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

  private func rest(_ region: RegionID, _ valid: [Candidate]) -> NoteCoding {
    guard hasContent, let rest = board.rest.first else {
      return NoteCoding(region: region, codings: [], unassignedReason: .noMatch)
    }
    let coding = Coding(code: rest.code, rank: 1, score: rest.evidence.weight, evidence: [rest.evidence])
    let further = ranked(valid.filter { !table.mayBePrimary($0.base) }.sorted(by: precedes))
    let moved = further.map { Coding(code: $0.code, rank: $0.rank + 1, score: $0.score, evidence: $0.evidence) }
    return NoteCoding(region: region, codings: [coding] + moved, unassignedReason: nil)
  }

  private func ranked(_ candidates: [Candidate]) -> [Coding] {
    candidates.enumerated().map { place, candidate in
      Coding(code: candidate.code, rank: place + 1, score: candidate.total, evidence: candidate.evidence)
    }
  }
}
