import ProtocolModel

/// The cues of a code book, compiled so that a note only meets those whose words it holds.
///
/// Every distinct word of every pattern becomes a term. Terms are looked up by folded word, stem, compound part,
/// beginning and ending; a phrase waits for its rarest word. The cost of a note grows with its words, not with the cues.
struct CueIndex: Sendable {
  /// A place of a phrase: a term, or a set of terms.
  typealias Symbol = Int

  struct Sequence: Sendable {
    var symbols: [Symbol]
    var gaps: [Int]
    var isAtStart: Bool
    var isAtEnd: Bool
  }
  struct Pattern: Sendable {
    var sequences: [Sequence]
    var asks: Bool
  }

  private(set) var terms: [TermPattern] = []
  private(set) var patterns: [Pattern] = []
  /// The cues that share a pattern.
  private(set) var cuesOfPattern: [[Int]] = []
  private(set) var exceptions: [[Int]] = []
  private(set) var characterPatterns: [(pattern: CharacterPattern, cue: Int)] = []
  private(set) var patternsOfTrigger: [Symbol: [Int]] = [:]

  private(set) var byFolded: [String: [Int]] = [:]
  private(set) var byStem: [String: [Int]] = [:]
  private(set) var byPart: [String: [Int]] = [:]
  private(set) var byBeginning: [String: [Int]] = [:]
  private(set) var byEnding: [String: [Int]] = [:]
  private(set) var beginningLengths: [Int] = []
  private(set) var endingLengths: [Int] = []
  private(set) var foldedTerms: [String] = []
  /// The term's word in lower case, as the thesaurus writes it.
  private(set) var sourceWords: [(term: Int, word: String)] = []

  /// Sets that a single term belongs to, and those that start with it and need more words.
  private(set) var setsOfTerm: [Int: [Symbol]] = [:]
  private(set) var runsOfTerm: [Int: [(set: Symbol, terms: [Int])]] = [:]
  private(set) var symbolOfSet: [String: Symbol] = [:]

  private let analyzer: any TextAnalyzer
  private var termIDs: [TermPattern: Int] = [:]
  private var setCount = 0
  private var anonymous: [PatternElement: Symbol] = [:]
  private var patternIDs: [CuePattern: Int] = [:]
  private var patternOfSource: [String: Int] = [:]

  /// Compiles `cues`. Patterns that cannot be read are left out: the loader has refused them before.
  init(cues: [Cue], sets: [CodeBook.WordSet], analyzer: any TextAnalyzer) {
    self.analyzer = analyzer
    for set in sets {
      let symbol = newSet()
      symbolOfSet[set.id] = symbol
      for pattern in set.patterns {
        guard let read = try? CuePattern(pattern), let sequence = read.sequences.first else { continue }
        add(sequence.elements, to: symbol)
      }
    }
    var exceptionIDs: [[Int]] = []
    for (index, cue) in cues.enumerated() {
      exceptionIDs.append(cue.unless.compactMap { compile($0) })
      guard cue.kind != CueKind.colour.rawValue else { continue }
      if cue.kind == CueKind.pattern.rawValue {
        characterPatterns.append((CharacterPattern(cue.pattern), index))
      } else if let id = compile(cue.pattern, partsOnly: cue.kind == CueKind.part.rawValue) {
        cuesOfPattern[id].append(index)
      }
    }
    exceptions = exceptionIDs
    finish()
  }

  private mutating func newSet() -> Symbol {
    setCount += 1
    return -setCount
  }

  private mutating func compile(_ source: String, partsOnly: Bool = false) -> Int? {
    let key = partsOnly ? "+ " + source : source
    if let known = patternOfSource[key] { return known }
    guard var read = try? CuePattern(source) else { return nil }
    if partsOnly, case .term(var term) = read.sequences[0].elements[0] {
      term.reach = .part
      read.sequences[0].elements[0] = .term(term)
    }
    if let known = patternIDs[read] {
      patternOfSource[key] = known
      return known
    }
    var sequences: [Sequence] = []
    for sequence in read.sequences {
      var symbols: [Symbol] = []
      var gaps: [Int] = []
      for (element, gap) in zip(sequence.elements, sequence.gaps) {
        let run = self.symbols(for: element)
        guard !run.isEmpty else { return nil }
        symbols += run
        gaps += [gap] + Array(repeating: 0, count: run.count - 1)
      }
      sequences.append(
        Sequence(symbols: symbols, gaps: gaps, isAtStart: sequence.isAtStart, isAtEnd: sequence.isAtEnd))
    }
    patterns.append(Pattern(sequences: sequences, asks: read.asks))
    cuesOfPattern.append([])
    patternIDs[read] = patterns.count - 1
    patternOfSource[key] = patterns.count - 1
    return patterns.count - 1
  }

  private mutating func symbols(for element: PatternElement) -> [Symbol] {
    switch element {
    case .term(let term): return run(of: term)
    case .set(let name): return symbolOfSet[name].map { [$0] } ?? []
    case .either(let elements):
      if let known = anonymous[element] { return [known] }
      let symbol = newSet()
      for choice in elements { add([choice], to: symbol) }
      anonymous[element] = symbol
      return [symbol]
    }
  }

  private mutating func add(_ elements: [PatternElement], to set: Symbol) {
    var run: [Int] = []
    for element in elements {
      if case .set(let name) = element, let inner = symbolOfSet[name] {
        for (term, sets) in setsOfTerm where sets.contains(inner) { setsOfTerm[term, default: []].append(set) }
        for (term, runs) in runsOfTerm {
          for entry in runs where entry.set == inner { runsOfTerm[term, default: []].append((set, entry.terms)) }
        }
        continue
      }
      guard case .term(let term) = element else { continue }
      run += self.run(of: term)
    }
    guard let first = run.first else { return }
    if run.count == 1 {
      setsOfTerm[first, default: []].append(set)
    } else {
      runsOfTerm[first, default: []].append((set, run))
    }
  }

  /// The terms of one written word: several where the analyzer takes it apart (`12-Mann-Betrieb`).
  private mutating func run(of term: TermPattern) -> [Int] {
    analyzer.tokens(of: term.text).map { token in
      var piece = term
      piece.text = token.folded
      if let known = termIDs[piece] { return known }
      let id = terms.count
      termIDs[piece] = id
      terms.append(piece)
      foldedTerms.append(token.folded)
      sourceWords.append((id, token.text.lowercased()))
      register(id, piece, token)
      return id
    }
  }

  /// Letters below which a word is not looked for inside compounds: three-letter words sit in too many others.
  private static let shortestPart = 4

  private mutating func register(_ id: Int, _ term: TermPattern, _ token: Token) {
    switch term.reach {
    case .whole: byFolded[token.folded, default: []].append(id)
    case .word, .inflected:
      byFolded[token.folded, default: []].append(id)
      byStem[token.stem, default: []].append(id)
      guard term.reach == .word, token.folded.utf8.count >= Self.shortestPart else { return }
      byPart[token.folded, default: []].append(id)
      // A stem much shorter than its word (`glas` of `gläsern`) is another word inside compounds.
      let lost = token.folded.utf8.count - token.stem.utf8.count
      if token.folded != token.stem, token.stem.utf8.count >= Self.shortestPart, lost <= 2 {
        byPart[token.stem, default: []].append(id)
      }
    case .part:
      byPart[token.stem, default: []].append(id)
      if token.folded != token.stem { byPart[token.folded, default: []].append(id) }
    case .beginning: byBeginning[token.folded, default: []].append(id)
    case .ending: byEnding[token.folded, default: []].append(id)
    }
  }

  private mutating func finish() {
    beginningLengths = Set(byBeginning.keys.map(\.utf8.count)).sorted()
    endingLengths = Set(byEnding.keys.map(\.utf8.count)).sorted()
    for (id, pattern) in patterns.enumerated() {
      let symbols = pattern.sequences.flatMap(\.symbols)
      // Sets stand for many words, so a single term is the rarer sign; the longest term is the rarest.
      let longest = symbols.filter { $0 >= 0 }.max { foldedTerms[$0].utf8.count < foldedTerms[$1].utf8.count }
      if let trigger = longest ?? symbols.first { patternsOfTrigger[trigger, default: []].append(id) }
    }
  }
}
