import ProtocolModel
import TestSupport
import Testing

@Suite struct HomographyTests {
  @Test(arguments: UInt64(0)..<32) func mapsCornersAndBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func near(_ x: Double, _ y: Double) -> Point<PhotoSpace> {
      Point(x + .random(in: -40...40, using: &random), y + .random(in: -40...40, using: &random))
    }
    let outline = Quad<PhotoSpace>(
      topLeft: near(100, 100), topRight: near(900, 120), bottomRight: near(880, 700), bottomLeft: near(90, 720))
    let sheet = Quad<SheetSpace>(width: 800, height: 600)
    let map = try #require(Homography(from: sheet, to: outline))
    let back = try #require(map.inverse)
    for (from, to) in zip(sheet.polygon.points, outline.polygon.points) {
      #expect(abs(map(from).x - to.x) < 1e-6 && abs(map(from).y - to.y) < 1e-6, "seed \(seed)")
      #expect(abs(back(to).x - from.x) < 1e-6 && abs(back(to).y - from.y) < 1e-6, "seed \(seed)")
    }
  }

  @Test func threeCornersOnALineHaveNoMap() {
    let flat = Quad<PhotoSpace>(
      topLeft: Point(0, 0), topRight: Point(1, 0), bottomRight: Point(2, 0), bottomLeft: Point(3, 0))
    #expect(Homography(from: Quad<SheetSpace>(width: 10, height: 10), to: flat) == nil)
  }
}
