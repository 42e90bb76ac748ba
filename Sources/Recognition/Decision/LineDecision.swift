import Foundation
package import ProtocolModel

/// One line after all readers had their say.
package struct DecidedLine: Hashable, Sendable {
  /// The winner's text; empty where nothing was read.
  package var text: String
  /// One span per Unicode scalar of ``text``, or empty.
  package var characters: [CharacterSpan]
  /// P(right but for case), calibrated.
  package var right: Double
  /// P(at most 40 % of the characters are wrong), calibrated.
  package var usable: Double
  /// Name of the winner.
  package var reader: String
  /// All texts with their probabilities beside each other, best first.
  package var alternatives: [AlternativeReading]
  /// How many readers were asked.
  package var asked: Int
  /// How many looks all of them took.
  package var looks: Int
  /// Whether any reader ran out of time.
  package var timedOut: Bool
}

/// Asks one reader after another until one is sure enough, then picks by calibrated probability.
package struct LineDecision: Sendable {
  /// In the order in which they are asked.
  package var readers: [any TextRecognizer]
  /// Turns evidence into probabilities.
  package var calibration: Calibration
  /// How many alternatives a line keeps.
  package var mostAlternatives = 8

  /// Creates a decision over `readers`.
  package init(readers: [any TextRecognizer], calibration: Calibration) {
    self.readers = readers
    self.calibration = calibration
  }

  /// Reads `line` within `deadline`.
  package func decide(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> DecidedLine {
    var readings: [LineReading] = []
    for reader in readers {
      if let deadline, deadline.isOver, !readings.isEmpty { break }
      readings.append(try reader.read(line, deadline: deadline))
      let sure = judged(readings).map(\.right).max() ?? 0
      if sure >= calibration.askNextBelow { break }
    }
    return pick(readings)
  }

  /// One reader's best text with its probabilities.
  private struct Judged {
    var reading: LineReading
    var right: Double
    var usable: Double
  }

  private func judged(_ readings: [LineReading]) -> [Judged] {
    readings.indices.compactMap { index in
      let reading = readings[index]
      guard !reading.hypotheses.isEmpty else { return nil }
      let others = readings.indices.filter { $0 != index }.compactMap { readings[$0].hypotheses.first?.text }
      let features = ReadingFeatures(reading, others: others)
      let pair = calibration.pair(for: reading.reader, besideOthers: readings.count > 1)
      // What is right is usable, whatever the second model says of short texts.
      let right = pair.right.probability(features)
      return Judged(reading: reading, right: right, usable: max(right, pair.usable.probability(features)))
    }
  }

  /// The decision over what the readers said.
  package func pick(_ readings: [LineReading]) -> DecidedLine {
    let judged = judged(readings)
    let looks = readings.reduce(0) { $0 + ($1.looks?.count ?? 1) }
    // The earlier reader wins a tie: it is the better one.
    guard let best = judged.indices.max(by: { (judged[$0].right, $1) < (judged[$1].right, $0) }),
      let hypothesis = judged[best].reading.hypotheses.first
    else {
      return DecidedLine(
        text: "", characters: [], right: 0, usable: 0, reader: readings.first?.reader ?? "none", alternatives: [],
        asked: readings.count, looks: looks, timedOut: readings.contains(where: \.timedOut))
    }
    return DecidedLine(
      text: hypothesis.text, characters: hypothesis.characters, right: judged[best].right,
      usable: judged[best].usable, reader: judged[best].reading.reader,
      alternatives: alternatives(judged, winner: hypothesis.text), asked: readings.count, looks: looks,
      timedOut: readings.contains(where: \.timedOut))
  }

  /// Every text with its share: within a reader by the engine's own probabilities, between readers by P(right).
  private func alternatives(_ judged: [Judged], winner: String) -> [AlternativeReading] {
    var weights: [String: Double] = [:]
    for one in judged {
      let top = one.reading.hypotheses[0].logProbability
      let shares = one.reading.hypotheses.map { exp(max(-30, $0.logProbability - top)) }
      let sum = shares.reduce(0, +)
      for (hypothesis, share) in zip(one.reading.hypotheses, shares) {
        weights[hypothesis.text, default: 0] += max(1e-3, one.right) * share / sum
      }
    }
    let total = weights.values.sorted().reduce(0, +)
    var sorted = weights.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    if let place = sorted.firstIndex(where: { $0.key == winner }) { sorted.insert(sorted.remove(at: place), at: 0) }
    return sorted.prefix(mostAlternatives).map {
      AlternativeReading(text: $0.key, p: Confidence(clamping: $0.value / total))
    }
  }
}
