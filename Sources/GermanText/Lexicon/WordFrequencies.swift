/// How common German words are, for readers of lines.
package enum WordFrequencies {
  /// The rows of the bundled table of word costs: words of about one frequency, nouns with a capital, blanks between, and
  /// the negative decimal logarithm of each one's share in running text.
  package static func bundled() throws(TableError) -> [(rarity: Double, words: String)] {
    let table = try TableFile(resource: "word-costs.tsv")
    var bands: [(rarity: Double, words: String)] = []
    for (index, row) in table.rows.enumerated() {
      guard let rarity = Double(row[0]), rarity > 0 else {
        throw .malformed(file: table.identity.id, line: index + 1)
      }
      bands.append((rarity, row[1]))
    }
    return bands
  }
}
