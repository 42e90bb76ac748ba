package import ProtocolModel

/// A word that coded notes show to speak for a code, for a person to accept or not.
package struct CueSuggestion: Hashable, Sendable {
  /// The code.
  package var code: String
  /// The word as written in the first note.
  package var pattern: String
  /// Share of the notes with the word that have the code.
  package var precision: Double
  /// Share of the notes with the code that have the word.
  package var recall: Double
  /// Notes that show it, by id.
  package var notes: [String]
  /// The weight that its precision earns, 0...3.
  package var weight: Double
}

/// A note that a person coded.
package struct CodedNote: Sendable {
  /// Its id.
  package var id: String
  /// Its text.
  package var text: String
  /// Its codes, the first one first.
  package var codes: [String]
  /// Creates a note.
  package init(id: String, text: String, codes: [String]) {
    self.id = id
    self.text = text
    self.codes = codes
  }
}

/// Learns cues from coded or corrected notes.
package struct CueLearner {
  private let codeBook: CodeBook
  private let analyzer: any TextAnalyzer
  private let coder: NoteCoder
  /// Notes a word must stand in; one note alone proves nothing.
  package var minimumNotes = 2
  /// Least share of them that must have the code.
  package var minimumPrecision = 0.75

  /// A learner that leaves out what the code book knows already.
  package init(codeBook: CodeBook, analyzer: any TextAnalyzer) {
    self.codeBook = codeBook
    self.analyzer = analyzer
    coder = NoteCoder(codeBook: codeBook, analyzer: analyzer)
  }

  /// New cues, best first.
  package func suggestions(from notes: [CodedNote]) -> [CueSuggestion] {
    struct Word {
      var written: String
      var notes: [Int] = []
    }
    var words: [String: Word] = [:]
    for (index, note) in notes.enumerated() {
      var seen: Set<String> = []
      for token in analyzer.tokens(of: note.text)
      where token.folded.unicodeScalars.count >= 4 && !FunctionWords.contain(token) {
        for stem in [token.stem] + token.parts where seen.insert(stem).inserted {
          words[stem, default: Word(written: token.text)].notes.append(index)
        }
      }
    }
    var results: [CueSuggestion] = []
    for (_, word) in words.sorted(by: { $0.key < $1.key }) where word.notes.count >= minimumNotes {
      var counts: [String: Int] = [:]
      for index in word.notes { if let code = notes[index].codes.first { counts[code, default: 0] += 1 } }
      guard let best = counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).first else { continue }
      let precision = Double(best.value) / Double(word.notes.count)
      guard precision >= minimumPrecision, best.value >= minimumNotes, !knows(word.written, best.key) else { continue }
      let holders = notes.filter { $0.codes.first == best.key }.count
      // Laplace's rule keeps two notes out of two from looking certain.
      let smoothed = (Double(best.value) + 1) / (Double(word.notes.count) + 2)
      results.append(
        CueSuggestion(
          code: best.key, pattern: word.written, precision: precision.rounded(toPlaces: 3),
          recall: (Double(best.value) / Double(holders)).rounded(toPlaces: 3), notes: word.notes.map { notes[$0].id },
          weight: (3 * smoothed).rounded(toPlaces: 1)))
    }
    return results.sorted { ($1.precision, $1.recall, $0.pattern) < ($0.precision, $0.recall, $1.pattern) }
  }

  private func knows(_ word: String, _ code: String) -> Bool {
    let ids = Set(coder.cues(firingOn: word))
    return codeBook.cues.contains { ids.contains($0.id) && $0.code.hasPrefix(code) }
  }

  /// Suggestions as an entry per code for the file's `cues`, to be reviewed and pasted.
  package static func patch(_ suggestions: [CueSuggestion]) -> String {
    let byCode = Dictionary(grouping: suggestions, by: \.code)
    let entries: [JSONValue] = byCode.keys.sorted().map { code in
      let own = byCode[code] ?? []
      let weight = own.map(\.weight).min() ?? 1
      return .object([
        "id": .string("learned/\(code)"), "code": .string(code), "weight": .number(weight),
        "source": .string("learned"), "patterns": .array(own.map { .string($0.pattern) }),
      ])
    }
    return JSONValue.array(entries).compact
  }
}

/// Measures how much the coding of a note hangs on cues that nothing but this note supports.
package enum LeaveOneOut {
  /// The codes of each note when cues that fire on no other note with the same first code are taken away. `learned`
  /// says which sources count as taken from notes; cues from elsewhere stay.
  package static func codings(
    of notes: [(coded: CodedNote, input: NoteInput)], codeBook: CodeBook, analyzer: any TextAnalyzer,
    learned: Set<String> = ["learned"]
  ) -> [NoteCoding] {
    let coder = NoteCoder(codeBook: codeBook, analyzer: analyzer)
    let source = Dictionary(codeBook.cues.map { ($0.id, $0.source) }, uniquingKeysWith: { first, _ in first })
    let firing = notes.map { Set(coder.cues(firingOn: $0.coded.text)) }
    var support: [String: Int] = [:]
    for cues in firing { for cue in cues { support[cue, default: 0] += 1 } }
    return notes.indices.map { index in
      let lonely = firing[index].filter { support[$0] == 1 && learned.contains(source[$0] ?? "") }
      guard !lonely.isEmpty else { return coder.code(notes[index].input) }
      var reduced = codeBook
      reduced.cues.removeAll { lonely.contains($0.id) }
      return NoteCoder(codeBook: reduced, analyzer: analyzer).code(notes[index].input)
    }
  }
}
