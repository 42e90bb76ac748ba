import Evaluation
import ProtocolModel
import TestSupport
import Testing

@Suite struct PolygonOverlapTests {
  func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon<PhotoSpace> {
    Polygon([Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)])
  }

  @Test func boxesOverlapByArithmetic() {
    #expect(box(0, 0, 10, 10).overlap(with: box(0, 0, 10, 10)) == 1)
    #expect(abs(box(0, 0, 10, 10).overlap(with: box(5, 0, 10, 10)) - 1.0 / 3) < 1e-12)
    #expect(box(0, 0, 10, 10).overlap(with: box(10, 0, 10, 10)) == 0)
    #expect(box(0, 0, 10, 10).overlap(with: box(20, 20, 1, 1)) == 0)
    #expect(abs(box(0, 0, 10, 10).overlap(with: box(2, 2, 4, 4)) - 0.16) < 1e-12)
  }

  @Test func directionOfTheCornersDoesNotMatter() {
    let forward = box(0, 0, 10, 10)
    let backward = Polygon(Array(box(5, 5, 10, 10).points.reversed()))
    #expect(abs(forward.sharedArea(with: backward) - 25) < 1e-9)
  }

  @Test func concaveShapesKeepTheirNotch() {
    // An L of area 75 against the quarter that it lacks, and against its own corner.
    let ell = Polygon<PhotoSpace>([
      Point(0, 0), Point(10, 0), Point(10, 5), Point(5, 5), Point(5, 10), Point(0, 10),
    ])
    #expect(abs(ell.sharedArea(with: box(5, 5, 5, 5))) < 1e-9)
    #expect(abs(ell.sharedArea(with: box(0, 0, 10, 10)) - 75) < 1e-9)
    #expect(abs(ell.sharedArea(with: box(2.5, 2.5, 5, 5)) - 18.75) < 1e-9)
  }

  @Test func partOutsideThePhotoIsCutOff() {
    #expect(abs(box(-5, -5, 10, 10).clipped(toWidth: 100, height: 100).area - 25) < 1e-9)
  }

  @Test func brokenOutlinesShareNothing() {
    #expect(Polygon<PhotoSpace>([]).overlap(with: box(0, 0, 1, 1)) == 0)
    #expect(box(0, 0, 0, 5).overlap(with: box(0, 0, 0, 5)) == 0)
  }

  @Test(arguments: UInt64(0)..<32) func agreesWithCountingPoints(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func star() -> Polygon<PhotoSpace> {
      let centre = (Double.random(in: 40...60, using: &generator), Double.random(in: 40...60, using: &generator))
      let directions: [(Double, Double)] = [
        (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7),
      ]
      return Polygon(
        directions.map { direction in
          let radius = Double.random(in: 8...35, using: &generator)
          return Point(centre.0 + radius * direction.0, centre.1 + radius * direction.1)
        })
    }
    let first = star(), second = star()
    var counted = 0
    for y in 0..<200 {
      for x in 0..<200 {
        let point = Point<PhotoSpace>(Double(x) / 2 + 0.25, Double(y) / 2 + 0.25)
        counted += first.contains(point) && second.contains(point) ? 1 : 0
      }
    }
    #expect(abs(first.sharedArea(with: second) - Double(counted) / 4) < 20, "seed \(seed)")
  }
}
