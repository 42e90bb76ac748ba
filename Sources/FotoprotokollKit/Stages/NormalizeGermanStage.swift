import GermanText
import Pipeline
import ProtocolModel

/// Rewrites recognised text to plain German spelling without losing where it came from.
struct NormalizeGermanStage: Stage {
  static let description = StageDescription(
    name: "text.normalize-german", revision: 6, scope: .photo, reads: [ReadingLayer.layerName],
    writes: TextLayer.layerName, fields: [],
    summary: "Undoes hyphenation and confusions of reading; every edit is kept.")

  private let services: Services
  let ingredients: [String: String]

  init(_ parameters: StageParameters, services: Services) throws(Diagnostic) {
    self.services = services
    ingredients = services.languageIngredients.merging(
      ["words": try ingredientDigest(of: Services.ownWords(of: services.configuration))]
    ) { $1 }
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> TextLayer {
    let readings = try input.own(ReadingLayer.self)
    let normalizer = try services.normalizer()
    return TextLayer(photo: readings.photo, texts: readings.texts.map { normalizer.normalize($0) })
  }
}
