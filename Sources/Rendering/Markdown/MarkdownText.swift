/// Text made safe for Markdown: what people wrote on notes never turns into markup.
enum MarkdownText {
  /// Escapes what CommonMark or GitHub's tables and formulas could take for markup, and joins lines; the rest stays as
  /// written, so that the source reads well too.
  static func escaped(_ text: String) -> String {
    var result = ""
    let characters = Array(text)
    for (place, character) in characters.enumerated() {
      let next = place + 1 < characters.count ? characters[place + 1] : " "
      let isInsideWord = place > 0 && isWord(characters[place - 1]) && isWord(next)
      switch character {
      case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "$":
        result += "\\\(character)"
      case "_":
        result += isInsideWord ? "_" : "\\_"
      case "&":
        result += next.isLetter || next == "#" ? "\\&" : "&"
      case "#", "-", "+", "=":
        // A heading, a list or a rule only where a line begins.
        result += place == 0 ? "\\\(character)" : String(character)
      case ".", ")":
        result +=
          place > 0 && next.isWhitespace && characters[..<place].allSatisfy(\.isNumber)
          ? "\\\(character)" : String(character)
      case ":":
        // No link out of a bare web address: notes are people's words, not ours.
        result += next == "/" ? "\\:" : ":"
      case _ where character.isNewline: result += " "
      case _ where character.unicodeScalars.allSatisfy({ $0.value < 32 || $0.value == 127 }): break
      default: result.append(character)
      }
    }
    return result
  }

  private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// A table of cells that are already Markdown.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    var lines = ["| " + header.joined(separator: " | ") + " |"]
    lines.append("|" + header.map { _ in " --- |" }.joined())
    lines += rows.map { "| " + $0.joined(separator: " | ") + " |" }
    return lines.joined(separator: "\n")
  }
}
