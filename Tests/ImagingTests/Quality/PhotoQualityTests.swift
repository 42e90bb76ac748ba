import Imaging
import ProtocolModel
import Testing

/// A pinboard of four cards with two lines of square letters each, drawn by the test.
private struct Cards {
  var image = ColorImage(width: 1600, height: 1200, red: 120, green: 120, blue: 120)
  var papers: [PaperCandidate] = []
  static let width = 600, height = 400

  /// Letters `core` pixels high in grey `ink` on cards of grey `paper`.
  init(core: Int, ink: UInt8 = 40, paper: UInt8 = 220, left: Int = 100) {
    for (x, y) in [(left, 100), (850, 100), (left, 700), (850, 700)] {
      fill(x: x, y: y, width: Self.width, height: Self.height, paper)
      for line in 0..<2 {
        for letter in 0..<(Self.width / (2 * core)) where letter % 5 != 4 {
          let px = x + core + letter * 2 * core * 4 / 5, py = y + core * (2 + 4 * line)
          if px + core < x + Self.width - core { draw(letter, x: px, y: py, core: core, ink) }
        }
      }
      let corners = [(0, 0), (Self.width, 0), (Self.width, Self.height), (0, Self.height)]
        .map { Point<PhotoSpace>(Double(x + $0.0), Double(y + $0.1)) }
      papers.append(
        PaperCandidate(
          outline: Polygon(corners),
          frame: Quad(topLeft: corners[0], topRight: corners[1], bottomRight: corners[2], bottomLeft: corners[3]),
          colour: "white", lightness: 85, a: 0, b: 0))
    }
  }

  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ value: UInt8) {
    let columns = max(0, x)..<max(0, min(image.width, x + width))
    for row in max(0, y)..<min(image.height, y + height) {
      for column in columns {
        for channel in 0..<3 { image.pixels[3 * (row * image.width + column) + channel] = value }
      }
    }
  }

  private mutating func draw(_ letter: Int, x: Int, y: Int, core: Int, _ ink: UInt8) {
    let pen = max(1, core / 6)
    fill(x: x, y: y, width: pen, height: core, ink)
    if letter % 2 == 0 { fill(x: x + core - pen, y: y, width: pen, height: core, ink) }
    if letter % 3 != 0 { fill(x: x, y: y, width: core, height: pen, ink) }
    if letter % 3 != 1 { fill(x: x, y: y + core - pen, width: core, height: pen, ink) }
  }

  /// Out of focus: the mean of `2 * radius + 1` pixels across and down, twice.
  mutating func blur(_ radius: Int) {
    for _ in 0..<2 {
      average(radius, step: 3, length: image.width, lines: image.height, stride: 3 * image.width)
      average(radius, step: 3 * image.width, length: image.height, lines: image.width, stride: 3)
    }
  }

  private mutating func average(_ radius: Int, step: Int, length: Int, lines: Int, stride: Int) {
    var line = [Int](repeating: 0, count: length)
    for start in 0..<lines {
      // Grey: one channel stands for all.
      for place in 0..<length { line[place] = Int(image.pixels[start * stride + place * step]) }
      var sum = line[0] * (radius + 1) + line[0..<radius].reduce(0, +)
      for place in 0..<length {
        sum += line[min(length - 1, place + radius)] - line[max(0, place - radius - 1)]
        let index = start * stride + place * step, mean = UInt8(max(0, sum / (2 * radius + 1)))
        for channel in 0..<3 { image.pixels[index + channel] = mean }
      }
    }
  }

  var findings: [QualityFinding] { findings(on: .pinboard) }

  func findings(on medium: SheetMedium) -> [QualityFinding] {
    let sheet = SheetCandidate(outline: Quad(width: image.width, height: image.height), medium: medium, confidence: 1)
    return PhotoQuality(WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height))
      .findings(sheets: [sheet], papers: papers, writing: [])
  }
}

@Suite struct PhotoQualityTests {
  @Test func aGoodPhotoHasNoFinding() {
    #expect(Cards(core: 30).findings.isEmpty)
    #expect(Cards(core: 16).findings.isEmpty)
  }

  @Test func aPhotoOutOfFocusIsOneFindingForTheBoard() {
    var cards = Cards(core: 16)
    cards.blur(3)
    let findings = cards.findings
    #expect(findings.map(\.reason) == [.blur])
    #expect(findings.first?.place.bounds.width == 1600, "the whole board, not card by card")
    #expect((4...8).contains(findings.first?.value ?? 0), "about as wide as the blur")
  }

  @Test func paleWritingIsFound() {
    let findings = Cards(core: 30, ink: 198).findings
    #expect(findings.map(\.reason) == [.lowContrast])
  }

  @Test func tinyWritingIsFoundWithItsHeight() throws {
    let finding = try #require(Cards(core: 5).findings.first { $0.reason == .smallText })
    #expect((3...6).contains(finding.value))
  }

  @Test func aCardThatLeavesThePhotoIsFoundAlone() {
    let findings = Cards(core: 30, left: -60).findings.filter { $0.reason == .cutOff }
    #expect(findings.count == 2)
    #expect(findings.allSatisfy { $0.place.bounds.x < 0 })
  }

  @Test func aLampOnACardIsGlareAndWhitePaperIsNot() {
    var cards = Cards(core: 30, paper: 200)
    cards.fill(x: 300, y: 150, width: 260, height: 200, 255)
    let findings = cards.findings.filter { $0.reason == .glare }
    #expect(findings.count == 1)
    #expect((0.1...0.3).contains(findings.first?.value ?? 0))
    #expect(!Cards(core: 30, paper: 254).findings.contains { $0.reason == .glare })
  }

  @Test func whiteCardsOnAWhiteboardAreNoLampAndALampBesideThemIs() {
    var cards = Cards(core: 30, paper: 254)
    #expect(!cards.findings(on: .whiteboard).contains { $0.reason == .glare })
    cards.fill(x: 680, y: 540, width: 240, height: 140, 255)
    let findings = cards.findings(on: .whiteboard).filter { $0.reason == .glare }
    #expect(findings.count == 1)
    #expect(findings.first.map { abs($0.place.centre.x - 800) < 40 && abs($0.place.centre.y - 610) < 40 } == true)
  }
}
