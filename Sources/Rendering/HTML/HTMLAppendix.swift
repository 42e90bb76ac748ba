import ProtocolModel

/// Every sheet with its numbered overlay and every region found on it: nothing photographed is missing.
struct HTMLAppendix {
  let index: DocumentIndex
  let homes: NoteHomes
  let album: Album

  private var texts: DocumentTexts { index.texts }

  func body() -> HTML {
    var parts: [HTML] = ["<p class=\"intro\">\(texts("appendix.intro"))</p>"]
    for (place, photo) in index.document.photos.enumerated() { parts.append(self.photo(photo, number: place + 1)) }
    if !index.document.skippedFiles.isEmpty {
      let lines = index.document.skippedFiles.map { file -> HTML in
        "<li>\(file.file): \(file.code?.rawValue ?? texts("appendix.skipped.plain"))</li>"
      }
      parts.append("<h3>\(texts("appendix.skipped"))</h3><ul>\(lines)</ul>")
    }
    return HTML.lines(parts)
  }

  private func photo(_ photo: ProtocolDocument.PhotoEntry, number: Int) -> HTML {
    var parts: [HTML] = [
      "<h3 id=\"\(photo.id.rawValue)\">\(texts("appendix.photo", ["n": String(number)]))</h3>",
      "<p class=\"meta\">\(HTML.joined(index.facts(photo).map { "\($0)" }, by: " · "))</p>",
    ]
    for (place, sheet) in photo.sheets.enumerated() {
      if let picture = album.sheets[sheet.id] {
        parts.append(figure(sheet, picture, photo: photo, label: (place + 1, number)))
      }
    }
    if let picture = album.photos[photo.id] {
      parts.append(
        """
        <details><summary>\(texts("appendix.full-photo"))</summary><img class="whole" src="\(picture.dataAddress)" \
        width="\(picture.width)" height="\(picture.height)" alt="\(texts("appendix.photo.alt"))"></details>
        """)
    }
    if !photo.groups.isEmpty {
      let groups = photo.groups.map { "<li>\(index.describe($0))</li>" as HTML }
      parts.append("<h4>\(texts("appendix.groups"))</h4><ul>\(groups)</ul>")
    }
    parts.append(photo.regions.isEmpty ? "<p>\(texts("appendix.none"))</p>" : table(photo))
    return "<article class=\"photo\">\(parts)</article>"
  }

  private func figure(
    _ sheet: ProtocolDocument.SheetEntry, _ picture: SheetPicture, photo: ProtocolDocument.PhotoEntry,
    label: (sheet: Int, photo: Int)
  ) -> HTML {
    let size = picture.picture
    // Numbers are a fortieth of the sheet's width, about as large as the page's text on a desktop screen.
    let unit = Double(max(picture.width, 1)) / 40
    let outlines = photo.regions.compactMap { region -> HTML? in
      guard let outline = picture.outlines[region.id], !outline.points.isEmpty else { return nil }
      return self.outline(region, outline, unit: unit, width: Double(picture.width))
    }
    let arrows = photo.links.compactMap { link -> HTML? in
      guard let from = picture.outlines[link.from], let to = picture.outlines[link.to],
        let arrow = LinkArrow(from: from, to: to, size: unit)
      else { return nil }
      let width = NoteCard.coordinate(unit / 5)
      return "<path d=\"\(arrow.path)\" fill=\"none\" stroke=\"#d4006a\" stroke-width=\"\(width)\"/>"
    }
    let caption = texts(
      "appendix.sheet",
      [
        "n": String(label.sheet), "photo": String(label.photo), "medium": index.word("medium", sheet.medium.rawValue),
      ])
    return """
      <figure class="sheet"><div class="picture"><img src="\(size.dataAddress)" width="\(size.width)" \
      height="\(size.height)" alt="\(texts("appendix.sheet.alt"))">
      <svg viewBox="0 0 \(picture.width) \(picture.height)" focusable="false" aria-hidden="true">
      \(outlines)\(arrows)
      </svg></div>
      <figcaption>\(caption)</figcaption></figure>
      """
  }

  private func outline(
    _ region: ProtocolDocument.RegionEntry, _ outline: Polygon<SheetSpace>, unit: Double, width: Double
  ) -> HTML {
    let box = outline.bounds
    let digits = Double(String(region.number).count)
    let badge = unit * (0.7 + 0.55 * digits)
    // Beside ink and on the corner of a paper: a number must not hide the first letter.
    let isInk = region.colour == nil
    let x = min(max(Double(box.x) - (isInk ? badge : badge / 2), 0), max(0, width - badge))
    let y = max(Double(box.y) - (isInk ? 0 : unit * 0.6), 0)
    let number = { (value: Double) in NoteCard.coordinate(value) }
    let kind: HTML =
      region.wording == .unreadable ? " class=\"unreadable\"" : region.isHeading ? " class=\"heading\"" : ""
    return """
      <g\(kind)><polygon points="\(NoteCard.points(outline))"/>\
      <rect x="\(number(x))" y="\(number(y))" width="\(number(badge))" height="\(number(unit * 1.3))" rx="\(number(unit * 0.2))"/>\
      <text x="\(number(x + badge / 2))" y="\(number(y + unit))" font-size="\(number(unit))">\(region.number)</text></g>
      """
  }

  private func table(_ photo: ProtocolDocument.PhotoEntry) -> HTML {
    let rows = photo.regions.map { region -> HTML in
      var number: HTML = "\(region.number)"
      if homes.hasHome(region.id) { number = "<a href=\"#n-\(region.id.rawValue)\">\(region.number)</a>" }
      if let repeated = region.sameAs { number = "<a href=\"#n-\(repeated.rawValue)\">\(region.number)</a>" }
      return """
        <tr id="r-\(region.id.rawValue)"><th scope="row">\(number)</th><td>\(index.kind(region))</td>\
        <td>\(NoteCard(index: index, album: album).words(region))</td><td>\(index.codesOrReason(region))</td></tr>
        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(texts("table.scroll"))"><table class="regions">
      <thead><tr><th scope="col">\(texts("appendix.number"))</th><th scope="col">\(texts("appendix.kind"))</th>\
      <th scope="col">\(texts("appendix.text"))</th><th scope="col">\(texts("appendix.code"))</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }
}
