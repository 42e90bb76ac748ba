import Foundation
import Imaging
import ProtocolModel
import Recognition
import Testing

@Suite struct NoteReaderTests {
  private struct Note: Decodable {
    var polygon: [[Double]]
    var lines: [String]
  }
  private let photo = PhotoID(rawValue: "p0")

  private func region(_ polygon: [Point<PhotoSpace>], kind: RegionKind = .note) -> NoteRegion {
    NoteRegion(id: RegionID(photo, number: 1), kind: kind, polygon: Polygon(polygon), colour: "blue", order: 0)
  }

  private func echo(_ text: String, _ logProbability: Double = -0.01) -> EchoRecognizer {
    EchoRecognizer(
      name: "neural:small-averaged",
      hypotheses: [Hypothesis(text: text, logProbability: logProbability, lexiconShare: 1)])
  }

  private func fixture() throws -> (picture: ColorImage, region: NoteRegion, lines: [String]) {
    let url = ReadingFixtures.folder.appending(path: "note.json")
    let note = try JSONDecoder().decode(Note.self, from: Data(contentsOf: url))
    let picture = try ReadingFixtures.picture("note.jpg")
    return (picture, region(note.polygon.map { Point($0[0], $0[1]) }), note.lines)
  }

  @Test func findsTheLinesOfANoteAndMapsThemBack() throws {
    let (picture, region, lines) = try fixture()
    let reader = try NoteReader(handwriting: [echo("zwei Worte")], print: [])
    let text = try #require(try reader.read([region], in: Raster(picture), sheets: []).first)
    #expect(text.lines.count == lines.count)
    #expect(text.legible)
    var lowest = 0.0
    for line in text.lines {
      #expect(region.polygon.contains(line.polygon.centre))
      #expect(line.polygon.centre.y > lowest, "top to bottom")
      lowest = line.polygon.centre.y
      #expect(line.words.map(\.text) == ["zwei", "Worte"])
      for word in line.words { #expect(region.polygon.contains(word.polygon.centre)) }
    }
  }

  @Test func aNoteIsAsCertainAsAllOfItsLinesTogether() throws {
    let (picture, region, _) = try fixture()
    let reader = try NoteReader(handwriting: [echo("zwei Worte", -2.5)], print: [])
    let text = try #require(try reader.read([region], in: Raster(picture), sheets: []).first)
    let lines = text.lines.map(\.confidence.rawValue)
    #expect(lines.count > 1 && lines.allSatisfy { $0 < 0.99 })
    #expect(abs(text.confidence.rawValue - lines.reduce(1, *)) < 1e-9)
  }

  @Test func guessesAreNotLegible() throws {
    let (picture, region, _) = try fixture()
    let reader = try NoteReader(handwriting: [echo("Xqwzt grmpf", -40)], print: [])
    let text = try #require(try reader.read([region], in: Raster(picture), sheets: []).first)
    #expect(!text.legible)
    #expect(!text.lines.isEmpty, "kept for the reviewer")
  }

  @Test func anEmptyNoteIsEmpty() throws {
    let picture = ColorImage(width: 300, height: 300, red: 250, green: 220, blue: 80)
    let square = region([Point(20, 20), Point(280, 20), Point(280, 280), Point(20, 280)])
    let reader = try NoteReader(handwriting: [echo("nichts")], print: [])
    let text = try #require(try reader.read([square], in: Raster(picture), sheets: []).first)
    #expect(text.content == .empty)
    #expect(text.lines.isEmpty)
    #expect(!text.legible)
  }

  @Test(arguments: [("-", -8.0, ["Wort"]), ("-", -0.001, ["Wort", "-"]), ("x", -8, ["Wort", "x"])])
  func aSketchBesideTheWritingIsNoText(said: String, logProbability: Double, lines: [String]) throws {
    // A row of letters n, and below it two large ones.
    var picture = ColorImage(width: 440, height: 280, red: 250, green: 225, blue: 90)
    for left in stride(from: 50, to: 350, by: 34) { picture.letterN(left, 60, width: 22, height: 30) }
    for left in [70, 120] { picture.letterN(left, 150, width: 40, height: 60) }
    let square = region([Point(20, 20), Point(420, 20), Point(420, 260), Point(20, 260)])
    let recognizer = ShapeRecognizer(
      wide: Hypothesis(text: "Wort", logProbability: -0.01, lexiconShare: 1),
      rest: Hypothesis(text: said, logProbability: logProbability))
    let reader = try NoteReader(handwriting: [recognizer], print: [])
    let text = try #require(try reader.read([square], in: Raster(picture), sheets: []).first)
    #expect(text.lines.map(\.raw) == lines)
    #expect((text.confidence.rawValue > 0.8) == (logProbability > -1 || said == "-"))
  }

  @Test(arguments: [
    ("S", "5", true), ("7", "7", true), ("x", "X", false), ("S", "B", false), ("1", "1", false), ("0", "0", false),
  ])
  func aSignThatStandsAloneIsTextWhereItIsANumber(first: String, second: String, isText: Bool) throws {
    // A row of letters n, and one sign below it to the right.
    var picture = ColorImage(width: 440, height: 280, red: 250, green: 225, blue: 90)
    for left in stride(from: 50, to: 250, by: 34) { picture.letterN(left, 60, width: 22, height: 30) }
    picture.fill(360..<380, 190..<194)
    picture.fill(360..<364, 190..<210)
    picture.fill(360..<380, 207..<211)
    picture.fill(376..<380, 207..<230)
    let square = region([Point(20, 20), Point(420, 20), Point(420, 260), Point(20, 260)])
    // As sure as is enough for a number, but not for a single stroke or a ring.
    for logProbability in stride(from: -0.02, to: -1, by: -0.02) {
      let readings = [
        Hypothesis(text: first, logProbability: logProbability), Hypothesis(text: second, logProbability: -3),
      ]
      let echo = EchoRecognizer(name: "neural:small-averaged", hypotheses: readings)
      let reader = try NoteReader(handwriting: [echo], print: [])
      let text = try #require(try reader.read([square], in: Raster(picture), sheets: []).first)
      guard let sure = text.lines.first?.confidence.rawValue, (0.86..<0.94).contains(sure) else { continue }
      #expect(text.lines.map(\.raw) == (isText ? [first, second] : [first]))
      return
    }
    Issue.record("no reading was as sure as that")
  }

  @Test func aRegionOutsideThePhotoIsReadAsNothing() throws {
    let picture = ColorImage(width: 100, height: 100, red: 255, green: 255, blue: 255)
    let far = region([Point(500, 500), Point(600, 500), Point(600, 600), Point(500, 600)])
    let reader = try NoteReader(handwriting: [echo("nichts")], print: [])
    let texts = try reader.read([far], in: Raster(picture), sheets: [])
    #expect(texts.count == 1 && texts[0].lines.isEmpty && !texts[0].legible)
  }

  @Test func bornDigitalTextIsTakenAsItIs() throws {
    let picture = ColorImage(width: 200, height: 200, red: 255, green: 255, blue: 255)
    let item = region([Point(0, 0), Point(200, 0), Point(200, 200), Point(0, 200)], kind: .listItem)
    let layer = [
      Photo.EmbeddedLine(text: "zweite Zeile", box: Box(x: 10, y: 60, width: 100, height: 20)),
      Photo.EmbeddedLine(text: "– erste Zeile", box: Box(x: 10, y: 20, width: 100, height: 20)),
      Photo.EmbeddedLine(text: "woanders", box: Box(x: 10, y: 400, width: 100, height: 20)),
    ]
    let reader = try NoteReader(handwriting: [BrokenRecognizer()], print: [BrokenRecognizer()])
    let text = try #require(try reader.read([item], in: Raster(picture), sheets: [], textLayer: layer).first)
    #expect(text.raw == "erste Zeile\nzweite Zeile")
    #expect(text.lines[0].bullet == "–")
    #expect(text.confidence == .certain)
    #expect(text.lines.allSatisfy { $0.reader == "text-layer" && $0.confidence == .certain })
  }

  @Test func noteThatNeverEndsStopsAtItsDeadline() throws {
    let (picture, region, _) = try fixture()
    let settings = NoteReader.Settings(deadline: .zero)
    let reader = try NoteReader(handwriting: [echo("egal")], print: [], settings: settings)
    let text = try #require(try reader.read([region], in: Raster(picture), sheets: []).first)
    #expect(text.timedOut)
    #expect(!text.legible)
  }

  @Test(arguments: [true, false]) func whatElseTheMachineDoesEndsNoReading(works: Bool) throws {
    let (picture, region, _) = try fixture()
    let settings = NoteReader.Settings(deadline: .seconds(1))
    let reader = try NoteReader(handwriting: [SlowRecognizer(works: works)], print: [], settings: settings)
    let text = try #require(try reader.read([region], in: Raster(picture), sheets: []).first)
    #expect(text.timedOut == works)
  }

  @Test func whatOtherThreadsWorkForAReadingCounts() {
    let deadline = ReadingDeadline(.seconds(600))
    #expect(!deadline.isOver)
    deadline.count(.seconds(599))
    #expect(deadline.left <= .seconds(1) && !deadline.isOver)
    deadline.count(.seconds(1))
    #expect(deadline.isOver)
  }

  @Test(.enabled(if: TesseractTests.isInstalled, "tesseract-ocr-deu is not installed"))
  func aNoteOfJunkInkEndsWithItsDeadlineAndIsNotLegible() throws {
    // Scribble all over: rows of strokes at random, as where a board's picture was taken for a note.
    var generator = SeededNoise(state: 11)
    var picture = ColorImage(width: 1000, height: 1000, red: 250, green: 232, blue: 120)
    for _ in 0..<2500 {
      let x = Int(generator.next() % 960), y = Int(generator.next() % 960)
      let width = 2 + Int(generator.next() % 30), height = 2 + Int(generator.next() % 30)
      for row in y..<y + height where (row - y) % 3 != 0 || row % 2 == 0 {
        for column in x..<min(x + width, x + 4 + row % 5) {
          for channel in 0..<3 { picture.pixels[3 * (row * 1000 + column) + channel] = 30 }
        }
      }
    }
    let note = region([Point(0, 0), Point(1000, 0), Point(1000, 1000), Point(0, 1000)])
    let deadline = Duration.seconds(1)
    let services = try ReadingServices(engines: 1, settings: NoteReader.Settings(deadline: deadline))
    let start = ContinuousClock.now
    let text = try #require(try services.notes.read([note], in: Raster(picture), sheets: []).first)
    let took = ContinuousClock.now - start
    #expect(!text.legible)
    // Cutting comes before the first look at the clock, and a network's layer is not cut short; a busy machine is slow.
    #expect(took < deadline + .seconds(4), "took \(took)")
  }

  @Test(.enabled(if: TesseractTests.isInstalled, "tesseract-ocr-deu is not installed"))
  func readsANoteAndLeavesTheStruckWordOut() throws {
    let (picture, region, lines) = try fixture()
    let services = try ReadingServices(engines: 1)
    let text = try #require(try services.notes.read([region], in: Raster(picture), sheets: []).first)
    let truth = lines.joined(separator: "\n")
    #expect(TextLikeness.likeness(text.raw, truth) > 0.9, "a synthetic hand, clearly written")
    #expect(text.struckOut == 1, "left out and reported")
    #expect(text.legible)
  }

  @Test(.enabled(if: TesseractTests.isInstalled, "tesseract-ocr-deu is not installed"))
  func readsPicturesOfLinesWhateverTheirTightness() throws {
    let services = try ReadingServices(engines: 1)
    var exact = 0
    for line in try ReadingFixtures.lines() where !line.file.contains("print") {
      let bytes = [UInt8](try Data(contentsOf: ReadingFixtures.folder.appending(path: line.file)))
      let text = try services.lines.read(bytes, deadline: nil)
      #expect(TextLikeness.likeness(text.text, line.text) > 0.9, "\(line.file)")
      if text.text == line.text {
        exact += 1
        #expect(text.legible, "\(line.file): doubted or not, what is read rightly is shown")
      } else {
        #expect(text.confidence < 0.5, "\(line.file): a wrong letter, and the reader doubts the line")
      }
    }
    #expect(exact > 0)
    #expect(throws: RecognitionError.unusableImage) { try services.lines.read([1, 2, 3]) }
  }

  @Test(.enabled(if: TesseractTests.isInstalled, "tesseract-ocr-deu is not installed"))
  func thePictureOfALineIsReadWithinItsDeadline() throws {
    let services = try ReadingServices(engines: 1)
    let picture = try ReadingFixtures.picture("lines/pen.jpg")
    let late = try services.lines.read(picture, deadline: .zero)
    #expect(late.text.isEmpty && !late.legible && late.confidence == 0)
    // What is read in time is read as without a clock.
    let free = try services.lines.read(picture, deadline: nil)
    #expect(!free.text.isEmpty)
    #expect(try services.lines.read(picture, deadline: .seconds(600)) == free)
  }
}
