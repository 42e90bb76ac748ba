import ProtocolModel

/// Answers "why this code?" and shows how the note was read, folded away until asked for.
struct EvidenceDetails {
  let index: DocumentIndex

  private var texts: DocumentTexts { index.texts }

  func details(_ region: ProtocolDocument.RegionEntry) -> HTML {
    let title = texts(region.codings.isEmpty ? "why.none" : "why")
    return """
      <details><summary>\(title)</summary>
      \(region.codings.map(coding))
      \(reading(region))
      </details>
      """
  }

  private func coding(_ coding: Coding) -> HTML {
    let digits = Digits(coding, index: index)
    let rows = coding.evidence.map { evidence -> HTML in
      """
      <tr><td>\(evidence.cue)</td><td>\(evidence.match.isEmpty ? "–" : index.quoted(evidence.match))</td>\
      <td>\(index.word("rule", evidence.rule))</td><td class="number">\(digits.text(evidence.weight))</td></tr>
      """
    }
    let by: HTML = coding.origin == "pipeline" ? "" : " (\(texts("why.by", ["origin": coding.origin])))"
    return """
      <div class="scroll"><table class="evidence">
      <caption>\(texts("why.code", ["code": index.fullLabel(coding.code), "score": digits.text(coding.score)]))\(by)</caption>
      <thead><tr><th scope="col">\(texts("why.cue"))</th><th scope="col">\(texts("why.match"))</th>\
      <th scope="col">\(texts("why.rule"))</th><th scope="col" class="number">\(texts("why.weight"))</th></tr></thead>
      <tbody>\(rows)</tbody>
      <tfoot><tr><th scope="row" colspan="3">\(texts("why.sum"))</th>\
      <td class="number">\(digits.text(coding.score))</td></tr></tfoot></table></div>
      """
  }

  private func reading(_ region: ProtocolDocument.RegionEntry) -> HTML {
    var facts: [(String, HTML)] = []
    if case .text(let cleaned) = region.wording {
      facts.append((texts("why.raw"), "<span class=\"raw\">\(region.text.raw)</span>"))
      facts.append((texts("why.cleaned"), "\(cleaned)"))
      let edits = region.text.edits.map { edit -> HTML in
        "\(texts("why.edit", ["before": edit.before, "after": edit.after, "rule": edit.rule]))"
      }
      facts.append((texts("why.edits"), edits.isEmpty ? "\(texts("why.edits.none"))" : HTML.joined(edits, by: "; ")))
      let others = alternatives(region)
      if !others.isEmpty {
        facts.append((texts("why.alternatives"), HTML.joined(others.map { "\(index.quoted($0))" }, by: ", ")))
      }
    }
    if region.wording != .empty, region.wording != .drawing {
      facts.append((texts("why.confidence"), "\(index.percent(region.text.confidence))"))
      if let reader = region.text.reader { facts.append((texts("why.reader"), "\(reader)")) }
    }
    facts.append((texts("why.paper"), "\(index.kind(region))"))
    let rows = facts.map { name, value -> HTML in "<dt>\(name)</dt><dd>\(value)</dd>" }
    let remark: HTML = region.wording == .unreadable ? "<p>\(texts("why.unreadable"))</p>" : ""
    return "\(remark)<dl class=\"reading\">\(rows)</dl>"
  }

  /// Up to three other readings of its lines.
  private func alternatives(_ region: ProtocolDocument.RegionEntry) -> [String] {
    var seen = Set(region.text.lines.map(\.raw))
    return region.text.lines.flatMap(\.alternatives).map(\.text).filter { seen.insert($0).inserted }.prefix(3)
      .map(\.self)
  }
}

/// Writes the weights of a coding so that a reader who adds them up gets its score.
private struct Digits {
  private let index: DocumentIndex
  private let isRounded: Bool

  /// Three decimals where the rounded weights add up to the rounded score, all digits where they do not.
  init(_ coding: Coding, index: DocumentIndex) {
    self.index = index
    let sum = coding.evidence.reduce(0) { $0 + ($1.weight * 1000).rounded() }
    isRounded = sum == (coding.score * 1000).rounded()
  }

  func text(_ value: Double) -> String {
    isRounded
      ? index.number(value, decimals: 3) : "\(value)".replacing(".", with: index.texts("decimal"))
  }
}
