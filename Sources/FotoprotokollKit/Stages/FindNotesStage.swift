import Imaging
import Pipeline
import ProtocolModel

/// Finds sheets, notes, list items, headings and groups on a photo.
struct FindNotesStage: Stage {
  static let description = StageDescription(
    name: "board.find-notes", revision: 4, scope: .photo, reads: [Photo.layerName], writes: BoardLayer.layerName,
    fields: [
      ParameterField(
        "minimumRegionArea", .number, default: 0.0002, range: 0.00001...0.1,
        "Smallest paper, as a share of the photo's area.")
    ],
    summary: "Finds sheets, notes, list items, headings and groups.")

  private let services: Services
  private let finder: BoardFinder

  init(_ parameters: StageParameters, services: Services) {
    self.services = services
    finder = BoardFinder(
      parameters: BoardFinderParameters(minimumRegionArea: parameters.number("minimumRegionArea")))
  }

  let ingredients: [String: String] = [:]

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> BoardLayer {
    let photo = try services.photo(input)
    let (width, height) = (photo.photo.width, photo.photo.height)
    // The largest fraction at which the decoder still gives about the size the finder works on.
    let reduction =
      [8, 4, 2].first { max(width, height) / $0 >= WorkingImage.longestSide * 15 / 16 } ?? 1
    let raster = try services.pixels(photo, reduction: reduction)
    do throws(ImageError) {
      let image = try WorkingImage(reducing: raster, photoWidth: width, photoHeight: height)
      let (sheets, regions) = finder.find(in: image, id: photo.photo.id)
      return BoardLayer(sheets: sheets, regions: regions)
    } catch {
      throw Diagnostic(.error, .pictureRefused, "the picture cannot be searched", at: photo.photo.file)
    }
  }
}

extension DiagnosticCode {
  /// A decoded picture is too small or too large for the picture library.
  static let pictureRefused = DiagnosticCode(rawValue: "FP120")
}
