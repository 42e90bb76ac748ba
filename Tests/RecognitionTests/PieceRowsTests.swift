import Foundation
import Imaging
import ProtocolModel
import Recognition
import Synchronization
import Testing

@Suite struct PieceRowsTests {
  /// A box: left, top, width, height.
  private typealias Place = (Int, Int, Int, Int)

  /// Pieces of ink that fill these boxes, in the order of their first pixel.
  private func pieces(_ boxes: [Place]) -> [InkComponent] {
    let (width, height) = (480, 240)
    var mask = [UInt8](repeating: 0, count: width * height)
    for (left, top, wide, high) in boxes {
      for y in top..<top + high {
        for x in left..<left + wide { mask[y * width + x] = 1 }
      }
    }
    return InkComponents(mask: mask, width: width, height: height).all
  }

  /// The left edges of every row, by which the tests know the pieces.
  private func lefts(_ pieces: [InkComponent], furthest: Double = 1.5) -> [[Int]] {
    PieceRows.rows(of: pieces, furthest: furthest).map { $0.map(\.left) }
  }

  @Test func whatStandsSideBySideIsOneRowInWhateverOrderItWasFound() {
    let letters = pieces([(10, 20, 30, 60), (50, 24, 30, 56), (95, 18, 30, 60), (12, 120, 28, 60), (52, 118, 30, 62)])
    #expect(letters.count == 5)
    #expect(lefts(letters) == [[10, 50, 95], [12, 52]])
    #expect(lefts(Array(letters.reversed())) == [[10, 50, 95], [12, 52]])
    #expect(lefts([]) == [])
  }

  @Test func theBarsOfACapitalDrawnStrokeByStrokeBelongToItsStem() {
    // An E: a stem and three bars that do not touch it; an F beside it.
    let capitals: [Place] = [
      (10, 20, 8, 80), (22, 20, 30, 8), (23, 55, 26, 8), (24, 92, 30, 8), (70, 20, 8, 80), (82, 21, 28, 8),
      (83, 56, 24, 8),
    ]
    #expect(lefts(pieces(capitals)) == [[10, 22, 23, 24, 70, 82, 83]])
  }

  @Test func dotsStandAboveTheirLetterAndNotInARowOfTheirOwn() {
    let letters: [Place] = [(10, 40, 20, 50), (40, 40, 20, 50)]
    #expect(lefts(pieces(letters + [(12, 26, 6, 6), (22, 26, 6, 6)])) == [[10, 12, 22, 40]])
    #expect(lefts(pieces(letters + [(12, 2, 6, 6)])).count == 2, "too high above for a dot")
  }

  @Test func whatIsFarAwayIsAnotherRow() {
    let apart = pieces([(0, 0, 20, 40), (30, 0, 20, 40), (400, 0, 20, 40)])
    #expect(lefts(apart) == [[0, 30], [400]])
    #expect(lefts(apart, furthest: 10) == [[0, 30, 400]])
  }

  @Test func aDigitBelowTheLettersStandsApartAndBarsOfCapitalsDoNot() {
    let code: [Place] = [(10, 20, 30, 60), (50, 20, 30, 60), (90, 20, 30, 60)]
    #expect(PieceRows.standApart(PieceRows.rows(of: pieces(code + [(300, 110, 24, 40)]))))
    #expect(!PieceRows.standApart(PieceRows.rows(of: pieces(code + [(300, 50, 24, 40)]))), "it reaches into the row")
    #expect(!PieceRows.standApart(PieceRows.rows(of: pieces(code + [(300, 110, 8, 8)]))), "a spot is no row")
    #expect(!PieceRows.standApart([]))
  }

  @Test func dirtAndWhatReachesInFromTheBorderAreNoRows() {
    let paper = ColorImage(width: 300, height: 200, red: 255, green: 255, blue: 255)
    let writing = pieces([(40, 60, 30, 60)]), speck = pieces([(200, 150, 6, 6)]), shadow = pieces([(0, 190, 200, 40)])
    #expect(PieceRows.withoutDirt([writing, speck, shadow], in: paper) == [writing])
    #expect(PieceRows.withoutDirt([shadow], in: paper) == [shadow], "the only ink there is")
  }

  /// Doubts its first lines, and is sure of all that follow.
  private final class LaterSureRecognizer: TextRecognizer {
    private let doubtful: Mutex<Int>
    init(doubtful: Int) { self.doubtful = Mutex(doubtful) }
    var identity: EngineIdentity { EngineIdentity(name: "neural:small-averaged", version: "1", data: "none") }
    func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
      let doubts = doubtful.withLock { left in
        left -= 1
        return left >= 0
      }
      let hypothesis = Hypothesis(
        text: doubts ? "Xqwzt" : "Weiterbildung", logProbability: doubts ? -30 : -0.01, lexiconShare: doubts ? 0 : 1)
      return LineReading(hypotheses: [hypothesis], reader: identity.name)
    }
  }

  @Test(arguments: [true, false]) func aDoubtfulNoteIsCutIntoRowsWhereThatIsAllowed(cutsAgain: Bool) throws {
    let picture = ReadingFixtures.stems(width: 400, height: 200, count: 12, paper: (250, 230, 120))
    let corners = [Point<PhotoSpace>(0, 0), Point(400, 0), Point(400, 200), Point(0, 200)]
    let region = NoteRegion(
      id: RegionID(PhotoID(rawValue: "p0"), number: 1), kind: .note, polygon: Polygon(corners), colour: "yellow",
      order: 0)
    var settings = NoteReader.Settings()
    settings.segmentsAgain = cutsAgain
    let reader = try NoteReader(handwriting: [LaterSureRecognizer(doubtful: 1)], print: [], settings: settings)
    let text = try #require(try reader.read([region], in: Raster(picture), sheets: []).first)
    #expect(text.raw == (cutsAgain ? "Weiterbildung" : "Xqwzt"))
    #expect(text.legible == cutsAgain)
  }

  /// The outline of a cloud runs from bump to bump, and the wall shows in the notches between.
  @Test func whatShowsBesideACloudIsNoWriting() throws {
    var picture = ReadingFixtures.stems(width: 480, height: 240, count: 8, paper: (250, 190, 90))
    let outline = (0..<24).map { index -> Point<PhotoSpace> in
      let angle = Double(index) * .pi / 12
      return Point(240 + 238 * cos(angle), 120 + 118 * sin(angle))
    }
    for y in 0..<240 {
      for x in 0..<480 {
        let u = (Double(x) - 240) / 238, v = (Double(y) - 120) / 118
        let notch = 0.95 + 0.05 * cos(12 * atan2(v, u))
        guard (u * u + v * v).squareRoot() > notch else { continue }
        for channel in 0..<3 { picture.pixels[3 * (480 * y + x) + channel] = [70, 50, 30][channel] }
      }
    }
    let region = NoteRegion(
      id: RegionID(PhotoID(rawValue: "p0"), number: 1), kind: .clusterHeading, polygon: Polygon(outline),
      colour: "orange", order: 0)
    let reader = try NoteReader(handwriting: [], print: [])
    let lines = try reader.lineImages(of: region, among: [region], in: Raster(picture), sheet: nil)
    #expect(lines.count == 1)
    #expect(lines.allSatisfy { $0.image.height < 150 && $0.image.width < 400 })
  }
}
