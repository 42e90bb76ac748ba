import Imaging
import ProtocolModel
import Recognition
import Testing

@Suite struct CombinedReadingTests {
  private func reader(below: Double) throws -> CombinedRecognizer {
    let names = LineVariant.all.map(\.name)
    return CombinedRecognizer(
      try NeuralRecognizer(.smallAveraged), others: [.joined: try NeuralRecognizer(.joined)],
      looks: CombinedRecognizer.Looks(variants: names, weights: names.map { _ in 0.5 }, below: below, mixture: 0.75),
      calibration: try Calibration.bundled())
  }

  private func line() throws -> LineImage {
    try #require(try LineReaderService.tightLine(in: ReadingFixtures.picture("lines/pen.jpg")))
  }

  @Test func aSureLineIsLookedAtOnce() throws {
    let reading = try reader(below: 0).read(line(), deadline: nil)
    #expect(reading.looks?.count == 1)
    #expect(reading.looks?.agreement == nil)
    #expect(reading.reader == "neural:small-averaged")
  }

  @Test func aDoubtfulLineIsLookedAtInEveryWay() throws {
    let reading = try reader(below: 1.1).read(line(), deadline: nil)
    let looks = try #require(reading.looks)
    #expect(looks.count == 1 + LineVariant.all.count)
    #expect(looks.agreement.map { (0...1).contains($0) } == true)
    #expect(looks.worst <= (reading.hypotheses.first?.logProbability ?? 1))
    #expect(reading.reader == CombinedRecognizer.combinedName)
    #expect(Set(reading.hypotheses.map(\.text)).count == reading.hypotheses.count)
    let again = try reader(below: 1.1).read(line(), deadline: nil)
    #expect(again == reading, "the same line gives the same reading")
  }

  @Test func aLineDrawnOutGetsMoreColumns() throws {
    let network = try NeuralRecognizer(.joined)
    let plain = try #require(try network.posteriors(of: line()))
    let wide = try #require(try network.posteriors(of: line(), stretch: 1.4))
    #expect(abs(Double(wide.columns) / Double(plain.columns) - 1.4) < 0.02)
  }

  @Test func aSureLookOutweighsOthersThatAreNotInAMixtureOnly() {
    let sure = [-9.0, -0.1], unsure = [-3.0, -3.0], weights = [1.0, 1.0]
    func worth(_ values: [Double], _ mixture: Double) -> Double {
      CombinedRecognizer.Looks(variants: [], weights: [], below: 0, mixture: mixture).worth(values, weights: weights)
    }
    #expect(worth(sure, 0) < worth(unsure, 0))
    #expect(worth(sure, 1) > worth(unsure, 1))
    #expect(abs(worth(sure, 1) - (-0.1 - 0.6931 + 0.0001)) < 0.001)
    #expect(abs(worth([-60, -60], 0.75) + 60) < 1e-9)
  }

  @Test func aDeadlineEndsTheReading() throws {
    let reading = try reader(below: 1.1).read(line(), deadline: ReadingDeadline(.zero))
    #expect(reading.timedOut)
    #expect(reading.hypotheses.isEmpty)
  }
}
