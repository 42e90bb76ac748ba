import Foundation
import Imaging
import Pipeline
import ProtocolModel

/// Tells which notes of several photos are the same paper.
struct MergeSightingsStage: Stage {
  static let description = StageDescription(
    name: "board.merge-sightings", revision: 2, scope: .workshop,
    reads: [Photo.layerName, BoardLayer.layerName, PictureLayer.layerName], writes: SightingLayer.layerName,
    fields: [
      ParameterField("isOn", .boolean, default: true, "Whether repeats are looked for at all."),
      ParameterField("likeness", .number, default: 0.6, range: 0.3...1, "How alike the pictures of a pair must be."),
      ParameterField("agreement", .integer, default: 3, range: 3...50, "Pairs that must agree on one map."),
    ],
    summary: "Tells which notes of several photos are the same paper, by picture and geometry.")

  private let isOn: Bool
  private let merger: SightingMerger

  init(_ parameters: StageParameters) {
    isOn = parameters.boolean("isOn")
    merger = SightingMerger(
      parameters: SightingMerger.Parameters(
        likeness: parameters.number("likeness"), agreement: parameters.integer("agreement")))
  }

  let ingredients: [String: String] = [:]

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> SightingLayer {
    guard isOn else { return SightingLayer(sightings: []) }
    var galleries: [SightingMerger.Gallery] = []
    for photo in input.photos {
      guard let board = try input.layer(BoardLayer.self, of: photo),
        let pictures = try input.layer(PictureLayer.self, of: photo)
      else { continue }
      let notes = board.regions.regions.compactMap { region -> NoteSignature? in
        guard let bytes = pictures.crops[region.id.rawValue].flatMap({ Data(base64Encoded: $0.base64) }),
          let picture = try? Raster(decoding: [UInt8](bytes)).colorImage()
        else { return nil }
        return NoteSignature(region: region.id, quad: region.polygon.enclosingQuad, picture: picture.gray)
      }
      galleries.append(SightingMerger.Gallery(photo: photo, notes: notes))
    }
    return merger.merge(galleries)
  }
}
