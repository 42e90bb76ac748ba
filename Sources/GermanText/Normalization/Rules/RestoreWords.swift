import Foundation
import Synchronization

/// Puts the most probable word in the place of what a reader without a lexicon made of it: `Betriepsvereinbnrung` is
/// `Betriebsvereinbarung`, `ressour ten` is `ressourcen`, `dieleute` is `die leute`.
///
/// Only where the word is far more probable than all others together, and than that the reading is right and no word we
/// know: a wrong word that looks right is worse than one that looks misread.
package struct RestoreWords: CleaningRule {
  /// `restore-words`.
  package let id = "restore-words"
  /// A reader with a lexicon leaves strange what is strange: names more often than misread words.
  package let isForGuessedText = true

  /// The proposals for each run: other readings of a note repeat its words.
  private final class Memory: Sendable {
    let proposals = Mutex<[String: [MisreadWordSearch.Proposal]]>([:])
  }

  private let memory = Memory()
  private let known: any KnownWords
  private let runs: MisreadRuns

  /// Creates the rule over a lexicon and the bundled tables.
  package init(known: any KnownWords) throws(TableError) {
    self.known = known
    runs = try MisreadRuns(known: known, table: try ConfusionTable())
  }

  /// How probable a proposal is at least, among all others and the reading as it stands. With 0.7 to 0.9 the drawn lines of
  /// two writers have the same errors left.
  private static let certainty = 0.8
  /// Letters of a word at least: of two, too many are words and abbreviations.
  private static let least = 3
  /// That a blank is read where none is, and how much more probable one word must be than two.
  private static let blank = 1.6 + 1.5
  /// A word this common is not part of another: one in 4,000.
  private static let common = 3.6
  /// What a known word costs that the table of costs lacks: the rarest of it.
  private static let rare = 6.6

  /// The runs to replace.
  package func replacements(in text: AlignedText) -> [Replacement] {
    guard case .success(let search) = MisreadWordSearch.bundled else { return [] }
    let scalars = text.scalars
    let ranges = runs.chunks(scalars).flatMap { runs.runs(scalars, $0) }
    var found: [Replacement] = []
    var index = 0
    while index < ranges.count {
      let range = ranges[index]
      if index + 1 < ranges.count, let whole = joined(range, ranges[index + 1], scalars, search) {
        found.append(Replacement(range.lowerBound..<ranges[index + 1].upperBound, whole))
        index += 2
        continue
      }
      if let word = restored(range, scalars, search) { found.append(Replacement(range, word)) }
      index += 1
    }
    return found
  }

  /// The word that a run most probably is.
  private func restored(_ range: Range<Int>, _ scalars: [Unicode.Scalar], _ search: MisreadWordSearch) -> String? {
    guard runs.isMisreadable(scalars, range, least: Self.least), !isShortForm(range, scalars) else { return nil }
    let run = scalars[range]
    guard search.words.cost(of: String(String.UnicodeScalarView(run))) == nil else { return nil }
    let proposals = proposals(run, search)
    guard let best = proposals.first else { return nil }
    let unknown = MisreadWordSearch.unknownCost(
      run.count, isPlain: known.resembles(String(String.UnicodeScalarView(run)), strange: 0))
    let all = proposals.reduce(pow(10, best.cost - unknown)) { $0 + pow(10, best.cost - $1.cost) }
    guard 1 / all >= Self.certainty else { return nil }
    return inCase(best, of: run)
  }

  /// Three letters with a full stop, or with a capital: an abbreviation, a name.
  private func isShortForm(_ range: Range<Int>, _ scalars: [Unicode.Scalar]) -> Bool {
    guard range.count <= 3 else { return false }
    if !scalars[range].allSatisfy(\.properties.isLowercase) { return true }
    return range.upperBound < scalars.count && [".", "'", "’", "-"].contains(scalars[range.upperBound])
  }

  /// The one word that two runs with a blank between most probably are.
  private func joined(
    _ first: Range<Int>, _ second: Range<Int>, _ scalars: [Unicode.Scalar], _ search: MisreadWordSearch
  ) -> String? {
    guard second.lowerBound == first.upperBound + 1, scalars[first.upperBound] == " ",
      !runs.isBound(scalars, first), !runs.isBound(scalars, second), first.count + second.count >= 5,
      scalars[first].allSatisfy(Tokenizer.isLetter), scalars[second].allSatisfy(\.properties.isLowercase),
      first.count == 1 || !scalars[first].allSatisfy(\.properties.isUppercase),
      !isShortForm(second, scalars) || second.upperBound == scalars.count || scalars[second.upperBound] == " "
    else { return nil }
    let texts = [first, second].map { String(String.UnicodeScalarView(scalars[$0])) }
    if texts.allSatisfy(runs.isKnown) { return nil }
    if texts.contains(where: { (search.words.cost(of: $0) ?? .infinity) <= Self.common }) { return nil }
    let run = scalars[first] + scalars[second]
    guard let whole = proposals(run, search).first(where: { !$0.text.contains(" ") }) else { return nil }
    let apart = zip([first, second], texts).reduce(0) { $0 + cost(scalars[$1.0], $1.1, search) }
    return whole.cost + Self.blank < apart ? inCase(whole, of: run) : nil
  }

  /// What a run costs by itself.
  private func cost(_ run: ArraySlice<Unicode.Scalar>, _ text: String, _ search: MisreadWordSearch) -> Double {
    if runs.isKnown(text) { return search.words.cost(of: text) ?? Self.rare }
    let best = proposals(run, search).first?.cost ?? .infinity
    return min(best, MisreadWordSearch.unknownCost(run.count, isPlain: false))
  }

  private static let memoryLimit = 50_000

  /// The proposals that are words: compounds only where the dictionary knows them, two words only where one is common.
  private func proposals(
    _ run: some Collection<Unicode.Scalar>, _ search: MisreadWordSearch
  ) -> [MisreadWordSearch.Proposal] {
    let key = String(String.UnicodeScalarView(run)).lowercased()
    if let answer = memory.proposals.withLock({ $0[key] }) { return answer }
    let answer = search.proposals(for: run).filter { proposal in
      if proposal.text.contains(" ") { return proposal.commonest <= Self.commonPartner }
      return !proposal.isCompound || runs.isKnown(proposal.text)
    }
    memory.proposals.withLock {
      if $0.count >= Self.memoryLimit { $0.removeAll(keepingCapacity: true) }
      $0[key] = answer
    }
    return answer
  }

  /// One of two words that ran together is at least this common: two rare ones are a compound.
  private static let commonPartner = 4.0

  /// The proposal in the case of the run; a noun keeps its capital where a sign was read for it.
  private func inCase(_ proposal: MisreadWordSearch.Proposal, of run: ArraySlice<Unicode.Scalar>) -> String {
    let letters = run.filter(Tokenizer.isLetter)
    if letters.filter(\.properties.isUppercase).count * 2 > letters.count {
      return proposal.text.map { $0 == "ß" ? "ß" : $0.uppercased() }.joined()
    }
    let isCapital = run.first.map { Tokenizer.isLetter($0) ? $0.properties.isUppercase : proposal.isNoun } ?? false
    return isCapital ? proposal.text.prefix(1).uppercased() + proposal.text.dropFirst() : proposal.text
  }
}
