import Foundation
package import ProtocolModel

/// Why a table of words could not be loaded.
package enum TextsError: Error, Equatable {
  /// There is no table for the language.
  case unknownLanguage(String)
  /// The bundled file is not what the program expects.
  case damaged(String)
}

extension DocumentTexts {
  /// The languages that come with the program.
  package static let bundledLanguages = ["de", "en"]

  /// Loads the words of a language, such as `de`.
  package static func bundled(_ language: String) throws(TextsError) -> DocumentTexts {
    guard bundledLanguages.contains(language) else { throw .unknownLanguage(language) }
    let name = "texts.\(language).json"
    guard let bytes = Resource.bytes(name) else { throw .damaged(name) }
    do {
      return try JSONDecoder().decode(DocumentTexts.self, from: Data(bytes))
    } catch {
      throw .damaged(name)
    }
  }
}

/// Files that come with this layer.
package enum Resource {
  /// The JSON Schema of `protocol.json`.
  package static var protocolSchema: [UInt8]? { bytes("protocol.schema.json") }

  /// The bytes of a file, or `nil` where the program was taken apart.
  static func bytes(_ name: String) -> [UInt8]? {
    let url = Bundle.module.bundleURL.appendingPathComponent("Resources").appendingPathComponent(name)
    return (try? Data(contentsOf: url)).map(Array.init)
  }

  /// The text of a file; empty where it is missing.
  static func text(_ name: String) -> String { String(decoding: bytes(name) ?? [], as: UTF8.self) }
}
