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
    let evidence = region.codings.flatMap(\.evidence).filter { $0.end > $0.start }
    let weights = tokens.map { token in
      evidence.filter { ($0.start..<$0.end).overlaps(token) }.reduce(0) { $0 + $1.weight }
    }
    let least = max(leastWeight, leastShare * (weights.max() ?? 0))
    return zip(weights, words).filter { $0.0 >= least }.flatMap(\.1)
  }

  /// A word is marked where all that it says for the codes is a tenth of what a cue weighs or more, and a third of what
  /// the strongest word says: every word of a note weighs something.
  private static let leastWeight = 0.25
  private static let leastShare = 0.33

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
