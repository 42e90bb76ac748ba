import Foundation
import Synchronization

/// Reads lines of handwriting with a network that ships with the program.
///
/// One network is shared; each core has a runner of its own, so that as many lines as cores are read side by side.
package final class NeuralRecognizer: TextRecognizer {
  /// `neural:` and the network's name.
  package let identity: EngineIdentity
  private let model: LineModel
  private let runners: [Runner]
  private let next = Atomic<Int>(0)
  private let search = PrefixBeamSearch()
  private let rescoring: LexiconRescoring?
  /// Share of a column's characters that is given to all of them alike; see ``CharacterPosteriors/init(scores:alphabet:doubt:)``.
  private static let doubt = 0.02

  /// A runner and the lock that its one user holds.
  private final class Runner: Sendable {
    let lock: Mutex<LineModelRunner>
    init(_ model: LineModel) { lock = Mutex(LineModelRunner(model)) }
  }

  /// Loads one of the networks that ship with the program; with a lexicon, readings are compared with its words.
  package convenience init(
    _ bundled: LineModel.Bundled = .smallAveraged, lexicon: GermanLexicon? = nil
  ) throws(RecognitionError) {
    guard let bytes = LineModel.bundledBytes(bundled), let model = try? LineModel(bytes: bytes) else {
      throw .badResource("line-reader-\(bundled.rawValue).lrm")
    }
    self.init(model, lexicon: lexicon)
  }

  /// Reads with `model`; the lexicon's fingerprint is part of the identity.
  package init(_ model: LineModel, lexicon: GermanLexicon? = nil, weights: LexiconWeights = LexiconWeights()) {
    self.model = model
    rescoring = lexicon.map { LexiconRescoring($0, weights: weights) }
    let data = [model.fingerprint, lexicon?.fingerprint].compactMap { $0 }.joined(separator: "+")
    identity = EngineIdentity(name: "neural:\(model.name)", version: "2", data: data)
    runners = (0..<max(1, ProcessInfo.processInfo.activeProcessorCount)).map { _ in Runner(model) }
  }

  /// What the network believes at each column of the line drawn out by `stretch`, or `nil` where the deadline passed.
  package func posteriors(
    of line: LineImage, stretch: Double = 1, deadline: ReadingDeadline? = nil
  ) throws(RecognitionError) -> CharacterPosteriors? {
    guard let prepared = PreparedLine(line.image, height: model.height, stretch: stretch) else { throw .unusableImage }
    do {
      guard let scores = try run(prepared, until: deadline) else { return nil }
      return CharacterPosteriors(scores: scores, alphabet: model.alphabet, doubt: Self.doubt)
    } catch {
      throw .engineFailed(identity.name)
    }
  }

  private func run(_ line: PreparedLine, until deadline: ReadingDeadline?) throws(LineModelError) -> [Float]? {
    func work(_ runner: borrowing LineModelRunner) -> Result<[Float]?, LineModelError> {
      Result { () throws(LineModelError) in try runner.run(line.pixels, width: line.width, until: deadline) }
    }
    for runner in runners {
      if let result = runner.lock.withLockIfAvailable({ work($0) }) { return try result.get() }
    }
    // More callers than cores: wait for one, in turn.
    let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return try runners[turn % runners.count].lock.withLock { work($0) }.get()
  }

  /// Reads one line.
  package func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    guard let posteriors = try posteriors(of: line, deadline: deadline) else {
      return LineReading(hypotheses: [], reader: identity.name, timedOut: true)
    }
    return LineReading(hypotheses: hypotheses(of: posteriors), reader: identity.name)
  }

  /// The readings of what the network saw, compared with the lexicon.
  func hypotheses(of posteriors: CharacterPosteriors) -> [Hypothesis] {
    let readings = Self.hypotheses(posteriors, search)
    return rescoring?.rescore(readings, posteriors) ?? readings
  }

  /// What the words of a text cost beside the network's own probability, in nats.
  func lexiconCost(of text: String) -> Double { rescoring?.cost(of: text) ?? 0 }

  /// The readings of a line: blanks made single, equal texts counted together, likeliest first.
  package static func hypotheses(_ posteriors: CharacterPosteriors, _ search: PrefixBeamSearch) -> [Hypothesis] {
    var found: [(text: String, logProbability: Double)] = []
    for (labels, logProbability) in search.search(posteriors) {
      let text = posteriors.text(of: labels).split(separator: " ").joined(separator: " ")
      if let index = found.firstIndex(where: { $0.text == text }) {
        found[index].logProbability = logSum(found[index].logProbability, logProbability)
      } else {
        found.append((text, logProbability))
      }
    }
    found.sort { ($1.logProbability, $0.text) < ($0.logProbability, $1.text) }
    return found.filter { !$0.text.isEmpty }.map { reading in
      Hypothesis(
        text: reading.text, logProbability: min(0, reading.logProbability),
        characters: posteriors.spans(of: reading.text))
    }
  }
}

extension CharacterPosteriors {
  /// Where the characters of `text` stand, as shares of the line's width; empty where they cannot be placed.
  package func spans(of text: String) -> [CharacterSpan] {
    guard let labels = labels(of: text), let ranges = alignment(of: labels) else { return [] }
    let width = Double(columns)
    // A letter's peak is narrower than the letter: its share reaches half way to its neighbours' peaks.
    return ranges.indices.map { index in
      let range = ranges[index]
      let start =
        index == 0
        ? Double(max(0, range.lowerBound - 1)) : Double(ranges[index - 1].upperBound + range.lowerBound) / 2
      let end =
        index == ranges.count - 1
        ? Double(min(columns, range.upperBound + 1)) : Double(range.upperBound + ranges[index + 1].lowerBound) / 2
      return CharacterSpan(start: start / width, end: end / width)
    }
  }
}
