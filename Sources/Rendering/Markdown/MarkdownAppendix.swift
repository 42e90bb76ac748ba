import ProtocolModel

/// Every photo with every region found on it, as Markdown: nothing photographed is missing.
struct MarkdownAppendix {
  let index: DocumentIndex

  private var texts: DocumentTexts { index.texts }

  func parts() -> [String] {
    var parts = ["## " + texts("appendix"), texts("appendix.intro.plain")]
    for (place, photo) in index.document.photos.enumerated() {
      parts.append("### " + texts("appendix.photo", ["n": String(place + 1)]))
      parts.append(escaped(index.facts(photo).joined(separator: "; ")) + ".")
      if !photo.groups.isEmpty {
        parts.append(
          "\(texts("appendix.groups")): \(escaped(photo.groups.map(index.describe).joined(separator: "; "))).")
      }
      if photo.regions.isEmpty {
        parts.append(texts("appendix.none"))
      } else {
        parts.append(
          MarkdownText.table(
            [
              texts("appendix.number"), texts("appendix.kind"), texts("appendix.text"), texts("appendix.code"),
            ], photo.regions.map(row)))
      }
    }
    if !index.document.skippedFiles.isEmpty {
      parts.append("### " + texts("appendix.skipped"))
      parts.append(
        index.document.skippedFiles.map { file in
          "- \(escaped(file.file)): \(file.code?.rawValue ?? texts("appendix.skipped.plain"))"
        }.joined(separator: "\n"))
    }
    return parts
  }

  private func row(_ region: ProtocolDocument.RegionEntry) -> [String] {
    var text = escaped(index.plainWording(region))
    if case .text = region.wording {} else { text = "*\(text)*" }
    return [String(region.number), escaped(index.kind(region)), text, escaped(index.codesOrReason(region))]
  }

  private func escaped(_ text: String) -> String { MarkdownText.escaped(text) }
}
