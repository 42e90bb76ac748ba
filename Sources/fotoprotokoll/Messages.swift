import Foundation
import FotoprotokollKit
import ProtocolModel

/// The words of the command line in one language, from `Resources/messages.json`.
struct Messages: Sendable {
  /// `de` or `en`.
  let language: String
  private let texts: [String: String]

  /// Takes `language`, or the locale's: German where it starts with `de`, else English.
  init(language: String? = nil) {
    let chosen = language ?? Self.localeLanguage
    self.language = chosen
    let url = Bundle.module.bundleURL.appendingPathComponent("Resources/messages.json")
    let table = (try? Data(contentsOf: url))
      .flatMap { try? JSONDecoder().decode(Table.self, from: $0) }
    texts = table?.texts.compactMapValues { $0[chosen] ?? $0["en"] } ?? [:]
  }

  /// A text by its key; `{1}`, `{2}` are replaced by `values`.
  subscript(_ key: String, _ values: String...) -> String {
    var text = texts[key] ?? key
    for (index, value) in values.enumerated() { text = text.replacingOccurrences(of: "{\(index + 1)}", with: value) }
    return text
  }

  /// A diagnostic in this language.
  func localized(_ diagnostic: Diagnostic) -> Diagnostic {
    DiagnosticCatalog.bundled.localized(diagnostic, language: language)
  }

  /// The language that the environment asks for, in POSIX order.
  static var localeLanguage: String {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.lowercased().hasPrefix("de") ? "de" : "en"
  }

  private struct Table: Decodable {
    let texts: [String: [String: String]]
  }
}
