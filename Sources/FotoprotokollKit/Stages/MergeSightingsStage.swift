import Foundation
import Imaging
import Pipeline
import ProtocolModel

/// Tells which notes of several photos are the same paper.
struct MergeSightingsStage: Stage {
  static let description = StageDescription(
    name: "board.merge-sightings", revision: 5, scope: .workshop,
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
    for id in input.photos {
      guard let photo = try input.layer(Photo.self, of: id), let board = try input.layer(BoardLayer.self, of: id),
        let pictures = try input.layer(PictureLayer.self, of: id)
      else { continue }
      let upright = photo.turned(quarterTurns: board.orientation.quarterTurns)
      let (width, height) = (upright.width, upright.height)
      let notes = board.regions.regions.compactMap { region -> NoteSignature? in
        guard let crop = pictures.crops[region.id.rawValue], let picture = Self.decoded(crop) else { return nil }
        return NoteSignature(
          region: region.id, quad: region.polygon.enclosingQuad,
          isCut: SightingMerger.Gallery.cuts(region.polygon, width: width, height: height), picture: picture)
      }
      galleries.append(SightingMerger.Gallery(photo: id, width: width, height: height, notes: notes))
    }
    return merger.merge(galleries)
  }

  /// A note's picture, at half its size where that still is twice the grid on which notes are compared.
  private static func decoded(_ crop: PictureLayer.Picture) -> ColorImage? {
    guard let bytes = Data(base64Encoded: crop.base64) else { return nil }
    let reduction = min(crop.width, crop.height) >= 200 ? 2 : 1
    return try? Raster(decoding: [UInt8](bytes), reduction: reduction).colorImage()
  }
}
