package import ProtocolModel
import Foundation
import Synchronization

/// The layers made so far, by photo and name. Shared by the worker threads; every access holds its lock.
package final class LayerTable: Sendable {
  private struct State {
    var photoLayers: [PhotoID: [String: EncodedLayer]] = [:]
    var workshopLayers: [String: EncodedLayer] = [:]
    var dropped: [PhotoID: Diagnostic] = [:]
  }
  private let state = Mutex(State())

  /// Creates an empty table.
  package init() {}

  /// Adds a layer; `photo` is `nil` for one of the workshop.
  package func add(_ layer: EncodedLayer, named name: String, of photo: PhotoID?) {
    state.withLock { state in
      if let photo { state.photoLayers[photo, default: [:]][name] = layer } else { state.workshopLayers[name] = layer }
    }
  }

  /// A layer; `photo` is `nil` for one of the workshop.
  package func layer(named name: String, of photo: PhotoID?) -> EncodedLayer? {
    state.withLock { state in photo.map { state.photoLayers[$0]?[name] } ?? state.workshopLayers[name] }
  }

  /// Takes a photo out of the run.
  package func drop(_ photo: PhotoID, because diagnostic: Diagnostic) {
    state.withLock { $0.dropped[photo] = diagnostic }
  }

  /// The photos that are out, and why.
  package var dropped: [PhotoID: Diagnostic] { state.withLock { $0.dropped } }
}

/// What one stage may read: only what it declared.
struct DeclaredReader: LayerReader {
  let photo: PhotoID?
  let photos: [PhotoID]
  let reads: [String]
  let table: LayerTable

  func layer<L: Layer>(_ type: L.Type, of photo: PhotoID) throws(Diagnostic) -> L? {
    guard let layer = table.layer(named: try declared(type), of: photo) else { return nil }
    return try decode(type, layer)
  }

  func workshopLayer<L: Layer>(_ type: L.Type) throws(Diagnostic) -> L {
    guard let layer = table.layer(named: try declared(type), of: nil) else {
      throw Diagnostic(.error, .impossible, "the layer '\(type.layerName)' is missing: a fault in the resolver")
    }
    return try decode(type, layer)
  }

  private func declared<L: Layer>(_ type: L.Type) throws(Diagnostic) -> String {
    guard reads.contains(type.layerName) else {
      throw Diagnostic(.error, .impossible, "a stage reads '\(type.layerName)' without saying so: a fault in the stage")
    }
    return type.layerName
  }

  private func decode<L: Layer>(_ type: L.Type, _ layer: EncodedLayer) throws(Diagnostic) -> L {
    do { return try JSONDecoder().decode(type, from: layer.bytes) } catch {
      throw Diagnostic(.error, .impossible, "the layer '\(type.layerName)' cannot be read back: a fault in its coding")
    }
  }
}
