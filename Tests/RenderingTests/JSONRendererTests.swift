import Foundation
import ProtocolModel
import Rendering
import TestSupport
import Testing

@Suite struct JSONRendererTests {
  @Test func matchesTheGoldenFile() throws {
    let options = RenderingOptions(texts: try .bundled("de"))
    try expectGolden(JSONRenderer().text(try sampleDocument(), options), "protocol.json")
  }

  @Test func readsBackAsTheSameProtocol() throws {
    let document = try sampleDocument()
    let text = JSONRenderer.value(of: document).serialized()
    let again = try JSONDecoder().decode(ProtocolDocument.self, from: Data(text.utf8))
    #expect(JSONRenderer.value(of: again).serialized() == text)
    #expect(again.photos.flatMap(\.regions).map(\.codings) == document.photos.flatMap(\.regions).map(\.codings))
  }

  @Test func fitsItsSchema() throws {
    let bytes = try #require(Resource.protocolSchema)
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    for document in [try sampleDocument(), try sampleDocument { $0.photos = [] }] {
      let text = JSONRenderer.value(of: document).serialized()
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(SchemaCheck(root: schema).problems(value) == [])
    }
  }

  @Test func theSchemaRefusesWhatTheContractDoesNotHave() throws {
    let bytes = try #require(Resource.protocolSchema)
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let text = JSONRenderer.value(of: try sampleDocument()).serialized()
    let damages = [
      ("\"version\": 1", "\"version\": 2"), ("\"gaps\":", "\"gapz\":"), ("\"kind\": \"card\"", "\"kind\": \"sheet\""),
      ("\"legible\": true", "\"legible\": 1.5"), ("\"rank\": 1", "\"rank\": 0"),
    ]
    for (old, new) in damages {
      let damaged = text.replacing(old, with: new, maxReplacements: 1)
      let value = try JSONSerialization.jsonObject(with: Data(damaged.utf8))
      #expect(SchemaCheck(root: schema).problems(value) != [], "\(new) passed")
    }
  }

  @Test func scoresAreTheSumsOfTheirWeightsToTheLastDigit() throws {
    var document = try sampleDocument()
    let weights = [0.1, 0.2, 0.3, 1e-7, -0.05, 1.0 / 3]
    document.photos[0].regions[2].codings = [
      Coding(
        code: "cause.legal", rank: 1, score: weights.reduce(0, +),
        evidence: weights.map { Evidence(cue: "c", match: "", start: 0, end: 0, rule: "exact", weight: $0) })
    ]
    let text = JSONRenderer.value(of: document).serialized()
    let again = try JSONDecoder().decode(ProtocolDocument.self, from: Data(text.utf8))
    let coding = try #require(again.photos[0].regions[2].codings.first)
    #expect(coding.evidence.reduce(0) { $0 + $1.weight } == coding.score)
  }

  @Test(arguments: UInt64(0)..<64) func anyTextSurvives(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let scalars: [Unicode.Scalar] = [
      "\"", "\\", "\n", "\u{0}", "\u{1F}", "<", "ß", "\u{2028}", "😀", "\u{308}", "a", "/",
    ]
    var text = ""
    for _ in 0..<30 { text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a") }
    let document = try sampleDocument { $0.event.title = text }
    let json = JSONRenderer.value(of: document).serialized()
    let again = try JSONDecoder().decode(ProtocolDocument.self, from: Data(json.utf8))
    #expect(again.event.title.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars), "seed \(seed)")
  }
}
