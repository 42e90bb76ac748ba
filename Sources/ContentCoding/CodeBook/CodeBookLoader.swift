package import ProtocolModel

/// Reads a code book from its file and refuses what it cannot mean.
///
/// The file groups cues: one entry holds what its patterns share, and becomes one cue per pattern and code. A cue's id
/// is the entry's id and the pattern's words (`competence/knowledge/ahnung`), so it survives re-ordering.
package enum CodeBookLoader {
  /// The version of the format that is read.
  package static let schema = 1

  /// Reads the bytes of a file; `file` is printed in findings.
  package static func load(_ bytes: [UInt8], file: String) throws(CodeBookError) -> CodeBook {
    guard let root = JSONValue.parse(bytes) else {
      throw .invalid([Diagnostic(.error, .codeBookNotJSON, "the code book is not JSON", at: file)])
    }
    var reader = StrictReader(file: file)
    let keys = [
      "$schema", "schema", "id", "version", "language", "title", "source", "codes", "chains", "sets", "cues",
    ]
    guard let object = reader.object(root, known: keys, at: "") else { throw .invalid(reader.findings) }
    let version = reader.number(object, "schema", at: "") ?? 0
    if version != Double(schema) {
      reader.report(.codeBookSchema, "only format \(schema) is read", at: "/schema")
    }
    let codes = readCodes(object, &reader)
    let ids = Set(codes.map(\.id))
    let sets = readSets(object, &reader)
    let book = CodeBook(
      schema: schema, id: reader.text(object, "id", at: "", required: true) ?? "",
      version: reader.text(object, "version", at: "", required: true) ?? "",
      language: reader.text(object, "language", at: "") ?? "de",
      title: reader.text(object, "title", at: "", required: true) ?? "",
      source: reader.text(object, "source", at: "", required: true) ?? "", codes: codes,
      chains: readChains(object, ids, &reader),
      cues: CueEntryReader(codes: codes.map(\.id), sets: sets).read(object, &reader), sets: sets)
    guard reader.findings.isEmpty else { throw .invalid(reader.findings) }
    return book
  }

  private static func readCodes(_ object: [String: JSONValue], _ reader: inout StrictReader) -> [Code] {
    var codes: [Code] = []
    var seen: Set<String> = []
    let keys = [
      "id", "label", "definition", "anchors", "delimitation", "colour", "parent", "isCodable", "mayBePrimary",
      "section",
    ]
    for (index, value) in reader.list(object, "codes", at: "").enumerated() {
      let pointer = "/codes/\(index)"
      guard let entry = reader.object(value, known: keys, at: pointer),
        let id = reader.text(entry, "id", at: pointer, required: true)
      else { continue }
      if !seen.insert(id).inserted {
        reader.report(.codeBookDuplicate, "two codes are called '\(id)'", at: "\(pointer)/id")
      }
      var label: [String: JSONValue] = [:]
      if let value = entry["label"] {
        label = reader.object(value, known: ["de", "en"], at: "\(pointer)/label") ?? [:]
      }
      let parent = reader.text(entry, "parent", at: pointer)
      if let parent, !codes.contains(where: { $0.id == parent }) {
        reader.report(
          .codeBookReference, "no code before this one is called '\(parent)'", at: "\(pointer)/parent",
          hint: Nearest.hint(for: parent, among: codes.map(\.id)))
      }
      let section = reader.text(entry, "section", at: pointer)
      let sections = ["causes", "chains", "measures", "questions", "reflection", "codes"]
      if let section, !sections.contains(section) {
        reader.report(
          .codeBookType, "no section is called '\(section)'", at: "\(pointer)/section",
          hint: Nearest.hint(for: section, among: sections))
      }
      let colour = reader.text(entry, "colour", at: pointer)
      if let colour, !isColour(colour) {
        reader.report(.codeBookType, "a colour is written #RRGGBB", at: "\(pointer)/colour")
      }
      codes.append(
        Code(
          id: id, label: reader.text(label, "de", at: "\(pointer)/label", required: true) ?? "",
          labelEnglish: reader.text(label, "en", at: "\(pointer)/label"),
          definition: reader.text(entry, "definition", at: pointer),
          anchors: reader.texts(entry, "anchors", at: pointer),
          delimitation: reader.text(entry, "delimitation", at: pointer), colour: colour, parent: parent,
          isCodable: reader.boolean(entry, "isCodable", at: pointer) ?? true,
          mayBePrimary: reader.boolean(entry, "mayBePrimary", at: pointer) ?? true, section: section))
    }
    return codes
  }

  private static func isColour(_ text: String) -> Bool {
    text.count == 7 && text.hasPrefix("#") && text.dropFirst().allSatisfy(\.isHexDigit)
  }

  private static func readChains(
    _ object: [String: JSONValue], _ codes: Set<String>, _ reader: inout StrictReader
  ) -> [CodeBook.ChainLink] {
    var links: [CodeBook.ChainLink] = []
    for (index, value) in reader.list(object, "chains", at: "").enumerated() {
      let pointer = "/chains/\(index)"
      guard let entry = reader.object(value, known: ["from", "to", "label", "source"], at: pointer),
        let from = reader.text(entry, "from", at: pointer, required: true),
        let to = reader.text(entry, "to", at: pointer, required: true)
      else { continue }
      for (key, id) in [("from", from), ("to", to)] where !codes.contains(id) {
        reader.report(
          .codeBookReference, "no code is called '\(id)'", at: "\(pointer)/\(key)",
          hint: Nearest.hint(for: id, among: codes.sorted()))
      }
      links.append(
        CodeBook.ChainLink(
          from: from, to: to, label: reader.text(entry, "label", at: pointer),
          source: reader.text(entry, "source", at: pointer)))
    }
    return links
  }

  private static func readSets(_ object: [String: JSONValue], _ reader: inout StrictReader) -> [CodeBook.WordSet] {
    guard let value = object["sets"] else { return [] }
    guard case .object(let entries) = value else {
      reader.report(.codeBookType, "an object is expected", at: "/sets")
      return []
    }
    var sets: [CodeBook.WordSet] = []
    for id in entries.keys.sorted() {
      let patterns = reader.texts(entries, id, at: "/sets")
      for (index, pattern) in patterns.enumerated() {
        let pointer = "/sets/\(StrictReader.escaped(id))/\(index)"
        if let finding = CueEntryReader.fault(in: pattern) {
          reader.report(.codeBookPattern, finding, at: pointer)
        } else if let read = try? CuePattern(pattern), !read.setNames.isEmpty || read.sequences.count > 1 {
          reader.report(.codeBookPattern, "a set holds words and runs of words only", at: pointer)
        }
      }
      sets.append(CodeBook.WordSet(id: id, patterns: patterns))
    }
    return sets
  }
}
