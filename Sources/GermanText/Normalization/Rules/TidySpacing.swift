/// One line, single blanks, none at the ends and none before a comma or a closing mark.
package struct TidySpacing: CleaningRule {
  /// `tidy-spacing`.
  package let id = "tidy-spacing"
  /// Creates the rule.
  package init() {}

  /// Every run of blanks that is not one plain blank in the right place.
  package func replacements(in text: AlignedText) -> [Replacement] {
    let scalars = text.scalars
    var found: [Replacement] = []
    var place = 0
    while place < scalars.count {
      guard isBlank(scalars[place]) else {
        place += 1
        continue
      }
      var end = place + 1
      while end < scalars.count, isBlank(scalars[end]) { end += 1 }
      let goes = place == 0 || end == scalars.count || closes(scalars, at: end) && !isSign(scalars[place - 1])
      if goes || end - place > 1 || scalars[place] != " " { found.append(Replacement(place..<end, goes ? "" : " ")) }
      place = end
    }
    return found
  }

  /// Whether `,` `;` `!` `?` or a single full stop follows; `...` and `:(` keep the blank before them.
  private func closes(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
    switch scalars[place] {
    case ",", ";", "!", "?", ".":
      guard place + 1 < scalars.count else { return true }
      let next = scalars[place + 1]
      return isBlank(next) || next == scalars[place] && scalars[place] != "."
    default: return false
    }
  }

  /// A sign that stands for a word: what follows it is no mark behind a word (`Prompt = ???`).
  private func isSign(_ scalar: Unicode.Scalar) -> Bool { ["=", "→", "+", "&", "<", ">", "-", "–"].contains(scalar) }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
