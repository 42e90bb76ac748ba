import Foundation
package import ProtocolModel

/// What every diagnostic code means, in German and English, from `Resources/diagnostics.json`.
package struct DiagnosticCatalog: Sendable {
  /// One code.
  package struct Entry: Codable, Hashable, Sendable {
    /// What is wrong, in German; `{0}` stands for the English message, `{1}`, `{2}` for the names quoted in it.
    package var de: String
    /// What is wrong in general, in English.
    package var en: String
    /// What to do next, in German; where it is missing the English hint stands.
    package var nextDe: String?
    /// What to do next, in English.
    package var nextEn: String?
  }
  /// By code.
  package let entries: [String: Entry]

  /// The bundled catalogue.
  package static let bundled: DiagnosticCatalog = {
    struct File: Decodable { var codes: [String: Entry] }
    let file = try? JSONDecoder().decode(File.self, from: BundledFiles.data("diagnostics.json"))
    return DiagnosticCatalog(entries: file?.codes ?? [:])
  }()

  /// A diagnostic in `language`; unchanged where the catalogue has no words for it.
  package func localized(_ diagnostic: Diagnostic, language: String) -> Diagnostic {
    guard language == "de", let entry = entries[diagnostic.code.rawValue] else { return diagnostic }
    var told = diagnostic
    var text = entry.de.replacingOccurrences(of: "{0}", with: diagnostic.message)
    let quoted = diagnostic.message.matches(of: /'([^']*)'/).map { String($0.1) }
    for (index, name) in quoted.enumerated() { text = text.replacingOccurrences(of: "{\(index + 1)}", with: name) }
    // A sentence with a place that this message does not fill says less than the English one.
    guard text.firstMatch(of: /\{[0-9]\}/) == nil else { return diagnostic }
    told.message = text
    if let next = entry.nextDe { told.hint = next }
    return told
  }
}
