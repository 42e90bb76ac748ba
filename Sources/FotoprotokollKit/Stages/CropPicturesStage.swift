import Foundation
import Imaging
import Pipeline
import ProtocolModel

/// Cuts the pictures that the outputs show: every note, and every sheet without what is around it.
struct CropPicturesStage: Stage {
  static let description = StageDescription(
    name: "board.crop-pictures", revision: 2, scope: .photo, reads: [Photo.layerName, BoardLayer.layerName],
    writes: PictureLayer.layerName,
    fields: [
      ParameterField("cropSide", .integer, default: 360, range: 80...2000, "Longest side of a note's picture, pixels."),
      ParameterField("sheetSide", .integer, default: 1200, range: 200...6000, "Longest side of a sheet's picture."),
      ParameterField("quality", .integer, default: 55, range: 10...95, "JPEG quality of the pictures."),
    ],
    summary: "Cuts and rectifies the pictures of notes and sheets.")

  private let services: Services
  private let cropSide: Int
  private let sheetSide: Int
  private let quality: Int

  init(_ parameters: StageParameters, services: Services) {
    self.services = services
    cropSide = parameters.integer("cropSide")
    sheetSide = parameters.integer("sheetSide")
    quality = parameters.integer("quality")
  }

  var ingredients: [String: String] { services.showsFullPhotos ? ["full photos": "shown"] : [:] }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> PictureLayer {
    let photo = try services.upright(input)
    let board = try input.own(BoardLayer.self)
    let source = PictureSource(try services.pixels(photo))
    // Where the decoder gave less than the whole picture, outlines shrink with it.
    let scale = Double(source.width) / Double(max(1, photo.photo.width))
    var layer = PictureLayer(crops: [:], sheets: [:])
    for sheet in board.sheets.sheets {
      layer.sheets[sheet.id.rawValue] = picture(
        of: sheet.outline, in: source, scale: scale, width: Double(sheet.width), height: Double(sheet.height),
        longest: sheetSide)
    }
    for region in board.regions.regions {
      let quad = region.polygon.enclosingQuad
      layer.crops[region.id.rawValue] = picture(
        of: quad, in: source, scale: scale, width: quad.meanWidth, height: quad.meanHeight, longest: cropSide)
    }
    if services.showsFullPhotos {
      let whole = Quad<PhotoSpace>(width: photo.photo.width, height: photo.photo.height)
      layer.photo = picture(
        of: whole, in: source, scale: scale, width: whole.meanWidth, height: whole.meanHeight, longest: sheetSide)
    }
    return layer
  }

  private func picture(
    of quad: Quad<PhotoSpace>, in source: borrowing PictureSource, scale: Double, width: Double, height: Double,
    longest: Int
  ) -> PictureLayer.Picture? {
    let shrink = min(1, Double(longest) / max(width, height, 1))
    let targetWidth = max(1, Int((width * shrink).rounded())), targetHeight = max(1, Int((height * shrink).rounded()))
    do throws(ImageError) {
      let cut = try source.picture(of: quad.scaled(by: scale), toWidth: targetWidth, height: targetHeight)
      let bytes = try cut.encoded(as: .jpeg(quality: quality))
      return PictureLayer.Picture(base64: Data(bytes).base64EncodedString(), width: targetWidth, height: targetHeight)
    } catch {
      // An outline that lies outside the photo has no picture; its note keeps its place in the protocol.
      return nil
    }
  }
}
