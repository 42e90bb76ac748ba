/// What words, parts of words and boards say about codes, learned from notes that people coded; a file, not code.
///
/// Tab-separated, so that a person can open and change it: lines `#key` with what the file is, a line with the names of
/// the columns, then a line for each sign with its weight for every code, in hundredths of a score; empty is nothing.
package struct LearnedWeights: Sendable {
  /// What a line is about.
  package enum Kind: String, Sendable, CaseIterable {
    /// The folded stem of a word or of a part of a compound.
    case word
    /// Three to five letters in a row; `<` and `>` are the ends of the word.
    case run
    /// `?`, `!`, or `#` for a digit anywhere on the note.
    case sign
    /// The entry of the code book that the board's heading fires; `-` for every note.
    case board
    /// The base code that stands first on the note; it speaks for further codes only.
    case first
  }

  /// A line.
  package struct Sign: Hashable, Sendable {
    /// What it is about.
    package var kind: Kind
    /// The word, run, sign or board.
    package var text: String
  }

  /// The version of the format that is read.
  package static let schema = "2"
  /// Formats that are read too: the first had no columns of further codes.
  private static let olderSchemas: Set<String> = ["1"]
  /// Begins the name of a column that says whether a code stands behind the first one.
  package static let furtherMark = "+"
  /// Version of the content.
  package var version: String
  /// Id of the code book whose codes it weighs.
  package var codeBook: String
  /// Where the coded notes come from.
  package var source: String
  /// The columns: base codes that may be first, and `off-topic`; then, marked, base codes that may stand behind.
  package var codes: [String]
  /// By sign: a weight for every code, in hundredths.
  package var rows: [Sign: [Int]]

  /// Creates weights.
  package init(version: String, codeBook: String, source: String, codes: [String], rows: [Sign: [Int]]) {
    self.version = version
    self.codeBook = codeBook
    self.source = source
    self.codes = codes
    self.rows = rows
  }

  /// Reads a file; `nil` where it is none of this format.
  package init?(_ text: String) {
    var facts: [String: String] = [:]
    var codes: [String] = []
    var rows: [Sign: [Int]] = [:]
    // By bytes: a file has some hundred thousand fields, most of them empty.
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
      func name(_ index: Int) -> String { String(Substring(fields[index])) }
      if line.first == UInt8(ascii: "#"), codes.isEmpty {
        guard fields.count == 2 else { return nil }
        facts[String(name(0).dropFirst())] = name(1)
      } else if codes.isEmpty {
        guard fields.count > 2 else { return nil }
        codes = fields.indices.dropFirst(2).map(name)
        guard Set(codes).count == codes.count else { return nil }
      } else {
        guard fields.count == codes.count + 2, let kind = Kind(rawValue: name(0)) else { return nil }
        var weights = [Int](repeating: 0, count: codes.count)
        for (index, field) in fields.dropFirst(2).enumerated() where !field.isEmpty {
          guard let weight = Int(Substring(field)) else { return nil }
          weights[index] = weight
        }
        rows[Sign(kind: kind, text: name(1))] = weights
      }
    }
    guard let schema = facts["schema"], schema == Self.schema || Self.olderSchemas.contains(schema),
      let version = facts["version"], let codeBook = facts["codeBook"],
      let source = facts["source"], !codes.isEmpty
    else { return nil }
    self.init(version: version, codeBook: codeBook, source: source, codes: codes, rows: rows)
  }

  /// The file, the same bytes every time.
  package var text: String {
    var lines = [
      "#schema\t\(Self.schema)", "#version\t\(version)", "#codeBook\t\(codeBook)", "#source\t\(source)",
      (["kind", "sign"] + codes).joined(separator: "\t"),
    ]
    for kind in Kind.allCases {
      for (sign, weights) in rows.filter({ $0.key.kind == kind }).sorted(by: { $0.key.text < $1.key.text }) {
        let fields = weights.map { $0 == 0 ? "" : String($0) }
        lines.append(([kind.rawValue, sign.text] + fields).joined(separator: "\t"))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The name of the file beside a code book's: `mine.json` has `mine.weights.tsv`.
  package static func name(beside codeBook: String) -> String {
    (codeBook.hasSuffix(".json") ? String(codeBook.dropLast(5)) : codeBook) + ".weights.tsv"
  }

  /// The bytes of the weights that ship with a bundled code book; `nil` where it has none.
  package static func bundledBytes(_ id: String) -> [UInt8]? { Resource.bytes("codebooks/\(name(beside: id))") }

  /// The weights that ship with a bundled code book; `nil` where it has none.
  package static func bundled(_ id: String) -> LearnedWeights? {
    bundledBytes(id).flatMap { LearnedWeights(String(decoding: $0, as: UTF8.self)) }
  }
}
