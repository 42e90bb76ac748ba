import ProtocolModel

/// Where the terms and sets of an index occur in one reading of a note.
struct TermHits {
  private(set) var spans: [CueIndex.Symbol: [Span]] = [:]
  /// Whether any whole-word term matched the token, so that it needs no guess.
  private(set) var isExplained: [Bool]

  init(note: NoteText, index: CueIndex, fuzzy: FuzzyIndex?, synonyms: [String: [Int]]) {
    isExplained = Array(repeating: false, count: note.tokens.count)
    for (position, token) in note.tokens.enumerated() {
      var found: [Int: Span] = [:]
      collect(token, position, index, &found)
      let isGuessable = !isExplained[position] && token.folded.unicodeScalars.count >= FuzzyIndex.shortestWord
      if isGuessable, let terms = synonyms[token.folded] {
        for term in terms where found[term] == nil {
          found[term] = Span(first: position, last: position, rule: .synonym, certainty: Self.synonymCertainty)
        }
      }
      if isGuessable, found.isEmpty || !found.values.contains(where: { $0.rule == .synonym }), token.isKnown != true,
        let fuzzy
      {
        for guess in fuzzy.nearest(to: token.folded, isKnownWrong: token.isKnown == false) {
          for term in index.byFolded[guess.word] ?? [] where found[term] == nil {
            found[term] = Span(first: position, last: position, rule: .fuzzy, certainty: guess.certainty)
          }
          if guess.isPartial {
            for term in index.byPart[guess.word] ?? [] where found[term] == nil {
              found[term] = Span(first: position, last: position, rule: .fuzzy, certainty: guess.certainty)
            }
          }
        }
      }
      for (term, span) in found { record(term, span, index) }
    }
    addRuns(index)
    for symbol in spans.keys { spans[symbol]?.sort { ($0.first, $0.last, $0.rule) < ($1.first, $1.last, $1.rule) } }
  }

  /// A synonym is worth half a match: thesaurus entries mix the senses of a word.
  static let synonymCertainty = 0.5
  /// A compound that holds the word says a little less than the word.
  static let compoundCertainty = 0.9
  /// Letters that a word needs to be looked for at either end of a longer one without a known split.
  static let shortestAffix = 5

  private mutating func collect(_ token: Token, _ position: Int, _ index: CueIndex, _ found: inout [Int: Span]) {
    func note(_ terms: [Int]?, _ rule: MatchRule, _ certainty: Double, explains: Bool) {
      for term in terms ?? [] {
        if index.terms[term].isLowerCase, token.text.unicodeScalars.first?.properties.isUppercase == true { continue }
        if let old = found[term], old.rule <= rule { continue }
        found[term] = Span(first: position, last: position, rule: rule, certainty: certainty)
        if explains { isExplained[position] = true }
      }
    }
    note(index.byFolded[token.folded], .exact, 1, explains: true)
    note(index.byStem[token.stem], .inflected, 1, explains: true)
    for part in token.parts { note(index.byPart[part], .compound, Self.compoundCertainty, explains: true) }
    // The first is the whole expansion, the rest are parts of it.
    for word in token.expansion.prefix(1) {
      note(index.byFolded[word], .inflected, 1, explains: true)
      note(index.byStem[word], .inflected, 1, explains: true)
    }
    let bytes = Array(token.folded.utf8)
    for length in index.beginningLengths where length <= bytes.count {
      note(index.byBeginning[String(decoding: bytes[..<length], as: UTF8.self)], .inflected, 1, explains: true)
    }
    for length in index.endingLengths where length <= bytes.count {
      let ending = String(decoding: bytes[(bytes.count - length)...], as: UTF8.self)
      // Endings of a few letters are grammar, not meaning: they do not explain the word.
      note(index.byEnding[ending], .inflected, 1, explains: length >= Self.shortestAffix)
    }
    guard bytes.count >= Self.shortestAffix + 2 else { return }
    for length in Self.shortestAffix..<(bytes.count - 1) {
      let head = String(decoding: bytes[..<length], as: UTF8.self)
      note(index.byPart[head], .compound, Self.compoundCertainty, explains: true)
      let tail = String(decoding: bytes[(bytes.count - length)...], as: UTF8.self)
      note(index.byPart[tail], .compound, Self.compoundCertainty, explains: true)
    }
  }

  private mutating func record(_ term: Int, _ span: Span, _ index: CueIndex) {
    spans[term, default: []].append(span)
    for set in index.setsOfTerm[term] ?? [] { spans[set, default: []].append(span) }
  }

  /// Finds the sets' members of several words.
  private mutating func addRuns(_ index: CueIndex) {
    var added: [(CueIndex.Symbol, Span)] = []
    for (term, runs) in index.runsOfTerm {
      guard let starts = spans[term] else { continue }
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
