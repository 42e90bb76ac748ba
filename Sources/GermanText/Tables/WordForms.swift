/// The tables that know more about words than rules can: irregular forms, other spellings, umlauts that matter.
struct WordForms: Sendable {
  /// Lemma of an irregular form: `weiß` is `wissen`.
  let lemmas: [String: String]
  /// The standard word for a dialect, old, clipped or misspelled one: `nüscht` is `nichts`.
  let variants: [String: String]
  /// Beginnings whose umlaut makes another word: `bürger` is not `burg`.
  let keptUmlauts: [String]
  /// Verb particles and prefixes, longest first.
  let prefixes: [String]

  /// Suffixes that make another word (`heit`, `ung`), longest first.
  let suffixes: [String]

  /// Reads the bundled tables.
  init() throws(TableError) {
    var lemmas: [String: String] = [:]
    for row in try TableFile(resource: "lemmas.tsv").rows {
      for form in row[1].split(separator: " ") { lemmas[Self.key(form)] = Self.key(row[0]) }
    }
    self.lemmas = lemmas
    var variants: [String: String] = [:]
    for row in try TableFile(resource: "variants.tsv").rows { variants[Self.key(row[0])] = Self.key(row[1]) }
    self.variants = variants
    keptUmlauts = try TableFile(resource: "kept-umlauts.tsv").rows.map { Self.key($0[0]) }.sorted(by: Self.longer)
    suffixes = try TableFile(resource: "suffixes.tsv").rows.map { Self.key($0[0]) }.sorted(by: Self.longer)
    prefixes = try TableFile(resource: "verb-prefixes.tsv").rows.map { Self.key($0[0]) }.sorted(by: Self.longer)
  }

  /// Lower case with ß as ss: how the tables are compared.
  static func key(_ word: some StringProtocol) -> String {
    var key = String.UnicodeScalarView()
    for scalar in word.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A: key.append(Unicode.Scalar(UInt8(scalar.value + 32)))
      case 0xDF, 0x1E9E: key.append(contentsOf: "ss".unicodeScalars)
      case 0x80...: key.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      default: key.append(scalar)
      }
    }
    return String(key)
  }

  private static func longer(_ a: String, _ b: String) -> Bool {
    let (m, n) = (a.unicodeScalars.count, b.unicodeScalars.count)
    return m != n ? m > n : a < b
  }
}
