import Synchronization

/// Undoes letters that a reader took for others, where the dictionary knows the result and not what was read.
///
/// Never inside numbers, acronyms, addresses and handles, and not where two words would fit about as well: a wrong word
/// that looks right is worse than one that looks misread.
package struct UndoConfusions: CleaningRule {
  /// `undo-confusions`, or `undo-unlisted-confusions` for guessed text.
  package let id: String
  /// Whether also what needs two confusions, or a letter taken for any other, is undone.
  package let isForGuessedText: Bool
  /// What became of each word, `nil` for nothing: other readings of a note repeat its words.
  private final class Memory: Sendable {
    let answers = Mutex<[String: String?]>([:])
  }

  /// Remembered words at most.
  private static let memoryLimit = 50_000

  private let memory = Memory()
  private let known: any KnownWords
  private let candidates: ConfusionCandidates
  private let words: [String: String]
  private let nameEndings: [String]
  private let wordsAfterNames: Set<String>
  /// Signs that are confused with letters and so may stand inside a word.
  private let signs: Set<Unicode.Scalar>

  /// Creates the rule over a lexicon and the bundled table, or another.
  ///
  /// - Parameter isForGuessedText: for readings of a reader without a lexicon: more is undone in them. What a reader with
  ///   a lexicon leaves strange is more often a name.
  package init(
    known: any KnownWords, table: ConfusionTable? = nil, isForGuessedText: Bool = true
  ) throws(TableError) {
    self.isForGuessedText = isForGuessedText
    id = isForGuessedText ? "undo-unlisted-confusions" : "undo-confusions"
    let confusions: ConfusionTable
    if let table { confusions = table } else { confusions = try ConfusionTable() }
    self.known = known
    candidates = ConfusionCandidates(confusions)
    words = Dictionary(confusions.words.map { ($0.read, $0.meant) }, uniquingKeysWith: { first, _ in first })
    let names = try TableFile(resource: "name-parts.tsv").rows
    nameEndings = names.filter { $0[1] == "end" }.map { $0[0] }
    wordsAfterNames = Set(names.filter { $0[1] == "next" }.map { $0[0] })
    signs = Set(confusions.pairs.flatMap { $0.read.unicodeScalars }.filter { !Tokenizer.isLetter($0) })
  }

  /// The words to replace.
  package func replacements(in text: AlignedText) -> [Replacement] {
    var found: [Replacement] = []
    for chunk in chunks(text.scalars) where !isAddress(text.scalars[chunk]) {
      if let word = words[String(String.UnicodeScalarView(text.scalars[chunk]))] {
        found.append(Replacement(chunk, word))
        continue
      }
      for range in runs(text.scalars, chunk) {
        if let better = replacement(for: text.scalars, range) { found.append(Replacement(range, better)) }
      }
    }
    return found
  }

  /// Pieces between blanks.
  private func chunks(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    scalars.indices.split(whereSeparator: { scalars[$0].properties.isWhitespace }).map { $0.startIndex..<$0.endIndex }
  }

  private func isAddress(_ chunk: ArraySlice<Unicode.Scalar>) -> Bool {
    let text = String(String.UnicodeScalarView(chunk))
    return text.contains("@") || text.contains("://") || text.hasPrefix("www.") || text.hasPrefix("#")
  }

  /// Runs of letters and of signs between or before letters.
  private func runs(_ scalars: [Unicode.Scalar], _ chunk: Range<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var place = chunk.lowerBound
    while place < chunk.upperBound {
      guard Tokenizer.isLetter(scalars[place]) || startsWord(scalars, place, chunk) else {
        place += 1
        continue
      }
      var end = place + 1
      while end < chunk.upperBound, Tokenizer.isLetter(scalars[end]) || isInside(scalars, end, chunk) { end += 1 }
      runs.append(place..<end)
      place = end
    }
    return runs
  }

  /// A sign, no digit, straight before a letter: `[izenz`.
  private func startsWord(_ scalars: [Unicode.Scalar], _ place: Int, _ chunk: Range<Int>) -> Bool {
    guard signs.contains(scalars[place]), !Tokenizer.isDigit(scalars[place]), scalars[place] != "+",
      place + 1 < chunk.upperBound, scalars[place] != "(", scalars[place] != "!"
    else { return false }
    return place == chunk.lowerBound && Tokenizer.isLetter(scalars[place + 1])
  }

  /// A sign or digit with a letter on both sides.
  private func isInside(_ scalars: [Unicode.Scalar], _ place: Int, _ chunk: Range<Int>) -> Bool {
    guard signs.contains(scalars[place]), place + 1 < chunk.upperBound, scalars[place] != "!" else { return false }
    return Tokenizer.isLetter(scalars[place - 1]) && Tokenizer.isLetter(scalars[place + 1])
  }

  private func replacement(for scalars: [Unicode.Scalar], _ range: Range<Int>) -> String? {
    let run = Array(scalars[range])
    let text = String(String.UnicodeScalarView(run))
    if let word = words[text], !isBound(scalars, range) { return word }
    let letters = run.filter(Tokenizer.isLetter)
    // Three letters and fewer are names, units and abbreviations more often than misread words.
    guard letters.count >= 4, letters.count * 4 >= run.count * 3, !isBound(scalars, range) else { return nil }
    let capitals = letters.filter(\.properties.isUppercase).count
    if capitals == 1, run.first?.properties.isUppercase == true, isName(text, before: range.upperBound, in: scalars) {
      return nil
    }
    // Capitals inside a small word, several of them: an acronym with an ending, a product's name.
    if capitals == letters.count, run.count <= 5 { return nil }
    if letters.count == run.count, isKnown(text) { return nil }
    if letters.count < run.count, pieces(run).allSatisfy({ $0.count >= 3 && isKnown($0) }) { return nil }
    if let answer = memory.answers.withLock({ $0[text] }) { return answer }
    let answer = best(run, text)
    memory.answers.withLock {
      if $0.count >= Self.memoryLimit { $0.removeAll(keepingCapacity: true) }
      $0[text] = .some(answer)
    }
    return answer
  }

  /// Whether the word ends as names of places and people do, or stands before `Straße`, a blank or hyphen between.
  private func isName(_ text: String, before end: Int, in scalars: [Unicode.Scalar]) -> Bool {
    if nameEndings.contains(where: { text.hasSuffix($0) && text.count > $0.count + 1 }) { return true }
    guard end + 1 < scalars.count, scalars[end] == " " || Tokenizer.isHyphen(scalars[end]) else { return false }
    let next = scalars[(end + 1)...].prefix(while: Tokenizer.isLetter)
    return wordsAfterNames.contains(String(String.UnicodeScalarView(next)))
  }

  /// The one known word within reach; none where another is about as near.
  private func best(_ run: [Unicode.Scalar], _ text: String) -> String? {
    var found: (text: String, cost: Double)?
    let limit = isForGuessedText ? Self.limit(run.count) : min(Self.limit(run.count) * Self.caution, Self.cautiousLimit)
    for candidate in candidates.candidates(
      for: run, limit: limit, count: Self.candidateCount, isAnyLetter: isForGuessedText)
    {
      if let found, candidate.cost > found.cost + Self.margin { return inCase(found.text, of: run) }
      guard candidate.text.unicodeScalars.allSatisfy(Tokenizer.isLetter),
        candidate.text.count < 5 || known.resembles(candidate.text, strange: 1), isPlausible(candidate.text)
      else { continue }
      if let found, Folding.fold(found.text) != Folding.fold(candidate.text) { return nil }
      if found == nil { found = (candidate.text, candidate.cost) }
    }
    return found.map { inCase($0.text, of: run) }
  }

  /// The candidate in the case of the word: a capital that came in with a confusion is made small.
  private func inCase(_ candidate: String, of run: [Unicode.Scalar]) -> String {
    let letters = run.filter(Tokenizer.isLetter)
    let capitals = letters.filter(\.properties.isUppercase).count
    if capitals * 2 > letters.count {
      return candidate.uppercased().replacing("SS", with: candidate.contains("ß") ? "ß" : "SS")
    }
    return candidate.prefix(1) + candidate.dropFirst().lowercased()
  }

  /// Known as it stands, or in other capitals: a reader's slip of case is no misread letter.
  private func isKnown(_ text: String) -> Bool {
    if known.knows(text) { return true }
    let small = text.lowercased()
    return known.knows(small) || known.knows(small.prefix(1).uppercased() + small.dropFirst())
  }

  /// Plausible as spelled, but for case: `WeiterbIldung` is asked as `weiterbildung` and `Weiterbildung`.
  private func isPlausible(_ text: String) -> Bool {
    let small = text.lowercased()
    return known.isPlausible(small) || known.isPlausible(small.prefix(1).uppercased() + small.dropFirst())
  }

  private func pieces(_ run: [Unicode.Scalar]) -> [String] {
    run.split { !Tokenizer.isLetter($0) }.map { String(String.UnicodeScalarView($0)) }
  }

  /// Touches a digit, a handle or the inner dot of a name.
  private func isBound(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    let before = range.lowerBound > 0 ? scalars[range.lowerBound - 1] : " "
    let after = range.upperBound < scalars.count ? scalars[range.upperBound] : " "
    if Tokenizer.isDigit(before) || Tokenizer.isDigit(after) || before == "@" || before == "_" || after == "_" {
      return true
    }
    return after == "." && range.upperBound + 1 < scalars.count && Tokenizer.isLetter(scalars[range.upperBound + 1])
  }

  /// What all confusions in a word may cost: short words have too many neighbours.
  private static func limit(_ length: Int) -> Double {
    switch length {
    case ..<5: 0.6
    case 5: 0.9
    case 6...7: 1.1
    case 8...10: 1.6
    default: 2.4
    }
  }

  /// The share of the limit for readings that were compared with a lexicon already.
  private static let caution = 0.6
  /// The highest limit for such readings: one confusion, or two of the likeliest.
  private static let cautiousLimit = 1.2
  /// How much dearer the second known word must be.
  private static let margin = 0.25
  /// Proposals asked of the dictionary at most; few of them are spelled as German is, and only those are looked up.
  private static let candidateCount = 1_000
}
