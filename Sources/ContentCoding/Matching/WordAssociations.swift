import Foundation
import ProtocolModel

/// What single words, and pairs of neighbours, say about a code: counted from the words of the code book's own cues.
///
/// A cue fires on its whole phrase; its words say a little even where the phrase is worded otherwise. For every word
/// the cues of each code that use it are counted and compared with that code's share of all cues: a word that only
/// cues of one code use speaks for it, one that all use says nothing. A word that no cue uses is taken by the parts of
/// its compound, and one without known parts, misread perhaps, by its runs of five letters. Weights are whole
/// thousandths, so that sums are exact; words between ``smallest`` and its negative are left out.
struct WordAssociations: Sendable {
  /// The codes that words may speak for: base codes that may be first, in the order of the code book.
  let codes: [String]
  private let vectors: [String: [Int]]
  private let pairVectors: [String: [String: [Int]]]
  private let partVectors: [String: [Int]]
  private let runVectors: [UInt64: [Int]]

  /// How a word of a note was found.
  struct Hit {
    /// First and last word.
    var tokens: ClosedRange<Int>
    /// The words as they were counted.
    var key: String
    /// By code, in thousandths.
    var weights: [Int]
  }

  /// Share of the logarithm that counts: a third, beside cues that weigh 2 to 3. Best of 0.2, 0.3, 0.5 and 0.8 on the
  /// invented batches 3 and 4; 0.3 and 0.5 differ by less than two notes in a hundred.
  private static let share = 0.3
  /// What a pair of neighbours is worth beside a word.
  private static let pairShare = 0.7
  /// What a part of a compound that no cue uses as a whole is worth beside a word.
  private static let partShare = 0.7
  /// What a run of five letters of an unknown word is worth beside a word: a word of ten letters has eight runs.
  private static let runShare = 0.2
  /// Cues that speak for nothing, added to every word's count, so that one rare cue does not decide.
  private static let doubt = 4.0
  /// Weights nearer to nothing than this are nothing.
  private static let smallest = 80

  init(codeBook: CodeBook, table: CodeTable, analyzer: any TextAnalyzer) {
    codes = Self.codes(of: codeBook)
    let place = Dictionary(codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var counts = Counts(codes: codes.count)
    for sample in Self.samples(of: codeBook, place) {
      let tokens = analyzer.tokens(of: sample.text)
      for (code, weight) in sample.shares { counts.add(tokens, code, weight) }
    }
    vectors = counts.vectors(counts.words, least: Self.smallest, scale: Self.share)
    pairVectors = counts.pairs.compactMapValues { second in
      let vectors = counts.vectors(second, least: Self.smallest, scale: Self.share * Self.pairShare)
      return vectors.isEmpty ? nil : vectors
    }
    partVectors = counts.vectors(counts.parts, least: Self.smallest, scale: Self.share * Self.partShare)
    runVectors = counts.vectors(counts.runs, least: 1, scale: Self.share * Self.runShare)
  }

  /// The base codes of a book that may be first, in its order.
  static func codes(of codeBook: CodeBook) -> [String] {
    codeBook.codes.filter { $0.mayBePrimary && $0.isCodable && CodePath($0.id).base == $0.id }.map(\.id)
  }

  /// Words of the note that say something, with neighbours first.
  func hits(in note: NoteText) -> [Hit] {
    var hits: [Hit] = []
    for (index, token) in note.tokens.enumerated() {
      if let weights = vectors[token.stem] {
        hits.append(Hit(tokens: index...index, key: token.stem, weights: weights))
      } else {
        let parts = (token.parts.isEmpty ? token.expansion : token.parts).filter { partVectors[$0] != nil }
        for part in parts {
          guard let weights = partVectors[part] else { continue }
          hits.append(Hit(tokens: index...index, key: part, weights: weights))
        }
        if parts.isEmpty, let weights = weights(ofUnknown: token) {
          hits.append(Hit(tokens: index...index, key: "~" + token.folded, weights: weights))
        }
      }
      guard index + 1 < note.tokens.count else { continue }
      if let weights = pairVectors[token.stem]?[note.tokens[index + 1].stem] {
        let key = token.stem + " " + note.tokens[index + 1].stem
        hits.append(Hit(tokens: index...(index + 1), key: key, weights: weights))
      }
    }
    return hits
  }

  /// What the runs of letters of a word that no cue uses say together.
  private func weights(ofUnknown token: Token) -> [Int]? {
    var sums = Array(repeating: 0, count: codes.count)
    for run in LetterRuns.runs(of: token.folded) {
      guard let weights = runVectors[run] else { continue }
      for index in sums.indices { sums[index] += weights[index] }
    }
    for index in sums.indices where abs(sums[index]) < Self.smallest { sums[index] = 0 }
    return sums.contains { $0 != 0 } ? sums : nil
  }

  /// The words of a cue with the places of the codes it speaks for; the weights add up to 1.
  struct Sample {
    var text: String
    var shares: [(code: Int, weight: Double)]
  }

  /// The texts of the cues with the codes they speak for; a cue of several codes is shared among them by weight.
  static func samples(of codeBook: CodeBook, _ place: [String: Int]) -> [Sample] {
    let unread = [CueKind.board, .rest, .colour, .pattern].map(\.rawValue)
    var shares: [String: [Int: Double]] = [:]
    var texts: [(id: String, pattern: String)] = []
    for cue in codeBook.cues where cue.weight > 0 && !unread.contains(cue.kind) {
      guard let base = CodePath(cue.code).base, let code = place[base] else { continue }
      let id = String(cue.id.prefix { $0 != ":" })
      if shares[id] == nil { texts.append((id, cue.pattern)) }
      shares[id, default: [:]][code, default: 0] += cue.weight
    }
    let sets = Dictionary(codeBook.sets.map { ($0.id, $0.patterns) }, uniquingKeysWith: { first, _ in first })
    var samples: [Sample] = []
    for (id, pattern) in texts {
      guard let read = try? CuePattern(pattern), let weights = shares[id] else { continue }
      let sum = weights.keys.sorted().reduce(0) { $0 + (weights[$1] ?? 0) }
      let parted = weights.keys.sorted().map { (code: $0, weight: (weights[$0] ?? 0) / sum) }
      if read.sequences.count == 1, read.sequences[0].elements.count == 1,
        case .set(let name) = read.sequences[0].elements[0]
      {
        for member in sets[name] ?? [] {
          guard let word = try? CuePattern(member) else { continue }
          samples.append(Sample(text: word.ownWords, shares: parted))
        }
      } else {
        samples.append(Sample(text: read.ownWords, shares: parted))
      }
    }
    for code in codeBook.codes {
      guard let base = CodePath(code.id).base, let index = place[base] else { continue }
      samples += code.anchors.map { Sample(text: $0, shares: [(index, 1)]) }
    }
    return samples
  }

  /// How often words stand in the cues of each code.
  private struct Counts {
    let codes: Int
    var words: [String: [Double]] = [:]
    var pairs: [String: [String: [Double]]] = [:]
    var parts: [String: [Double]] = [:]
    var runs: [UInt64: [Double]] = [:]
    private var totals: [Double]

    init(codes: Int) {
      self.codes = codes
      totals = Array(repeating: 0, count: codes)
    }

    mutating func add(_ tokens: [Token], _ code: Int, _ weight: Double) {
      let none = Array(repeating: 0.0, count: codes)
      for (index, token) in tokens.enumerated() {
        words[token.stem, default: none][code] += weight
        totals[code] += weight
        for part in Set([token.stem] + token.parts) { parts[part, default: none][code] += weight }
        for run in LetterRuns.runs(of: token.folded) { runs[run, default: none][code] += weight }
        guard index + 1 < tokens.count else { continue }
        pairs[token.stem, default: [:]][tokens[index + 1].stem, default: none][code] += weight
      }
    }

    func vectors<Key: Hashable>(
      _ table: [Key: [Double]], least: Int, scale: Double
    ) -> [Key: [Int]] {
      let all = totals.reduce(0, +)
      guard all > 0 else { return [:] }
      let prior = totals.map { $0 / all }
      return table.reduce(into: [:]) { result, entry in
        let count = entry.value.reduce(0, +)
        let vector = (0..<codes).map { code -> Int in
          guard prior[code] > 0 else { return 0 }
          let likelihood =
            (entry.value[code] + WordAssociations.doubt * prior[code]) / (count + WordAssociations.doubt)
          let weight = Int((1000 * scale * log(likelihood / prior[code])).rounded())
          return abs(weight) < least ? 0 : weight
        }
        if vector.contains(where: { $0 != 0 }) { result[entry.key] = vector }
      }
    }
  }
}

/// The runs of five letters of a word with its two ends, packed.
enum LetterRuns {
  /// Letters below which a word has no runs: short words are told by their spelling alone.
  private static let shortestWord = 5
  private static let length = 5

  /// Runs left to right.
  static func runs(of folded: String) -> [UInt64] {
    let bytes = [0x3C] + Array(folded.utf8) + [0x3E]
    guard bytes.count >= shortestWord + 2 else { return [] }
    return (0...(bytes.count - length)).map { start in
      bytes[start..<(start + length)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
  }
}

extension CuePattern {
  /// Its own words in order, alternatives side by side, sets left out.
  var ownWords: String {
    func words(_ element: PatternElement) -> [String] {
      switch element {
      case .term(let term): [term.text]
      case .either(let elements): elements.flatMap(words)
      case .set: []
      }
    }
    return sequences.flatMap { $0.elements.flatMap(words) }.joined(separator: " ")
  }
}
