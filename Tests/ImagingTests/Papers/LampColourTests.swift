import Foundation
import Imaging
import ProtocolModel
import Testing

/// A sheet with notes in the light of several lamps.
@Suite struct LampColourTests {
  /// Light of a channel, in linear sRGB: what the lamp gives of red, green and blue.
  typealias Lamp = (red: Double, green: Double, blue: Double)
  /// Black bodies of 4000, 3200 and 10000 K as a camera set to 5500 K shows them, and a greenish tube.
  static let lamps: [Lamp] = [(1.25, 1, 0.58), (1.52, 1, 0.35), (0.82, 1, 1.62), (0.8, 1, 0.76)]

  private static func picture(ground: [Double], notes: [[Double]], room: [Double]) -> ColorImage {
    var image = ColorImage(width: 1000, height: 800, red: 0, green: 0, blue: 0)
    func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: [Double]) {
      for row in y..<(y + height) {
        for column in x..<(x + width) {
          for channel in 0..<3 { image.pixels[3 * (row * image.width + column) + channel] = UInt8(colour[channel]) }
        }
      }
    }
    fill(0, 0, 1000, 800, room)
    fill(120, 60, 760, 680, ground)
    for row in 0..<3 {
      for column in 0..<4 {
        let x = 170 + 175 * column, y = 120 + 200 * row
        fill(x, y, 130, 120, notes[(row + column) % notes.count])
        for stroke in 0..<6 { fill(x + 15 + stroke * 16, y + 45, 3, 22, [35, 35, 45]) }
      }
    }
    return image
  }

  private static func lit(_ image: ColorImage, by lamp: Lamp) -> ColorImage {
    let tables = [lamp.red, lamp.green, lamp.blue].map { gain in
      (0...255).map { value -> UInt8 in
        let light = min(1, 0.85 * gain * pow(Double(value) / 255, 2.2))
        return UInt8((255 * pow(light, 1 / 2.2)).rounded())
      }
    }
    var result = image
    for index in image.pixels.indices { result.pixels[index] = tables[index % 3][Int(image.pixels[index])] }
    return result
  }

  private static func seen(_ image: ColorImage) -> (medium: SheetMedium?, colours: [String], share: Double) {
    let working = WorkingImage(color: image, photoWidth: 4 * image.width, photoHeight: 4 * image.height)
    let (sheets, papers, _) = BoardFinder().findPapers(in: working)
    let box = sheets.first?.outline.polygon.bounds
    let area = Double((box?.width ?? 0) * (box?.height ?? 0))
    return (sheets.first?.medium, papers.map(\.colour).sorted(), area / Double(16 * image.width * image.height))
  }

  private static let white = [236.0, 236, 234], room = [150.0, 150, 152]
  private static let notes = [
    [250.0, 222, 90], [240, 130, 170], [120, 200, 110], [110, 185, 230], [240, 240, 238],
  ]

  @Test(arguments: lamps) func whatIsFoundDoesNotDependOnTheLamp(lamp: Lamp) {
    let picture = Self.picture(ground: Self.white, notes: Array(Self.notes.prefix(4)), room: Self.room)
    let plain = Self.seen(picture), other = Self.seen(Self.lit(picture, by: lamp))
    #expect(plain.colours.count == 12 && other.colours == plain.colours)
    #expect(other.medium == plain.medium && abs(other.share - plain.share) < 0.02)
  }

  /// Packing paper has the colour of white paper by candlelight; white cards or pink ones tell that it is brown.
  @Test(arguments: [[3, 1, 4], [1, 2, 2]]) func brownPaperStaysBrown(kinds: [Int]) {
    let picture = Self.picture(
      ground: [190, 150, 105], notes: kinds.map { Self.notes[$0] }, room: [112, 84, 60])
    let found = Self.seen(picture)
    #expect(found.medium == .pinboard)
    #expect(found.colours.count == 12 && found.colours.contains("pink"))
  }
}
