import Assembly
import Pipeline
import ProtocolModel
import Rendering

/// Puts everything into one protocol document.
struct AssembleStage: Stage {
  static let description = StageDescription(
    name: "protocol.assemble", revision: 1, scope: .workshop,
    reads: [
      Photo.layerName, FileLayer.layerName, BoardLayer.layerName, ReadingLayer.layerName, TextLayer.layerName,
      AgendaLayer.layerName, CodingLayer.layerName, SightingLayer.layerName, ClusterLayer.layerName,
      RunLayer.layerName,
    ],
    writes: ProtocolDocument.layerName, fields: [],
    summary: "Puts sections, counts, chains and appendix together.")

  private let configuration: RunConfiguration
  private let texts: DocumentTexts
  let ingredients: [String: String]

  init(services: Services) throws(Diagnostic) {
    configuration = services.configuration
    texts = try services.documentTexts()
    ingredients = [
      "event": try ingredientDigest(of: configuration.event),
      "codebook": configuration.codebookDigest.rawValue,
      "texts": try ingredientDigest(of: texts),
    ]
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> ProtocolDocument {
    var photos: [PhotoLayers] = []
    var assignments: [AgendaAssignment] = []
    for id in input.photos {
      guard let file = try input.layer(FileLayer.self, of: id)?.photo else { continue }
      let board = try input.layer(BoardLayer.self, of: id)
      let photo = file.turned(quarterTurns: board?.orientation.quarterTurns ?? 0)
      photos.append(
        PhotoLayers(
          photo: photo, sheets: board?.sheets, regions: board?.regions,
          readings: try input.layer(ReadingLayer.self, of: id), texts: try input.layer(TextLayer.self, of: id),
          codings: try input.layer(CodingLayer.self, of: id)))
      assignments += try input.layer(AgendaLayer.self, of: id)?.assignments ?? []
    }
    let run = try input.workshopLayer(RunLayer.self)
    return ProtocolAssembler().assemble(
      AssemblyInput(
        photos: photos, sightings: try input.workshopLayer(SightingLayer.self),
        agenda: AgendaLayer(assignments: assignments.sorted { $0.photo < $1.photo }),
        clusters: try input.workshopLayer(ClusterLayer.self), event: configuration.event.dated(by: photos.map(\.photo)),
        codebook: configuration.codebook, codebookDigest: configuration.codebookDigest, texts: texts,
        diagnostics: run.diagnostics, skippedFiles: run.skippedFiles, provenance: run.provenance))
  }
}

extension Event {
  /// The event, with the day or days of the capture times where it says no date itself.
  func dated(by photos: [Photo]) -> Event {
    guard date == nil else { return self }
    let days = photos.compactMap { $0.capturedAt.map { String($0.prefix(10)) } }
    guard let first = days.min(), let last = days.max() else { return self }
    var event = self
    event.date = first == last ? first : "\(first) – \(last)"
    return event
  }
}
