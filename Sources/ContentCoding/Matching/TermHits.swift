import ProtocolModel

/// A term that a word matched.
struct TermMatch: Sendable {
  var term: Int
  var rule: MatchRule
  var certainty: Double
}

/// What the capital of a word says about the stems it may share: `kriege` is no `Krieg`, `Messe` no `gemessen`.
private struct Spelling {
  private enum Kind { case noun, other, unknown }
  private let kind: Kind
  private let folded: String

  init(_ token: Token, isFirst: Bool) {
    folded = token.folded
    let letters = token.text.unicodeScalars.prefix(2)
    if letters.first?.properties.isUppercase == true {
      // Notes in capitals tell nothing, nor does the beginning of a sentence.
      kind = isFirst || letters.last?.properties.isUppercase == true ? .unknown : .noun
    } else {
      kind = .other
    }
  }

  /// Whether a term of the same stem may be meant: a noun that begins alike, or the infinitive used as a noun.
  func allows(_ term: TermPattern) -> Bool {
    switch kind {
    case .unknown: true
    case .other: !term.isNoun || folded.hasPrefix(term.text) || folded == term.text
    case .noun: term.isNoun || folded.hasSuffix("n") || folded.hasPrefix(term.text) || folded == term.text
    }
  }
}

/// Looks up what a single word matches, in the declared order of rules.
struct TokenMatcher: Sendable {
  let index: CueIndex
  let fuzzy: FuzzyIndex?
  let synonyms: [String: [Int]]
  private let memory = MatchMemory<[TermMatch]>(limit: 100_000)

  init(index: CueIndex, fuzzy: FuzzyIndex?, synonyms: [String: [Int]]) {
    self.index = index
    self.fuzzy = fuzzy
    self.synonyms = synonyms
  }

  /// A synonym is worth half a match: thesaurus entries mix the senses of a word.
  static let synonymCertainty = 0.5
  /// A compound that holds the word says a little less than the word.
  static let compoundCertainty = 0.9
  /// Letters that a word needs to be looked for at either end of a longer one without a known split.
  static let shortestAffix = 5

  /// The terms a word matches, by term; where it begins a sentence, its capital says nothing.
  func matches(_ token: Token, isFirst: Bool) -> [TermMatch] {
    memory.value(isFirst ? "^" + token.text : token.text) { lookUp(token, isFirst) }
  }

  private func lookUp(_ token: Token, _ isFirst: Bool) -> [TermMatch] {
    var found: [Int: TermMatch] = [:]
    let isExplained = collect(token, isFirst, &found)
    if !isExplained, token.folded.unicodeScalars.count >= FuzzyIndex.shortestWord { guess(token, &found) }
    return found.values.sorted { $0.term < $1.term }
  }

  private func guess(_ token: Token, _ found: inout [Int: TermMatch]) {
    let known = synonyms[token.folded] ?? []
    for term in known where found[term] == nil {
      found[term] = TermMatch(term: term, rule: .synonym, certainty: Self.synonymCertainty)
    }
    guard known.isEmpty, token.isKnown != true, let fuzzy else { return }
    for guess in fuzzy.nearest(to: token.folded, isKnownWrong: token.isKnown == false) {
      var terms = index.byFolded[guess.word] ?? []
      if guess.isPartial { terms = terms.filter { index.terms[$0].reach == .word } }
      terms += index.byPart[guess.word]?.filter { index.terms[$0].reach == .part } ?? []
      for term in terms where found[term] == nil {
        found[term] = TermMatch(term: term, rule: .fuzzy, certainty: guess.certainty)
      }
    }
  }

  /// Tries the sure rules; says whether any whole word, part or long affix matched.
  private func collect(_ token: Token, _ isFirst: Bool, _ found: inout [Int: TermMatch]) -> Bool {
    var isExplained = false
    let isCapital = token.text.unicodeScalars.first?.properties.isUppercase == true
    func note(_ terms: [Int]?, _ rule: MatchRule, _ certainty: Double, explains: Bool = true) {
      for term in terms ?? [] {
        if isCapital ? index.terms[term].isLowerCase : index.terms[term].isCapital { continue }
        if explains { isExplained = true }
        if let old = found[term], old.rule <= rule { continue }
        found[term] = TermMatch(term: term, rule: rule, certainty: certainty)
      }
    }
    note(index.byFolded[token.folded], .exact, 1)
    let spelling = Spelling(token, isFirst: isFirst)
    note(index.byStem[token.stem]?.filter { spelling.allows(index.terms[$0]) }, .inflected, 1)
    for part in token.parts { note(index.byPart[part], .compound, Self.compoundCertainty) }
    // The first is the whole expansion, the rest are parts of it.
    for word in token.expansion.prefix(1) {
      note(index.byFolded[word], .inflected, 1)
      note(index.byStem[word], .inflected, 1)
    }
    let bytes = Array(token.folded.utf8)
    func piece(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    for length in index.beginningLengths where length <= bytes.count {
      note(index.byBeginning[piece(0..<length)], .inflected, 1)
    }
    for length in index.endingLengths where length <= bytes.count {
      // Endings of a few letters are grammar, not meaning: they do not explain the word.
      let terms = index.byEnding[piece((bytes.count - length)..<bytes.count)]
      note(terms, .inflected, 1, explains: length >= Self.shortestAffix)
    }
    // A word of the dictionary without parts is simple: `Plattform` is no `platt`.
    guard bytes.count >= Self.shortestAffix + 2, token.isKnown != true else { return isExplained }
    for length in Self.shortestAffix..<(bytes.count - 1) {
      note(index.byPart[piece(0..<length)], .compound, Self.compoundCertainty)
      note(index.byPart[piece((bytes.count - length)..<bytes.count)], .compound, Self.compoundCertainty)
    }
    return isExplained
  }
}

/// Where the terms and sets of an index occur in one reading of a note.
struct TermHits {
  private(set) var spans: [CueIndex.Symbol: [Span]] = [:]

  init(note: NoteText, tokens: TokenMatcher) {
    for (position, token) in note.tokens.enumerated() {
      for match in tokens.matches(token, isFirst: note.isFirst(position)) {
        record(
          match.term, Span(first: position, last: position, rule: match.rule, certainty: match.certainty),
          tokens.index)
      }
    }
    addRuns(tokens.index)
    for symbol in spans.keys { spans[symbol]?.sort { ($0.first, $0.last, $0.rule) < ($1.first, $1.last, $1.rule) } }
  }

  private mutating func record(_ term: Int, _ span: Span, _ index: CueIndex) {
    spans[term, default: []].append(span)
    for set in index.setsOfTerm[term] ?? [] { spans[set, default: []].append(span) }
  }

  /// Finds the sets' members of several words.
  private mutating func addRuns(_ index: CueIndex) {
    var added: [(CueIndex.Symbol, Span)] = []
    for term in spans.keys where term >= 0 {
      guard let starts = spans[term], let runs = index.runsOfTerm[term] else { continue }
      for run in runs {
        for start in starts {
          var last = start
          var certainty = start.certainty
          var isWhole = true
          for next in run.terms.dropFirst() {
            guard let follower = spans[next]?.first(where: { $0.first == last.last + 1 }) else {
              isWhole = false
              break
            }
            last = follower
            certainty = min(certainty, follower.certainty)
          }
          if isWhole {
            added.append((run.set, Span(first: start.first, last: last.last, rule: .phrase, certainty: certainty)))
          }
        }
      }
    }
    for (set, span) in added { spans[set, default: []].append(span) }
  }
}
