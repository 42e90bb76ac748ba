import Foundation
import Imaging
import ProtocolModel
import Recognition
import Testing

@Suite struct LineDecisionTests {
  private let line = LineImage(ReadingFixtures.stems(paper: (255, 255, 255)))

  private func decision(_ readers: [any TextRecognizer]) throws -> LineDecision {
    LineDecision(readers: readers, calibration: try Calibration.bundled())
  }

  private func echo(_ name: String, _ text: String, _ logProbability: Double) -> EchoRecognizer {
    EchoRecognizer(
      name: name, hypotheses: [Hypothesis(text: text, logProbability: logProbability, lexiconShare: 1)])
  }

  @Test func aSureReaderIsNotQuestioned() throws {
    let decided = try decision([echo("neural:small-averaged", "Weiterbildung", -0.01), BrokenRecognizer()])
      .decide(line, deadline: nil)
    #expect(decided.text == "Weiterbildung")
    #expect(decided.asked == 1)
  }

  @Test func anUnsureReaderIsComparedWithTheNext() throws {
    let unsure = EchoRecognizer(
      name: "neural:small-averaged",
      hypotheses: [
        Hypothesis(text: "Wciterdildang", logProbability: -12, lexiconShare: 0),
        Hypothesis(text: "Wciterdildung", logProbability: -12.4, lexiconShare: 0),
      ])
    let decided = try decision([unsure, echo("tesseract:werkstatt", "Weiterbildung", -0.2)])
      .decide(line, deadline: nil)
    #expect(decided.asked == 2)
    #expect(decided.alternatives.map(\.text).sorted() == ["Wciterdildang", "Wciterdildung", "Weiterbildung"])
    #expect(abs(decided.alternatives.reduce(0) { $0 + $1.p.rawValue } - 1) < 1e-9)
    #expect(decided.alternatives.first?.text == decided.text)
  }

  /// A calibration that trusts a reader by its log-probability alone, so that no new fit moves what these tests ask.
  private func plain(askNextBelow: Double) throws -> Calibration {
    let model = #"{"bias": 4, "weights": {"logProbability": 1}}"#
    let json = """
      {"id": "plain", "version": 1, "language": "de", "source": "test", "legibleFrom": 0.5,
       "askNextBelow": \(askNextBelow), "looks": {"variants": [], "weights": [], "below": 0, "mixture": 0.75},
       "readers": {"*": {"right": \(model), "usable": \(model)}}}
      """
    return try JSONDecoder().decode(Calibration.self, from: Data(json.utf8))
  }

  static let thresholds: [(nats: Double, below: Double, asked: Int, text: String)] = [
    (-12, 0.35, 2, "Weiterbildung"),  // P(right) 0.0003
    (-4.7, 0.35, 2, "Weiterbildung"),  // 0.33
    (-4.5, 0.35, 1, "Wciterdildang"),  // 0.38
    (-4.5, 0.4, 2, "Weiterbildung"),
    (-0.1, 0.99, 2, "Wciterdildang"),  // 0.980: asked, but the earlier reader stays the surer one
  ]
  @Test(arguments: thresholds)
  func theNextReaderIsAskedBelowTheThresholdAndWinsWhereItIsSurer(
    _ example: (nats: Double, below: Double, asked: Int, text: String)
  ) throws {
    let decision = LineDecision(
      readers: [
        echo("neural:small-averaged", "Wciterdildang", example.nats),
        echo("tesseract:werkstatt", "Weiterbildung", -0.2),
      ], calibration: try plain(askNextBelow: example.below))
    let decided = try decision.decide(line, deadline: nil)
    #expect(decided.asked == example.asked)
    #expect(decided.text == example.text)
    #expect(decided.alternatives.count == example.asked)
  }

  @Test func nothingReadIsNothingSaid() throws {
    let decided = try decision([EchoRecognizer(hypotheses: [])]).decide(line, deadline: nil)
    #expect(decided.text.isEmpty)
    #expect(decided.right == 0)
    #expect(decided.usable == 0)
  }

  @Test func aReaderOutOfTimeIsReported() throws {
    let decided = try decision([EchoRecognizer(hypotheses: [], isSlow: true)]).decide(
      line, deadline: ReadingDeadline(.seconds(1)))
    #expect(decided.timedOut)
  }

  @Test func aBrokenReaderIsAnErrorAndNoGuess() throws {
    let broken = try decision([BrokenRecognizer()])
    #expect(throws: RecognitionError.engineFailed("broken")) { try broken.decide(line, deadline: nil) }
  }

  @Test(arguments: ["neural:small-averaged", "neural:combined", "tesseract:werkstatt", "tesseract:deu", "unheard-of"])
  func confidenceGrowsWithTheProbabilityOfTheText(reader: String) throws {
    let calibration = try Calibration.bundled()
    for besideOthers in [false, true] {
      let pair = calibration.pair(for: reader, besideOthers: besideOthers)
      var last = (right: -1.0, usable: -1.0)
      for nats in stride(from: -20.0, through: 0, by: 0.5) {
        let hypotheses = [Hypothesis(text: "Ausbildung", logProbability: nats, lexiconShare: 1)]
        let features = ReadingFeatures(hypotheses, others: besideOthers ? ["Ausbildung"] : [])
        let right = pair.right.probability(features), usable = pair.usable.probability(features)
        #expect(right >= last.right && usable >= last.usable, "\(reader) at \(nats)")
        last = (right, usable)
      }
    }
  }

  static let likenesses: [(String, String, Double)] = [
    ("", "", 1), ("Mut", "mut", 1), ("Mut", "Hut", 2.0 / 3), ("abc", "", 0), ("kaputt", "kaput", 5.0 / 6),
  ]
  @Test(arguments: likenesses) func likenessIsOneLessTheShareOfEdits(example: (String, String, Double)) {
    #expect(abs(TextLikeness.likeness(example.0, example.1) - example.2) < 1e-9)
    #expect(TextLikeness.likeness(example.0, example.1) == TextLikeness.likeness(example.1, example.0))
  }
}
