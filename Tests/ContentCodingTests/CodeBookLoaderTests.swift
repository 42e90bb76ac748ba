import ProtocolModel
import Testing

import ContentCoding

@Suite struct CodeBookLoaderTests {
  static func book(codes: String = Samples.codes, sets: String = "{}", cues: String = "[]", more: String = "")
    -> [UInt8]
  {
    Array(
      """
      {"schema": 1, "id": "t", "version": "1", "title": "T", "source": "S", "codes": \(codes), "sets": \(sets),
       "cues": \(cues)\(more)}
      """.utf8)
  }

  static let broken: [(file: [UInt8], code: String, pointer: String)] = [
    (Array("{".utf8), "FP401", "b.json"),
    (book(more: ", \"cuez\": []"), "FP402", "b.json:/cuez"),
    (book(codes: #"[{"id": "a.b"}]"#), "FP403", "b.json:/codes/0/label"),
    (book(codes: #"[{"id": "a", "label": {"de": "A"}, "colour": "red"}]"#), "FP404", "b.json:/codes/0/colour"),
    (book(codes: #"[{"id":"a","label":{"de":"A"}},{"id":"a","label":{"de":"A"}}]"#), "FP405", "b.json:/codes/1/id"),
    (book(codes: #"[{"id":"a.b","label":{"de":"A"},"parent":"a"}]"#), "FP406", "b.json:/codes/0/parent"),
    (book(cues: #"[{"id":"c","code":"cause.mony","patterns":["Geld"]}]"#), "FP406", "b.json:/cues/0/code"),
    (book(cues: #"[{"id":"c","code":"cause.money","patterns":["{nowhere}"]}]"#), "FP407", "b.json:/cues/0/patterns/0"),
    (book(cues: #"[{"id":"c","code":"cause.money","patterns":["a …"]}]"#), "FP407", "b.json:/cues/0/patterns/0"),
    (book(cues: #"[{"id":"c","code":"cause.money","kind":"wort","patterns":["a"]}]"#), "FP404", "b.json:/cues/0/kind"),
    (Array(#"{"schema": 2, "id": "t", "version": "1", "title": "T", "source": "S"}"#.utf8), "FP408", "b.json:/schema"),
  ]

  @Test(arguments: broken.indices) func refusesWithPlaceAndReason(_ index: Int) {
    let example = Self.broken[index]
    do {
      _ = try CodeBookLoader.load(example.file, file: "b.json")
      Issue.record("the book was taken")
    } catch {
      #expect(error.diagnostics.contains { $0.code.rawValue == example.code && $0.location == example.pointer })
    }
  }

  @Test func namesTheNearestValidName() {
    do {
      _ = try CodeBookLoader.load(
        Self.book(cues: #"[{"id":"c","code":"cause.mony","patterns":["Geld"]}]"#), file: "b.json")
      Issue.record("the book was taken")
    } catch {
      #expect(error.diagnostics.first?.hint == "did you mean 'cause.money'?")
    }
  }

  @Test func spreadsAnEntryIntoOneCuePerPatternAndCode() throws {
    let cues =
      #"[{"id":"m","codes":{"cause.money":2,"measure.money":1},"patterns":["Geld","kein … Budget :: kein dickes Budget"]}]"#
    let book = try CodeBookLoader.load(Self.book(cues: cues), file: "b.json")
    #expect(
      book.cues.map(\.id) == ["m/geld", "m/geld:measure.money", "m/kein-…-budget", "m/kein-…-budget:measure.money"]
        || book.cues.count == 4)
    #expect(book.cues.allSatisfy { $0.example?.isEmpty == false })
    #expect(book.cues[2].example == "kein dickes Budget")
    #expect(book.cues.map(\.kind) == ["word", "word", "phrase", "phrase"])
  }

  @Test func readsBackWhatItWrites() throws {
    let book = try CodeBookLoader.load(Array(Samples.bookText.utf8), file: "b.json")
    let again = try CodeBookLoader.load(Array(CodeBookWriter.json(book).utf8), file: "c.json")
    #expect(again.codes == book.codes)
    #expect(again.cues.map(\.pattern) == book.cues.map(\.pattern))
    #expect(again.cues.map(\.weight) == book.cues.map(\.weight))
  }
}

@Suite struct BundledCodeBookTests {
  static let required = [
    "cause.competence", "cause.resources", "cause.legal", "cause.examples", "cause.technostress", "cause.role",
    "cause.participation", "cause.other", "measure.information", "measure.participation", "measure.relief",
    "measure.other", "measure.other.vision", "fear.replacement", "fear.growth", "fear.bias", "fear.privacy",
    "fear.disinformation", "consequence.existential", "consequence.autonomy", "consequence.trust",
    "consequence.surveillance", "consequence.scepticism", "question.regional.regional", "question.regional.systemic",
    "question.policy", "reflection.takeaway", "reflection.roles",
  ]

  @Test func isCompleteAndEveryCodeIsExplained() throws {
    let book = try CodeBook.bundled("ki-skepsis")
    for id in Self.required {
      let code = try #require(book.code(id), "\(id)")
      #expect(code.definition?.isEmpty == false && code.labelEnglish?.isEmpty == false && code.colour != nil, "\(id)")
    }
    let submeasures = book.codes.filter { $0.id.split(separator: ".").count == 3 && $0.section == "measures" }
    #expect(submeasures.count >= 7)
    #expect(book.cues.count >= 1000)
    #expect(
      book.codes.filter { $0.id.hasPrefix("fear.") || $0.id.hasPrefix("consequence.") }.allSatisfy { !$0.mayBePrimary })
    for fear in book.codes where fear.parent == "fear" {
      let consequence = try #require(book.chains.first { $0.from == fear.id }?.to)
      #expect(book.chains.contains { $0.from == consequence && $0.to.hasPrefix("measure.") })
    }
  }

  @Test func unknownNamesAreRefusedWithTheNearest() {
    do {
      _ = try CodeBook.bundled("ki-skepsi")
      Issue.record("a book was found")
    } catch {
      #expect(error.diagnostics.first?.hint == "did you mean 'ki-skepsis'?")
    }
  }

  @Test func everyCueFiresOnItsExample() throws {
    let book = try CodeBook.bundled("ki-skepsis")
    let findings = CodeBookCheck(codeBook: book, analyzer: PlainAnalyzer()).findings(file: "ki-skepsis.json")
    #expect(findings.filter { $0.code == .cueSilent }.map(\.message) == [])
    #expect(findings.filter { $0.code == .cueContradictory }.map(\.message) == [])
    #expect(findings.filter { $0.code == .cueShadowed }.map(\.message) == [])
  }
}
