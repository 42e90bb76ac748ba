import Foundation

/// Reads a line with a network, and looks again in other ways where that is not sure enough.
///
/// Every look gives its own readings. All of them are weighed by every look, for the most part as a mixture: one look that
/// is sure outweighs others that are not. The cost of unknown words comes on top.
package struct CombinedRecognizer: TextRecognizer {
  /// Which looks follow the first, and how they count.
  package struct Looks: Codable, Hashable, Sendable {
    /// Names of ``LineVariant/all``.
    package var variants: [String]
    /// One weight for each of ``variants``; the first look weighs 1.
    package var weights: [Double]
    /// They follow below this P(right).
    package var below: Double
    /// Share of the logarithm of the looks' mean probability (a mixture of experts) in what a reading is worth; the rest
    /// is the mean of their logarithms (a product), 0...1.
    package var mixture: Double
    /// Creates a choice of looks.
    package init(variants: [String], weights: [Double], below: Double, mixture: Double) {
      self.variants = variants
      self.weights = weights
      self.below = below
      self.mixture = mixture
    }

    /// What a reading is worth (nats) by its log-probability under each look.
    package func worth(_ values: [Double], weights: [Double]) -> Double {
      let total = weights.reduce(0, +)
      let product = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / total
      let peak = values.max() ?? 0
      let mean = zip(weights, values).reduce(0) { $0 + $1.0 * exp($1.1 - peak) } / total
      return (1 - mixture) * product + mixture * (peak + log(mean))
    }
  }

  package let identity: EngineIdentity
  private let network: NeuralRecognizer
  private let others: [LineModel.Bundled: NeuralRecognizer]
  private let looks: Looks
  private let calibration: Calibration

  /// How many readings of each look are weighed by all, and how many come out.
  private static let weighed = 4, kept = 8

  /// Name of a reading that further looks took part in.
  package static let combinedName = "neural:combined"

  /// Creates a reader that looks with `network` once and then, by `looks`, in further ways; `others` are the networks that
  /// ``LineVariant/network`` names.
  package init(
    _ network: NeuralRecognizer, others: [LineModel.Bundled: NeuralRecognizer], looks: Looks, calibration: Calibration
  ) {
    self.network = network
    self.others = others
    self.looks = looks
    self.calibration = calibration
    let networks = [network.identity.data] + others.values.map(\.identity.data).sorted()
    identity = EngineIdentity(
      name: network.identity.name, version: "2",
      data: (networks + ["\(calibration.id).\(calibration.version)"]).joined(separator: "+"))
  }

  /// One look and what came of it.
  private struct Look {
    var posteriors: CharacterPosteriors
    var hypotheses: [Hypothesis]
    var weight: Double
  }

  package func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    guard let posteriors = try network.posteriors(of: line, deadline: deadline) else {
      return LineReading(hypotheses: [], reader: identity.name, timedOut: true)
    }
    var seen = [Look(posteriors: posteriors, hypotheses: network.hypotheses(of: posteriors), weight: 1)]
    let first = combine(seen, name: identity.name)
    let pair = calibration.pair(for: first.reader, besideOthers: false)
    guard !looks.variants.isEmpty, pair.right.probability(ReadingFeatures(first, others: [])) < looks.below else {
      return first
    }
    for (name, weight) in zip(looks.variants, looks.weights) {
      guard let variant = LineVariant.all.first(where: { $0.name == name }) else { continue }
      // Out of time, the first look stands: with fewer looks than it was fitted to, no confidence would hold.
      if let deadline, deadline.isOver { return first }
      guard let look = try self.look(variant, at: line, weight: weight, deadline: deadline) else { return first }
      seen.append(look)
    }
    return combine(seen, name: Self.combinedName)
  }

  private func look(
    _ variant: LineVariant, at line: LineImage, weight: Double, deadline: ReadingDeadline?
  ) throws(RecognitionError) -> Look? {
    let reader = variant.network.flatMap { others[$0] } ?? network
    let posteriors = try reader.posteriors(of: variant.applied(to: line), stretch: variant.stretch, deadline: deadline)
    return posteriors.map { Look(posteriors: $0, hypotheses: reader.hypotheses(of: $0), weight: weight) }
  }

  /// Readings that differ in case alone.
  private struct Group {
    var folded: String
    var members: [Hypothesis]
    var values: [Double] = []
    var score = 0.0
  }

  private func combine(_ seen: [Look], name: String) -> LineReading {
    let weights = seen.map(\.weight)
    var groups = Self.groups(of: seen.map(\.hypotheses))
    for index in groups.indices {
      var members: [Hypothesis] = []
      for var member in groups[index].members {
        guard let labels = seen[0].posteriors.labels(of: member.text) else { continue }
        let values = seen.map { max(-60, $0.posteriors.logProbability(of: labels)) }
        let before = groups[index].values
        groups[index].values = before.isEmpty ? values : zip(before, values).map { max($0, $1) }
        member.logProbability = min(0, looks.worth(values, weights: weights))
        members.append(member)
      }
      groups[index].members = members
      guard !members.isEmpty else { continue }
      let cost = members.map { network.lexiconCost(of: $0.text) }.min() ?? 0
      groups[index].score = looks.worth(groups[index].values, weights: weights) - cost
    }
    groups.removeAll { $0.members.isEmpty }
    groups.sort { ($1.score, $0.folded) < ($0.score, $1.folded) }
    guard let best = groups.first else { return LineReading(hypotheses: [], reader: name) }
    let hypotheses = groups.flatMap { [$0.members[0]] + $0.members.dropFirst().prefix(1) }.prefix(Self.kept).map {
      var hypothesis = $0
      hypothesis.characters = seen[0].posteriors.spans(of: hypothesis.text)
      return hypothesis
    }
    var reading = LineReading(hypotheses: Array(hypotheses), reader: name)
    let others = seen.dropFirst().map { TextLikeness.likeness(best.folded, $0.hypotheses.first?.text ?? "") }
    reading.looks = ReadingLooks(
      count: seen.count, agreement: others.isEmpty ? nil : others.reduce(0, +) / Double(others.count),
      worst: best.values.min() ?? 0, lead: groups.count > 1 ? best.score - groups[1].score : 5,
      columnsPerCharacter: Double(seen[0].posteriors.columns) / Double(max(1, best.folded.unicodeScalars.count)))
    return reading
  }

  /// The first readings of every look, those that differ in case together; the case of the first look comes first.
  private static func groups(of readings: [[Hypothesis]]) -> [Group] {
    var groups: [Group] = []
    for (look, hypotheses) in readings.enumerated() {
      for hypothesis in hypotheses.prefix(look == 0 ? kept : weighed) {
        let folded = hypothesis.text.lowercased()
        guard let place = groups.firstIndex(where: { $0.folded == folded }) else {
          groups.append(Group(folded: folded, members: [hypothesis]))
          continue
        }
        if !groups[place].members.contains(where: { $0.text == hypothesis.text }) {
          groups[place].members.append(hypothesis)
        }
      }
    }
    return groups
  }
}

extension CombinedRecognizer {
  /// What every look makes of every reading, for choosing looks and fitting weights: see `Training/README.md`.
  package struct Evidence: Encodable, Sendable {
    /// One text.
    package struct Reading: Encodable, Sendable {
      /// The text.
      package var text: String
      /// Log-probability under each look (nats).
      package var values: [Double]
      /// Cost of its words (nats).
      package var cost: Double
      /// Share of its words in the lexicon.
      package var share: Double?
      /// Its place among the readings of each look, from 0; -1 where the look has it not.
      package var places: [Int]
    }
    /// Names of the looks.
    package var looks: [String]
    /// Columns of the first look.
    package var columns: Int
    /// Every text that any look has.
    package var readings: [Reading]
    /// What another reader says.
    package struct Other: Encodable, Sendable {
      /// Its best text.
      package var text: String
      /// What it thinks of it (nats).
      package var logProbability: Double
    }
    /// What the tuned Tesseract says.
    package var tuned: Other?
  }

  /// All looks at `line`, and `others`' texts weighed by them.
  package func evidence(of line: LineImage, others: [String]) throws(RecognitionError) -> Evidence? {
    guard let posteriors = try network.posteriors(of: line) else { return nil }
    var seen = [Look(posteriors: posteriors, hypotheses: network.hypotheses(of: posteriors), weight: 1)]
    for variant in LineVariant.all {
      guard let look = try self.look(variant, at: line, weight: 1, deadline: nil) else { return nil }
      seen.append(look)
    }
    var texts: [String] = []
    for text in seen.flatMap({ $0.hypotheses.map(\.text) }) + others where !texts.contains(text) { texts.append(text) }
    let readings = texts.compactMap { text -> Evidence.Reading? in
      guard let labels = posteriors.labels(of: text) else { return nil }
      return Evidence.Reading(
        text: text, values: seen.map { max(-60, $0.posteriors.logProbability(of: labels)) },
        cost: network.lexiconCost(of: text),
        share: seen.lazy.flatMap(\.hypotheses).first { $0.text == text }?.lexiconShare,
        places: seen.map { look in look.hypotheses.firstIndex { $0.text == text } ?? -1 })
    }
    return Evidence(
      looks: [identity.name] + LineVariant.all.map(\.name), columns: posteriors.columns, readings: readings)
  }
}
