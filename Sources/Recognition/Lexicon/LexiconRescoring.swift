/// Compares the words of a line's readings with a lexicon, on what the network saw and not on the spelling alone.
package struct LexiconRescoring: Sendable {
  private let lexicon: GermanLexicon
  private let weights: LexiconWeights

  /// Creates a rescoring.
  package init(_ lexicon: GermanLexicon, weights: LexiconWeights = LexiconWeights()) {
    self.lexicon = lexicon
    self.weights = weights
  }

  /// How many of the first readings are compared word by word, and how many readings come out.
  private static let compared = 5, kept = 12

  /// The readings and what the lexicon makes of them, best first; no reading is lost to a correction of it.
  ///
  /// Order: log-probability less the cost of unknown words and compounds. ``Hypothesis/logProbability`` stays what
  /// the network says.
  package func rescore(_ readings: [Hypothesis], _ posteriors: CharacterPosteriors) -> [Hypothesis] {
    let letters = LetterPosteriors(posteriors)
    var words = WordSearch(search: LexiconSearch(lexicon: lexicon, weights: weights), posteriors: letters)
    var found: [Entry] = []
    func add(_ text: String, _ logProbability: Double, score: Double, isKnownCase: Bool) {
      if let index = found.firstIndex(where: { $0.hypothesis.text == text }) {
        found[index].score = max(found[index].score, score)
        found[index].isKnownCase = found[index].isKnownCase || isKnownCase
        return
      }
      let share = LineTokens(text).knownShare(in: lexicon)
      let hypothesis = Hypothesis(text: text, logProbability: logProbability, lexiconShare: share)
      found.append(Entry(hypothesis: hypothesis, folded: text.lowercased(), score: score, isKnownCase: isKnownCase))
    }
    for (index, reading) in readings.enumerated() {
      let tokens = LineTokens(reading.text)
      let own = reading.logProbability - words.search.cost(of: tokens)
      add(reading.text, reading.logProbability, score: own, isKnownCase: false)
      guard index < Self.compared, let labels = posteriors.labels(of: reading.text),
        let columns = posteriors.alignment(of: labels)
      else { continue }
      for (text, gain) in words.corrections(of: tokens, columns: columns) {
        guard let labels = posteriors.labels(of: text) else { continue }
        let logProbability = min(0, posteriors.logProbability(of: labels))
        let known = inKnownCase(text, logProbability, posteriors)
        add(known.text, known.logProbability, score: own + gain, isKnownCase: true)
        if known.text != text { add(text, logProbability, score: own + gain, isKnownCase: false) }
      }
    }
    // Gains are those of the letters whatever their case, so texts that differ in case alone share the best score.
    for index in found.indices {
      found[index].groupScore =
        found.lazy.filter { [folded = found[index].folded] in $0.folded == folded }.map(\.score).max() ?? 0
    }
    found.sort { $0.comesBefore($1) }
    return found.prefix(Self.kept).map { entry in
      var hypothesis = entry.hypothesis
      hypothesis.characters = posteriors.spans(of: hypothesis.text)
      return hypothesis
    }
  }

  /// What the words of a text cost, in nats: its unknown words, less what the workshop's own words gain.
  package func cost(of text: String) -> Double {
    LexiconSearch(lexicon: lexicon, weights: weights).cost(of: LineTokens(text))
  }

  /// A reading on its way to its place.
  private struct Entry {
    var hypothesis: Hypothesis
    var folded: String
    var score: Double
    var isKnownCase: Bool
    var groupScore = 0.0

    func comesBefore(_ other: Entry) -> Bool {
      if groupScore != other.groupScore { return groupScore > other.groupScore }
      if folded != other.folded { return folded < other.folded }
      if isKnownCase != other.isKnownCase { return isKnownCase }
      let mine = hypothesis.logProbability, others = other.hypothesis.logProbability
      return mine == others ? hypothesis.text < other.hypothesis.text : mine > others
    }
  }

  /// The text with its words in the case that the lexicon knows, where the network does not speak against it.
  private func inKnownCase(
    _ text: String, _ logProbability: Double, _ posteriors: CharacterPosteriors
  ) -> (text: String, logProbability: Double) {
    var best = (text: text, logProbability: logProbability)
    let line = LineTokens(text)
    guard !line.isAllCapitals else { return best }
    for (index, token) in line.tokens.enumerated() where token.codes.count >= 3 && !token.isFree {
      let forms = lexicon.forms(ofCompound: token.codes)
      guard !forms.isEmpty, !forms.contains(.other) else { continue }
      let isUpper = token.text.first.map(Letter.isUpper) ?? false
      let wantsUpper = isUpper ? index == 0 || forms.contains(.capitalized) : !forms.contains(.small)
      let letters = token.codes.enumerated().map { Letter.scalar($1, upper: $0 == 0 && wantsUpper) }
      guard letters != token.text, token.text.contains(where: { !Letter.isUpper($0) }) else { continue }
      var scalars = Array(best.text.unicodeScalars)
      scalars.replaceSubrange(token.scalars, with: letters)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      guard let labels = posteriors.labels(of: String(view)) else { continue }
      let logProbability = min(0, posteriors.logProbability(of: labels))
      if logProbability > best.logProbability - weights.letterCase { best = (String(view), logProbability) }
    }
    return best
  }
}

/// Looks words up in stretches of one line, each stretch once.
private struct WordSearch {
  let search: LexiconSearch
  let posteriors: LetterPosteriors
  private var seen: [Range<Int>: [LexiconSearch.Candidate]] = [:]
  private var weights: LexiconWeights { search.weights }

  init(search: LexiconSearch, posteriors: LetterPosteriors) {
    self.search = search
    self.posteriors = posteriors
  }

  private mutating func candidates(in range: Range<Int>) -> [LexiconSearch.Candidate] {
    if let known = seen[range] { return known }
    let found = search.candidates(posteriors, in: range, count: 4)
    seen[range] = found
    return found
  }

  /// A word put in the place of one or two tokens.
  private struct Replacement {
    var tokens: Range<Int>
    var text: [Unicode.Scalar]
    var gain: Double
  }

  /// The line with its words corrected, and the line with each word's runner-up; with what they gain.
  mutating func corrections(of line: LineTokens, columns: [Range<Int>]) -> [(text: String, gain: Double)] {
    var best: [Replacement] = [], others: [Replacement] = []
    for index in line.tokens.indices {
      let own = replacements(of: line, index..<index + 1, columns)
      if let first = own.first {
        best.append(first)
        others += own.dropFirst().prefix(1)
      }
      if index > 0, line.tokens[index].followsSpace,
        let joined = replacements(of: line, index - 1..<index + 1, columns).first
      {
        // Takes the place of what was found for its two halves, if it gains more.
        let halves = best.filter { joined.tokens.overlaps($0.tokens) }
        if joined.gain > max(0, halves.reduce(0) { $0 + $1.gain }) {
          best.removeAll { joined.tokens.overlaps($0.tokens) }
          best.append(joined)
        } else {
          others.append(joined)
        }
      }
    }
    others += joinedCapitals(of: line, columns).filter { joined in
      guard joined.gain > 0, !best.contains(where: { $0.gain > 0 && $0.tokens.overlaps(joined.tokens) }) else {
        return true
      }
      best.append(joined)
      return false
    }
    let gaining = best.filter { $0.gain > 0 }
    var result = [apply(gaining, to: line)]
    for other in others + best.filter({ $0.gain <= 0 }) {
      result.append(apply(gaining.filter { !$0.tokens.overlaps(other.tokens) } + [other], to: line))
    }
    return result
  }

  /// A capital that stands alone beside one to four more, taken together with them: DB A, where DBA is as likely.
  private func joinedCapitals(of line: LineTokens, _ columns: [Range<Int>]) -> [Replacement] {
    guard !line.isAllCapitals else { return [] }
    return line.tokens.indices.dropFirst().compactMap { index in
      let tokens = line.tokens[index - 1..<index + 1]
      let letters = tokens.flatMap(\.text)
      guard line.tokens[index].followsSpace, letters.count <= 5, letters.allSatisfy(Letter.isUpper),
        tokens.contains(where: { $0.text.count == 1 }),
        let range = stretch(of: index - 1..<index + 1, in: line, columns)
      else { return nil }
      let apart = Array(tokens.map(\.codes).joined(separator: [Letter.space]))
      let gain =
        posteriors.logProbability(of: tokens.flatMap(\.codes), in: range)
        - posteriors.logProbability(of: apart, in: range) + weights.loneCapital
      return Replacement(tokens: index - 1..<index + 1, text: letters, gain: gain)
    }
  }

  /// The columns that some tokens take, up to their neighbours; `nil` where there are fewer than two.
  private func stretch(of range: Range<Int>, in line: LineTokens, _ columns: [Range<Int>]) -> Range<Int>? {
    guard let first = line.tokens[range].first, let last = line.tokens[range].last else { return nil }
    let from = first.scalars.lowerBound == 0 ? 0 : columns[first.scalars.lowerBound - 1].upperBound
    let to =
      last.scalars.upperBound == columns.count ? posteriors.columns : columns[last.scalars.upperBound].lowerBound
    return to - from >= 2 ? from..<to : nil
  }

  private mutating func replacements(
    of line: LineTokens, _ range: Range<Int>, _ columns: [Range<Int>]
  ) -> [Replacement] {
    let tokens = line.tokens[range]
    guard !tokens.contains(where: \.isProtected), let stretch = stretch(of: range, in: line, columns) else {
      return []
    }
    let codes = Array(tokens.map(\.codes).joined(separator: [Letter.space]))
    let read = tokens.flatMap(\.text)
    let before = tokens.reduce(0) { $0 + search.cost(of: $1) }
    let here = posteriors.logProbability(of: codes, in: stretch)
    var result: [Replacement] = []
    for candidate in candidates(in: stretch) where candidate.codes.count >= 3 {
      // How KMUs or ChatGPT is written only its reading can tell.
      guard !candidate.forms.isDisjoint(with: [.small, .capitalized]) else { continue }
      let distance = editDistance(candidate.codes, tokens.flatMap(\.codes))
      guard distance <= weights.furthest, 2 * distance <= max(candidate.codes.count, 4) else { continue }
      let text = CasePattern.write(
        candidate.codes, like: read, forms: candidate.forms, allCapitals: line.isAllCapitals)
      guard text != read || range.count > 1 else { continue }
      let smallness = tokens.first?.followsSpace == true ? search.smallness(of: text, candidate.forms) : 0
      let word = candidate.node.map { search.cost(ofWordAt: $0, smallness: smallness) } ?? candidate.cost + smallness
      let cost = word + (range.count > 1 ? weights.spacing - weights.word : 0)
      var gain = candidate.logProbability - cost - (here - before)
      if candidate.codes.count <= 3 { gain -= weights.shortMargin }
      result.append(Replacement(tokens: range, text: text, gain: gain))
    }
    return result
  }

  private func apply(_ replacements: [Replacement], to line: LineTokens) -> (text: String, gain: Double) {
    var scalars = line.scalars
    var gain = 0.0
    for replacement in replacements.sorted(by: { $0.tokens.lowerBound > $1.tokens.lowerBound }) {
      let old = line.tokens[replacement.tokens]
      guard let first = old.first, let last = old.last else { continue }
      scalars.replaceSubrange(first.scalars.lowerBound..<last.scalars.upperBound, with: replacement.text)
      gain += replacement.gain
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return (String(text), gain)
  }

  private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (index, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in b.indices {
        let substituted = diagonal + (letter == b[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, min(row[column], diagonal) + 1)
      }
    }
    return row[b.count]
  }
}
