import Imaging
import ProtocolModel
import TestSupport
import Testing

@Suite struct RoomTests {
  /// A white sheet with a list before a shelf of coloured books, each cut by the border or by the sheet.
  private func sheetBeforeShelf() -> ColorImage {
    var generator = SeededGenerator(seed: 7)
    var drawn = DrawnPaper(width: 1200, height: 1000, paper: (96, 84, 70))
    func fill(_ x: Range<Int>, _ y: Range<Int>, _ colour: (UInt8, UInt8, UInt8)) {
      for row in y {
        for column in x {
          let index = 3 * (row * 1200 + column)
          (drawn.image.pixels[index], drawn.image.pixels[index + 1], drawn.image.pixels[index + 2]) = colour
        }
      }
    }
    let colours: [(UInt8, UInt8, UInt8)] = [
      (200, 40, 50), (40, 90, 190), (60, 150, 70), (230, 190, 50), (150, 60, 160),
    ]
    for (place, x) in stride(from: 10, to: 1130, by: 62).enumerated() {
      fill(x..<(x + 46), 0..<Int.random(in: 90...120, using: &generator), colours[place % 5])
      fill(x..<(x + 46), Int.random(in: 890...915, using: &generator)..<1000, colours[(place + 2) % 5])
    }
    fill(150..<1050, 130..<880, (238, 238, 234))
    for line in 0..<6 {
      let y = 330 + Double(line) * 85
      drawn.stroke((215, y - 11), (215, y - 11), radius: 5)
      drawn.write(letters: 18 + line, at: 250, y, core: 22)
    }
    for index in drawn.image.pixels.indices {
      let value = Int(drawn.image.pixels[index]) + Int.random(in: -3...3, using: &generator)
      drawn.image.pixels[index] = UInt8(max(0, min(255, value)))
    }
    return drawn.image
  }

  @Test func theRoomAroundASheetIsNoPapers() throws {
    let image = sheetBeforeShelf()
    let working = WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)
    let found = BoardFinder().find(in: working, id: PhotoID(rawValue: "p1"))
    #expect(found.regions.regions.map(\.kind) == Array(repeating: .listItem, count: 6))
  }
}
