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
  private let runs: MisreadRuns

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
    runs = try MisreadRuns(known: known, table: confusions)
  }

  /// The words to replace.
  package func replacements(in text: AlignedText) -> [Replacement] {
    var found: [Replacement] = []
    for chunk in runs.chunks(text.scalars) {
      if let word = words[String(String.UnicodeScalarView(text.scalars[chunk]))] {
        found.append(Replacement(chunk, word))
        continue
      }
      for range in runs.runs(text.scalars, chunk) {
        if let better = replacement(for: text.scalars, range) { found.append(Replacement(range, better)) }
      }
    }
    return found
  }

  private func replacement(for scalars: [Unicode.Scalar], _ range: Range<Int>) -> String? {
    let run = Array(scalars[range])
    let text = String(String.UnicodeScalarView(run))
    if let word = words[text], !runs.isBound(scalars, range) { return word }
    // Three letters and fewer are names, units and abbreviations more often than misread words.
    guard runs.isMisreadable(scalars, range, least: 4) else { return nil }
    if let answer = memory.answers.withLock({ $0[text] }) { return answer }
    let answer = best(run, text)
    memory.answers.withLock {
      if $0.count >= Self.memoryLimit { $0.removeAll(keepingCapacity: true) }
      $0[text] = .some(answer)
    }
    return answer
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

  /// Plausible as spelled, but for case: `WeiterbIldung` is asked as `weiterbildung` and `Weiterbildung`.
  private func isPlausible(_ text: String) -> Bool {
    let small = text.lowercased()
    return known.isPlausible(small) || known.isPlausible(small.prefix(1).uppercased() + small.dropFirst())
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
