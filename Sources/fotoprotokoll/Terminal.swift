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
    Self.write(line + "\n", to: 2)
  }

  /// A result.
  func result(_ line: String) { Self.write(line + "\n", to: 1) }

  /// One JSON object on a line of its own.
  func object(_ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(value) else { return }
    Self.write(String(decoding: bytes, as: UTF8.self) + "\n", to: 1)
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
    let label =
      isInteractive
      ? "\u{1B}[\(colour)m\(severity)[\(told.code.rawValue)]\u{1B}[0m" : "\(severity)[\(told.code.rawValue)]"
    say((told.location.map { "\($0): " } ?? "") + "\(label): \(told.message)")
    if let hint = told.hint { say("  \(messages["hint"]): \(hint)") }
  }

  /// Writes to a file descriptor, whole lines at once; a reader that went away is no fault.
  static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
    }
  }

  private struct Event: Encodable {
    let event: String
    let diagnostic: Diagnostic
  }
}
