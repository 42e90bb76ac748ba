package import ProtocolModel

/// Writes a code book in its own format, one entry per cue: for code books made by an import.
package enum CodeBookWriter {
  /// The file's text; reading it gives the same codes, chains, sets and cues (with new cue ids).
  package static func json(_ book: CodeBook) -> String {
    let codes: [JSONValue] = book.codes.map { code in
      var object: [String: JSONValue] = ["id": .string(code.id), "isCodable": .boolean(code.isCodable)]
      var label: [String: JSONValue] = ["de": .string(code.label)]
      if let english = code.labelEnglish { label["en"] = .string(english) }
      object["label"] = .object(label)
      object["definition"] = code.definition.map(JSONValue.string)
      if !code.anchors.isEmpty { object["anchors"] = .array(code.anchors.map(JSONValue.string)) }
      object["delimitation"] = code.delimitation.map(JSONValue.string)
      object["colour"] = code.colour.map(JSONValue.string)
      object["parent"] = code.parent.map(JSONValue.string)
      object["section"] = code.section.map(JSONValue.string)
      if !code.mayBePrimary { object["mayBePrimary"] = .boolean(false) }
      return .object(object)
    }
    let chains: [JSONValue] = book.chains.map { link in
      var object: [String: JSONValue] = ["from": .string(link.from), "to": .string(link.to)]
      object["label"] = link.label.map(JSONValue.string)
      object["source"] = link.source.map(JSONValue.string)
      return .object(object)
    }
    let sets = Dictionary(
      book.sets.map { ($0.id, JSONValue.array($0.patterns.map(JSONValue.string))) }, uniquingKeysWith: { a, _ in a })
    let cues: [JSONValue] = book.cues.enumerated().map { index, cue in
      var object: [String: JSONValue] = [
        "id": .string("cue-\(index + 1)"), "code": .string(cue.code), "weight": .number(cue.weight),
        "source": .string(cue.source), "kind": .string(cue.kind), "polarity": .string(cue.polarity.rawValue),
        "patterns": .array([.string(cue.pattern)]),
      ]
      object["example"] = cue.example.map(JSONValue.string)
      if !cue.unless.isEmpty { object["unless"] = .array(cue.unless.map(JSONValue.string)) }
      if cue.together { object["together"] = .boolean(true) }
      return .object(object)
    }
    return JSONValue.object([
      "schema": .number(Double(book.schema)), "id": .string(book.id), "version": .string(book.version),
      "language": .string(book.language), "title": .string(book.title), "source": .string(book.source),
      "codes": .array(codes), "chains": .array(chains), "sets": .object(sets), "cues": .array(cues),
    ]).compact + "\n"
  }
}
