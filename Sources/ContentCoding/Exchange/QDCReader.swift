import Foundation
package import ProtocolModel

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads the codes of a REFI-QDA codebook (`.qdc`). The format has no cues, so the book codes nothing until it gets some.
package enum QDCReader {
  /// What was read, and what could not be carried over.
  package struct Result: Sendable {
    /// The code book.
    package var codeBook: CodeBook
    /// Sets and other things that have no place here.
    package var findings: [Diagnostic]
  }

  /// Reads a document.
  package static func read(_ bytes: [UInt8], id: String, title: String, file: String) throws(CodeBookError) -> Result {
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    let collector = Collector()
    parser.delegate = collector
    guard parser.parse(), collector.isCodeBook, !collector.codes.isEmpty else {
      throw .invalid([
        Diagnostic(
          .error, .importUnreadable, "the file is no REFI-QDA codebook", at: file,
          hint: "export the codebook as '.qdc' from the other program")
      ])
    }
    var findings: [Diagnostic] = []
    if collector.sets > 0 {
      findings.append(
        Diagnostic(
          .warning, .importIncomplete, "\(collector.sets) sets were left out: codes have one parent here", at: file))
    }
    findings.append(
      Diagnostic(
        .note, .importIncomplete, "the format holds no cues; \(collector.codes.count) codes were read", at: file,
        hint: "add cues, or learn them with 'codebook suggest'"))
    let book = CodeBook(
      id: id, version: "1.0.0", language: "de", title: title, source: collector.origin ?? file, codes: collector.codes)
    return Result(codeBook: book, findings: findings)
  }

  private final class Collector: NSObject, XMLParserDelegate {
    var codes: [Code] = []
    var origin: String?
    var sets = 0
    var isCodeBook = false
    private var open: [Int] = []
    private var note: String?

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      switch element {
      case "CodeBook":
        isCodeBook = true
        origin = attributes["origin"]
      case "Code":
        let name = attributes["name"] ?? ""
        let parent = open.last.map { codes[$0].id }
        codes.append(
          Code(
            id: uniqueID(name, parent), label: name, colour: attributes["color"], parent: parent,
            isCodable: attributes["isCodable"] != "false", section: "codes"))
        open.append(codes.count - 1)
      case "Set": sets += 1
      case "Description": note = ""
      default: break
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { note?.append(string) }

    func parser(
      _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
      switch element {
      case "Code": _ = open.popLast()
      case "Description":
        if let index = open.last { take(note ?? "", for: index) }
        note = nil
      default: break
      }
    }

    /// A description that this program wrote begins with the code's id in brackets.
    private func take(_ text: String, for index: Int) {
      var rest = text[...]
      if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
        let id = String(rest[rest.index(after: rest.startIndex)..<end])
        if !id.isEmpty, !codes.contains(where: { $0.id == id }) { codes[index].id = id }
        rest = rest[rest.index(after: end)...].drop { $0 == " " }
      }
      codes[index].definition = rest.isEmpty ? nil : String(rest)
    }

    private func uniqueID(_ name: String, _ parent: String?) -> String {
      let slug = CueEntryReader.slug(name).replacing(".", with: "-")
      let base = (parent.map { $0 + "." } ?? "") + (slug.isEmpty ? "code" : slug)
      guard codes.contains(where: { $0.id == base }) else { return base }
      return "\(base)-\(codes.count + 1)"
    }
  }
}
