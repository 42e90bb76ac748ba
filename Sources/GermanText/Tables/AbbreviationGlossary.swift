package import Foundation

/// What workshop abbreviations stand for: an editable table. They are expanded for matching and shown as written.
package struct AbbreviationGlossary: Sendable {
  /// One abbreviation.
  package struct Entry: Codable, Hashable, Sendable {
    /// How it is written, such as `z.B.` and `z. B.`. A form with a dot is found in any case, one without only as is.
    package var forms: [String]
    /// What it stands for.
    package var expansion: String
    /// A note with it.
    package var example: String
  }

  private struct File: Codable {
    var id: String
    var version: String
    var language: String
    var source: String
    var entries: [Entry]
  }

  /// Which table it is.
  package let identity: TableIdentity
  /// In file order.
  package let entries: [Entry]
  /// Forms by first scalar, longest first: scalars as compared, and the entry's place.
  private let forms: [Unicode.Scalar: [(scalars: [Unicode.Scalar], anyCase: Bool, entry: Int)]]

  /// Reads the bundled table.
  package init() throws(TableError) {
    try self.init(json: TableFile.bytes(ofResource: "abbreviations.json"), file: "abbreviations.json")
  }

  /// Reads a table in JSON; `file` only names it in errors.
  package init(json: Data, file: String) throws(TableError) {
    guard let table = try? JSONDecoder().decode(File.self, from: json) else {
      throw .malformed(file: file, line: 0)
    }
    identity = TableIdentity(id: table.id, version: table.version, language: table.language, source: table.source)
    entries = table.entries
    var forms: [Unicode.Scalar: [(scalars: [Unicode.Scalar], anyCase: Bool, entry: Int)]] = [:]
    for (index, entry) in table.entries.enumerated() {
      for form in entry.forms {
        let anyCase = form.contains(".")
        let scalars = Array((anyCase ? form.lowercased() : form).unicodeScalars)
        guard let first = scalars.first else { throw .malformed(file: file, line: 0) }
        forms[first, default: []].append((scalars, anyCase, index))
        if anyCase, let capital = first.properties.uppercaseMapping.unicodeScalars.first, capital != first {
          forms[capital, default: []].append((scalars, anyCase, index))
        }
      }
    }
    self.forms = forms.mapValues { $0.sorted { ($1.scalars.count, $0.entry) < ($0.scalars.count, $1.entry) } }
  }

  /// The longest abbreviation that starts at `start`, at a word's beginning, and ends at a word's end.
  func match(in scalars: [Unicode.Scalar], at start: Int) -> (end: Int, entry: Entry)? {
    for form in forms[scalars[start]] ?? [] {
      let end = start + form.scalars.count
      guard end <= scalars.count else { continue }
      let equal = zip(scalars[start..<end], form.scalars).allSatisfy {
        $0 == $1 || form.anyCase && $0.properties.lowercaseMapping.unicodeScalars.elementsEqual(CollectionOfOne($1))
      }
      guard equal else { continue }
      // `MAs` is not `MA`, `u.a` not `u.`, and in `BR-Sitzung` the hyphen binds.
      if end < scalars.count {
        let next = scalars[end].properties
        if next.isAlphabetic || next.numericType != nil || Tokenizer.isHyphen(scalars[end]) { continue }
      }
      return (end, entries[form.entry])
    }
    return nil
  }

  /// The entry whose form is exactly `word`.
  func entry(for word: String) -> Entry? {
    let scalars = Array(word.unicodeScalars)
    guard !scalars.isEmpty, let found = match(in: scalars, at: 0), found.end == scalars.count else { return nil }
    return found.entry
  }
}
