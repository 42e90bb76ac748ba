import ProtocolModel

/// One protocol as a web page.
struct HTMLPage {
  let index: DocumentIndex
  let homes: NoteHomes
  let album: Album

  private var document: ProtocolDocument { index.document }
  private var texts: DocumentTexts { index.texts }
  private var notes: NoteCard { NoteCard(index: index, album: album) }
  private var analysis: HTMLAnalysis { HTMLAnalysis(index: index) }

  /// A chapter of the page: where links lead, its title and what stands in it.
  private struct Chapter {
    var id: String
    var title: String
    var body: HTML
  }

  /// The whole file.
  func text() -> String {
    let chapters = self.chapters()
    let page: HTML = """
      <!doctype html>
      <html lang="\(texts.language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '\(StyleSheet.digest)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="\(document.provenance.program)">
      <title>\(document.event.title ?? texts("untitled")) – \(texts("protocol"))</title>
      <style>\(StyleSheet.source)</style>
      </head>
      <body>
      <a class="skip" href="#content">\(texts("skip"))</a>
      \(HTMLFrame(index: index).header())
      <nav aria-labelledby="contents"><h2 id="contents">\(texts("contents"))</h2>
      <ol>
      \(chapters.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" })
      </ol></nav>
      <main id="content">
      \(chapters.map { chapter -> HTML in
        """
        <section id="\(chapter.id)" aria-labelledby="h-\(chapter.id)">
        <h2 id="h-\(chapter.id)">\(chapter.title)</h2>
        \(chapter.body)
        </section>
        """
      })
      </main>
      \(HTMLFrame(index: index).footer())
      </body>
      </html>

      """
    return page.source
  }

  private func chapters() -> [Chapter] {
    let frame = HTMLFrame(index: index)
    var chapters = [Chapter(id: "summary", title: texts("summary"), body: frame.summary())]
    if !index.reshootLines.isEmpty {
      chapters.append(Chapter(id: "reshoot", title: texts("reshoot"), body: frame.reshoot()))
    }
    if !document.event.agenda.isEmpty {
      chapters.append(Chapter(id: "agenda", title: texts("agenda"), body: frame.agenda()))
    }
    if !index.priorities.isEmpty {
      let lines = index.priorities.map { notes.line($0, in: "") }
      chapters.append(
        Chapter(
          id: "priority", title: texts("priority"),
          body: "<p>\(texts("priority.intro"))</p><ol class=\"lines\">\(lines)</ol>"))
    }
    for section in document.sections {
      chapters.append(Chapter(id: section.kind.rawValue, title: section.title, body: body(section)))
    }
    if let counts = analysis.counts() { chapters.append(Chapter(id: "counts", title: texts("counts"), body: counts)) }
    if let table = analysis.table() { chapters.append(Chapter(id: "table", title: texts("table"), body: table)) }
    if let gaps = analysis.gaps() { chapters.append(Chapter(id: "gaps", title: texts("gaps"), body: gaps)) }
    chapters.append(
      Chapter(
        id: "appendix", title: texts("appendix"), body: HTMLAppendix(index: index, homes: homes, album: album).body()))
    chapters += frame.closing(album: album).map { Chapter(id: $0.id, title: $0.title, body: $0.body) }
    return chapters
  }

  private func body(_ section: ProtocolDocument.Section) -> HTML {
    var parts: [HTML] = []
    if [.clusters, .unassigned, .unreadable].contains(section.kind) {
      parts.append("<p class=\"intro\">\(texts("intro.\(section.kind.rawValue)"))</p>")
    }
    for block in section.blocks { parts.append(self.block(block, section.kind)) }
    if section.kind == .chains, let chains = analysis.chains() { parts.append(chains) }
    return HTML.lines(parts)
  }

  private func block(_ block: ProtocolDocument.Block, _ kind: ProtocolDocument.Section.Kind) -> HTML {
    let level = HTML(trusted: block.level == 1 ? "h3" : "h4")
    var count: HTML = ""
    if !block.regions.isEmpty {
      count = " <span class=\"count\">\(texts.counted("summary.notes", block.regions.count))</span>"
    }
    var parts: [HTML] = [
      "<\(level)>\(analysis.chip(block.id))\(block.title)\(count)</\(level)>"
    ]
    if let code = document.codebook.codes.first(where: { $0.id == block.id }), let definition = code.definition {
      parts.append("<p class=\"definition\">\(definition)</p>")
    }
    if kind == .clusters, let cluster = document.clusters.first(where: { $0.id == block.id }) {
      parts.append("<p class=\"definition\">\(index.describe(cluster))</p>")
    }
    let regions = index.nested(block.regions).compactMap { index.region($0.id) }
    let here = regions.filter { homes.isHome(kind, block.id, of: $0.id) }
    let elsewhere = regions.filter { !homes.isHome(kind, block.id, of: $0.id) }
    if !here.isEmpty {
      parts.append("<ul class=\"notes\">\(here.map { notes.card($0, in: block.id) })</ul>")
    }
    if !elsewhere.isEmpty {
      parts.append("<ul class=\"lines\">\(elsewhere.map { notes.line($0, in: block.id) })</ul>")
    }
    return HTML.lines(parts)
  }
}
