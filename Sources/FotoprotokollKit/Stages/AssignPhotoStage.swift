import Assembly
import Hashing
import Pipeline
import ProtocolModel

/// Finds the agenda item a photo belongs to, and why.
struct AssignPhotoStage: Stage {
  static let description = StageDescription(
    name: "event.assign-photo", revision: 1, scope: .photo,
    reads: [FileLayer.layerName, BoardLayer.layerName, TextLayer.layerName], writes: AgendaLayer.layerName,
    fields: [
      ParameterField(
        "leastSimilarity", .number, default: 0.55, range: 0...1,
        "How alike a heading on the photo and a board of the agenda must be, from 0 to 1.")
    ],
    summary: "Assigns a photo to its agenda item: by list, folder, heading or capture time.")

  private let matcher: AgendaMatcher
  let ingredients: [String: String]

  init(_ parameters: StageParameters, services: Services) throws(Diagnostic) {
    let event = services.configuration.event
    matcher = AgendaMatcher(event: event, leastSimilarity: parameters.number("leastSimilarity"))
    ingredients = ["agenda": try ingredientDigest(of: event.agenda)]
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> AgendaLayer {
    let photo = try input.own(FileLayer.self).photo
    let board = try input.own(BoardLayer.self)
    let texts = try input.own(TextLayer.self)
    return matcher.assignments([AgendaMatcher.Candidate(photo: photo, regions: board.regions, texts: texts)])
  }
}

/// Digest of a value's canonical JSON, as an ingredient of a result.
func ingredientDigest(of value: some Encodable) throws(Diagnostic) -> String {
  do { return ContentDigest.sha256([UInt8](try CanonicalJSON.encode(value))).rawValue } catch {
    throw Diagnostic(.error, .impossible, "an ingredient cannot be encoded: a fault in its coding")
  }
}
