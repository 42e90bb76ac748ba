import Foundation
import Imaging
import ProtocolModel
import Recognition
import TestSupport
import Testing

/// Random scores over a small alphabet, so that every text can be counted by hand.
func randomPosteriors(columns: Int, alphabet: String, seed: UInt64) -> CharacterPosteriors {
  var generator = SeededGenerator(seed: seed)
  let scalars = Array(alphabet.unicodeScalars)
  let scores = (0..<columns * (scalars.count + 1)).map { _ in Float.random(in: -3...3, using: &generator) }
  return CharacterPosteriors(scores: scores, alphabet: scalars)
}

/// Every label sequence with its probability, by walking all placements.
func allReadings(_ posteriors: CharacterPosteriors) -> [[Int]: Double] {
  var readings: [[Int]: Double] = [:]
  func walk(_ column: Int, _ labels: [Int], _ previous: Int, _ score: Double) {
    if column == posteriors.columns {
      readings[labels, default: 0] += exp(score)
      return
    }
    for label in 0..<posteriors.classes {
      let next = label == 0 || label == previous ? labels : labels + [label]
      walk(column + 1, next, label, score + posteriors.value(column, label))
    }
  }
  walk(0, [], 0, 0)
  return readings
}

@Suite struct NeuralDecodingTests {
  @Test func doubtLeavesNoCharacterOutAndTakesNothingFromTheBlank() {
    // A column that is sure of a, one that is sure of nothing written.
    let scores: [Float] = [0, 30, 0, 0, 0] + [30, 0, 0, 0, 0]
    let alphabet = Array("abcd".unicodeScalars)
    let sure = CharacterPosteriors(scores: scores, alphabet: alphabet)
    let doubting = CharacterPosteriors(scores: scores, alphabet: alphabet, doubt: 0.04)
    for column in 0..<2 {
      #expect(abs(doubting.value(column, 0) - sure.value(column, 0)) < 1e-12)
      let sum = (0..<5).reduce(0) { $0 + exp(doubting.value(column, $1)) }
      #expect(abs(sum - 1) < 1e-8)
    }
    #expect(abs(exp(doubting.value(0, 1)) - 0.97) < 1e-6)
    for other in 2..<5 {
      #expect(abs(exp(doubting.value(0, other)) - 0.01) < 1e-6)
      #expect(exp(doubting.value(1, other)) < 1e-6, "nothing is read where nothing is written")
    }
  }

  @Test(arguments: UInt64(0)..<20) func theScoreOfATextSumsAllItsPlacements(seed: UInt64) {
    let posteriors = randomPosteriors(columns: 5, alphabet: "ab", seed: seed)
    for (labels, probability) in allReadings(posteriors) {
      #expect(abs(exp(posteriors.logProbability(of: labels)) - probability) < 1e-9, "seed \(seed), \(labels)")
    }
  }

  @Test(arguments: UInt64(0)..<20) func theBeamFindsTheLikeliestText(seed: UInt64) throws {
    let posteriors = randomPosteriors(columns: 5, alphabet: "abc", seed: seed)
    let best = try #require(allReadings(posteriors).max { $0.value < $1.value })
    let found = try #require(PrefixBeamSearch(width: 200, leastLabel: -20).search(posteriors).first)
    #expect(found.labels == best.key, "seed \(seed)")
    #expect(abs(exp(found.logProbability) - best.value) < 1e-9, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<20) func lettersAreAlignedInOrderAndApart(seed: UInt64) throws {
    let posteriors = randomPosteriors(columns: 12, alphabet: "abc", seed: seed)
    let ranges = try #require(posteriors.alignment(of: [1, 1, 2, 3]))
    #expect(ranges.count == 4)
    for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(left.upperBound <= right.lowerBound) }
    #expect(ranges[0].upperBound < ranges[1].lowerBound, "a blank parts equal letters")
  }

  @Test func aLineTooShortForItsLettersHasNoAlignment() {
    #expect(randomPosteriors(columns: 2, alphabet: "ab", seed: 1).alignment(of: [1, 1]) == nil)
  }

  /// The drawn line of the reference as a picture, a third larger or smaller.
  static func picture(of model: LineModel.Bundled, scale: Double) throws -> ColorImage {
    let reference = try ReferenceLine(of: model)
    var image = ColorImage(width: reference.width, height: 48, red: 0, green: 0, blue: 0)
    for cell in 0..<reference.width * 48 {
      for channel in 0..<3 {
        image.pixels[3 * cell + channel] = UInt8((reference.pixels[3 * cell + 2 - channel] + 1) * 127.5)
      }
    }
    return scale == 1 ? image : try Raster(image).scaled(by: scale).colorImage()
  }

  @Test(arguments: [0.7, 1, 1.4, 3]) func readsADrawnLineAtAnySize(scale: Double) throws {
    let recognizer = try NeuralRecognizer(.smallAveraged)
    let line = LineImage(try Self.picture(of: .smallAveraged, scale: scale))
    let reading = try recognizer.read(line, deadline: nil)
    let best = try #require(reading.hypotheses.first)
    #expect(best.text == "Schulung und Zeit")
    #expect(reading.reader == "neural:small-averaged")
    #expect(best.logProbability <= 0 && best.logProbability > -3)
    #expect(best.characters.count == best.text.unicodeScalars.count)
    for (left, right) in zip(best.characters, best.characters.dropFirst()) { #expect(left.start <= right.start) }
    #expect(reading.hypotheses.map(\.logProbability) == reading.hypotheses.map(\.logProbability).sorted(by: >))
  }

  @Test func aDeadlineInThePastEndsWithoutAReading() throws {
    let recognizer = try NeuralRecognizer(.tiny)
    let line = LineImage(try Self.picture(of: .tiny, scale: 1))
    let reading = try recognizer.read(line, deadline: ReadingDeadline(.zero))
    #expect(reading.timedOut && reading.hypotheses.isEmpty)
  }

  @Test(arguments: [(1, 1), (1, 300), (9_000, 2), (3, 48)])
  func oddSizesAreReadWithoutHarm(size: (width: Int, height: Int)) throws {
    let recognizer = try NeuralRecognizer(.tiny)
    let image = ColorImage(width: size.width, height: size.height, red: 240, green: 240, blue: 240)
    let reading = try recognizer.read(LineImage(image), deadline: nil)
    #expect(!reading.timedOut)
  }

  @Test func aPictureWithoutPixelsIsRefused() throws {
    let recognizer = try NeuralRecognizer(.tiny)
    #expect(throws: RecognitionError.unusableImage) {
      try recognizer.read(LineImage(ColorImage(width: 0, height: 0, pixels: [])), deadline: nil)
    }
  }
}
