package import Foundation

/// Which letters readers take for which others, with costs: an editable table.
package struct ConfusionTable: Sendable {
  /// One confusion.
  package struct Pair: Codable, Hashable, Sendable {
    /// What was read.
    package var read: String
    /// What stood on the paper.
    package var meant: String
    /// How unlikely: the negative decimal logarithm of its share among misread letters, roughly; 0.4 is very common.
    package var cost: Double
  }

  /// A letter that readers lose, because it is thin or touches its neighbour.
  package struct Lost: Codable, Hashable, Sendable {
    /// The letter.
    package var meant: String
    /// As of a pair.
    package var cost: Double
  }

  /// A whole word that is always a misreading, such as `Kl`.
  package struct Word: Codable, Hashable, Sendable {
    /// What was read.
    package var read: String
    /// What stood on the paper.
    package var meant: String
  }

  private struct File: Codable {
    var id: String
    var version: String
    var language: String
    var source: String
    var pairs: [Pair]
    var lost: [Lost]
    var words: [Word]
  }

  /// Which table it is.
  package let identity: TableIdentity
  /// In file order.
  package let pairs: [Pair]
  /// In file order.
  package let lost: [Lost]
  /// In file order.
  package let words: [Word]

  /// Reads the bundled table.
  package init() throws(TableError) {
    try self.init(json: TableFile.bytes(ofResource: "confusions.json"), file: "confusions.json")
  }

  /// Reads a table in JSON; `file` only names it in errors.
  package init(json: Data, file: String) throws(TableError) {
    guard let table = try? JSONDecoder().decode(File.self, from: json),
      table.pairs.allSatisfy({ !$0.read.isEmpty && !$0.meant.isEmpty && $0.cost > 0 })
    else { throw .malformed(file: file, line: 0) }
    identity = TableIdentity(id: table.id, version: table.version, language: table.language, source: table.source)
    pairs = table.pairs
    lost = table.lost
    words = table.words
  }
}
