import Foundation

/// Synonyms of the cues' words, from OpenThesaurus where it is installed (package `mythes-de`; read at run time).
package struct Thesaurus: Sendable {
  /// For each word, in lower case, the words of its synonym sets that have no blank.
  private let sets: [[String]]

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

  /// Reads MyThes data: a line with the encoding, then entries `word|count` and lines `-|synonym|synonym (note)`.
  package init(mythes bytes: [UInt8]) {
    var sets: [[String]] = []
    var head = ""
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
      if line.first == UInt8(ascii: "-") {
        var words = [head]
        for field in line.dropFirst(2).split(separator: UInt8(ascii: "|")) {
          let end = field.firstIndex(of: UInt8(ascii: "(")) ?? field.endIndex
          let word = Self.trimmed(field[..<end])
          if !word.contains(UInt8(ascii: " ")), word.count >= 4 {
            words.append(String(decoding: word, as: UTF8.self).lowercased())
          }
        }
        if words.count > 1 { sets.append(words) }
      } else if let bar = line.firstIndex(of: UInt8(ascii: "|")) {
        head = String(decoding: line[..<bar], as: UTF8.self).lowercased()
      }
    }
    self.sets = sets
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while slice.first == UInt8(ascii: " ") { slice = slice.dropFirst() }
    while slice.last == UInt8(ascii: " ") { slice = slice.dropLast() }
    return slice
  }

  /// For every synonym the ids of the words in `words` (lower case) that it may stand for; both without analysis.
  func synonyms(of words: [String: [Int]]) -> [String: [Int]] {
    var result: [String: Set<Int>] = [:]
    for set in sets {
      guard let ids = words[set[0]] else { continue }
      for synonym in set.dropFirst() where words[synonym] == nil { result[synonym, default: []].formUnion(ids) }
    }
    return result.mapValues { $0.sorted() }
  }
}
