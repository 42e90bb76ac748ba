package import Foundation
import Hashing
package import ProtocolModel

/// What a result was made from; equal recipes have equal results.
package struct Recipe: Codable, Hashable, Sendable {
  /// Version of the store's own format and of the layers'.
  package static let currentSchema = 1
  /// See ``currentSchema``.
  package var schema = Recipe.currentSchema
  /// Name of the stage.
  package var stage: String
  /// Its revision.
  package var revision: Int
  /// Its parameters, defaults filled in.
  package var parameters: StageParameters
  /// Digests of the layers read, by `layer` or `photo/layer`.
  package var layers: [String: Digest]
  /// Digests of data, engines and versions, by name.
  package var ingredients: [String: String]

  /// Creates a recipe.
  package init(
    stage: String, revision: Int, parameters: StageParameters, layers: [String: Digest], ingredients: [String: String]
  ) {
    self.stage = stage
    self.revision = revision
    self.parameters = parameters
    self.layers = layers
    self.ingredients = ingredients
  }

  /// The key of the result: digest of the canonical JSON.
  package func key() throws -> Digest { ContentDigest.sha256([UInt8](try CanonicalJSON.encode(self))) }

  /// The ingredients that differ from another recipe of the same stage, sorted; for people.
  package func differences(from other: Recipe) -> [String] {
    var names: [String] = []
    if schema != other.schema { names.append("format of the store") }
    if revision != other.revision { names.append("revision of the stage") }
    for (name, value) in parameters.values where other.parameters.values[name] != value {
      names.append("parameter \(name)")
    }
    for name in Set(layers.keys).union(other.layers.keys) where layers[name] != other.layers[name] {
      names.append("layer \(name)")
    }
    for name in Set(ingredients.keys).union(other.ingredients.keys)
    where ingredients[name] != other.ingredients[name] {
      names.append("data \(name)")
    }
    return names.sorted()
  }
}

/// A layer as bytes, with their digest.
package struct EncodedLayer: Hashable, Sendable {
  /// Canonical JSON.
  package let bytes: Data
  /// Digest of ``bytes``.
  package let digest: Digest

  /// Takes bytes.
  package init(bytes: Data) {
    self.bytes = bytes
    digest = ContentDigest.sha256([UInt8](bytes))
  }

  /// Encodes a layer.
  package init(_ layer: some Layer) throws { self.init(bytes: try CanonicalJSON.encode(layer)) }
}

/// Results by the digest of their recipe: a folder of small files, each written whole or not at all.
///
/// One file holds a line of JSON about the result and the layer itself. It is written under a temporary name, then
/// renamed, so a killed run leaves no half result, and several runs may share a store.
package struct ResultStore: Sendable {
  /// What is kept beside the layer.
  package struct Record: Codable, Sendable {
    /// What it was made from.
    package var recipe: Recipe
    /// What the stage reported; said again on every hit.
    package var diagnostics: [Diagnostic]
    /// Digest of the layer's bytes, against damage.
    package var layer: Digest
  }

  /// The folder.
  package let folder: URL

  /// Opens a store, making its folders where they are missing.
  package init(folder: URL) throws(Diagnostic) {
    self.folder = folder
    do {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("results"), withIntermediateDirectories: true)
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("temporary"), withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(
        .error, .unwritableStore, "the store's folder cannot be made", at: folder.lastPathComponent,
        hint: "choose a folder you may write with --store or --into")
    }
  }

  private func place(of key: Digest) -> URL {
    folder.appendingPathComponent("results").appendingPathComponent(key.prefix(2)).appendingPathComponent(key.rawValue)
  }

  /// The result of a recipe; `nil` where there is none. Damage is reported and counts as none.
  package func result(for key: Digest, report: DiagnosticSink) -> (record: Record, layer: EncodedLayer)? {
    guard let bytes = try? Data(contentsOf: place(of: key)) else { return nil }
    if let end = bytes.firstIndex(of: 0x0A),
      let record = try? JSONDecoder().decode(Record.self, from: bytes[..<end])
    {
      let layer = EncodedLayer(bytes: Data(bytes[bytes.index(after: end)...]))
      if layer.digest == record.layer { return (record, layer) }
    }
    report(
      Diagnostic(
        .warning, .damagedResult, "a stored result is damaged and is made again", at: "results/\(key.prefix(10))",
        hint: "check the disk if this happens more than once"))
    return nil
  }

  /// Keeps a result.
  package func keep(_ layer: EncodedLayer, recipe: Recipe, key: Digest, diagnostics: [Diagnostic]) throws(Diagnostic) {
    do {
      let record = Record(recipe: recipe, diagnostics: diagnostics, layer: layer.digest)
      var bytes = try CanonicalJSON.encode(record)
      bytes.append(0x0A)
      bytes.append(layer.bytes)
      let target = place(of: key)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFile.write(bytes, to: target, temporary: folder.appendingPathComponent("temporary"))
    } catch {
      throw Diagnostic(
        .error, .unwritableStore, "a result cannot be written (\(AtomicFile.reason(error)))",
        at: folder.lastPathComponent, hint: "free disk space, or choose another folder with --store")
    }
  }

  /// Removes what a killed run left under temporary names, if older than an hour.
  package func sweep() {
    let folder = folder.appendingPathComponent("temporary")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names {
      let file = folder.appendingPathComponent(name)
      let changed = (try? file.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate
      if let changed, changed.timeIntervalSinceNow < -3600 { try? FileManager.default.removeItem(at: file) }
    }
  }
}
