import Imaging
import ProtocolModel
import TestSupport
import Testing

/// A board of twelve notes with discs and rings on them, drawn four times as large and shrunk, so that edges are soft.
private struct Wall {
  typealias Colour = (red: UInt8, green: UInt8, blue: UInt8)
  static let width = 1200, height = 900, fine = 4
  static let red: Colour = (205, 35, 45), blue: Colour = (40, 60, 170), black: Colour = (28, 28, 34)
  private var image: ColorImage

  init(paper: Colour = (240, 130, 170)) {
    image = ColorImage(width: Self.width * Self.fine, height: Self.height * Self.fine, red: 226, green: 224, blue: 218)
    for column in 0..<4 { for row in 0..<3 { box(60 + 280 * column, 50 + 280 * row, 200, 180, paper) } }
  }

  /// Corner of a note.
  static func note(_ number: Int) -> (x: Int, y: Int) { (60 + 280 * (number % 4), 50 + 280 * (number / 4)) }

  mutating func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: Colour) {
    for row in y * Self.fine..<(y + height) * Self.fine {
      for column in x * Self.fine..<(x + width) * Self.fine { set(column, row, colour) }
    }
  }

  /// A disc, or a ring where `inner` is given.
  mutating func disc(_ x: Double, _ y: Double, radius: Double, inner: Double = 0, _ colour: Colour) {
    let fine = Double(Self.fine)
    for row in Int((y - radius) * fine)...Int((y + radius) * fine) {
      for column in Int((x - radius) * fine)...Int((x + radius) * fine) {
        let dx = (Double(column) + 0.5) / fine - x, dy = (Double(row) + 0.5) / fine - y
        let distance = (dx * dx + dy * dy).squareRoot()
        if distance < radius, distance >= inner { set(column, row, colour) }
      }
    }
  }

  private mutating func set(_ x: Int, _ y: Int, _ colour: Colour) {
    let i = 3 * (y * image.width + x)
    (image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]) = (colour.red, colour.green, colour.blue)
  }

  /// The dots found on the photo, turned by `turns` quarters.
  func dots(turns: Int = 0) -> [VoteDot] {
    var generator = SeededGenerator(seed: 3)
    var photo = ColorImage(width: Self.width, height: Self.height, red: 0, green: 0, blue: 0)
    for y in 0..<Self.height {
      for x in 0..<Self.width {
        for channel in 0..<3 {
          var sum = 0
          for dy in 0..<Self.fine {
            for dx in 0..<Self.fine {
              sum += Int(image.pixels[3 * ((y * Self.fine + dy) * image.width + x * Self.fine + dx) + channel])
            }
          }
          let value = sum / (Self.fine * Self.fine) + Int.random(in: -3...3, using: &generator)
          photo.pixels[3 * (y * Self.width + x) + channel] = UInt8(max(0, min(255, value)))
        }
      }
    }
    for _ in 0..<turns { photo = Self.turned(photo) }
    return BoardFinder().findPapers(
      in: WorkingImage(color: photo, photoWidth: photo.width, photoHeight: photo.height)
    ).dots
  }

  /// Turned by a quarter.
  private static func turned(_ image: ColorImage) -> ColorImage {
    var result = ColorImage(width: image.height, height: image.width, red: 0, green: 0, blue: 0)
    for y in 0..<image.height {
      for x in 0..<image.width {
        for channel in 0..<3 {
          result.pixels[3 * (x * image.height + image.height - 1 - y) + channel] =
            image.pixels[3 * (y * image.width + x) + channel]
        }
      }
    }
    return result
  }
}

@Suite struct VoteDotFinderTests {
  /// Rings of ink on every note, as wide as letters: each has a round inside of the paper's colour.
  private func written(_ ink: Wall.Colour) -> Wall {
    var wall = Wall()
    for number in 0..<12 {
      let note = Wall.note(number)
      for letter in 0..<4 {
        wall.disc(Double(note.x + 40 + 34 * letter), Double(note.y + 60), radius: 15, inner: 10, ink)
      }
    }
    return wall
  }

  @Test(arguments: [Wall.blue, Wall.black, Wall.red]) private func insidesOfLettersAreNoDots(ink: Wall.Colour) {
    var wall = written(ink)
    #expect(wall.dots().isEmpty)
    for number in [1, 4, 9] {
      let note = Wall.note(number)
      wall.disc(Double(note.x + 150), Double(note.y + 150), radius: 11, (250, 210, 20))
    }
    #expect(wall.dots().count == 3)
  }

  @Test(arguments: 0..<4) func aTurnedPhotoHasTheSameDots(turns: Int) {
    var wall = written(Wall.black)
    // On a paper, over its edge, beside letters, and two that touch each other.
    let note = Wall.note(5)
    for (x, y) in [(30.0, 140.0), (90, 182), (100, 60), (150, 120), (172, 126)] {
      wall.disc(Double(note.x) + x + (y == 60 ? 86 : 0), Double(note.y) + y, radius: 11, Wall.blue)
    }
    #expect(wall.dots(turns: turns).count == 5)
  }

  @Test func dotsOfLettersAreNoVotes() {
    var wall = Wall()
    for number in 0..<12 {
      let note = Wall.note(number)
      wall.box(note.x + 60, note.y + 70, 16, 70, Wall.red)
      wall.box(note.x + 100, note.y + 70, 16, 70, Wall.red)
      wall.box(note.x + 60, note.y + 130, 56, 16, Wall.red)
      wall.disc(Double(note.x + 70), Double(note.y + 48), radius: 10, Wall.red)
      wall.disc(Double(note.x + 106), Double(note.y + 48), radius: 10, Wall.red)
    }
    #expect(wall.dots().isEmpty)
  }
}
