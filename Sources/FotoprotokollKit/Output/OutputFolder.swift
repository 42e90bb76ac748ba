package import Foundation
import Pipeline
package import ProtocolModel

/// The folder a run writes into. Files are written whole or not at all; a marker tells the folder from any other.
package struct OutputFolder: Sendable {
  /// Names of files that a run of this program may leave in its folder, besides those of the pipeline's outputs.
  static let marker = ".fotoprotokoll"
  private static let storeName = ".store"

  /// The folder.
  package let url: URL

  /// Opens the folder, making it where it is missing.
  package init(_ path: String) throws(Diagnostic) {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let marker = url.appendingPathComponent(Self.marker)
      if !FileManager.default.fileExists(atPath: marker.path) {
        try Data("[]\n".utf8).write(to: marker)
      }
      // What a killed run left under temporary names.
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path)
      where name.hasPrefix(".") && name.hasSuffix(".part") {
        try FileManager.default.removeItem(at: url.appendingPathComponent(name))
      }
    } catch {
      throw Diagnostic(
        .error, .unwritableOutput, "the output folder cannot be made (\(AtomicFile.reason(error)))",
        at: url.lastPathComponent, hint: "choose another with --into")
    }
  }

  /// Where results are kept when nothing else is said.
  package var store: URL { url.appendingPathComponent(Self.storeName) }

  /// Writes one file, unless it already holds the same bytes; returns its path as the caller spelled the folder.
  package func write(_ bytes: Data, as name: String) throws(Diagnostic) -> String {
    let target = url.appendingPathComponent(name)
    if (try? Data(contentsOf: target)) == bytes { return target.relativePath }
    do {
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFile.write(bytes, to: target, temporary: target.deletingLastPathComponent())
    } catch {
      throw Diagnostic(
        .error, .unwritableOutput, "'\(name)' cannot be written (\(AtomicFile.reason(error)))",
        at: url.lastPathComponent, hint: "free disk space, or choose another folder with --into")
    }
    return target.relativePath
  }

  /// Remembers which files this program made here, for ``clean(_:)``.
  package func remember(_ names: [String]) throws(Diagnostic) {
    let known = Set(Self.remembered(in: url))
    let all = known.union(names).sorted()
    let bytes = (try? CanonicalJSON.encode(all)) ?? Data("[]".utf8)
    _ = try write(bytes + Data("\n".utf8), as: Self.marker)
  }

  private static func remembered(in url: URL) -> [String] {
    let bytes = (try? Data(contentsOf: url.appendingPathComponent(marker))) ?? Data()
    return (try? JSONDecoder().decode([String].self, from: bytes)) ?? []
  }

  /// Removes the files this program made in a folder, its store, and the folder itself where nothing else is left.
  package static func clean(_ path: String) throws(Diagnostic) -> [String] {
    let url = URL(fileURLWithPath: path, isDirectory: true)
    guard FileManager.default.fileExists(atPath: url.appendingPathComponent(marker).path) else {
      throw Diagnostic(
        .error, .unwritableOutput, "'\(url.lastPathComponent)' is no output folder of this program and is left alone",
        hint: "give the folder that --into named")
    }
    var removed: [String] = []
    for name in remembered(in: url).filter({ !$0.contains("..") && !$0.hasPrefix("/") }) + [storeName, marker] {
      let target = url.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: target.path) else { continue }
      do { try FileManager.default.removeItem(at: target) } catch {
        throw Diagnostic(
          .error, .unwritableOutput, "'\(name)' cannot be removed (\(AtomicFile.reason(error)))",
          at: url.lastPathComponent, hint: "check the permissions of the folder")
      }
      removed.append(target.relativePath)
    }
    // Fails, as wanted, where something of somebody else's is left.
    if rmdir(url.path) == 0 { removed.append(url.relativePath) }
    return removed
  }
}
