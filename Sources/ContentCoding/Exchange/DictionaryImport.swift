package import ProtocolModel

/// Reads content-analysis dictionaries into a code book: quanteda's YAML and LIWC's `.dic`.
///
/// Categories become codes, entries become cues of weight 1; `word*` keeps its meaning, other globs cannot be carried.
package enum DictionaryImport {
  /// What was read, and what could not be carried over.
  package struct Result: Sendable {
    /// The code book.
    package var codeBook: CodeBook
    /// One finding per entry that was left out or changed.
    package var findings: [Diagnostic]
  }

  /// Reads nested maps with lists of words, indented by blanks, as quanteda writes them.
  package static func quanteda(_ text: String, id: String, file: String) -> Result {
    var builder = Builder(file: file)
    var open: [(indent: Int, code: String)] = []
    for (number, row) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let indent = row.prefix { $0 == " " }.count
      let content = row.drop { $0 == " " }
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix("---") { continue }
      if content.hasPrefix("-") {
        guard let code = open.last?.code else { continue }
        builder.add(unquoted(content.dropFirst()), to: code, line: number + 1)
        continue
      }
      guard let colon = content.lastIndex(of: ":") else {
        builder.leaveOut(number + 1, "a line that is neither a key nor an entry")
        continue
      }
      let key = unquoted(content[..<colon])
      while let last = open.last, last.indent >= indent { open.removeLast() }
      let value = content[content.index(after: colon)...].drop { $0 == " " }
      let code = builder.code(key, parent: open.last?.code)
      open.append((indent, code))
      if value.hasPrefix("[") {
        for entry in value.dropFirst().prefix(while: { $0 != "]" }).split(separator: ",") {
          builder.add(unquoted(entry), to: code, line: number + 1)
        }
      } else if !value.isEmpty {
        builder.add(unquoted(value), to: code, line: number + 1)
      }
    }
    return builder.result(id: id)
  }

  /// Reads a LIWC dictionary: numbered categories between two lines of `%`, then words with their numbers.
  package static func liwc(_ text: String, id: String, file: String) -> Result {
    var builder = Builder(file: file)
    var codes: [String: String] = [:]
    var marks = 0
    for (number, row) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let fields = row.split { $0 == "\t" || $0 == " " }.map(String.init)
      if fields.isEmpty { continue }
      if fields[0] == "%" {
        marks += 1
      } else if marks == 1, fields.count > 1 {
        codes[fields[0]] = builder.code(fields[1], parent: nil)
      } else if marks >= 2 {
        let numbers = fields.drop { Int($0) == nil }
        let word = fields.prefix { Int($0) == nil }.joined(separator: " ")
        for category in numbers {
          if let code = codes[category] {
            builder.add(word, to: code, line: number + 1)
          } else {
            builder.leaveOut(number + 1, "a category that is not declared")
          }
        }
      }
    }
    return builder.result(id: id)
  }

  private static func unquoted(_ text: some StringProtocol) -> String {
    let sides: Set<Character> = [" ", "\"", "'", "\t"]
    var slice = text[...]
    while let first = slice.first, sides.contains(first) { slice = slice.dropFirst() }
    while let last = slice.last, sides.contains(last) { slice = slice.dropLast() }
    return String(slice)
  }

  private struct Builder {
    let file: String
    var codes: [Code] = []
    var cues: [Cue] = []
    var findings: [Diagnostic] = []
    var seen: Set<String> = []

    init(file: String) { self.file = file }

    mutating func code(_ name: String, parent: String?) -> String {
      let slug = CueEntryReader.slug(name).replacing(".", with: "-")
      let id = (parent.map { $0 + "." } ?? "") + (slug.isEmpty ? "code" : slug)
      if !codes.contains(where: { $0.id == id }) {
        codes.append(Code(id: id, label: name, parent: parent, section: "codes"))
      }
      return id
    }

    mutating func add(_ entry: String, to code: String, line: Int) {
      let inner = entry.dropLast(entry.hasSuffix("*") ? 1 : 0)
      let isPlain = !inner.contains { "*?[](){}|$^<=+&".contains($0) }
      guard isPlain, !inner.isEmpty, CueEntryReader.fault(in: entry) == nil else {
        leaveOut(line, "an entry with a glob inside the word")
        return
      }
      let id = "\(code)/\(CueEntryReader.slug(entry))"
      guard seen.insert(id).inserted else { return }
      let kind = entry.contains(" ") ? CueKind.phrase : .word
      cues.append(
        Cue(
          id: id, code: code, kind: kind.rawValue, pattern: entry, weight: 1, example: String(inner), source: "import"))
    }

    mutating func leaveOut(_ line: Int, _ what: String) {
      findings.append(
        Diagnostic(.warning, .importIncomplete, "left out: \(what)", at: "\(file):\(line)", hint: "write it as a cue"))
    }

    func result(id: String) -> Result {
      Result(
        codeBook: CodeBook(id: id, version: "1.0.0", title: id, source: file, codes: codes, cues: cues),
        findings: findings)
    }
  }
}
