import Foundation
package import ProtocolModel

extension CodeBook {
  /// The ids of the code books that ship with the program, sorted.
  package static var bundledNames: [String] {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Resources/codebooks")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The bytes of a bundled code book, for its digest.
  package static func bundledBytes(_ id: String) throws(CodeBookError) -> [UInt8] {
    guard bundledNames.contains(id),
      let bytes = Resource.bytes("codebooks/\(id).json")
    else {
      throw .invalid([
        Diagnostic(
          .error, .codeBookUnknown, "no code book is called '\(id)'", at: nil,
          hint: Nearest.hint(for: id, among: bundledNames))
      ])
    }
    return bytes
  }

  /// A bundled code book.
  package static func bundled(_ id: String) throws(CodeBookError) -> CodeBook {
    try CodeBookLoader.load(bundledBytes(id), file: "\(id).json")
  }
}

/// The data files of this layer.
enum Resource {
  /// The bytes of a file under `Resources`.
  static func bytes(_ path: String) -> [UInt8]? {
    let file = Bundle.module.bundleURL.appendingPathComponent("Resources").appendingPathComponent(path)
    return (try? Data(contentsOf: file)).map { [UInt8]($0) }
  }
}
