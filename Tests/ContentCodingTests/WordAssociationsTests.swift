import ContentCoding
import ProtocolModel
import Testing

@Suite struct WordAssociationsTests {
  /// A code book of phrases that never fire on the notes below, but share their words.
  private static func book() throws -> CodeBook {
    let text = """
      {"schema": 1, "id": "sample", "version": "1", "title": "Probe", "source": "Test", "codes": \(Samples.codes),
       "cues": [
        {"id": "money", "code": "cause.money", "weight": 2, "patterns": [
          "Girokonto leer gefegt", "Girokonto gesperrt", "Girokonto am Limit", "das Girokonto weint", "Girokonto im Keller"]},
        {"id": "skill", "code": "cause.skill", "weight": 2, "patterns": [
          "Knopf verwechselt", "Knopf nie gefunden", "das falsche Menü", "Menü verstellt", "Menü auf Finnisch"]},
        {"id": "shared", "codes": {"cause.money": 1, "cause.skill": 1}, "patterns": ["irgendwie das"]}]}
      """
    return try CodeBookLoader.load(Array(text.utf8), file: "sample.json")
  }

  private static func coding(_ text: String, uses: Bool = true, least: Double = 0.1) throws -> NoteCoding {
    var parameters = CodingParameters()
    parameters.usesAssociations = uses
    parameters.minimumWords = least
    parameters.minimumScore = least
    return NoteCoder(codeBook: try book(), analyzer: PlainAnalyzer(), parameters: parameters)
      .code(Samples.note(text))
  }

  @Test(arguments: [("Unser Girokonto!", "cause.money"), ("Menü und Knopf", "cause.skill")])
  func aWordOfManyPhrasesSpeaksForTheirCode(_ text: String, _ code: String) throws {
    let coding = try Self.coding(text)
    #expect(coding.codings.map(\.code) == [code])
    #expect(coding.codings.first?.evidence.allSatisfy { $0.rule == "association" } == true)
    #expect(coding.codings.first.map { $0.evidence.reduce(0) { $0 + $1.weight } == $0.score } == true)
  }

  @Test func aWordThatCuesOfEveryCodeUseSaysNothing() throws {
    #expect(try Self.coding("irgendwie").unassignedReason == .noMatch)
  }

  @Test func aMisreadWordIsTakenByItsRunsOfLetters() throws {
    let coding = try Self.coding("Unser Girokontoq!", least: 0.04)
    #expect(coding.codings.map(\.code) == ["cause.money"])
    #expect(coding.codings.first?.evidence.map(\.cue) == ["word:~girokontoq"])
  }

  @Test func itCanBeSwitchedOff() throws {
    #expect(try Self.coding("Unser Girokonto!", uses: false).unassignedReason == .noMatch)
  }
}
