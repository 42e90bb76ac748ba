/// Replaces signs and runs of signs by what they mean, from one of the tables: letters, arrows, quotes.
package struct ReplaceSigns: CleaningRule {
  /// The id of its table.
  package let id: String
  /// Longest first, so that `-->` wins over `->`.
  private let pairs: [(from: [Unicode.Scalar], to: String)]

  /// Reads one of the tables `letters.tsv`, `arrows.tsv`, `quotes.tsv`.
  package init(resource: String) throws(TableError) {
    let table = try TableFile(resource: resource)
    id = table.identity.id
    pairs = table.rows.map { (Self.unescaped($0[0]), String(String.UnicodeScalarView(Self.unescaped($0[1])))) }
      .sorted { $0.from.count > $1.from.count }
  }

  /// Every place where a table entry stands, left to right.
  package func replacements(in text: AlignedText) -> [Replacement] {
    let scalars = text.scalars
    var found: [Replacement] = []
    var place = 0
    while place < scalars.count {
      if let pair = pairs.first(where: { scalars[place...].starts(with: $0.from) }) {
        found.append(Replacement(place..<(place + pair.from.count), pair.to))
        place += pair.from.count
      } else {
        place += 1
      }
    }
    return found
  }

  /// `U+0131` is that scalar; anything else is itself; `-` alone in the second column of a removal is written `nothing`.
  private static func unescaped(_ cell: String) -> [Unicode.Scalar] {
    if cell == "nothing" { return [] }
    if cell.hasPrefix("U+"), let value = UInt32(cell.dropFirst(2), radix: 16), let scalar = Unicode.Scalar(value) {
      return [scalar]
    }
    return Array(cell.unicodeScalars)
  }
}
