package import ProtocolModel

/// Writes `notes.csv` by RFC 4180: one row per region, headings and repeats included.
///
/// A field that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, *CSV Injection*).
package struct CSVRenderer: Renderer {
  /// `csv`.
  package static let name = "csv"
  /// Creates a renderer.
  package init() {}

  /// Renders `notes.csv`.
  package func render(
    _ document: ProtocolDocument, pictures: any PictureSource, options: RenderingOptions
  ) -> [RenderedFile] {
    let index = DocumentIndex(document, texts: options.texts)
    let separator = options.csvForGermanExcel ? ";" : ","
    var text = options.csvForGermanExcel ? "\u{FEFF}" : ""
    let columns = options.texts("csv.columns").split(separator: ";").map(String.init)
    for row in [columns] + rows(index, decimalComma: options.csvForGermanExcel) {
      text += row.map { Self.field($0, separator: separator) }.joined(separator: separator) + "\r\n"
    }
    return [RenderedFile(path: "notes.csv", text: text)]
  }

  private func rows(_ index: DocumentIndex, decimalComma: Bool) -> [[String]] {
    index.document.photos.enumerated().flatMap { place, photo in
      photo.regions.map { region in
        let first = region.codings.first
        return [
          String(place + 1), photo.file, String(region.number), region.id.rawValue, region.kind.rawValue,
          region.content.rawValue, region.colour ?? "", photo.agendaItem?.id ?? "",
          region.group.flatMap(index.groupLabel) ?? "", region.sameAs?.rawValue ?? "",
          region.votes.map(String.init) ?? "",
          index.texts(region.text.legible ? "yes" : "no"),
          Self.number(region.text.confidence.rawValue, decimalComma: decimalComma), region.text.normalized ?? "",
          region.text.raw, region.text.reader ?? "", first?.code ?? "", first.map { index.label($0.code) } ?? "",
          first.map { Self.number($0.score, decimalComma: decimalComma) } ?? "",
          region.codings.dropFirst().map(\.code).joined(separator: " "), region.unassignedReason?.rawValue ?? "",
        ]
      }
    }
  }

  private static func number(_ value: Double, decimalComma: Bool) -> String {
    let text = String((value * 1000).rounded() / 1000)
    return decimalComma ? text.replacing(".", with: ",") : text
  }

  /// Quoted where the separator, a quotation mark or a line end is in it.
  static func field(_ value: String, separator: String) -> String {
    var field = value.replacing("\u{0}", with: "")
    if let first = field.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), !isNumber(field) {
      field = "'" + field
    }
    let special = field.unicodeScalars.contains { $0 == "\"" || $0 == "\r" || $0 == "\n" || String($0) == separator }
    return special || field.first == " " || field.last == " "
      ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }

  private static func isNumber(_ field: String) -> Bool {
    let digits = field.dropFirst()
    return field.first == "-" && !digits.isEmpty && Double(field.replacing(",", with: ".")) != nil
      && digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
  }
}
