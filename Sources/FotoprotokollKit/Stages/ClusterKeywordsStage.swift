import ContentCoding
import Pipeline
import ProtocolModel

/// Groups the open rest by its own words.
struct ClusterKeywordsStage: Stage {
  static let description = StageDescription(
    name: "coding.cluster-keywords", revision: 2, scope: .workshop,
    reads: [TextLayer.layerName, CodingLayer.layerName, SightingLayer.layerName], writes: ClusterLayer.layerName,
    fields: [
      ParameterField(
        "minimumSimilarity", .number, default: 0.18, range: 0...1,
        "How alike the words of two groups must be on average to become one.")
    ],
    summary: "Groups the notes of the open rest by their own words.")

  private let services: Services
  private let minimumSimilarity: Double
  let ingredients: [String: String]

  init(_ parameters: StageParameters, services: Services) {
    self.services = services
    minimumSimilarity = parameters.number("minimumSimilarity")
    ingredients = services.languageIngredients
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> ClusterLayer {
    let repeats = Set(try input.workshopLayer(SightingLayer.self).sightings.map(\.region))
    var rest: [KeywordClusterer.Note] = []
    for photo in input.photos {
      guard let codings = try input.layer(CodingLayer.self, of: photo),
        let texts = try input.layer(TextLayer.self, of: photo)
      else { continue }
      let cleaned = Dictionary(texts.texts.map { ($0.region, $0.normalized) }, uniquingKeysWith: { first, _ in first })
      for note in codings.notes where isOpen(note) && !repeats.contains(note.region) {
        if let text = cleaned[note.region] ?? nil {
          rest.append(KeywordClusterer.Note(region: note.region, text: text))
        }
      }
    }
    var clusterer = KeywordClusterer(analyzer: try services.textAnalyzer())
    clusterer.minimumSimilarity = minimumSimilarity
    return clusterer.clusters(of: rest)
  }

  /// A note whose first code is an open one (`cause.other`, `measure.other`), or that no cue explains.
  private func isOpen(_ note: NoteCoding) -> Bool {
    guard let code = note.codings.first(where: { $0.rank == 1 })?.code else { return note.unassignedReason == .noMatch }
    return code.split(separator: ".").last == "other"
  }
}
