import Foundation
import FotoprotokollKit
import ProtocolModel

/// Where people read: stderr. stdout is for results alone.
struct Terminal: Sendable {
  /// How messages look.
  enum Format: Sendable {
    /// Lines for people.
    case plain
    /// One JSON object a line, on stdout.
    case json
  }

  let format: Format
  let messages: Messages
  /// Whether stderr is a terminal that may be overwritten and coloured.
  let isInteractive: Bool

  init(format: Format, language: String?) {
    self.format = format
    messages = Messages(language: language)
    let environment = ProcessInfo.processInfo.environment
    isInteractive = isatty(2) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }

  /// A line for people.
  func say(_ line: String) {
    guard format == .plain else { return }
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// A result.
  func result(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// One JSON object on a line of its own.
  func object(_ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(value) else { return }
    FileHandle.standardOutput.write(bytes + Data("\n".utf8))
  }

  /// A diagnostic, printed like a compiler's.
  func show(_ diagnostic: Diagnostic) {
    if format == .json {
      object(Event(event: "diagnostic", diagnostic: diagnostic))
      return
    }
    let told = messages.localized(diagnostic)
    let severity = messages[told.severity.rawValue]
    let colour = told.severity == .error ? "31" : told.severity == .warning ? "33" : "36"
    let label = isInteractive ? "\u{1B}[\(colour)m\(severity)[\(told.code.rawValue)]\u{1B}[0m" : "\(severity)[\(told.code.rawValue)]"
    say((told.location.map { "\($0): " } ?? "") + "\(label): \(told.message)")
    if let hint = told.hint { say("  \(messages["hint"]): \(hint)") }
  }

  private struct Event: Encodable {
    let event: String
    let diagnostic: Diagnostic
  }
}
