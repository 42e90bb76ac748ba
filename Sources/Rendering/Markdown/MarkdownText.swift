/// Text made safe for Markdown: what people wrote on notes never turns into markup.
enum MarkdownText {
  /// Escapes what CommonMark or GitHub's tables could take for markup, and joins lines.
  static func escaped(_ text: String) -> String {
    var result = ""
    var atStart = true
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "!", "&", "$", "^":
        result += "\\\(character)"
      case "-", "+", "=":
        // A list or a rule only where a line begins.
        result += atStart ? "\\\(character)" : String(character)
      case ".", ")":
        result += !result.isEmpty && result.allSatisfy(\.isNumber) ? "\\\(character)" : String(character)
      case _ where character.isNewline: result += " "
      case _ where character.unicodeScalars.allSatisfy({ $0.value < 32 || $0.value == 127 }): break
      default: result.append(character)
      }
      atStart = false
    }
    // Trailing digits of a web address become links in some readers; schemes are broken up, as notes are no links.
    return result.replacing("://", with: ":\\//")
  }

  /// A table of cells that are already Markdown.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    var lines = ["| " + header.joined(separator: " | ") + " |"]
    lines.append("|" + header.map { _ in " --- |" }.joined())
    lines += rows.map { "| " + $0.joined(separator: " | ") + " |" }
    return lines.joined(separator: "\n")
  }
}
