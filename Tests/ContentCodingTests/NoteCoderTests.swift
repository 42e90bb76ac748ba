import ContentCoding
import ProtocolModel
import TestSupport
import Testing

@Suite struct NoteCoderTests {
  static let cases: [(text: String, board: String?, code: String?, rule: String)] = [
    ("kein Budget", "Ursachen", "cause.money", "exact"),
    ("die Kassen sind leer", nil, "cause.money", "inflected"),
    ("Jahresbudget verplant", nil, "cause.money", "compound"),
    ("das ist zu teuer", nil, "cause.money", "phrase"),
    ("Schulungen anbieten", "Maßnahmen", "measure.training", "inflected"),
    ("keine Schulung", "Ursachen", "cause.skill", "negated"),
    ("Schulungsmangel", nil, nil, ""),
    ("kein Start ohne Schulung", "Maßnahmen", "measure.training", "exact"),
    ("Schulunq anbieten", "Maßnahmen", "measure.training", "fuzzy"),
    ("in Häppchen", "Maßnahmen", "measure.training.short", "exact"),
  ]

  @Test(arguments: cases.indices) func codesByTheDeclaredRule(_ index: Int) throws {
    let example = Self.cases[index]
    let coding = try Samples.coder().code(Samples.note(example.text, board: example.board))
    guard let code = example.code else { return }
    #expect(coding.codings.first?.code == code)
    #expect(coding.codings.first?.evidence.first?.rule == example.rule)
    #expect(coding.unassignedReason == nil)
  }

  static let reasons: [(text: String?, board: String?, reason: UnassignedReason)] = [
    (nil, nil, .lowConfidence), ("", nil, .noText), ("ganz etwas anderes", nil, .noMatch),
    ("Kaffee ist alle", "Ursachen", .offTopic), ("um 11:30", nil, .offTopic), ("Zwickmühle", nil, .tie),
  ]

  @Test(arguments: reasons.indices) func leavesOutWithTheReason(_ index: Int) throws {
    let example = Self.reasons[index]
    let coding = try Samples.coder().code(Samples.note(example.text, board: example.board))
    #expect(coding.codings.isEmpty)
    #expect(coding.unassignedReason == example.reason)
  }

  @Test func theRestOfACausesBoardIsOtherWithTheBoardAsEvidence() throws {
    let coding = try Samples.coder().code(Samples.note("ganz etwas anderes", board: "Ursachen"))
    #expect(coding.codings.map(\.code) == ["cause.other"])
    #expect(coding.codings.first?.evidence.map(\.rule) == ["board", "board"])
  }

  @Test func fearsNeverComeFirst() throws {
    let coding = try Samples.coder().code(Samples.note("wir werden wegrationalisiert"))
    #expect(coding.codings.map(\.code) == ["cause.skill", "fear.loss"])
    #expect(coding.codings.map(\.rank) == [1, 2])
  }

  @Test func theBoardCanBeSwitchedOff() throws {
    var parameters = CodingParameters()
    parameters.usesBoard = false
    let coding = try Samples.coder(parameters).code(Samples.note("Budget", board: "Ursachen"))
    #expect(coding.codings.first?.evidence.map(\.rule) == ["exact"])
  }

  @Test func groupsAndColoursCountAsEvidenceOfTheirOwn() throws {
    var note = Samples.note("Schulung mit Budget")
    note.groupHeading = "Budget"
    note.colour = "yellow"
    let coding = try Samples.coder().code(note)
    let rules = Set(coding.codings.flatMap { $0.evidence.map(\.rule) })
    #expect(rules.isSuperset(of: ["group", "colour"]))
  }

  @Test func anotherReadingCountsByItsProbability() throws {
    var note = Samples.note("kein Bugdat", board: nil)
    note.alternatives = [AlternativeReading(text: "kein Budget", p: Confidence(clamping: 0.5))]
    var parameters = CodingParameters()
    parameters.toleratesNoise = false
    let coding = try Samples.coder(parameters).code(note)
    let evidence = try #require(coding.codings.first?.evidence.first)
    #expect(evidence.weight == 2.1)
    note.alternatives = [AlternativeReading(text: "kein Budget", p: Confidence(clamping: 0.4))]
    let weaker = try #require(try Samples.coder(parameters).code(note).codings.first?.evidence.first)
    #expect(weaker.weight < evidence.weight)
  }

  @Test func evidencePointsAtTheWords() throws {
    let text = "Für uns: kein Budget da"
    let coding = try Samples.coder().code(Samples.note(text))
    let evidence = try #require(coding.codings.first?.evidence.first)
    let scalars = Array(text.unicodeScalars)
    #expect(String(String.UnicodeScalarView(scalars[evidence.start..<evidence.end])) == evidence.match)
  }

  @Test(arguments: UInt64(0)..<48) func scoresAreTheSumOfTheirEvidence(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "Budget", "keine", "Schulung", "Kasse", "wegrationalisiert", "zu", "teuer", ",", "Häppchen", "Zwickmühle",
    ]
    let text = (0..<8).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
    let board = [nil, "Ursachen", "Maßnahmen"].randomElement(using: &generator) ?? nil
    let coder = try Samples.coder()
    let coding = coder.code(Samples.note(text, board: board))
    for one in coding.codings {
      #expect(one.evidence.reduce(0) { $0 + $1.weight } == one.score, "seed \(seed)")
    }
    #expect(Set(coding.codings.map(\.rank)) == Set(coding.codings.indices.map { $0 + 1 }), "seed \(seed)")
    #expect(coding.codings.isEmpty == (coding.unassignedReason != nil), "seed \(seed)")
    #expect(coding == coder.code(Samples.note(text, board: board)), "seed \(seed)")
  }
}
