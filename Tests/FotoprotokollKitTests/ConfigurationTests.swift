import Foundation
import FotoprotokollKit
import Pipeline
import ProtocolModel
import Synchronization
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  func resolve(_ request: RunRequest) -> (configuration: RunConfiguration?, problems: [Diagnostic]) {
    let found = Mutex<[Diagnostic]>([])
    let configuration = ConfigurationResolver(request) { one in found.withLock { $0.append(one) } }.resolve()
    return (configuration, found.withLock { $0 })
  }

  @Test func aFolderWithoutFilesGetsAnEmptyEventNamedAfterIt() throws {
    let folder = try TemporaryFolder()
    let (configuration, problems) = resolve(RunRequest(inputs: [folder.url.path], output: folder.path("out")))
    #expect(problems.isEmpty)
    let event = try #require(configuration?.event)
    #expect(event == Event(title: folder.url.lastPathComponent))
    #expect(configuration?.codebook.id == "ki-skepsis")
  }

  @Test func theFoldersEventWinsOverThePipelines() throws {
    let folder = try TemporaryFolder()
    try Data(#"{"title": "Klausur", "place": "Görlitz"}"#.utf8)
      .write(to: folder.url.appendingPathComponent("event.json"))
    var request = RunRequest(inputs: [folder.url.path], output: folder.path("out"))
    request.pipeline = PackageRoot.url.appendingPathComponent("pipeline.json").path
    #expect(resolve(request).configuration?.event == Event(title: "Klausur", place: "Görlitz"))
    request.title = "Anders"
    #expect(resolve(request).configuration?.event == Event(title: "Anders", place: "Görlitz"))
  }

  @Test func theRootPipelineIsTheBundledOneWithAnEvent() throws {
    var request = RunRequest(inputs: [], output: "out")
    let bundled = try #require(resolve(request).configuration)
    request.pipeline = PackageRoot.url.appendingPathComponent("pipeline.json").path
    let root = try #require(resolve(request).configuration)
    #expect(root.stages.map(\.description.name) == bundled.stages.map(\.description.name))
    #expect(root.stages.map(\.parameters) == bundled.stages.map(\.parameters))
    #expect(root.outputs == bundled.outputs)
    #expect(root.event.agenda.count == 7)
    #expect(bundled.event.agenda.isEmpty)
  }

  @Test func everyStageOfTheFolderIsInTheCatalogue() throws {
    let folder = PackageRoot.url.appendingPathComponent("Sources/FotoprotokollKit/Stages")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("Stage.swift") }
    #expect(files.count == BuiltInStages.descriptions.count)
    let schema = String(decoding: BundledFiles.data("pipeline.schema.json"), as: UTF8.self)
    for description in BuiltInStages.descriptions { #expect(schema.contains("\"\(description.name)\"")) }
  }

  @Test func anUnknownCodebookNamesTheNearest() {
    var request = RunRequest(inputs: [], output: "out")
    request.codebook = "ki-skepsi"
    let (configuration, problems) = resolve(request)
    #expect(configuration == nil)
    #expect(problems.first?.code.rawValue == "FP201")
    #expect(problems.first?.hint?.contains("'ki-skepsis'") == true)
  }
}
