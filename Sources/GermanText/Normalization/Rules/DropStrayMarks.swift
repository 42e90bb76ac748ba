/// Drops marks at the ends of a line that no hand wrote as text: the edge of the paper read as `|`, a bullet as `«`.
package struct DropStrayMarks: CleaningRule {
  /// `drop-stray-marks`.
  package let id = "drop-stray-marks"
  /// Signs that stand alone at a line's end only where a reader took an edge, a shadow or a bullet for writing.
  private let marks: Set<Unicode.Scalar>
  /// Signs that do so at a line's start.
  private let leading: Set<Unicode.Scalar>

  /// Signs that do so at a line's start with a blank behind.
  private let apart: Set<Unicode.Scalar>

  /// Signs that do so at a line's end with a blank before.
  private let trailing: Set<Unicode.Scalar>

  /// Reads the signs from `stray-marks.tsv`.
  package init() throws(TableError) {
    let rows = try TableFile(resource: "stray-marks.tsv").rows
    marks = Set(rows.filter { $0[1] == "both" }.flatMap { $0[0].unicodeScalars })
    apart = Set(rows.filter { $0[1] == "apart" }.flatMap { $0[0].unicodeScalars })
    trailing = Set(rows.filter { $0[1] == "end" }.flatMap { $0[0].unicodeScalars })
    leading = marks.union(rows.filter { $0[1] == "start" }.flatMap { $0[0].unicodeScalars })
  }

  /// Runs of such signs and blanks at both ends of every line; one that touches a word only at its start.
  package func replacements(in text: AlignedText) -> [Replacement] {
    var found: [Replacement] = []
    for line in text.lines {
      var start = line.lowerBound
      while start < line.upperBound, isStray(text.scalars, start, line) { start += 1 }
      if start > line.lowerBound, text.scalars[line.lowerBound..<start].contains(where: { !isBlank($0) }) {
        found.append(Replacement(line.lowerBound..<start, ""))
      } else {
        start = line.lowerBound
      }
      var end = line.upperBound
      while end > start, endsStray(text.scalars, end - 1, start) { end -= 1 }
      if text.scalars[end..<line.upperBound].contains(where: { !isBlank($0) }) {
        found.append(Replacement(end..<line.upperBound, ""))
      }
    }
    return found
  }

  private func isStray(_ scalars: [Unicode.Scalar], _ place: Int, _ line: Range<Int>) -> Bool {
    let scalar = scalars[place]
    let next = place + 1 < line.upperBound ? scalars[place + 1] : " "
    // Dots in a row are written: something was left out.
    if scalar == "." { return next != "." && (place == line.lowerBound || scalars[place - 1] != ".") }
    return isBlank(scalar) || leading.contains(scalar) || apart.contains(scalar) && isBlank(next)
  }

  private func endsStray(_ scalars: [Unicode.Scalar], _ place: Int, _ start: Int) -> Bool {
    let scalar = scalars[place]
    if isBlank(scalar) || marks.contains(scalar) { return true }
    guard trailing.contains(scalar), place > start, isBlank(scalars[place - 1]) else { return false }
    // A unit behind its number: `140 €`.
    let before = scalars[start..<place].last { !isBlank($0) }
    return !(scalar.properties.generalCategory == .currencySymbol || scalar == "°")
      || !(before.map(Tokenizer.isDigit) ?? false)
  }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
