/// Takes bullets off: they say that something is an item, not what it says.
package struct StripBullets: CleaningRule {
  /// `strip-bullets`.
  package let id = "strip-bullets"
  private let bullets: Set<Unicode.Scalar>
  private let dashes: Set<Unicode.Scalar>

  /// Reads the signs from `bullets.tsv`.
  package init() throws(TableError) {
    let rows = try TableFile(resource: "bullets.tsv").rows
    bullets = Set(rows.filter { $0[1] == "bullet" }.flatMap { $0[0].unicodeScalars })
    dashes = Set(rows.filter { $0[1] == "dash" }.flatMap { $0[0].unicodeScalars })
  }

  /// Bullets at the start of every line; dashes and arrows at the start of the text, and of a line where the text
  /// started with one: `Pilot ohne uns⏎– Ablehnung` keeps its dash.
  package func replacements(in text: AlignedText) -> [Replacement] {
    var found: [Replacement] = []
    var startsWithDash = false
    for (index, line) in text.lines.enumerated() {
      var end = line.lowerBound
      while end < line.upperBound {
        let scalar = text.scalars[end]
        if bullets.contains(scalar) || scalar.properties.isWhitespace {
          end += 1
        } else if dashes.contains(scalar), index == 0 || startsWithDash {
          if index == 0 { startsWithDash = true }
          end += 1
        } else {
          break
        }
      }
      if text.scalars[line.lowerBound..<end].contains(where: { !$0.properties.isWhitespace }) {
        found.append(Replacement(line.lowerBound..<end, ""))
      }
    }
    return found
  }
}
