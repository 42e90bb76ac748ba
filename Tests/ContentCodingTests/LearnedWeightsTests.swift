import ContentCoding
import ProtocolModel
import Testing

@Suite struct LearnedWeightsTests {
  /// Notes whose words no cue of the sample code book knows.
  private static let examples: [(text: String, board: String?, codes: [String])] = [
    ("Diskette im Server", "Ursachen", ["cause.money"]), ("Server von gestern", "Ursachen", ["cause.money"]),
    ("alter Server", "Ursachen", ["cause.money"]), ("Server wieder aus", "Ursachen", ["cause.money"]),
    ("Prompt klingt fremd", "Ursachen", ["cause.skill"]),
    ("was ist ein Prompt", "Ursachen", ["cause.skill"]), ("Prompt?", "Ursachen", ["cause.skill"]),
    ("Parkplatz gesperrt", "Ursachen", []), ("Parkplatz voll", "Ursachen", []),
    ("Parkplatz weit weg", "Maßnahmen", []), ("Lernvideo drehen", "Maßnahmen", ["measure.training"]),
    ("Lernvideo zeigen", "Maßnahmen", ["measure.training.short"]), ("Kekse", "Maßnahmen", ["no.code"]),
  ]

  private static func weights() throws -> LearnedWeights {
    let learner = WeightLearner(codeBook: try Samples.book(), analyzer: PlainAnalyzer())
    let examples = examples.map {
      WeightLearner.Example(note: Samples.note($0.text, board: $0.board), codes: $0.codes)
    }
    return try #require(learner.weights(from: examples, version: "3", source: "Test"))
  }

  private static func coding(
    _ text: String, board: String? = "Ursachen", _ parameters: CodingParameters = CodingParameters()
  ) throws -> NoteCoding {
    NoteCoder(
      codeBook: try Samples.book(), analyzer: PlainAnalyzer(), parameters: parameters, weights: try weights()
    ).code(Samples.note(text, board: board))
  }

  @Test(arguments: [
    ("zweiter Server", "cause.money"), ("mein Prompt", "cause.skill"), ("Serverschrank", "cause.money"),
  ])
  func aWordThatCodedNotesTaughtSpeaksForItsCode(_ text: String, _ code: String) throws {
    let coding = try Self.coding(text)
    #expect(coding.codings.first?.code == code)
    let evidence = try #require(coding.codings.first?.evidence)
    #expect(evidence.contains { $0.rule == "learned" && $0.weight > 0 && $0.end > 0 })
    #expect(coding.codings.first?.score == evidence.reduce(0) { $0 + $1.weight })
  }

  /// Whether a code stands behind the first is learned from the words of notes where it does.
  @Test func whatStandsBehindIsLearned() throws {
    let plain = (0..<24).map { ("Server \($0)", ["cause.money"]) }
    let watched = (0..<24).map { ("Kamera am Server \($0)", ["cause.money", "cause.skill"]) }
    let learner = WeightLearner(codeBook: try Samples.book(), analyzer: PlainAnalyzer())
    let learned = try #require(
      learner.weights(
        from: (plain + watched).map {
          WeightLearner.Example(note: Samples.note($0.0, board: "Ursachen"), codes: $0.1)
        }, version: "1", source: "Test"))
    #expect(learned.codes.contains("+cause.skill"))
    #expect(LearnedWeights(learned.text)?.text == learned.text)
    let coder = NoteCoder(codeBook: try Samples.book(), analyzer: PlainAnalyzer(), weights: learned)
    let both = coder.code(Samples.note("eine Kamera im Server", board: "Ursachen"))
    #expect(both.codings.map(\.code) == ["cause.money", "cause.skill"] && both.codings.map(\.rank) == [1, 2])
    for coding in both.codings { #expect(coding.score == coding.evidence.reduce(0) { $0 + $1.weight }) }
    let alone = coder.code(Samples.note("ein Server", board: "Ursachen"))
    #expect(alone.codings.map(\.code) == ["cause.money"])
  }

  /// How many notes were chosen to be off the topic says nothing of how many are.
  @Test func whatWasChosenIsNotTakenForCommon() throws {
    let learner = WeightLearner(codeBook: try Samples.book(), analyzer: PlainAnalyzer())
    func prior(isChosen: Bool) throws -> Int {
      let off = (0..<40).map { number in
        WeightLearner.Example(note: Samples.note("Kuchen \(number)", board: "Ursachen"), codes: [], isChosen: isChosen)
      }
      let notes = Self.examples.map {
        WeightLearner.Example(note: Samples.note($0.text, board: $0.board), codes: $0.codes)
      }
      let learned = try #require(learner.weights(from: notes + off, version: "1", source: "Test"))
      #expect(!learned.text.contains("board\t*"))
      let place = try #require(learned.codes.firstIndex(of: "off-topic"))
      return try #require(learned.rows.first { $0.key.kind == .board && $0.key.text == "-" }?.value)[place]
    }
    #expect(try prior(isChosen: true) < prior(isChosen: false))
  }

  @Test func aNoteThatResemblesThoseOffTheTopicIsLeftOut() throws {
    let coding = try Self.coding("Wo ist der Parkplatz")
    #expect(coding.codings.isEmpty && coding.unassignedReason == .offTopic)
    let evidence = try #require(coding.unassignedEvidence)
    #expect(evidence.contains { $0.match == "Parkplatz" && $0.weight > 0 })
  }

  /// The board speaks for a code on every note; a note that says nothing is not coded by it.
  @Test func theBoardAloneCodesNothing() throws {
    #expect(try Self.coding("qqq", board: "Maßnahmen").unassignedReason == .noMatch)
  }

  /// What was learned of a word counts by the probabilities of its readings.
  @Test func otherReadingsCountByTheirProbability() throws {
    func weight(_ probability: Double) throws -> Double {
      let coder = NoteCoder(codeBook: try Samples.book(), analyzer: PlainAnalyzer(), weights: try Self.weights())
      var note = Samples.note("mein Server", board: "Ursachen")
      note.alternatives = [
        AlternativeReading(text: "mein Prompt", p: try #require(Confidence(rawValue: probability)))
      ]
      let coding = try #require(coder.code(note).codings.first)
      #expect(coding.code == "cause.money")
      #expect(coding.score == coding.evidence.reduce(0) { $0 + $1.weight })
      return coding.evidence.filter { $0.match == "Server" && $0.rule == "learned" }.reduce(0) { $0 + $1.weight }
    }
    #expect(try weight(0.3) < weight(0.1))
  }

  @Test func aNoteOfUnknownWordsIsLeftOut() throws {
    #expect(try Self.coding("qqq", board: nil).unassignedReason == .noMatch)
  }

  /// Without a dictionary the sample analyzer never says that a word is unknown; this one knows no word.
  private struct UnlearnedAnalyzer: TextAnalyzer {
    func tokens(of text: String) -> [Token] {
      PlainAnalyzer().tokens(of: text).map { token in
        var token = token
        token.isKnown = false
        return token
      }
    }
  }

  @Test(arguments: [("mein Pronpt", "cause.skill"), ("ein Parkplatx", nil), ("mein Xqzwv", nil)])
  func aMisreadWordIsTakenForTheNearestLearnedOne(_ text: String, _ code: String?) throws {
    let coding = NoteCoder(codeBook: try Samples.book(), analyzer: UnlearnedAnalyzer(), weights: try Self.weights())
      .code(Samples.note(text, board: "Ursachen"))
    #expect(coding.codings.first?.code == code)
  }

  @Test func itCanBeSwitchedOff() throws {
    var parameters = CodingParameters()
    parameters.usesLearnedWeights = false
    let coding = try Self.coding("zweiter Server", board: nil, parameters)
    #expect(coding.unassignedReason == .noMatch)
  }

  @Test func cuesStillCount() throws {
    let coding = try Self.coding("Kasse")
    #expect(coding.codings.first?.code == "cause.money")
    #expect(coding.codings.first?.evidence.contains { $0.cue.hasPrefix("money/") } == true)
  }

  @Test func theSameNotesTeachTheSameWeightsAndTheFileKeepsThem() throws {
    let one = try Self.weights()
    #expect(try one.text == Self.weights().text)
    let read = try #require(LearnedWeights(one.text))
    #expect(read.rows == one.rows && read.codes == one.codes && read.version == "3" && read.text == one.text)
  }

  @Test(arguments: [
    "", "{}", "kind\tsign\ta\nword\tx\t1", "#schema\t9\nkind\tsign\ta", "#schema\t1\nkind\tsign\ta\nword\tx",
    "#schema\t2\n#version\t1\n#codeBook\tb\n#source\ts\nkind\tsign\ta\ta\nword\tx\t1\t2",
  ])
  func whatIsNoFileOfWeightsIsRefused(_ text: String) {
    #expect(LearnedWeights(text) == nil)
  }

  @Test func notesOfOtherCodesTeachNothing() throws {
    let learner = WeightLearner(codeBook: try Samples.book(), analyzer: PlainAnalyzer())
    let example = WeightLearner.Example(note: Samples.note("Kekse"), codes: ["no.code"])
    #expect(learner.weights(from: [example], version: "1", source: "Test") == nil)
  }

  @Test func theBundledCodeBookHasWeightsForItsCodes() throws {
    for name in CodeBook.bundledNames {
      let book = try CodeBook.bundled(name)
      let weights = try #require(LearnedWeights.bundled(name))
      #expect(weights.codeBook == book.id && !weights.rows.isEmpty)
      #expect(
        weights.codes.filter { $0 != "off-topic" }.allSatisfy { code in
          book.codes.contains { $0.id == (code.hasPrefix("+") ? String(code.dropFirst()) : code) }
        })
    }
  }
}
