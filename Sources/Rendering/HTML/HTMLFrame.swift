import ProtocolModel

/// What stands around the notes: head, numbers, agenda, and what closes the page.
struct HTMLFrame {
  let index: DocumentIndex

  private var document: ProtocolDocument { index.document }
  private var texts: DocumentTexts { index.texts }

  /// Only what the event says; nothing is made up.
  func header() -> HTML {
    let event = document.event
    var facts: [(String, HTML)] = []
    if let date = event.date { facts.append((texts("head.date"), "\(index.date(date))")) }
    if let place = event.place { facts.append((texts("head.place"), "\(place)")) }
    if !event.organisers.isEmpty {
      facts.append((texts("head.organisers"), "\(event.organisers.joined(separator: ", "))"))
    }
    let book = document.codebook
    facts.append(
      (texts("head.codebook"), "\(texts("head.codebook.value", ["title": book.title, "version": book.version]))"))
    var eyebrow: HTML = "\(texts("protocol"))"
    if let series = event.series { eyebrow = "\(texts("protocol")) · \(series)" }
    let funding: HTML = event.fundingNotice.map { "<p class=\"funding\">\($0)</p>" } ?? ""
    return """
      <header>
      <p class="eyebrow">\(eyebrow)</p>
      <h1>\(event.title ?? texts("untitled"))</h1>
      <dl class="facts">\(facts.map { name, value -> HTML in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" })</dl>
      \(funding)
      </header>
      """
  }

  /// The numbers, and what to know before reading on.
  func summary() -> HTML {
    let totals = Totals(document)
    var tiles = [("photos", totals.photos), ("notes", totals.notes)]
    if totals.notes > 0 {
      tiles += [("coded", totals.coded), ("unassigned", totals.unassigned), ("unreadable", totals.unreadable)]
    }
    var parts: [HTML] = [
      "<dl class=\"tiles\">\(tiles.map { name, count -> HTML in "<div><dt>\(texts("summary.label.\(name)"))</dt><dd>\(count)</dd></div>" })</dl>"
    ]
    if totals.notes == 0 { parts.append("<p>\(texts("summary.empty"))</p>") }
    if totals.repeats > 0 { parts.append("<p>\(texts.counted("summary.repeats", totals.repeats))</p>") }
    parts.append("<p class=\"intro\">\(texts("summary.machine")) \(texts("legend.place"))</p>")
    return HTML.lines(parts)
  }

  /// Photos to take again.
  func reshoot() -> HTML {
    """
    <div class="notice"><p>\(texts("reshoot.intro"))</p>
    <ul>\(index.reshootLines.map { "<li>\($0)</li>" })</ul></div>
    """
  }

  /// The agenda, each item with its photos.
  func agenda() -> HTML {
    var parts: [HTML] = []
    for block in index.agendaBlocks {
      if let title = block.title { parts.append("<h3>\(title)</h3>") }
      let items = block.items.map { item -> HTML in
        let photos: HTML = item.photos.map { "<p class=\"meta\">\($0)</p>" } ?? ""
        let questions: HTML =
          item.questions.isEmpty ? "" : "<ul>\(item.questions.map { "<li>\($0)</li>" })</ul>"
        return "<li value=\"\(item.number)\">\(item.line)\(photos)\(questions)</li>"
      }
      parts.append("<ol class=\"agenda\">\(items)</ol>")
    }
    if let rest = index.photosWithoutItem { parts.append("<p class=\"meta\">\(texts("agenda.none")): \(rest)</p>") }
    return HTML.lines(parts)
  }

  /// Contacts, literature, privacy and how it was made.
  func closing(album: Album) -> [(id: String, title: String, body: HTML)] {
    let event = document.event
    var chapters: [(id: String, title: String, body: HTML)] = []
    if !event.contacts.isEmpty {
      chapters.append(
        ("contacts", texts("contacts"), "<ul>\(event.contacts.map { "<li>\(index.describe($0))</li>" })</ul>"))
    }
    if !event.literature.isEmpty {
      chapters.append(
        (
          "literature", texts("literature"),
          "<ul class=\"literature\">\(event.literature.map { "<li>\($0)</li>" })</ul>"
        ))
    }
    let privacy = texts(album.photos.isEmpty ? "privacy.text" : "privacy.full-photos")
    chapters.append(("privacy", texts("privacy"), "<p>\(privacy)</p>"))
    chapters.append(("made", texts("made"), made(album)))
    return chapters
  }

  private func made(_ album: Album) -> HTML {
    var parts: [HTML] = ["<p>\(texts("made.text"))</p>"]
    if album.leftOut > 0 {
      parts.append("<p>\(texts("made.crops-left-out", ["n": String(album.leftOut)]))</p>")
    }
    let facts = index.provenanceFacts.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" as HTML }
    parts.append("<dl class=\"reading made\">\(facts)</dl>")
    if !document.diagnostics.isEmpty {
      parts.append("<h3>\(texts("made.diagnostics"))</h3>")
      parts.append("<ul>\(document.diagnostics.map { "<li>\(index.describe($0))</li>" })</ul>")
    }
    return HTML.lines(parts)
  }

  /// The funding notice once more, where readers look for it.
  func footer() -> HTML {
    let notice: HTML = document.event.fundingNotice.map { "<p>\($0)</p>" } ?? ""
    return "<footer>\(notice)<p>\(document.provenance.program)</p></footer>"
  }
}
