import ProtocolModel

/// Chains, counts, the table of causes and measures, and the gaps, as Markdown.
struct MarkdownAnalysis {
  let index: DocumentIndex

  private var document: ProtocolDocument { index.document }
  private var texts: DocumentTexts { index.texts }

  /// Observed links and the code book's, never mixed.
  func chains() -> [String] {
    let observed = index.observedChains
    let paired = index.pairedOnlyChains
    if observed.isEmpty && paired.isEmpty { return [] }
    var parts = ["### " + texts("chains.table")]
    if observed.isEmpty {
      parts.append(texts("chains.observed.none"))
    } else {
      parts.append(texts("chains.observed.intro"))
      parts.append(observed.map(line).joined(separator: "\n"))
    }
    if !paired.isEmpty {
      parts.append(texts("chains.codebook.intro"))
      parts.append(paired.map(line).joined(separator: "\n"))
    }
    return parts
  }

  private func line(_ chain: ProtocolDocument.Chain) -> String {
    var line = "- \(escaped(index.fullLabel(chain.from))) → \(escaped(index.fullLabel(chain.to)))"
    if let label = chain.label { line += " (\(escaped(label)))" }
    if !chain.regions.isEmpty { line += ": " + chain.regions.map { escaped(index.place($0)) }.joined(separator: "; ") }
    return line
  }

  /// Counts, cross table, gaps.
  func parts() -> [String] { counts() + table() + gaps() }

  private func counts() -> [String] {
    let lines = index.countLines
    guard !lines.named.isEmpty else { return [] }
    let rows = lines.named.map { count in
      [
        escaped(index.fullLabel(count.code)), String(index.shownCount(count)), String(count.any),
        String(count.upper), String(count.votes),
      ]
    }
    var parts = [
      "## " + texts("counts"), texts("counts.explained"),
      MarkdownText.table(
        [texts("counts.code"), texts("counts.primary"), texts("counts.any"), texts("counts.upper"), texts("votes")],
        rows),
    ]
    if !lines.unnamed.isEmpty {
      parts.append(escaped(texts("counts.zero", ["codes": lines.unnamed.joined(separator: ", ")])))
    }
    return parts
  }

  private func table() -> [String] {
    let table = document.causesAndMeasures
    guard !table.rows.isEmpty, !table.columns.isEmpty else { return [] }
    var parts = ["## " + texts("table"), texts("table.explained")]
    if table.cells.isEmpty { return parts + [texts("table.none")] }
    let rows = table.rows.map { row in
      [escaped(index.label(row))] + table.columns.map { escaped(index.cellCount(row, $0).map(String.init) ?? "–") }
    }
    parts.append(
      MarkdownText.table([texts("table.corner")] + table.columns.map { escaped(index.label($0)) }, rows))
    return parts
  }

  private func gaps() -> [String] {
    guard !document.gaps.isEmpty else { return [] }
    var parts = ["## " + texts("gaps")]
    for kind in ProtocolDocument.Gap.Kind.allCases {
      let gaps = document.gaps.filter { $0.kind == kind }
      if gaps.isEmpty { continue }
      parts.append("### " + texts("gaps.\(kind.rawValue)"))
      parts.append(gaps.map { "- " + escaped(index.describe($0)) }.joined(separator: "\n"))
    }
    return parts
  }

  private func escaped(_ text: String) -> String { MarkdownText.escaped(text) }
}
