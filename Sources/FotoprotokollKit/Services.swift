import Imaging
import Ingest
import Pipeline
import ProtocolModel
import Rendering

/// What stages use: the photos' pixels and the data of the run. Immutable, or made once when first asked for.
package final class Services: Sendable {
  private let photos: [PhotoID: ScannedPhoto]
  private let loader = PhotoLoader()
  /// The settled run.
  let configuration: RunConfiguration
  /// Threads that read.
  let jobs: Int
  /// Whether outputs show whole photos.
  let showsFullPhotos: Bool

  /// Gathers services for the photos of one run.
  init(photos: [ScannedPhoto], configuration: RunConfiguration, jobs: Int, showsFullPhotos: Bool) {
    self.photos = Dictionary(photos.map { ($0.photo.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.configuration = configuration
    self.jobs = jobs
    self.showsFullPhotos = showsFullPhotos
  }

  /// The photo of a stage.
  func photo(_ input: any LayerReader) throws(Diagnostic) -> ScannedPhoto {
    guard let id = input.photo, let photo = photos[id] else {
      throw Diagnostic(.error, .impossible, "a photo stage runs without a photo: a fault in the runner")
    }
    return photo
  }

  /// The words of the protocol.
  func documentTexts() throws(Diagnostic) -> DocumentTexts {
    do throws(TextsError) { return try DocumentTexts.bundled("de") } catch {
      throw Diagnostic(
        .error, .damagedInstallation, "the words of the protocol are missing", hint: "install the program again")
    }
  }

  /// The upright pixels, at a fraction of the size where `reduction` is 2, 4 or 8.
  func pixels(_ photo: ScannedPhoto, reduction: Int = 1) throws(Diagnostic) -> Raster {
    do throws(IngestError) { return try loader.load(photo, reduction: reduction) } catch {
      throw error.diagnostic(at: photo.photo.file)
    }
  }
}

extension LayerReader {
  /// A layer of the stage's own photo, which an earlier stage must have written.
  func own<L: Layer>(_ type: L.Type) throws(Diagnostic) -> L {
    guard let photo, let layer = try layer(type, of: photo) else {
      throw Diagnostic(.error, .impossible, "the layer '\(type.layerName)' is missing: a fault in the runner")
    }
    return layer
  }
}
