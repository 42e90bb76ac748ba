import Foundation
import Pipeline
import ProtocolModel
import Rendering

/// Renders the finished layers of a run and writes the files.
struct OutputWriter {
  let request: RunRequest
  let configuration: RunConfiguration
  let services: Services
  let folder: OutputFolder
  let layers: LayerTable
  let photos: [Photo]

  /// Writes every output and counts into `result`.
  func write(into result: inout RunResult) throws(Diagnostic) {
    var boards: [(photo: Photo, board: BoardLayer, pictures: PictureLayer)] = []
    for photo in photos {
      guard let board = try decode(BoardLayer.self, of: photo.id) else { continue }
      let pictures = try decode(PictureLayer.self, of: photo.id) ?? PictureLayer(crops: [:], sheets: [:])
      boards.append((photo.turned(quarterTurns: board.orientation.quarterTurns), board, pictures))
    }
    result.photos = boards.count
    let source = LayerPictures(boards.map { ($0.board, $0.pictures) })
    let files: [RenderedFile]
    if request.onlyFind {
      result.notes = boards.reduce(0) { $0 + $1.board.regions.regions.count }
      let found = boards.map { (photo: $0.photo, board: $0.board) }
      let sightings = try decode(SightingLayer.self, of: nil)
      let pages = OverlayPages(found, pictures: source, texts: try services.documentTexts(), sightings: sightings)
      files = pages.files + [try FoundFile(found, sightings: sightings).file]
    } else {
      guard let document = try decode(ProtocolDocument.self, of: nil) else {
        throw Diagnostic(.error, .impossible, "the run left no protocol: a fault in the runner")
      }
      let notes = document.photos.flatMap(\.regions).filter { $0.sameAs == nil }
      result.notes = notes.count
      result.legibleNotes = notes.filter(\.text.legible).count
      files = try rendered(document, pictures: source)
    }
    for file in files { result.files.append(try folder.write(Data(file.bytes), as: file.path)) }
    try folder.remember(files.map(\.path))
  }

  private func rendered(_ document: ProtocolDocument, pictures: any PictureSource) throws(Diagnostic) -> [RenderedFile]
  {
    var files: [RenderedFile] = []
    for output in configuration.outputs {
      guard let renderer = OutputCatalog.renderer(output.use) else { continue }
      var options = RenderingOptions(texts: try services.documentTexts())
      if output.use == "csv" { options.csvForGermanExcel = request.excel || output.with.boolean("excel") }
      if output.use == "html" { options.maximumHTMLBytes = output.with.integer("maximumBytes") }
      // A protocol speaks one language; protocol.json keeps the English of the contract.
      let told = output.use == "json" ? document : document.toldIn(options.texts.language)
      var made = renderer.render(told, pictures: pictures, options: options)
      if made.count == 1 { made[0].path = output.to }
      files += made
    }
    return files
  }

  private func decode<L: Layer>(_ type: L.Type, of photo: PhotoID?) throws(Diagnostic) -> L? {
    guard let layer = layers.layer(named: type.layerName, of: photo) else { return nil }
    do { return try JSONDecoder().decode(type, from: layer.bytes) } catch {
      throw Diagnostic(.error, .impossible, "the layer '\(type.layerName)' cannot be read back: a fault in its coding")
    }
  }
}

extension ProtocolDocument {
  /// The same protocol with its diagnostics in `language` (`de` or `en`).
  fileprivate func toldIn(_ language: String) -> ProtocolDocument {
    var told = self
    told.diagnostics = diagnostics.map { DiagnosticCatalog.bundled.localized($0, language: language) }
    return told
  }
}

extension DiagnosticCode {
  /// A file that belongs to the program is missing.
  static let damagedInstallation = DiagnosticCode(rawValue: "FP901")
}
