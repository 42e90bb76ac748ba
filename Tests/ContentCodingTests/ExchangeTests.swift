import ContentCoding
import ProtocolModel
import Testing

@Suite struct ExchangeTests {
  @Test func qdcComesBackWithItsHierarchy() throws {
    let book = try Samples.book()
    let xml = QDCWriter(codeBook: book) { id in
      "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - String(id.count).count) + String(id.count)
    }.xml()
    #expect(xml.contains("Können &amp; Wissen"))
    let result = try QDCReader.read(Array(xml.utf8), id: "t", title: "T", file: "t.qdc")
    #expect(Set(result.codeBook.codes.map(\.id)) == Set(book.codes.map(\.id)))
    #expect(result.codeBook.code("cause.money")?.parent == "cause")
    #expect(result.codeBook.code("cause")?.isCodable == false)
    #expect(result.findings.contains { $0.code == .importIncomplete })
  }

  @Test(arguments: ["", "<a/>", "<CodeBook", "\u{0}"]) func whatIsNoCodebookIsRefused(_ text: String) {
    #expect(throws: CodeBookError.self) {
      try QDCReader.read(Array(text.utf8), id: "t", title: "T", file: "t.qdc")
    }
  }

  @Test func quantedaMapsBecomeCodes() {
    let yaml = "cause:\n  money:\n    - budget*\n    - 'kein geld'\n    - b?d\n  skill: [wissen, können]\n"
    let result = DictionaryImport.quanteda(yaml, id: "q", file: "q.yml")
    #expect(result.codeBook.codes.map(\.id) == ["cause", "cause.money", "cause.skill"])
    #expect(result.codeBook.cues.map(\.pattern) == ["budget*", "kein geld", "wissen", "können"])
    #expect(result.findings.map(\.location) == ["q.yml:5"])
  }

  @Test func liwcCategoriesBecomeCodes() {
    let dictionary = "%\n1\tgeld\n2\twissen\n%\nbudget*\t1\nlernen\t2\nbeides\t1\t2\nx\t9\n"
    let result = DictionaryImport.liwc(dictionary, id: "l", file: "l.dic")
    #expect(result.codeBook.codes.map(\.id) == ["geld", "wissen"])
    #expect(result.codeBook.cues.count == 4)
    #expect(result.findings.count == 1)
  }

  @Test func notesAreReadFromJSONLinesAndCSV() {
    var findings: [Diagnostic] = []
    let json = #"{"id":"a","board":"Ursachen","text":"kein Budget"}"# + "\nkaputt\n\n" + #"{"text":"zwei"}"#
    let lines = NoteLines.read(json, format: .jsonLines, file: "n.jsonl") { findings.append($0) }
    #expect(lines.map(\.id) == ["a", "4"])
    #expect(findings.map(\.location) == ["n.jsonl:2"])
    let csv = "\u{FEFF}id;board;text\na;Ursachen;\"kein; \"\"Budget\"\"\"\n"
    let rows = NoteLines.read(csv, format: .csv, file: "n.csv") { findings.append($0) }
    #expect(rows.map(\.text) == ["kein; \"Budget\""])
  }

  @Test func codedLinesAreJSON() throws {
    let coding = try Samples.coder().code(Samples.note("kein \"Budget\"", board: "Ursachen"))
    let line = NoteLines.json(coding)
    #expect(!line.contains("\n"))
    guard case .object(let object)? = JSONValue.parse(Array(line.utf8)), case .array(let codings)? = object["codings"]
    else {
      Issue.record("the line is no object")
      return
    }
    #expect(codings.count == coding.codings.count)
    #expect(object["unassignedReason"] == .null)
  }
}

@Suite struct UpkeepTests {
  @Test func theGuidePrintsEveryCode() throws {
    let book = try Samples.book()
    let guide = CodingGuide(codeBook: book).markdown()
    for code in book.codes { #expect(guide.contains("`\(code.id)`")) }
    #expect(guide.contains("**Definition.** Es fehlt."))
  }

  @Test func aCueThatCannotFireIsNamed() throws {
    var book = try Samples.book()
    book.cues[0].example = "nichts davon"
    book.cues.append(
      Cue(
        id: "again", code: "cause.money", kind: "word", pattern: "Kasse", weight: -1, example: "Kasse",
        source: "reviewer"))
    let findings = CodeBookCheck(codeBook: book, analyzer: PlainAnalyzer()).findings(file: "b.json")
    #expect(findings.contains { $0.code == .cueSilent && $0.message.contains(book.cues[0].id) })
    #expect(findings.contains { $0.code == .cueContradictory && $0.message.contains("again") })
  }

  @Test func aPatternIsShadowedOnlyWhereAllItsCodesAre() throws {
    var book = try Samples.book()
    func add(_ id: String, _ code: String, _ weight: Double) {
      book.cues.append(
        Cue(
          id: id, code: code, kind: "word", pattern: "Kasse", weight: weight, example: "Kasse", source: "reviewer"))
    }
    add("part/kasse", "measure.money", 2)
    add("part/kasse:cause.money", "cause.money", 0.5)
    add("whole/kasse", "cause.money", 0.5)
    let findings = CodeBookCheck(codeBook: book, analyzer: PlainAnalyzer()).findings(file: "b.json")
    #expect(findings.filter { $0.code == .cueShadowed }.map { $0.message.contains("'whole/kasse'") } == [true])
  }

  @Test func suggestionsComeFromSeveralNotes() throws {
    let notes = [
      CodedNote(id: "1", text: "Inflation frisst alles", codes: ["cause.money"]),
      CodedNote(id: "2", text: "die Inflation", codes: ["cause.money"]),
      CodedNote(id: "3", text: "Mensa", codes: ["cause.skill"]),
    ]
    let found = CueLearner(codeBook: try Samples.book(), analyzer: PlainAnalyzer()).suggestions(from: notes)
    #expect(found.map(\.pattern) == ["Inflation"])
    #expect(found.first?.notes == ["1", "2"])
    #expect(CueLearner.patch(found).contains("\"Inflation\""))
  }
}
