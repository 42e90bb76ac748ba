package import ProtocolModel

/// Rewrites read text to plain German spelling without losing where it came from.
///
/// Every change is logged with the rule that made it, and every letter of the result points to the raw reading.
package struct Normalizer: Sendable {
  /// The rules in their order.
  private let rules: [any CleaningRule]

  /// Creates the bundled rules.
  ///
  /// - Parameter known: the words of the language and of this workshop; without a dictionary only what needs none is
  ///   done.
  package init(known: any KnownWords) throws(TableError) {
    rules = [
      ComposeLetters(), try ReplaceSigns(resource: "letters.tsv"), try ReplaceSigns(resource: "arrows.tsv"),
      try ReplaceSigns(resource: "quotes.tsv"), try DropStrayMarks(), DropNoiseLines(known: known),
      JoinHyphenatedWords(known: known),
      try StripBullets(), TidySpacing(), try RepairSpacing(known: known),
      try RestoreWords(known: known), try UndoConfusions(known: known, isForGuessedText: false),
      try UndoConfusions(known: known),
    ]
  }

  /// Creates a normalizer of the rules given.
  package init(rules: [any CleaningRule]) { self.rules = rules }

  /// The ids of the rules, in order.
  package var ruleIDs: [String] { rules.map(\.id) }

  /// Cleans the best reading of a region and its other readings; without text where the reading is not legible.
  package func normalize(_ text: RecognizedText) -> NormalizedText {
    let raw = text.raw
    guard text.legible else { return NormalizedText(region: text.region, raw: raw, normalized: nil) }
    let cleaned = clean(raw, isGuessed: Self.isGuessed(text))
    guard !cleaned.scalars.isEmpty else { return NormalizedText(region: text.region, raw: raw, normalized: nil) }
    return NormalizedText(
      region: text.region, raw: raw, normalized: cleaned.text, edits: cleaned.edits, alignment: cleaned.alignment,
      alternatives: alternatives(of: text, besides: cleaned.text))
  }

  /// Whether a reader had a hand in it that takes edges and shadows for letters.
  private static func isGuessed(_ text: RecognizedText) -> Bool {
    text.lines.contains { $0.reader.hasPrefix("tesseract:") }
  }

  /// Applies the rules, in order and again until none has anything to do; those for guessed text only where it is.
  package func clean(_ raw: String, isGuessed: Bool = true) -> AlignedText {
    var text = AlignedText(raw)
    // What one rule leaves may be what an earlier one looks for; four rounds are twice what any text needed in tests.
    for _ in 0..<4 {
      let edits = text.edits.count
      for rule in rules where isGuessed || !rule.isForGuessedText {
        text.apply(rule.replacements(in: text), rule: rule.id)
      }
      if text.edits.count == edits { break }
    }
    return text
  }

  /// Other readings of the region kept at most.
  private static let alternativeCount = 8

  /// The most probable combinations of the lines' readings, cleaned, without the first and without doubles.
  private func alternatives(of text: RecognizedText, besides best: String) -> [AlternativeReading] {
    var combined: [(text: String, p: Double)] = [("", 1)]
    for (index, line) in text.lines.enumerated() {
      var readings = line.alternatives.map { (text: $0.text, p: $0.p.rawValue) }
      if !readings.contains(where: { $0.text == line.raw }) {
        readings.insert((line.raw, line.confidence.rawValue), at: 0)
      }
      var next: [(text: String, p: Double)] = []
      for head in combined {
        for reading in readings {
          next.append((index == 0 ? reading.text : head.text + "\n" + reading.text, head.p * reading.p))
        }
      }
      next.sort { $0.p != $1.p ? $0.p > $1.p : $0.text < $1.text }
      combined = Array(next.prefix(Self.alternativeCount + 1))
    }
    var sums: [String: Double] = [:]
    var order: [String] = []
    for reading in combined {
      let cleaned = clean(reading.text, isGuessed: Self.isGuessed(text)).text
      if cleaned.isEmpty || cleaned == best { continue }
      if sums[cleaned] == nil { order.append(cleaned) }
      sums[cleaned, default: 0] += reading.p
    }
    return order.map { AlternativeReading(text: $0, p: Confidence(clamping: sums[$0] ?? 0)) }
      .enumerated().sorted { $0.element.p != $1.element.p ? $0.element.p > $1.element.p : $0.offset < $1.offset }
      .prefix(Self.alternativeCount).map(\.element)
  }
}
