import Foundation
import FotoprotokollKit
import TestSupport
import Testing

/// The reference pages are made from what the program says of itself, and must be up to date.
@Suite struct ReferencePagesTests {
  static let catalogue = PackageRoot.url.appendingPathComponent("Sources/FotoprotokollKit/Documentation.docc")

  /// Compares a page with the file; `UPDATE_GOLDEN=1` rewrites the file instead.
  func expectPage(_ text: String, _ name: String) throws {
    let file = Self.catalogue.appendingPathComponent("Reference/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
      return
    }
    let known = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(known == text, "\(name) is out of date: UPDATE_GOLDEN=1 swift test -c release --filter ReferencePages")
  }

  @Test func stagesPage() throws {
    var lines = ["# Stages", "", "What `pipeline.json` may list, in the order of the default pipeline.", ""]
    for stage in StageCatalogue.all {
      lines += ["## \(stage.name)", "", stage.summary, ""]
      lines += ["Reads \(stage.reads.joined(separator: ", ")); writes \(stage.writes); once per \(stage.scope).", ""]
      if !stage.parameters.isEmpty {
        lines += ["| parameter | type | default | meaning |", "|---|---|---|---|"]
        for field in stage.parameters {
          let type = field.type.replacingOccurrences(of: "|", with: "\\|")
          lines.append("| `\(field.name)` | \(type) | `\(field.defaultValue)` | \(field.summary) |")
        }
        lines.append("")
      }
    }
    try expectPage(lines.joined(separator: "\n"), "Stages.md")
  }

  @Test func diagnosticsPage() throws {
    var lines = ["# Diagnostics", "", "Every message has a stable code; the hundreds say the area.", ""]
    lines += ["| code | meaning | next step |", "|---|---|---|"]
    for (code, entry) in DiagnosticCatalog.bundled.entries.sorted(by: { $0.key < $1.key }) {
      lines.append("| \(code) | \(entry.en) | \(entry.nextEn ?? "the message's own hint") |")
    }
    try expectPage(lines.joined(separator: "\n") + "\n", "Diagnostics.md")
  }

  @Test func everyCodeOfTheSourcesIsInTheCatalogue() throws {
    let sources = PackageRoot.url.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var codes: Set<String> = []
    var seen: [String: String] = [:]
    for case let file as URL in files where file.pathExtension == "swift" {
      for match in try String(contentsOf: file, encoding: .utf8).matches(
        of: /static let (\w+) = DiagnosticCode\(rawValue: "(FP[0-9]{3})"\)/)
      {
        let code = String(match.2)
        codes.insert(code)
        #expect(seen[code] == nil || seen[code] == String(match.1), "two meanings of \(code)")
        seen[code] = String(match.1)
      }
    }
    #expect(codes.count > 40)
    #expect(codes.subtracting(DiagnosticCatalog.bundled.entries.keys) == [])
    #expect(Set(DiagnosticCatalog.bundled.entries.keys).subtracting(codes) == [])
  }
}
