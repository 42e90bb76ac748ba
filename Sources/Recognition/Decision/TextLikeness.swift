/// How alike two readings are.
package enum TextLikeness {
  /// 1 minus the edit distance over the longer length, case ignored; 1 for two empty texts.
  package static func likeness(_ a: String, _ b: String) -> Double {
    let first = Array(a.lowercased().unicodeScalars), second = Array(b.lowercased().unicodeScalars)
    let longer = max(first.count, second.count)
    guard longer > 0 else { return 1 }
    return 1 - Double(distance(first, second)) / Double(longer)
  }

  /// Levenshtein's distance: fewest insertions, deletions and replacements.
  package static func distance<T: Equatable>(_ a: [T], _ b: [T]) -> Int {
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var current = [i + 1]
      current.reserveCapacity(b.count + 1)
      for (j, y) in b.enumerated() {
        current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x == y ? 0 : 1)))
      }
      previous = current
    }
    return previous[b.count]
  }
}
