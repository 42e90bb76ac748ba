import ProtocolModel

/// What the words of a note say for one base code.
struct CodeScore {
  /// Accepted evidence in the order of the text.
  var evidence: [Evidence]
  /// Words that the evidence took.
  var tokens: Set<Int>
  /// Sum of the evidence.
  var score: Double
  /// Weight by full code, for choosing the finer one.
  var shares: [(code: String, weight: Double)]
  /// First scalar of the first evidence.
  var start: Int
  /// The entries of the code book whose cues fired, accepted or not.
  var entries: Set<Substring>

  /// Nothing said.
  static let none = CodeScore(evidence: [], tokens: [], score: 0, shares: [], start: 0, entries: [])
}

/// The board's say: evidence by family or code, and the code that takes the rest.
struct BoardEvidence: Sendable {
  var byCode: [String: [Evidence]] = [:]
  var rest: [(code: String, evidence: Evidence)] = []
  /// The entries of the code book that the heading fires, each once.
  var entries: [String] = []
  /// The words of the heading that fired.
  var heading = ""

  init() {}

  init(matches: [(cue: Cue, heading: String)]) {
    for (cue, heading) in matches {
      let evidence = Evidence(
        cue: "board:" + cue.id, match: heading, start: 0, end: 0, rule: "board", weight: cue.weight)
      let entry = cue.id.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      if cue.kind != CueKind.rest.rawValue, !entries.contains(entry) { entries.append(entry) }
      if self.heading.isEmpty { self.heading = heading }
      if cue.kind == CueKind.rest.rawValue {
        if !rest.contains(where: { $0.code == cue.code }) { rest.append((cue.code, evidence)) }
      } else if byCode[cue.code] == nil {
        // Two words of one heading say the same thing once.
        byCode[cue.code] = [evidence]
      }
    }
  }
}

/// Collects the cues that fired and turns them into scores by code.
struct Scorer {
  private struct Entry {
    var code: String
    var match: CueMatch
    var evidence: Evidence
    var isBest: Bool
  }
  let cues: [Cue]
  private var entries: [Entry] = []
  private(set) var context: [String: [Evidence]] = [:]

  init(cues: [Cue], parameters: CodingParameters) { self.cues = cues }

  /// Takes a match; `share` is the probability of its reading beside the best one's.
  mutating func add(
    _ match: CueMatch, in note: NoteText, share: Double, isBest: Bool, bestTokens: [Token] = []
  ) {
    let cue = cues[match.cue]
    var match = match
    if !isBest {
      if entries.contains(where: { $0.match.cue == match.cue && $0.isBest }) { return }
      if let known = entries.firstIndex(where: { $0.match.cue == match.cue }) {
        if entries[known].evidence.weight.magnitude >= (cue.weight * match.certainty * share).magnitude { return }
        entries.remove(at: known)
      }
    }
    let weight = (cue.weight * match.certainty * share).rounded(toPlaces: 3)
    let words = note.substring(match.start, match.end)
    if !isBest {
      // Word by word the readings run side by side; where they do not, the evidence has no place in the text.
      if bestTokens.count == note.tokens.count, let first = match.tokens.first, let last = match.tokens.last {
        match.start = bestTokens[first].start
        match.end = bestTokens[last].end
      } else {
        match.start = 0
        match.end = 0
        match.tokens = match.tokens.map { $0 + 1000 }
      }
    }
    entries.append(
      Entry(
        code: cue.code, match: match,
        evidence: Evidence(
          cue: cue.id, match: words, start: match.start, end: match.end, rule: match.rule.rawValue, weight: weight),
        isBest: isBest))
  }

  /// Takes evidence from outside the text for a code or family.
  mutating func addContext(_ evidence: Evidence, to code: String) { context[code, default: []].append(evidence) }

  /// Scores by base code or family, sorted by name. A word counts once per code: the heaviest cue that holds it.
  func scores() -> [(code: String, score: CodeScore)] {
    var groups: [String: [Entry]] = [:]
    for entry in entries {
      groups[CodePath.comparable(entry.code), default: []].append(entry)
    }
    return groups.keys.sorted().compactMap { code in
      guard let group = groups[code] else { return nil }
      return (code, Self.score(group))
    }
  }

  private static func score(_ entries: [Entry]) -> CodeScore {
    let sorted = entries.sorted {
      ($1.evidence.weight.magnitude, $1.match.tokens.count, $0.match.start, $0.evidence.cue)
        < ($0.evidence.weight.magnitude, $0.match.tokens.count, $1.match.start, $1.evidence.cue)
    }
    var taken: Set<Int> = []
    var takenAgainst: Set<Int> = []
    var accepted: [Entry] = []
    for entry in sorted {
      let tokens = Set(entry.match.tokens)
      if entry.evidence.weight < 0 {
        guard tokens.isEmpty || !tokens.isSubset(of: takenAgainst) else { continue }
        takenAgainst.formUnion(tokens)
      } else {
        guard tokens.isEmpty || tokens.isDisjoint(with: taken) else { continue }
        taken.formUnion(tokens)
      }
      accepted.append(entry)
    }
    accepted.sort { ($0.match.start, $0.match.end, $0.evidence.cue) < ($1.match.start, $1.match.end, $1.evidence.cue) }
    var shares: [(code: String, weight: Double)] = []
    for entry in accepted {
      if let index = shares.firstIndex(where: { $0.code == entry.code }) {
        shares[index].weight += entry.evidence.weight
      } else {
        shares.append((entry.code, entry.evidence.weight))
      }
    }
    let evidence = accepted.map(\.evidence)
    return CodeScore(
      evidence: evidence, tokens: taken, score: evidence.reduce(0) { $0 + $1.weight }, shares: shares,
      start: accepted.first?.match.start ?? 0,
      entries: Set(entries.filter { $0.evidence.weight > 0 }.map { $0.evidence.cue.prefix { $0 != ":" } }))
  }
}
