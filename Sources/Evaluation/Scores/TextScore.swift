/// How well notes are read, with and without regard to case.
package struct TextScore: Hashable, Codable, Sendable {
  /// Character errors over the notes that were found; an illegible one counts as read empty.
  package var cerMatched: Rate
  /// Character errors over the notes that were found and are shown as text.
  package var cerLegible: Rate
  /// Character errors over all notes; a missed one counts as read empty.
  package var cerAll: Rate
  /// Word errors over the notes that were found.
  package var werMatched: Rate
  /// Word errors over all notes.
  package var werAll: Rate
  /// Share of all notes read without any error.
  package var exact: Rate

  /// Texts of one photo or many.
  struct Tally {
    private var characters = (matched: ErrorCount(), legible: ErrorCount(), missed: ErrorCount())
    private var words = (matched: ErrorCount(), missed: ErrorCount())
    private var counts = (matched: 0, legible: 0, missed: 0, exact: 0)

    /// Adds a note that was found; `reading` is empty where it is not shown.
    mutating func add(reading: ComparedText, reference: ComparedText, legible: Bool) {
      let errors = ErrorCount.characters(of: reading, against: reference)
      characters.matched += errors
      words.matched += ErrorCount.words(of: reading, against: reference)
      counts.matched += 1
      if errors.errors == 0, legible { counts.exact += 1 }
      if legible {
        characters.legible += errors
        counts.legible += 1
      }
    }

    /// Adds a note that was not found.
    mutating func miss(reference: ComparedText) {
      characters.missed += ErrorCount.characters(of: ComparedText(""), against: reference)
      words.missed += ErrorCount.words(of: ComparedText(""), against: reference)
      counts.missed += 1
    }

    var score: TextScore {
      let all = counts.matched + counts.missed
      var characters = characters, words = words
      let matched = (characters.matched, words.matched)
      characters.matched += characters.missed
      words.matched += words.missed
      return TextScore(
        cerMatched: Rate(matched.0, texts: counts.matched), cerLegible: Rate(characters.legible, texts: counts.legible),
        cerAll: Rate(characters.matched, texts: all), werMatched: Rate(matched.1, texts: counts.matched),
        werAll: Rate(words.matched, texts: all), exact: Rate(counts.exact, of: all))
    }
  }
}

/// How far stated confidence and truth lie apart.
package enum Calibration {
  /// The expected calibration error over ten equal bins (Guo et al. 2017).
  package static func expectedError(_ cases: [(confidence: Double, isRight: Bool)]) -> Rate {
    let bins = Dictionary(grouping: cases) { min(9, max(0, Int($0.confidence * 10))) }
    let sum = bins.keys.sorted().reduce(0.0) { sum, key in
      let bin = bins[key] ?? []
      let stated = bin.reduce(0.0) { $0 + $1.confidence }
      let right = Double(bin.filter(\.isRight).count)
      return sum + abs(stated - right)
    }
    return Rate(cases.isEmpty ? nil : sum / Double(cases.count), n: cases.count)
  }
}
