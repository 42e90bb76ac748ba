package import ProtocolModel

/// Codes notes by the cues of a code book; every code comes with the evidence that adds up to its score.
///
/// Values only: one coder serves any number of threads.
package struct NoteCoder: Sendable {
  /// What it codes by.
  package let codeBook: CodeBook
  /// How it decides.
  package let parameters: CodingParameters
  let analyzer: any TextAnalyzer
  private let matcher: CueMatcher
  private let headings: CueMatcher
  private let table: CodeTable
  let associations: WordAssociations?
  private let learned: LearnedWords?
  /// What words may speak for: base codes that may be first, and that the note is off the topic.
  let spokenCodes: [String]
  private let headingCues: Set<Int>
  private let colourCues: [Int]
  private let boards = MatchMemory<BoardEvidence>(limit: 10_000)

  /// Compiles the code book's cues.
  package init(
    codeBook: CodeBook, analyzer: any TextAnalyzer, parameters: CodingParameters = CodingParameters(),
    confusions: ConfusionTable = .bundled, thesaurus: Thesaurus? = nil, weights: LearnedWeights? = nil
  ) {
    self.codeBook = codeBook
    self.parameters = parameters
    self.analyzer = analyzer
    table = CodeTable(codeBook)
    associations =
      parameters.usesAssociations ? WordAssociations(codeBook: codeBook, table: table, analyzer: analyzer) : nil
    let spoken = WordAssociations.codes(of: codeBook) + [UnassignedReason.offTopic.rawValue]
    spokenCodes = spoken
    learned =
      parameters.usesLearnedWeights
      ? weights.flatMap {
        LearnedWords(
          $0, codes: spoken, confusions: parameters.toleratesNoise ? confusions : nil,
          tolerance: parameters.noiseTolerance)
      } : nil
    let headingKinds = [CueKind.board.rawValue, CueKind.rest.rawValue]
    headingCues = Set(codeBook.cues.indices.filter { headingKinds.contains(codeBook.cues[$0].kind) })
    colourCues = codeBook.cues.indices.filter { codeBook.cues[$0].kind == CueKind.colour.rawValue }
    let noteCues = codeBook.cues.filter { !headingKinds.contains($0.kind) }
    let boardCues = codeBook.cues.filter { headingKinds.contains($0.kind) }
    let index = CueIndex(cues: noteCues, sets: codeBook.sets, analyzer: analyzer)
    var synonyms: [String: [Int]] = [:]
    if parameters.usesSynonyms, let thesaurus {
      synonyms = index.synonyms(from: thesaurus)
    }
    matcher = CueMatcher(
      index: index, cues: noteCues,
      fuzzy: parameters.toleratesNoise
        ? FuzzyIndex(words: index.guessableWords, confusions: confusions, tolerance: parameters.noiseTolerance) : nil,
      synonyms: synonyms)
    let boardIndex = CueIndex(cues: boardCues, sets: codeBook.sets, analyzer: analyzer)
    headings = CueMatcher(
      index: boardIndex, cues: boardCues,
      fuzzy: parameters.toleratesNoise
        ? FuzzyIndex(
          words: boardIndex.guessableWords, confusions: confusions, tolerance: parameters.noiseTolerance) : nil,
      synonyms: [:])
  }

  /// The codes of one note.
  package func code(_ note: NoteInput) -> NoteCoding {
    guard note.content != .empty, note.content != .drawing else { return left(note, .noText) }
    guard note.isLegible, let text = note.text else { return left(note, .lowConfidence) }
    let read = NoteText(text, tokens: analyzer.tokens(of: text))
    guard !read.tokens.isEmpty else { return left(note, .noText) }

    var scorer = self.scorer(of: read)
    let others = addAlternatives(note, read, &scorer)
    addColour(note.colour, &scorer)
    if parameters.usesGroup, let heading = note.groupHeading { addGroup(heading, &scorer) }
    var board = BoardEvidence()
    if parameters.usesBoard {
      board = boards.value("\(note.boardHeading ?? "")\n\(note.boardHint ?? "")") { boardEvidence(note) }
    }
    return Decision(
      scorer: scorer, board: board, table: table, parameters: parameters,
      words: NoteWords(read, codes: learned?.codes ?? spokenCodes, associations, learned, board: board, others: others),
      hasContent: read.hasContent
    ).coding(of: note.region)
  }

  /// What the cues say of a text.
  func scorer(of read: NoteText) -> Scorer {
    var scorer = Scorer(cues: matcher.cues, parameters: parameters)
    for match in matcher.matches(in: read) { scorer.add(match, in: read, share: 1, isBest: true) }
    return scorer
  }

  private func left(_ note: NoteInput, _ reason: UnassignedReason) -> NoteCoding {
    NoteCoding(region: note.region, codings: [], unassignedReason: reason)
  }

  /// A cue that only another reading shows counts by that reading's probability beside the best one's.
  /// Returns those that run word by word beside the best one, with their probabilities.
  private func addAlternatives(_ note: NoteInput, _ best: NoteText, _ scorer: inout Scorer) -> [NoteWords.Reading] {
    guard !note.alternatives.isEmpty else { return [] }
    let others = note.alternatives.reduce(0) { $0 + $1.p.rawValue }
    let strongest = note.alternatives.map(\.p.rawValue).max() ?? 0
    let bestProbability = max(1 - others, strongest)
    guard bestProbability > 0 else { return [] }
    var beside: [NoteWords.Reading] = []
    for other in note.alternatives where other.text != note.text {
      let share = min(1, other.p.rawValue / bestProbability)
      guard share >= 0.05 else { continue }
      let read = NoteText(other.text, tokens: analyzer.tokens(of: other.text))
      for match in matcher.matches(in: read) {
        scorer.add(match, in: read, share: share, isBest: false, bestTokens: best.tokens)
      }
      if read.tokens.count == best.tokens.count {
        beside.append(NoteWords.Reading(tokens: read.tokens, probability: other.p.rawValue))
      }
    }
    // What is not read beside it word by word leaves the others as they are to each other.
    let all = bestProbability + beside.reduce(0) { $0 + $1.probability }
    return beside.map { NoteWords.Reading(tokens: $0.tokens, probability: $0.probability / all) }
  }

  private func addColour(_ colour: String?, _ scorer: inout Scorer) {
    guard let colour else { return }
    for index in colourCues where codeBook.cues[index].pattern == colour {
      let cue = codeBook.cues[index]
      scorer.addContext(
        Evidence(cue: cue.id, match: colour, start: 0, end: 0, rule: "colour", weight: cue.weight), to: cue.code)
    }
  }

  /// The group's heading is coded like a note; what it says weighs less than the note's own words.
  private func addGroup(_ heading: String, _ scorer: inout Scorer) {
    let read = NoteText(heading, tokens: analyzer.tokens(of: heading))
    for (base, score) in self.scorer(of: read).scores() {
      for evidence in score.evidence {
        scorer.addContext(
          Evidence(
            cue: "group:" + evidence.cue, match: evidence.match, start: 0, end: 0, rule: "group",
            weight: (evidence.weight * Self.groupShare).rounded(toPlaces: 3)), to: base)
      }
    }
  }

  /// What the moderators' heading is worth beside the note's own words.
  private static let groupShare = 0.4

  func boardEvidence(_ note: NoteInput) -> BoardEvidence {
    for heading in [note.boardHeading, note.boardHint] {
      guard let heading, !heading.isEmpty else { continue }
      let read = NoteText(heading, tokens: analyzer.tokens(of: heading))
      let found = headings.matches(in: read)
      guard !found.isEmpty else { continue }
      return BoardEvidence(matches: found.map { (headings.cues[$0.cue], read.substring($0.start, $0.end)) })
    }
    let none = headings.cues.filter { $0.pattern == CueEntryReader.noHeading }
    return BoardEvidence(matches: none.map { ($0, "") })
  }

  /// The cues that fire on a text alone, by id, in the order of the code book: for `codebook check` and `suggest`.
  package func cues(firingOn text: String) -> [String] {
    let read = NoteText(text, tokens: analyzer.tokens(of: text))
    return matcher.matches(in: read).map { matcher.cues[$0.cue].id }
  }

  /// The heading cues that fire on a board's heading, by id.
  package func headingCues(firingOn heading: String) -> [String] {
    let read = NoteText(heading, tokens: analyzer.tokens(of: heading))
    return headings.matches(in: read).map { headings.cues[$0.cue].id }
  }
}

extension CueIndex {
  /// Words that a misreading may have been.
  var guessableWords: [String] {
    zip(terms, foldedTerms).compactMap { term, folded in
      term.reach == .beginning || term.reach == .ending ? nil : folded
    }
  }

  /// Folded synonyms of the cues' words with the terms they stand for.
  func synonyms(from thesaurus: Thesaurus) -> [String: [Int]] {
    var words: [String: [Int]] = [:]
    for (id, word) in sourceWords where terms[id].reach == .word || terms[id].reach == .inflected {
      words[word, default: []].append(id)
    }
    var result: [String: [Int]] = [:]
    for (synonym, ids) in thesaurus.synonyms(of: words) {
      result[Self.folded(synonym), default: []] += ids
    }
    return result
  }

  /// The folding that `Token.folded` promises, for words that need no analysis.
  private static func folded(_ word: String) -> String {
    word.replacing("ß", with: "ss").replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue")
  }
}

extension Double {
  /// Rounded to so many decimals, so that a weight prints as it adds.
  func rounded(toPlaces places: Int) -> Double {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    return (self * factor).rounded() / factor
  }
}
