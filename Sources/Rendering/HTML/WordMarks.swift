import ProtocolModel

/// Finds the words in the picture that a note's codes rest on.
enum WordMarks {
  /// Outlines of the words that evidence points to, on the upright photo. Empty where cleaned text and words read cannot
  /// be matched one to one: rather no mark than one on the wrong word.
  static func polygons(_ region: ProtocolDocument.RegionEntry) -> [Polygon<PhotoSpace>] {
    guard let normalized = region.text.normalized else { return [] }
    let tokens = tokenRanges(normalized)
    let words = joinedWords(region.text.lines)
    guard tokens.count == words.count else { return [] }
    let ranges = region.codings.flatMap(\.evidence).filter { $0.end > $0.start && counts($0) }
      .map { $0.start..<$0.end }
    return zip(tokens, words).filter { token, _ in ranges.contains { $0.overlaps(token) } }.flatMap(\.1)
  }

  /// Single words are marked where they speak for the code, at a tenth of what a cue weighs or more.
  private static func counts(_ evidence: Evidence) -> Bool {
    !["association", "learned"].contains(evidence.rule) || evidence.weight >= 0.25
  }

  private static func tokenRanges(_ text: String) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (place, scalar) in text.unicodeScalars.enumerated() {
      if scalar.properties.isWhitespace {
        if let first = start { ranges.append(first..<place) }
        start = nil
      } else if start == nil {
        start = place
      }
    }
    if let first = start { ranges.append(first..<text.unicodeScalars.count) }
    return ranges
  }

  /// The words line by line; one that ends its line with a hyphen goes on with the first of the next.
  private static func joinedWords(_ lines: [TextLine]) -> [[Polygon<PhotoSpace>]] {
    var words: [[Polygon<PhotoSpace>]] = []
    var isOpen = false
    for line in lines {
      for (place, word) in line.words.enumerated() {
        if isOpen, place == 0 {
          words[words.count - 1].append(word.polygon)
        } else {
          words.append([word.polygon])
        }
      }
      isOpen = line.words.last.map { $0.text.count > 1 && $0.text.hasSuffix("-") } ?? isOpen
    }
    return words
  }
}
