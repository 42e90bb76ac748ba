package import ProtocolModel

/// Writes a code book as REFI-QDA codebook exchange (`.qdc`, version 1.0), the format of QualCoder, MAXQDA, ATLAS.ti
/// and NVivo. Cues are no part of the format; definition, anchors and delimitation go into the description.
package struct QDCWriter {
  private let codeBook: CodeBook
  private let identifier: (String) -> String

  /// - Parameter identifier: makes the GUID of a code from its id; the same id must give the same GUID, so that a second
  ///   export merges with the first (UUID version 5).
  package init(codeBook: CodeBook, identifier: @escaping (String) -> String) {
    self.codeBook = codeBook
    self.identifier = identifier
  }

  /// The document.
  package func xml() -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
      "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"fotoprotokoll\">", "  <Codes>",
    ]
    let ids = Set(codeBook.codes.map(\.id))
    for code in codeBook.codes where code.parent.map({ !ids.contains($0) }) ?? true { lines += element(code, 2) }
    lines += ["  </Codes>", "</CodeBook>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func element(_ code: Code, _ depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    var attributes =
      "guid=\"\(identifier(code.id))\" name=\"\(Self.escaped(code.label))\" isCodable=\"\(code.isCodable)\""
    if let colour = code.colour { attributes += " color=\"\(colour)\"" }
    var lines = ["\(indent)<Code \(attributes)>"]
    let description = self.description(code)
    if !description.isEmpty { lines.append("\(indent)  <Description>\(Self.escaped(description))</Description>") }
    for child in codeBook.codes where child.parent == code.id { lines += element(child, depth + 1) }
    lines.append("\(indent)</Code>")
    return lines
  }

  private func description(_ code: Code) -> String {
    var parts = ["[\(code.id)]"]
    if let definition = code.definition { parts.append(definition) }
    if !code.anchors.isEmpty { parts.append("Ankerbeispiele: " + code.anchors.joined(separator: " | ")) }
    if let delimitation = code.delimitation { parts.append("Abgrenzung: " + delimitation) }
    return parts.joined(separator: " ")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
