import Foundation
import Hashing
import Pipeline
import ProtocolModel
import Synchronization
import Testing

/// A layer that holds a text.
struct WordLayer: Layer {
  static let layerName = "word"
  var text: String
}

/// A layer that holds all texts.
struct SentenceLayer: Layer {
  static let layerName = "sentence"
  var text: String
}

/// Root of the tests: the name of a photo.
struct NameLayer: Layer {
  static let layerName = "name"
  var name: String
}

/// Shouts the photo's name; fails for the photo called "kaputt"; counts how often it really ran.
struct ShoutingStage: Stage {
  static let description = StageDescription(
    name: "test.shout", revision: 1, scope: .photo, reads: ["name"], writes: "word", fields: [], summary: "Shouts.")
  final class Count: Sendable {
    let value = Atomic(0)
  }
  let runs: Count
  var ingredients: [String: String] { [:] }
  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> WordLayer {
    runs.value.add(1, ordering: .relaxed)
    guard let photo = input.photo, let name = try input.layer(NameLayer.self, of: photo)?.name else {
      throw Diagnostic(.error, DiagnosticCode(rawValue: "FP900"), "no name")
    }
    if name == "kaputt" { throw Diagnostic(.error, DiagnosticCode(rawValue: "FP101"), "broken", at: name) }
    reporting(Diagnostic(.note, DiagnosticCode(rawValue: "FP199"), "seen", at: name))
    return WordLayer(text: name.uppercased())
  }
}

/// Joins the words of all photos that are left.
struct JoiningStage: Stage {
  static let description = StageDescription(
    name: "test.join", revision: 1, scope: .workshop, reads: ["word"], writes: "sentence", fields: [],
    summary: "Joins.")
  var ingredients: [String: String] { [:] }
  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> SentenceLayer {
    var words: [String] = []
    for photo in input.photos { if let word = try input.layer(WordLayer.self, of: photo) { words.append(word.text) } }
    return SentenceLayer(text: words.joined(separator: " "))
  }
}

@Suite struct PipelineRunnerTests {
  func temporaryFolder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("fp-test-\(UUID().uuidString)")
  }

  func run(
    _ names: [String], in folder: URL, jobs: Int = 1, runs: ShoutingStage.Count = .init()
  ) throws -> (sentence: String, outcome: PipelineRunner.Outcome) {
    let stages = [
      PreparedStage(
        ResolvedStage(description: ShoutingStage.description, parameters: StageParameters([:])),
        stage: ShoutingStage(runs: runs)),
      PreparedStage(
        ResolvedStage(description: JoiningStage.description, parameters: StageParameters([:])), stage: JoiningStage()),
    ]
    let table = LayerTable()
    let ids = names.map { PhotoID(ContentDigest.sha256($0)) }
    for (id, name) in zip(ids, names) { table.add(try EncodedLayer(NameLayer(name: name)), named: "name", of: id) }
    let runner = PipelineRunner(stages: stages, store: try ResultStore(folder: folder), jobs: jobs)
    let outcome = try runner.run(ids, layers: table)
    let layer = try #require(table.layer(named: "sentence", of: nil))
    return (try JSONDecoder().decode(SentenceLayer.self, from: layer.bytes).text, outcome)
  }

  @Test func secondRunIsAllHitsAndSaysTheSame() throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let runs = ShoutingStage.Count()
    let first = try run(["a", "b"], in: folder, runs: runs)
    let second = try run(["a", "b"], in: folder, runs: runs)
    #expect(first.sentence == "A B" && second.sentence == "A B")
    #expect(first.outcome.diagnostics == second.outcome.diagnostics && first.outcome.diagnostics.count == 2)
    #expect(runs.value.load(ordering: .relaxed) == 2)
    #expect(second.outcome.steps.filter { !$0.isHit }.isEmpty)
  }

  @Test func oneChangedPhotoRecomputesThatPhoto() throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let runs = ShoutingStage.Count()
    _ = try run(["a", "b", "c"], in: folder, runs: runs)
    let second = try run(["a", "x", "c"], in: folder, runs: runs)
    #expect(second.sentence == "A X C")
    #expect(runs.value.load(ordering: .relaxed) == 4)
  }

  @Test(arguments: [1, 2, 5]) func oneBrokenPhotoLosesNoNeighbour(jobs: Int) throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try run(["a", "kaputt", "b", "c", "d"], in: folder, jobs: jobs)
    #expect(result.sentence == "A B C D")
    #expect(result.outcome.layers.dropped.count == 1)
    #expect(result.outcome.diagnostics.map(\.location) == ["a", "kaputt", "b", "c", "d"])
  }

  @Test func damageIsReportedAndMadeAgain() throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try run(["a"], in: folder)
    let results = folder.appendingPathComponent("results")
    let files = try #require(FileManager.default.enumerator(at: results, includingPropertiesForKeys: nil))
    var damaged = 0
    for case let file as URL in files where file.lastPathComponent.count == 64 {
      let bytes = try Data(contentsOf: file)
      try bytes.prefix(damaged == 0 ? bytes.count / 2 : bytes.count - 3).write(to: file)
      damaged += 1
    }
    #expect(damaged == 2)
    let again = try run(["a"], in: folder)
    #expect(again.sentence == "A")
    #expect(again.outcome.diagnostics.filter { $0.code.rawValue == "FP601" }.count == 2)
  }

  @Test func recipesSayWhatDiffers() {
    let one = Recipe(
      stage: "s", revision: 1, parameters: StageParameters(["a": 1]), layers: ["photo": ContentDigest.sha256("x")],
      ingredients: ["codebook": "1"])
    var two = one
    two.parameters.values["a"] = 2
    two.ingredients["codebook"] = "2"
    #expect(two.differences(from: one) == ["data codebook", "parameter a"])
  }
}
