import Foundation

/// What the decision knows of one reading of a line, beside its text.
package struct ReadingFeatures: Hashable, Sendable {
  /// Nats per character.
  package var meanLogProbability: Double
  /// Nats of the whole text.
  package var logProbability: Double
  /// Nats between the reader's first and second hypothesis, at most 5; 5 without a second.
  package var margin: Double
  /// Share of the words in a lexicon, 0...1; a half where nobody looked.
  package var lexiconShare: Double
  /// Characters of the text.
  package var length: Double
  /// Greatest likeness to another reader's best text, 0...1; 0 where no other was asked.
  package var agreement: Double
  /// Mean likeness to what other looks at the line read, 0...1; 0.5 after a single look.
  package var lookAgreement = 0.5
  /// Nats of the whole text under the look that likes it least; the mean's after a single look.
  package var worst = 0.0
  /// Nats before the next text that differs in more than case, the lexicon counted, 0...5.
  package var lead = 5.0
  /// Columns of the network for each character.
  package var columnsPerCharacter = 4.0

  /// The features of a reading beside the best texts of other readers.
  package init(_ reading: LineReading, others: [String]) {
    self.init(reading.hypotheses, others: others)
    guard let looks = reading.looks else { return }
    lookAgreement = looks.agreement ?? 0.5
    worst = looks.worst
    lead = min(5, max(0, looks.lead))
    columnsPerCharacter = min(12, looks.columnsPerCharacter)
  }

  /// The features of `hypotheses`' first, beside the best texts of other readers.
  package init(_ hypotheses: [Hypothesis], others: [String]) {
    guard let best = hypotheses.first else {
      self.init(meanLogProbability: -3, logProbability: -30, margin: 0, lexiconShare: 0, length: 0, agreement: 0)
      return
    }
    let length = Double(max(1, best.text.unicodeScalars.count))
    let margin = hypotheses.count > 1 ? best.logProbability - hypotheses[1].logProbability : 5
    self.init(
      meanLogProbability: best.logProbability / length, logProbability: best.logProbability,
      margin: min(5, max(-5, margin)), lexiconShare: best.lexiconShare ?? 0.5, length: length,
      agreement: others.map { TextLikeness.likeness(best.text, $0) }.max() ?? 0)
  }

  /// Takes the measures of a reading as they are.
  package init(
    meanLogProbability: Double, logProbability: Double, margin: Double, lexiconShare: Double, length: Double,
    agreement: Double
  ) {
    self.meanLogProbability = meanLogProbability
    self.logProbability = logProbability
    self.margin = margin
    self.lexiconShare = lexiconShare
    self.length = length
    self.agreement = agreement
    worst = logProbability
    lead = max(0, margin)
  }

  /// The values that a logistic model weighs, in the order of ``names``.
  package var values: [Double] {
    [
      meanLogProbability, max(-30, logProbability), margin, lexiconShare, Foundation.log(length + 1), agreement,
      lookAgreement, max(-30, worst), lead, columnsPerCharacter,
    ]
  }

  /// Names of ``values``, as in the resource file and in measurements.
  package static let names = [
    "meanLogProbability", "logProbability", "margin", "lexiconShare", "logLength", "agreement", "lookAgreement",
    "worst", "lead", "columnsPerCharacter",
  ]
}

/// A logistic model: the probability is `1 / (1 + exp(-(bias + sum of weight times value)))`.
package struct LogisticModel: Codable, Hashable, Sendable {
  /// Constant part.
  package var bias: Double
  /// Weights by the name of the value; names that are missing weigh nothing.
  package var weights: [String: Double]

  /// The probability for `features`.
  package func probability(_ features: ReadingFeatures) -> Double {
    var sum = bias
    for (name, value) in zip(ReadingFeatures.names, features.values) { sum += (weights[name] ?? 0) * value }
    return 1 / (1 + exp(-sum))
  }
}

/// The fitted models that turn what readers say into probabilities; a resource file, made by `Training/calibration`.
package struct Calibration: Codable, Hashable, Sendable {
  /// The two questions asked of one reading.
  package struct Pair: Codable, Hashable, Sendable {
    /// P(the line is right but for upper and lower case).
    package var right: LogisticModel
    /// P(at most 40 % of the line's characters are wrong).
    package var usable: LogisticModel
  }

  /// Names the file.
  package var id: String
  /// Raised with every new fit.
  package var version: Int
  /// Language it was fitted on.
  package var language: String
  /// What it was fitted on.
  package var source: String
  /// By reader name; `+` at the end where another reader was asked too; `*` for readers without a fit of their own.
  package var readers: [String: Pair]
  /// A region is legible from this mean usability of its lines on.
  package var legibleFrom: Double
  /// The next reader is asked below this P(right).
  package var askNextBelow: Double
  /// How the neural reader looks again.
  package var looks: CombinedRecognizer.Looks

  /// The models for `reader`.
  package func pair(for reader: String, besideOthers: Bool) -> Pair {
    let any = Pair(
      right: LogisticModel(bias: -1, weights: ["meanLogProbability": 4]),
      usable: LogisticModel(bias: 1, weights: ["meanLogProbability": 4]))
    return readers[besideOthers ? reader + "+" : reader] ?? readers[besideOthers ? "*+" : "*"] ?? readers["*"] ?? any
  }

  /// The calibration that ships with the program.
  package static func bundled() throws(RecognitionError) -> Calibration {
    let url = Bundle.module.bundleURL.appendingPathComponent("Resources/reading-calibration.json")
    do {
      return try JSONDecoder().decode(Calibration.self, from: Data(contentsOf: url))
    } catch {
      throw .badResource("reading-calibration.json")
    }
  }
}
