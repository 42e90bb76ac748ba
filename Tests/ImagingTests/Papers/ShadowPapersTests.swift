import Imaging
import ProtocolModel
import TestSupport
import Testing

/// A white sheet before a gray wall, photographed so bright that paper on it is as light as the sheet.
private struct WhiteBoard {
  var image = ColorImage(width: 1024, height: 800, red: 150, green: 148, blue: 140)
  static let paper = (width: 130, height: 90)
  var papers: [(x: Int, y: Int)] = []

  init() { fill(x: 60, y: 50, width: 900, height: 700, 252) }

  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ value: UInt8) {
    for row in y..<(y + height) {
      for column in x..<(x + width) {
        for channel in 0..<3 { image.pixels[3 * (row * image.width + column) + channel] = value }
      }
    }
  }

  mutating func darken(x: Int, y: Int, by loss: Int) {
    for channel in 0..<3 {
      let index = 3 * (y * image.width + x) + channel
      image.pixels[index] = UInt8(max(0, Int(image.pixels[index]) - loss))
    }
  }

  /// How much darker a shadow makes what lies `distance` pixels (1...6) beside its paper.
  private static let shadow = [0, 38, 50, 40, 28, 16, 7]

  /// A paper with three lines of writing; its shadow lies to the right and below where `x` and `y` of the light are 1.
  mutating func put(x: Int, y: Int, light: (x: Int, y: Int)) {
    let (width, height) = Self.paper
    for distance in 1...6 {
      for column in (x + 3)..<(x + width - 3) {
        darken(
          x: column + 3 * light.x, y: light.y > 0 ? y + height - 1 + distance : y - distance, by: Self.shadow[distance])
      }
      for row in (y + 3)..<(y + height - 3) {
        darken(
          x: light.x > 0 ? x + width - 1 + distance : x - distance, y: row + 3 * light.y, by: Self.shadow[distance])
      }
    }
    for line in 0..<3 { write(x: x + 22, y: y + 18 + 20 * line, letters: 6) }
    papers.append((x, y))
  }

  /// Letters of upright and level strokes.
  mutating func write(x: Int, y: Int, letters: Int) {
    for letter in 0..<letters {
      fill(x: x + 14 * letter, y: y, width: 3, height: 14, 40)
      fill(x: x + 14 * letter, y: y + (letter % 3) * 5, width: 9, height: 3, 40)
    }
  }

  /// What is found as paper, and how much of that is one of the papers.
  func found() -> (papers: Int, hits: Int) {
    let found = BoardFinder().findPapers(
      in: WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)
    ).papers
    let hits = papers.count { paper in
      found.contains { candidate in
        let box = candidate.outline.bounds, (width, height) = Self.paper
        let across = min(paper.x + width, box.x + box.width) - max(paper.x, box.x)
        let down = min(paper.y + height, box.y + box.height) - max(paper.y, box.y)
        let shared = max(0, across) * max(0, down)
        return Double(shared) > 0.7 * Double(width * height + box.width * box.height - shared)
      }
    }
    return (found.count, hits)
  }
}

@Suite struct ShadowPapersTests {
  private static let places = (0..<9).map {
    (x: 130 + ($0 % 3) * 270 + ($0 * 7) % 11, y: 110 + ($0 / 3) * 210 + ($0 * 5) % 9)
  }

  @Test(arguments: [(x: 1, y: 1), (x: -1, y: 1), (x: 1, y: -1), (x: -1, y: -1)])
  func whitePapersOnAWhiteSheetAreFoundByTheirShadows(light: (x: Int, y: Int)) {
    var board = WhiteBoard()
    for place in Self.places { board.put(x: place.x, y: place.y, light: light) }
    let (papers, hits) = board.found()
    #expect(papers == 9 && hits == 9)
  }

  /// Writing over the end of a shadow hides a corner; the size of the other papers tells where it is.
  @Test func aSideCutOffByWritingIsCompleted() {
    var board = WhiteBoard()
    for place in Self.places { board.put(x: place.x, y: place.y, light: (1, 1)) }
    let last = Self.places[8]
    board.fill(x: last.x + 100, y: last.y + WhiteBoard.paper.height - 6, width: 40, height: 14, 40)
    let (papers, hits) = board.found()
    #expect(papers == 9 && hits == 9)
  }

  @Test func writingAndCornersOfPenLinesAreNoPapers() {
    var board = WhiteBoard()
    for place in Self.places {
      board.write(x: place.x, y: place.y, letters: 8)
      // As faint as a shadow, but a stroke: it ends as it begins.
      board.fill(x: place.x, y: place.y + 80, width: 120, height: 4, 205)
      board.fill(x: place.x + 116, y: place.y + 10, width: 4, height: 74, 205)
    }
    #expect(board.found().papers == 0)
  }

  /// One such corner may be a frame, or what a sponge left.
  @Test func twoShadowsAreNotEnough() {
    var board = WhiteBoard()
    for place in Self.places.prefix(2) { board.put(x: place.x, y: place.y, light: (1, 1)) }
    #expect(board.found().papers == 0)
  }
}
