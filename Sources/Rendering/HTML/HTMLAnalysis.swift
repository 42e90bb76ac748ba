import ProtocolModel

/// Chains, counts, the table of causes and measures, and the gaps, as a web page shows them.
struct HTMLAnalysis {
  let index: DocumentIndex

  private var document: ProtocolDocument { index.document }
  private var texts: DocumentTexts { index.texts }

  /// A square in the code's colour; the label beside it says the same.
  func chip(_ code: String) -> HTML {
    guard let colour = document.codebook.codes.first(where: { $0.id == code })?.colour, Self.isColour(colour) else {
      return ""
    }
    return """
      <svg class="chip" viewBox="0 0 10 10" aria-hidden="true" focusable="false">\
      <rect width="10" height="10" rx="2" fill="\(colour)"/></svg>
      """
  }

  private static func isColour(_ text: String) -> Bool {
    text.utf8.count == 7 && text.first == "#" && text.dropFirst().allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// Observed links and the code book's, in two lists with different arrows, never mixed.
  func chains() -> HTML? {
    let observed = index.observedChains
    let paired = index.pairedOnlyChains
    if observed.isEmpty && paired.isEmpty { return nil }
    var parts: [HTML] = ["<h3>\(texts("chains.table"))</h3>"]
    parts.append("<h4>\(texts("chains.observed.title"))</h4>")
    if observed.isEmpty {
      parts.append("<p>\(texts("chains.observed.none"))</p>")
    } else {
      parts.append("<p class=\"intro\">\(texts("chains.observed.intro"))</p>")
      parts.append("<ul class=\"chains\">\(observed.map { line($0, arrow: "→") })</ul>")
    }
    if !paired.isEmpty {
      parts.append("<h4>\(texts("chains.codebook.title"))</h4>")
      parts.append("<p class=\"intro\">\(texts("chains.codebook.intro"))</p>")
      parts.append("<ul class=\"chains paired\">\(paired.map { line($0, arrow: "⇢") })</ul>")
    }
    return HTML.lines(parts)
  }

  private func line(_ chain: ProtocolDocument.Chain, arrow: String) -> HTML {
    let label: HTML = chain.label.map { " <span class=\"meta\">(\($0))</span>" } ?? ""
    let places: HTML = chain.regions.isEmpty ? "" : " <span class=\"meta\">\(self.places(chain.regions))</span>"
    return """
      <li>\(index.fullLabel(chain.from)) <span class="arrow">\(arrow)</span> \(index.fullLabel(chain.to))\(label)\(places)</li>
      """
  }

  /// Up to eight places, then their number: who wants all of them finds them under the code.
  private func places(_ regions: [RegionID]) -> HTML {
    if regions.count > 8 { return "\(texts.counted("summary.notes", regions.count))" }
    return links(regions)
  }

  private func links(_ regions: [RegionID]) -> HTML {
    HTML.joined(
      regions.map { "<a href=\"#n-\($0.rawValue)\">\(index.place($0))</a>" }, by: " · ")
  }

  /// The codes with their numbers, a bar from zero to the count and a thin one on to what it could be at most.
  func counts() -> HTML? {
    let lines = index.countLines
    guard !lines.named.isEmpty else { return nil }
    let most = max(1, lines.named.map(\.upper).max() ?? 1)
    let rows = lines.named.map { count -> HTML in
      """
      <tr><th scope="row">\(chip(count.code))\(index.fullLabel(count.code))</th>\
      <td class="number">\(index.shownCount(count))</td><td class="bar">\(bar(count, most: most))</td>\
      <td class="number">\(count.upper)</td><td class="number">\(count.any)</td>\(votes("td", String(count.votes)))</tr>
      """
    }
    let unnamed: HTML =
      lines.unnamed.isEmpty
      ? "" : "<p>\(texts("counts.zero", ["codes": lines.unnamed.joined(separator: ", ")]))</p>"
    return """
      <p class="intro">\(texts("counts.explained"))</p>
      <div class="scroll" tabindex="0" role="region" aria-label="\(texts("table.scroll"))"><table class="counts">
      <thead><tr><th scope="col">\(texts("counts.code"))</th><th scope="col" class="number">\(texts("counts.primary"))</th>\
      <td></td><th scope="col" class="number">\(texts("counts.upper"))</th>\
      <th scope="col" class="number">\(texts("counts.any"))</th>\(votes("th", texts("votes")))</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      \(unnamed)
      """
  }

  /// A cell of the column of votes; none where nobody voted.
  private func votes(_ tag: String, _ text: String) -> HTML {
    guard index.hasVotes else { return "" }
    return tag == "th" ? "<th scope=\"col\" class=\"number\">\(text)</th>" : "<td class=\"number\">\(text)</td>"
  }

  private func bar(_ count: ProtocolDocument.CodeCount, most: Int) -> HTML {
    let unit = 200.0 / Double(most)
    let sure = NoteCard.coordinate(Double(index.shownCount(count)) * unit)
    let possible = NoteCard.coordinate(Double(count.upper) * unit)
    return """
      <svg viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
      <rect class="possible" y="5" width="\(possible)" height="4"/><rect class="sure" width="\(sure)" height="14"/></svg>
      """
  }

  /// Causes against measures.
  func table() -> HTML? {
    let table = document.causesAndMeasures
    guard !table.rows.isEmpty, !table.columns.isEmpty else { return nil }
    let explained: HTML = "<p class=\"intro\">\(texts("table.explained"))</p>"
    if table.cells.isEmpty { return "\(explained)<p>\(texts("table.none"))</p>" }
    let head = table.columns.map { "<th scope=\"col\">\(index.label($0))</th>" as HTML }
    let rows = table.rows.map { row -> HTML in
      "<tr><th scope=\"row\">\(index.label(row))</th>\(table.columns.map { cell(row, $0) })</tr>"
    }
    return """
      \(explained)
      <div class="scroll" tabindex="0" role="region" aria-label="\(texts("table.scroll"))"><table class="cross">
      <thead><tr><th scope="col">\(texts("table.corner"))</th>\(head)</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private func cell(_ row: String, _ column: String) -> HTML {
    guard let cell = index.cell(row, column), let count = index.cellCount(row, column) else { return "<td>–</td>" }
    let bonds = [("table.same-note", cell.sameNote), ("table.arrow", cell.arrow), ("table.group", cell.group)]
      .filter { $0.1 > 0 }.map { texts($0.0, ["n": String($0.1)]) }
    return """
      <td><strong>\(count)</strong> <span class="meta">\(bonds.joined(separator: ", ")): \(places(cell.regions))</span></td>
      """
  }

  /// What was named and left without an answer.
  func gaps() -> HTML? {
    guard !document.gaps.isEmpty else { return nil }
    var parts: [HTML] = []
    for kind in ProtocolDocument.Gap.Kind.allCases {
      let gaps = document.gaps.filter { $0.kind == kind }
      if gaps.isEmpty { continue }
      parts.append("<h3>\(texts("gaps.\(kind.rawValue)"))</h3>")
      let lines = gaps.map { gap -> HTML in
        let elsewhere: HTML =
          gap.namedElsewhere.isEmpty
          ? ""
          : " \(texts("gaps.elsewhere", ["codes": gap.namedElsewhere.map(index.fullLabel).joined(separator: ", ")]))"
        return
          "<li>\(chip(gap.code))\(index.label(gap.code)) <span class=\"meta\">\(places(gap.regions))</span>\(elsewhere)</li>"
      }
      parts.append("<ul>\(lines)</ul>")
    }
    return HTML.lines(parts)
  }
}
