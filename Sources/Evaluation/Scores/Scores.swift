import ProtocolModel

/// Every figure of a set of photos.
package struct Scores: Hashable, Codable, Sendable {
  /// Photos in the set.
  package var photos: Int
  /// Regions by class, at an intersection over union of one half.
  package var regions: [ClassScore]
  /// Share of the found notes whose kind is right.
  package var kind: Rate
  /// Found notes that are vote dots, loops or other marks.
  package var distractorsTakenForNotes: Int
  /// Share of all notes that are found and shown as text.
  package var coverage: Rate
  /// Share of the notes shown as text whose character error rate is above 0.4, case ignored.
  package var gibberish: Rate
  /// Notes shown as text that are not there.
  package var inventedTexts: Int
  /// The cleaned text.
  package var normalized: TextScore
  /// The cleaned text, case ignored.
  package var normalizedIgnoringCase: TextScore
  /// The raw reading; an illegible note counts with what was read.
  package var raw: TextScore
  /// The raw reading, case ignored.
  package var rawIgnoringCase: TextScore
  /// Expected calibration error of the confidence that a note's reading is right (equal, case ignored).
  package var calibrationError: Rate
  /// Order, groups and votes.
  package var layout: LayoutScore
  /// Codes.
  package var codes: CodeScore

  /// Detection of one class.
  package struct ClassScore: Hashable, Codable, Sendable {
    /// The class.
    package var regions: RegionClass
    /// How well it is found.
    package var detection: DetectionScore
  }

  init(_ photos: [PhotoComparison], codes truth: [String: [String]]) {
    self.photos = photos.count
    regions = RegionClass.allCases.map { group in
      let matched = photos.reduce(0) { $0 + ($1.pairs[group]?.count ?? 0) }
      let extra = photos.reduce(0) { $0 + ($1.extra[group]?.count ?? 0) }
      let expected = photos.reduce(0) { $0 + $1.expected(group).count }
      return ClassScore(
        regions: group, detection: DetectionScore(matched: matched, found: matched + extra, expected: expected))
    }
    let pairs = photos.flatMap { $0.pairs[.notes] ?? [] }
    let missed = photos.flatMap { $0.missed(.notes) }
    kind = Rate(pairs.filter { $0.truth.kind == $0.found.kind }.count, of: pairs.count)
    distractorsTakenForNotes = photos.reduce(0) { $0 + $1.distractorsTaken }
    inventedTexts = photos.reduce(0) { $0 + ($1.extra[.notes] ?? []).filter(\.legible).count }

    let written = pairs.filter { $0.truth.text?.isEmpty == false }
    let missedTexts = missed.compactMap(\.text).filter { !$0.isEmpty }
    coverage = Rate(written.filter(\.found.legible).count, of: written.count + missedTexts.count)
    var garbled = 0
    var stated: [(confidence: Double, isRight: Bool)] = []
    for pair in written where !pair.found.shownText.isEmpty || pair.found.legible {
      let errors = ErrorCount.characters(
        of: ComparedText(pair.found.shownText, ignoringCase: true),
        against: ComparedText(pair.truth.text ?? "", ignoringCase: true))
      stated.append((pair.found.confidence, errors.errors == 0))
      if pair.found.legible, errors.rate > Self.gibberishRate { garbled += 1 }
    }
    gibberish = Rate(garbled, of: written.filter(\.found.legible).count)
    calibrationError = Calibration.expectedError(stated)

    func texts(ignoringCase: Bool, _ reading: (FoundRegion) -> String) -> TextScore {
      var tally = TextScore.Tally()
      for pair in written {
        tally.add(
          reading: ComparedText(reading(pair.found), ignoringCase: ignoringCase),
          reference: ComparedText(pair.truth.text ?? "", ignoringCase: ignoringCase), legible: pair.found.legible)
      }
      for text in missedTexts { tally.miss(reference: ComparedText(text, ignoringCase: ignoringCase)) }
      return tally.score
    }
    normalized = texts(ignoringCase: false) { $0.legible ? $0.shownText : "" }
    normalizedIgnoringCase = texts(ignoringCase: true) { $0.legible ? $0.shownText : "" }
    raw = texts(ignoringCase: false, \.raw)
    rawIgnoringCase = texts(ignoringCase: true, \.raw)

    var tally = LayoutScore.Tally()
    for photo in photos { tally.add(photo) }
    layout = tally.score
    let coded = pairs.compactMap { pair in
      pair.truth.note.flatMap { truth[$0] }.map {
        CodeScore.Case(expected: $0, given: pair.found.codes, legible: pair.found.legible)
      }
    }
    codes = CodeScore(coded, missed: missed.filter { $0.note.flatMap { truth[$0] } != nil }.count)
  }

  /// A text with more errors than this says nothing to its reader.
  private static let gibberishRate = 0.4

  /// Detection of one class.
  package func detection(_ group: RegionClass) -> DetectionScore? { regions.first { $0.regions == group }?.detection }
}

extension FoundRegion {
  /// The cleaned text, or the raw one where there is none.
  var shownText: String { normalized ?? raw }
}
