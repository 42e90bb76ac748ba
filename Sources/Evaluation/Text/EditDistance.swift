/// Least number of insertions, deletions and substitutions that turn one sequence into another (Levenshtein 1966).
package enum EditDistance {
  /// The distance; memory grows with the second sequence only.
  package static func between<Element: Hashable>(_ first: [Element], _ second: [Element]) -> Int {
    if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
    // Numbers compare faster than grapheme clusters.
    var codes: [Element: Int] = [:]
    func numbered(_ elements: [Element]) -> [Int] {
      elements.map { element in
        if let code = codes[element] { return code }
        codes[element] = codes.count
        return codes.count - 1
      }
    }
    let a = numbered(first), b = numbered(second)
    var row = Array(0...b.count)
    for i in 1...a.count {
      var diagonal = row[0]
      row[0] = i
      for j in 1...b.count {
        let above = row[j]
        row[j] = min(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}

/// Errors against a reference: `errors / length`.
package struct ErrorCount: Hashable, Sendable {
  /// Insertions, deletions and substitutions.
  package var errors: Int
  /// Characters or words of the reference.
  package var length: Int

  /// Creates a count.
  package init(errors: Int = 0, length: Int = 0) {
    self.errors = errors
    self.length = length
  }

  /// Characters (grapheme clusters) of `reading` against `reference`.
  package static func characters(of reading: ComparedText, against reference: ComparedText) -> ErrorCount {
    let expected = reference.characters
    return ErrorCount(errors: EditDistance.between(reading.characters, expected), length: expected.count)
  }

  /// Words of `reading` against `reference`.
  package static func words(of reading: ComparedText, against reference: ComparedText) -> ErrorCount {
    let expected = reference.words
    return ErrorCount(errors: EditDistance.between(reading.words, expected), length: expected.count)
  }

  /// The share; 0 where nothing was expected or read, infinite where something was read and nothing expected.
  package var rate: Double {
    if length > 0 { return Double(errors) / Double(length) }
    return errors == 0 ? 0 : .infinity
  }

  /// Adds the counts of another text.
  package static func += (left: inout ErrorCount, right: ErrorCount) {
    left.errors += right.errors
    left.length += right.length
  }
}
