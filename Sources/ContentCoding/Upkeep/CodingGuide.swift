package import ProtocolModel

/// Prints a code book as the Kodierleitfaden of qualitative research: definition, anchor examples, delimitation.
package struct CodingGuide {
  private let codeBook: CodeBook

  /// A guide to a code book.
  package init(codeBook: CodeBook) { self.codeBook = codeBook }

  /// The guide in Markdown (German), codes in the order of the code book.
  package func markdown() -> String {
    var lines = ["# Kodierleitfaden: \(codeBook.title)", ""]
    lines.append("Codebuch `\(codeBook.id)`, Version \(codeBook.version), Sprache \(codeBook.language).")
    lines += ["", codeBook.source, ""]
    var cuesByCode: [String: [Cue]] = [:]
    for cue in codeBook.cues { cuesByCode[cue.code, default: []].append(cue) }
    for code in codeBook.codes { lines += entry(code, cuesByCode[code.id] ?? []) }
    if !codeBook.chains.isEmpty { lines += chains() }
    return lines.joined(separator: "\n") + "\n"
  }

  private func entry(_ code: Code, _ cues: [Cue]) -> [String] {
    let depth = min(2 + code.id.filter { $0 == "." }.count, 4)
    var lines = ["\(String(repeating: "#", count: depth)) \(code.label)", ""]
    var facts = ["`\(code.id)`"]
    if let english = code.labelEnglish { facts.append(english) }
    if !code.isCodable { facts.append("wird selbst nicht vergeben") }
    if code.isCodable, !code.mayBePrimary { facts.append("nie an erster Stelle") }
    lines += [facts.joined(separator: " · "), ""]
    if let definition = code.definition { lines += ["**Definition.** \(definition)", ""] }
    if !code.anchors.isEmpty {
      lines += ["**Ankerbeispiele.** " + code.anchors.map { "„\($0)“" }.joined(separator: " · "), ""]
    }
    if let delimitation = code.delimitation { lines += ["**Abgrenzung.** \(delimitation)", ""] }
    let strongest = cues.filter {
      $0.weight > 0 && $0.kind != CueKind.board.rawValue && $0.kind != CueKind.rest.rawValue
    }
    if !strongest.isEmpty {
      let shown = strongest.sorted { $0.weight > $1.weight }.prefix(12).map { "`\($0.pattern)`" }
      lines += ["**Hinweise** (\(strongest.count), die stärksten zuerst): " + shown.joined(separator: ", "), ""]
    }
    return lines
  }

  private func chains() -> [String] {
    var lines = ["## Ketten", "", "| von | nach | wie gedruckt |", "|---|---|---|"]
    for link in codeBook.chains {
      let from = codeBook.code(link.from)?.label ?? link.from
      let to = codeBook.code(link.to)?.label ?? link.to
      lines.append("| \(from) | \(to) | \(link.label ?? "") |")
    }
    return lines
  }
}
