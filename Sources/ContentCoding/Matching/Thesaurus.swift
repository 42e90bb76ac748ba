import Foundation

/// Synonyms of the cues' words, from OpenThesaurus where it is installed (package `mythes-de`; read at run time).
package struct Thesaurus: Sendable {
  private let bytes: [UInt8]

  /// Where the Debian package and Homebrew put the German thesaurus.
  package static let places = [
    "/usr/share/mythes/th_de_DE_v2.dat", "/usr/local/share/mythes/th_de_DE_v2.dat",
    "/opt/homebrew/share/mythes/th_de_DE_v2.dat",
  ]

  /// The installed thesaurus; `nil` where there is none.
  package static func installed() -> Thesaurus? {
    for place in places {
      if let data = FileManager.default.contents(atPath: place) { return Thesaurus(mythes: [UInt8](data)) }
    }
    return nil
  }

  /// Takes MyThes data: a line with the encoding, then entries `word|count` and lines `-|synonym|synonym (note)`.
  package init(mythes bytes: [UInt8]) { self.bytes = bytes }

  /// For every synonym, in lower case, the ids of the words in `words` (lower case) that it may stand for.
  func synonyms(of words: [String: [Int]]) -> [String: [Int]] {
    var result: [String: Set<Int>] = [:]
    var ids: [Int]?
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
      if line.first == UInt8(ascii: "-") {
        guard let ids else { continue }
        for field in line.dropFirst(2).split(separator: UInt8(ascii: "|")) {
          let end = field.firstIndex(of: UInt8(ascii: "(")) ?? field.endIndex
          let word = Self.trimmed(field[..<end])
          guard !word.contains(UInt8(ascii: " ")), word.count >= 4 else { continue }
          let synonym = String(decoding: word, as: UTF8.self).lowercased()
          if words[synonym] == nil { result[synonym, default: []].formUnion(ids) }
        }
      } else if let bar = line.firstIndex(of: UInt8(ascii: "|")), !line[..<bar].contains(UInt8(ascii: " ")) {
        ids = words[String(decoding: line[..<bar], as: UTF8.self).lowercased()]
      }
    }
    return result.mapValues { $0.sorted() }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while slice.first == UInt8(ascii: " ") { slice = slice.dropFirst() }
    while slice.last == UInt8(ascii: " ") { slice = slice.dropLast() }
    return slice
  }
}
