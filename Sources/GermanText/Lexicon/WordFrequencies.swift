/// How common German words are.
package enum WordFrequencies {
  /// Words of about one frequency, blanks between, nouns with a capital, and the negative decimal logarithm of each one's
  /// share in running text.
  package typealias Band = (rarity: Double, words: String)

  /// The rows of the bundled table of word costs.
  package static func bundled() throws(TableError) -> [Band] { try bands(of: TableFile(resource: "word-costs.tsv")) }

  /// The rows of a table: a rarity and its words.
  static func bands(of table: TableFile) throws(TableError) -> [Band] {
    var bands: [Band] = []
    for (index, row) in table.rows.enumerated() {
      guard let rarity = Double(row[0]), rarity > 0 else {
        throw .malformed(file: table.identity.id, line: index + 1)
      }
      bands.append((rarity, row[1]))
    }
    return bands
  }
}
