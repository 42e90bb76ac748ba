import Imaging
import ProtocolModel
import Testing

/// Single cards that fill the photo, written on with a thick pen.
@Suite struct CloseUpTests {
  /// Three cards with rows of thick rings, blurred as a lens blurs them: the ink takes on the card's colour, and the
  /// inside of a ring the ink's.
  private static func picture(card: [Double], ring: Int) -> ColorImage {
    var values = [Double](repeating: 252, count: 3 * 640 * 1200)
    func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: [Double]) {
      for row in y..<(y + height) {
        for column in x..<(x + width) { for c in 0..<3 { values[3 * (row * 640 + column) + c] = colour[c] } }
      }
    }
    for number in 0..<3 {
      let top = 40 + 390 * number
      fill(40, top, 560, 340, card)
      for letter in 0..<6 {
        let x = 90 + 80 * letter, y = top + 60 + 40 * (letter % 2)
        fill(x, y, ring + 16, ring + 16, [18, 16, 20])
        fill(x + 8, y + 8, ring, ring, card)
      }
    }
    for _ in 0..<3 {
      blur(&values, step: 3)
      blur(&values, step: 3 * 640)
    }
    return ColorImage(width: 640, height: 1200, pixels: values.map { UInt8($0.rounded()) })
  }

  /// The mean of seven values along rows or columns; three of them come close to a Gaussian of 3.5 pixels.
  private static func blur(_ values: inout [Double], step: Int) {
    let source = values
    for start in 0..<step {
      var sum = 0.0
      for index in stride(from: start, to: min(source.count, start + 7 * step), by: step) { sum += source[index] }
      for index in stride(from: start + 3 * step, to: source.count - 4 * step, by: step) {
        values[index] = sum / 7
        sum += source[index + 4 * step] - source[index - 3 * step]
      }
    }
  }

  @Test(arguments: [14, 18, 22]) func lettersAreNoPapersOnTheirCard(ring: Int) {
    let image = Self.picture(card: [232, 40, 150], ring: ring)
    let found = BoardFinder().findPapers(in: WorkingImage(color: image, photoWidth: 640, photoHeight: 1200)).papers
    #expect(found.count == 3 && found.allSatisfy { $0.outline.bounds.height > 300 })
  }
}
