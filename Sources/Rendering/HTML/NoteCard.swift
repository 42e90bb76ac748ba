import ProtocolModel

/// One note as the page shows it.
struct NoteCard {
  let index: DocumentIndex
  let album: Album

  private var texts: DocumentTexts { index.texts }

  /// The note with its picture and its evidence.
  func card(_ region: ProtocolDocument.RegionEntry, in block: String) -> HTML {
    """
    <li class="note" id="n-\(region.id.rawValue)"><figure>
    \(picture(region))
    <figcaption>
    <p class="words">\(words(region))</p>
    \(meta(region, in: block, link: "r-"))
    \(EvidenceDetails(index: index).details(region))
    </figcaption></figure></li>
    """
  }

  /// The note as one line that leads to its card.
  func line(_ region: ProtocolDocument.RegionEntry, in block: String) -> HTML {
    "<li>\(words(region)) \(meta(region, in: block, link: "n-"))</li>"
  }

  /// What may be said of the note, marked where it is not its text.
  func words(_ region: ProtocolDocument.RegionEntry) -> HTML {
    if case .text(let text) = region.wording { return "<q>\(text)</q>" }
    return "<em class=\"none\">\(index.plainWording(region))</em>"
  }

  private func meta(_ region: ProtocolDocument.RegionEntry, in block: String, link: String) -> HTML {
    var parts: [HTML] = ["<a href=\"#\(link)\(region.id.rawValue)\">\(index.place(region.id))</a>"]
    if let votes = region.votes, votes > 0 {
      let dots = String(repeating: "●", count: min(votes, 12))
      parts.append(
        "<span class=\"votes\"><span aria-hidden=\"true\">\(dots)</span> \(texts.counted("votes", votes))</span>")
    }
    for remark in index.remarks(region, in: block, withVotes: false) { parts.append("<span>\(remark)</span>") }
    let tag: HTML = link == "r-" ? "p" : "span"
    return "<\(tag) class=\"meta\">\(HTML.joined(parts, by: " · "))</\(tag)>"
  }

  private func picture(_ region: ProtocolDocument.RegionEntry) -> HTML {
    guard let crop = album.crops[region.id] else { return .empty }
    let size = crop.picture
    var marks: [HTML] = []
    if let fromPhoto = crop.fromPhoto {
      marks = WordMarks.polygons(region).map { "<polygon points=\"\(Self.points(fromPhoto($0)))\"/>" }
    }
    let overlay: HTML =
      marks.isEmpty
      ? "" : "<svg viewBox=\"0 0 \(size.width) \(size.height)\" aria-hidden=\"true\" focusable=\"false\">\(marks)</svg>"
    return """
      <div class="crop"><div class="picture"><img src="\(size.dataAddress)" width="\(size.width)" height="\(size.height)" \
      alt="\(index.alternativeText(region))">\(overlay)</div></div>
      """
  }

  /// Corners as SVG writes them.
  static func points<Space>(_ polygon: Polygon<Space>) -> String {
    polygon.points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
  }

  /// A coordinate with one decimal.
  static func coordinate(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}
