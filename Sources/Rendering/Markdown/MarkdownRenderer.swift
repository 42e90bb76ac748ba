package import ProtocolModel

/// Writes `protocol.md`: the same protocol without pictures, in sentences that also read well aloud.
package struct MarkdownRenderer: Renderer {
  /// `markdown`.
  package static let name = "markdown"
  /// Creates a renderer.
  package init() {}

  /// Renders `protocol.md`.
  package func render(
    _ document: ProtocolDocument, pictures: any PictureSource, options: RenderingOptions
  ) -> [RenderedFile] {
    let page = MarkdownPage(index: DocumentIndex(document, texts: options.texts))
    return [RenderedFile(path: "protocol.md", text: page.text())]
  }
}

/// One protocol as Markdown.
struct MarkdownPage {
  let index: DocumentIndex

  private var document: ProtocolDocument { index.document }
  private var texts: DocumentTexts { index.texts }

  /// The page; paragraphs are parted by one empty line.
  func text() -> String {
    var parts = head() + summary() + reshoot() + agenda() + priorities()
    for section in document.sections { parts += self.section(section) }
    parts += MarkdownAnalysis(index: index).parts()
    parts += MarkdownAppendix(index: index).parts()
    parts += closing()
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func head() -> [String] {
    let event = document.event
    var parts = ["# " + escaped(event.title ?? texts("untitled"))]
    var facts: [(String, String)] = []
    if let series = event.series { facts.append((texts("head.series"), series)) }
    if let date = event.date { facts.append((texts("head.date"), index.date(date))) }
    if let place = event.place { facts.append((texts("head.place"), place)) }
    if !event.organisers.isEmpty {
      facts.append((texts("head.organisers"), event.organisers.joined(separator: ", ")))
    }
    let book = document.codebook
    facts.append(
      (texts("head.codebook"), texts("head.codebook.value", ["title": book.title, "version": book.version])))
    parts.append(facts.map { "- **\($0.0):** \(escaped($0.1))" }.joined(separator: "\n"))
    if let notice = event.fundingNotice { parts.append("*\(escaped(notice))*") }
    return parts
  }

  private func summary() -> [String] {
    let totals = Totals(document)
    var parts = ["## " + texts("summary"), index.totalsInWords.joined(separator: ", ") + "."]
    if totals.notes == 0 { parts.append(texts("summary.empty")) }
    if totals.repeats > 0 { parts.append(texts.counted("summary.repeats", totals.repeats)) }
    parts.append(texts("summary.machine") + " " + texts("legend.place"))
    return parts
  }

  private func reshoot() -> [String] {
    let lines = index.reshootLines
    if lines.isEmpty { return [] }
    return [
      "## " + texts("reshoot"), texts("reshoot.intro"), lines.map { "- " + escaped($0) }.joined(separator: "\n"),
    ]
  }

  private func agenda() -> [String] {
    guard !document.event.agenda.isEmpty else { return [] }
    var parts = ["## " + texts("agenda")]
    for block in index.agendaBlocks {
      if let title = block.title { parts.append("### " + escaped(title)) }
      parts.append(
        block.items.map { item in
          var line = "\(item.number). \(escaped(item.line))"
          if let photos = item.photos { line += "  \n   \(escaped(photos))" }
          for question in item.questions { line += "\n   - \(escaped(question))" }
          return line
        }.joined(separator: "\n"))
    }
    if let rest = index.photosWithoutItem {
      parts.append("\(texts("agenda.none")): \(escaped(rest)).")
    }
    return parts
  }

  private func priorities() -> [String] {
    let voted = index.priorities
    if voted.isEmpty { return [] }
    return ["## " + texts("priority"), texts("priority.intro"), list(voted.map(\.id), in: "")]
  }

  private func section(_ section: ProtocolDocument.Section) -> [String] {
    var parts = ["## " + escaped(section.title)]
    switch section.kind {
    case .clusters: parts.append(texts("intro.clusters"))
    case .unassigned: parts.append(texts("intro.unassigned"))
    case .unreadable: parts.append(texts("intro.unreadable.plain"))
    default: break
    }
    for block in section.blocks {
      parts.append(String(repeating: "#", count: block.level + 2) + " " + escaped(block.title))
      if let cluster = document.clusters.first(where: { $0.id == block.id }), section.kind == .clusters {
        parts.append(escaped(index.describe(cluster)))
      }
      if !block.regions.isEmpty { parts.append(list(block.regions, in: block.id)) }
    }
    if section.kind == .chains { parts += MarkdownAnalysis(index: index).chains() }
    return parts
  }

  /// One line per note: its words in quotation marks, then where it hangs and what else is to know.
  private func list(_ ids: [RegionID], in block: String) -> String {
    index.nested(ids).compactMap { id, depth in
      guard let region = index.region(id) else { return nil }
      let remarks = [index.place(id)] + index.remarks(region, in: block)
      let margin = String(repeating: "  ", count: depth)
      return "\(margin)- \(wording(region)) (\(escaped(remarks.joined(separator: "; "))))"
    }.joined(separator: "\n")
  }

  private func wording(_ region: ProtocolDocument.RegionEntry) -> String {
    if case .text(let text) = region.wording { return index.quoted(escaped(text)) }
    return "*\(escaped(index.plainWording(region)))*"
  }

  private func closing() -> [String] {
    let event = document.event
    var parts: [String] = []
    if !event.contacts.isEmpty {
      parts.append("## " + texts("contacts"))
      parts.append(event.contacts.map { "- " + escaped(index.describe($0)) }.joined(separator: "\n"))
    }
    if !event.literature.isEmpty {
      parts.append("## " + texts("literature"))
      parts.append(event.literature.map { "- " + escaped($0) }.joined(separator: "\n"))
    }
    parts += ["## " + texts("privacy"), texts("privacy.text")]
    parts += ["## " + texts("made"), texts("made.text")]
    parts.append(
      index.provenanceFacts.map { "- **\($0.name):** \(escaped($0.value))" }.joined(separator: "\n"))
    if !document.diagnostics.isEmpty {
      parts.append("### " + texts("made.diagnostics"))
      parts.append(document.diagnostics.map { "- " + escaped(index.describe($0)) }.joined(separator: "\n"))
    }
    return parts
  }

  private func escaped(_ text: String) -> String { MarkdownText.escaped(text) }
}
