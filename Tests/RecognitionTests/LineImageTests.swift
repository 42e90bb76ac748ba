import Imaging
import ProtocolModel
import Recognition
import Testing

@Suite struct LineImageTests {
  @Test func anEmptyPictureHoldsNoLine() throws {
    let paper = ColorImage(width: 120, height: 40, red: 250, green: 220, blue: 80)
    #expect(try LineReaderService.tightLine(in: paper) == nil)
  }

  static let papers: [(UInt8, UInt8, UInt8)] = [(255, 255, 255), (250, 220, 80), (240, 130, 170), (120, 190, 110)]

  @Test(arguments: papers) func theCutIsTightOnPaperOfAnyColour(paper: (UInt8, UInt8, UInt8)) throws {
    let picture = ReadingFixtures.stems(paper: paper)
    let line = try #require(try LineReaderService.tightLine(in: picture)).image
    // The stems are 20 rows high; the margin is a few pixels.
    #expect(line.height >= 20 && line.height <= 26)
    #expect(line.width < 200)
  }

  @Test func tightnessOfTheCropMakesNoDifference() throws {
    let loose = try ReadingFixtures.picture("lines/loose.jpg")
    let once = try #require(try LineReaderService.tightLine(in: loose)).image
    #expect(once.height < loose.height)
    let twice = try #require(try LineReaderService.tightLine(in: once)).image
    #expect(abs(twice.height - once.height) <= max(3, once.height / 6))
  }

  @Test func aScannersBorderIsNoInk() throws {
    var picture = ReadingFixtures.stems(paper: (255, 255, 255))
    for x in 0..<90 {
      for y in 57..<59 {
        for channel in 0..<3 { picture.pixels[3 * (y * picture.width + x) + channel] = 0 }
      }
    }
    let line = try #require(try LineReaderService.tightLine(in: picture)).image
    #expect(line.height <= 26)
  }

  static let bullets: [(text: String, bullet: String?, rest: String)] = [
    ("- Zeit fehlt", "-", "Zeit fehlt"), ("• Mut", "•", "Mut"), ("-> mehr Schulung", "->", "mehr Schulung"),
    ("1. Runde", "1.", "Runde"), ("12) und", "12)", "und"), ("KI macht Angst", nil, "KI macht Angst"),
    ("3 Azubis", nil, "3 Azubis"), ("z. B. so", nil, "z. B. so"),
  ]
  @Test(arguments: bullets) func splitsABulletFromItsText(example: (text: String, bullet: String?, rest: String)) {
    let split = BulletStripper.split(reading: example.text)
    #expect(split?.bullet == example.bullet)
    #expect(String(example.text.unicodeScalars.dropFirst(split?.dropped ?? 0).map(Character.init)) == example.rest)
  }

  @Test func onlyAStraightStrokeBeyondTheLettersIsAStrike() {
    var letters: [InkRun] = []
    for stem in 0..<6 {
      for y in 10..<40 { letters.append(InkRun(y: y, start: 12 + stem * 14, end: 16 + stem * 14)) }
    }
    let strike = (24..<28).map { InkRun(y: $0, start: 2, end: 98) }
    let word = Box<CropSpace>(x: 12, y: 10, width: 74, height: 30)
    let struck = Box<CropSpace>(x: 2, y: 10, width: 96, height: 30)
    #expect(StrikeThrough.runs(through: struck, ink: letters + strike, coreHeight: 24))
    #expect(!StrikeThrough.runs(through: word, ink: letters, coreHeight: 24))
    // A bar from the first stem to the last, as in a capital H: no end stands out.
    let bar = (24..<28).map { InkRun(y: $0, start: 12, end: 86) }
    #expect(!StrikeThrough.runs(through: word, ink: letters + bar, coreHeight: 24))
    // Letters joined at their feet or their heads, the stroke reaching beyond them: nothing below or above it.
    for top in [36, 10] {
      let joint = (top..<top + 4).map { InkRun(y: $0, start: 2, end: 98) }
      #expect(!StrikeThrough.runs(through: struck, ink: letters + joint, coreHeight: 24))
    }
    // Two capitals that touch, such as LO.
    let pair = Box<CropSpace>(x: 2, y: 10, width: 58, height: 30)
    let short = letters.filter { $0.end < 50 } + strike.map { InkRun(y: $0.y, start: 2, end: 60) }
    #expect(!StrikeThrough.runs(through: pair, ink: short, coreHeight: 24))
  }

  @Test(arguments: [-30.0, -8, 0, 12, 40]) func theUprightCornersBeginAtTheTopLeft(degrees: Double) {
    let turn = degrees * .pi / 180
    let (c, s) = (cosine(turn), sine(turn))
    let corners = [(-50.0, -30.0), (50, -30), (50, 30), (-50, 30)].map { x, y in
      Point<PhotoSpace>(200 + x * c - y * s, 200 + x * s + y * c)
    }
    // Whatever corner the outline begins with, and in whatever direction it runs.
    for shift in 0..<4 {
      let rotated = Polygon((0..<4).map { corners[($0 + shift) % 4] })
      for polygon in [rotated, Polygon(rotated.points.reversed())] {
        let quad = UprightQuad(sheet: nil).quad(around: polygon)
        #expect(abs(quad.topLeft.x - corners[0].x) < 1e-6 && abs(quad.topLeft.y - corners[0].y) < 1e-6)
        #expect(abs(quad.bottomRight.x - corners[2].x) < 1e-6)
      }
    }
  }

  private func cosine(_ x: Double) -> Double { 1 - x * x / 2 + x * x * x * x / 24 - x * x * x * x * x * x / 720 }
  private func sine(_ x: Double) -> Double {
    x - x * x * x / 6 + x * x * x * x * x / 120 - x * x * x * x * x * x * x / 5040
  }

  @Test func wordsStandWhereTheirCharactersStand() {
    let spans = [(0.0, 0.1), (0.1, 0.2), (0.2, 0.5), (0.5, 1)].map { CharacterSpan(start: $0.0, end: $0.1) }
    let words = WordPlaces.words(of: "ab c", spans: spans) { start, end in
      Polygon([Point(start, 0), Point(end, 0), Point(end, 1), Point(start, 1)])
    }
    #expect(words.map(\.text) == ["ab", "c"])
    #expect(words[0].polygon.points[1].x == 0.2)
    #expect(words[1].polygon.points[0].x == 0.5)
  }
}
