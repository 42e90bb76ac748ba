import Imaging
import Ingest
import Pipeline
import ProtocolModel
import Recognition

/// Finds sheets, notes, list items, headings and groups on a photo, and which way is up where its file does not say.
struct FindNotesStage: Stage {
  static let description = StageDescription(
    name: "board.find-notes", revision: 23, scope: .photo, reads: [Photo.layerName], writes: BoardLayer.layerName,
    fields: [
      ParameterField(
        "minimumRegionArea", .number, default: 0.0002, range: 0.00001...0.1,
        "Smallest paper, as a share of the photo's area."),
      ParameterField(
        "orientation", .string, default: "read", choices: ["read", "file", "always-read"],
        "Which way is up: what can be `read` where the file does not say, what the `file` says, or `always-read`."),
    ],
    summary: "Finds sheets, notes, list items, headings and groups.")

  private let services: Services
  private let finder: BoardFinder
  private let orientation: String
  private let reader: Lazy<NeuralRecognizer>
  let ingredients: [String: String]

  init(_ parameters: StageParameters, services: Services) throws(Diagnostic) {
    self.services = services
    finder = BoardFinder(
      parameters: BoardFinderParameters(minimumRegionArea: parameters.number("minimumRegionArea")))
    orientation = parameters.string("orientation")
    // The small network tells writing from nonsense at a fifth of the cost of the one that reads the notes.
    let reader = Lazy { try NeuralRecognizer(.tiny) }
    self.reader = reader
    ingredients = orientation == "file" ? [:] : ["orientation": try reader.recognizer().identity.key]
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> BoardLayer {
    let photo = try services.photo(input)
    let (width, height) = (photo.photo.width, photo.photo.height)
    // The largest fraction at which the decoder still gives about the size the finder works on.
    let reduction =
      [8, 4, 2].first { max(width, height) / $0 >= WorkingImage.longestSide * 15 / 16 } ?? 1
    let raster = try services.pixels(photo, reduction: reduction)
    let search =
      isOpen(photo) ? UprightSearch(finder: finder, reader: try reader.recognizer()) : nil
    do throws(ImageError) {
      guard let search else {
        let image = try WorkingImage(reducing: raster, photoWidth: width, photoHeight: height)
        let (sheets, regions) = finder.find(in: image, id: photo.photo.id)
        return BoardLayer(sheets: sheets, regions: regions)
      }
      let found = try search.find(in: raster, width: width, height: height, id: photo.photo.id)
      report(found.orientation, of: photo, reporting)
      return BoardLayer(sheets: found.sheets, regions: found.regions, orientation: found.orientation)
    } catch {
      throw Diagnostic(.error, .pictureRefused, "the picture cannot be searched", at: photo.photo.file)
    }
  }

  /// Whether it is open which way is up. A page with its own text lies as it is drawn.
  private func isOpen(_ photo: ScannedPhoto) -> Bool {
    guard photo.photo.textLayer.isEmpty else { return false }
    return orientation == "always-read" || orientation == "read" && !photo.isOrientationTold
  }

  private func report(_ orientation: PhotoOrientation, of photo: ScannedPhoto, _ reporting: DiagnosticSink) {
    guard orientation.quarterTurns > 0 else { return }
    reporting(
      Diagnostic(
        .note, .turnedUpright, "the photo was turned by \(90 * orientation.quarterTurns) degrees: so it can be read",
        at: photo.photo.file, hint: "set 'orientation' of board.find-notes to 'file' where that is wrong"))
  }
}

extension Lazy where Value == NeuralRecognizer {
  /// The reader; a missing weight file ends the run.
  fileprivate func recognizer() throws(Diagnostic) -> NeuralRecognizer {
    do { return try get() } catch {
      throw (error as? RecognitionError)?.diagnostic(at: nil)
        ?? Diagnostic(.error, .impossible, "the reader cannot be made: a fault in its loading")
    }
  }
}

extension DiagnosticCode {
  /// A decoded picture is too small or too large for the picture library.
  static let pictureRefused = DiagnosticCode(rawValue: "FP120")
  /// A photo whose file does not say how it lies was turned.
  static let turnedUpright = DiagnosticCode(rawValue: "FP121")
}
