import Imaging
import ProtocolModel
import Testing

/// A white board with six notes in two rows, on which a pen may draw.
private struct DrawnBoard {
  private(set) var image = ColorImage(width: 1400, height: 1000, red: 232, green: 232, blue: 228)
  static let size = (width: 200.0, height: 160.0)

  init() {
    for number in 0..<6 {
      let middle = Self.middle(number)
      for y in Int(middle.y - 80)..<Int(middle.y + 80) {
        for x in Int(middle.x - 100)..<Int(middle.x + 100) { set(x, y, (250, 222, 90)) }
      }
    }
  }

  static func middle(_ number: Int) -> (x: Double, y: Double) {
    (250 + 450 * Double(number % 3), 280 + 430 * Double(number / 3))
  }

  private mutating func set(_ x: Int, _ y: Int, _ colour: (UInt8, UInt8, UInt8)) {
    guard x >= 0, y >= 0, x < image.width, y < image.height else { return }
    let i = 3 * (y * image.width + x)
    (image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]) = colour
  }

  /// A stroke of a pen six pixels wide.
  mutating func stroke(_ points: [(Double, Double)]) {
    for (a, b) in zip(points, points.dropFirst()) {
      let steps = Int(max(abs(b.0 - a.0), abs(b.1 - a.1))) + 1
      for step in 0...steps {
        let t = Double(step) / Double(steps)
        let x = a.0 + t * (b.0 - a.0), y = a.1 + t * (b.1 - a.1)
        for dy in -3...3 {
          for dx in -3...3 where dx * dx + dy * dy <= 10 { set(Int(x) + dx, Int(y) + dy, (30, 44, 140)) }
        }
      }
    }
  }

  /// An arrow between two places, bowed by `bow` of its length, with an open head or none.
  mutating func arrow(from a: (Double, Double), to b: (Double, Double), bow: Double = 0, hasHead: Bool = true) {
    let dx = b.0 - a.0, dy = b.1 - a.1
    let points = (0...20).map { step -> (Double, Double) in
      let t = Double(step) / 20, off = bow * 4 * t * (1 - t)
      return (a.0 + t * dx - off * dy, a.1 + t * dy + off * dx)
    }
    stroke(points)
    guard hasHead else { return }
    let length = (dx * dx + dy * dy).squareRoot()
    let back = points[17]
    let u = ((b.0 - back.0) / length * 5, (b.1 - back.1) / length * 5)
    stroke([
      (b.0 - 35 * u.0 - 20 * u.1, b.1 - 35 * u.1 + 20 * u.0), b, (b.0 - 35 * u.0 + 20 * u.1, b.1 - 35 * u.1 - 20 * u.0),
    ])
  }

  /// The links found, as the numbers of the notes from left to right and top to bottom.
  func links() -> [[Int]] {
    let working = WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)
    let layer = BoardFinder().find(in: working, id: PhotoID(rawValue: "p")).regions
    let numbers = Dictionary(
      uniqueKeysWithValues: layer.regions.map { region in
        let centre = region.polygon.centre
        return (
          region.id,
          (0..<6).first { abs(Self.middle($0).x - centre.x) < 40 && abs(Self.middle($0).y - centre.y) < 40 } ?? -1
        )
      })
    return layer.links.map { [numbers[$0.from] ?? -1, numbers[$0.to] ?? -1] }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }
}

@Suite struct ArrowFinderTests {
  @Test(arguments: [-0.1, 0, 0.1]) func arrowsBecomeLinks(bow: Double) {
    var board = DrawnBoard()
    board.arrow(from: (375, 280), to: (575, 280), bow: bow)
    board.arrow(from: (700, 610), to: (700, 385), bow: bow)
    board.arrow(from: (1130, 385), to: (840, 620), bow: bow)
    #expect(board.links() == [[0, 1], [2, 4], [4, 1]])
  }

  @Test func theHeadMayTouchItsNote() {
    var board = DrawnBoard()
    board.arrow(from: (355, 280), to: (597, 280))
    #expect(board.links() == [[0, 1]])
  }

  @Test func whatLeadsNowhereIsNoLink() {
    var board = DrawnBoard()
    // A line, a ray that ends halfway, an underline, a frame, a ring, and a head without a shaft.
    board.arrow(from: (375, 280), to: (575, 280), hasHead: false)
    board.arrow(from: (700, 385), to: (700, 470))
    board.stroke([(1060, 385), (1240, 385)])
    board.stroke([(130, 610), (370, 610), (370, 810), (130, 810), (130, 610)])
    board.stroke((0...40).map { (475 + 40 * cosine($0), 710 + 40 * cosine($0 + 30)) })
    board.stroke([(900, 690), (940, 710), (900, 730)])
    #expect(board.links().isEmpty)
  }

  /// Cosine of a fortieth of a turn, by its series.
  private func cosine(_ step: Int) -> Double {
    var x = Double(step % 40) * 2 * Double.pi / 40
    if x > Double.pi { x -= 2 * Double.pi }
    return (1...12).reduce((sum: 1.0, term: 1.0)) { state, n in
      let term = -state.term * x * x / Double((2 * n - 1) * (2 * n))
      return (state.sum + term, term)
    }.sum
  }

  @Test func arrowsThatContradictEachOtherSayNothing() {
    var board = DrawnBoard()
    board.arrow(from: (375, 250), to: (575, 250))
    board.arrow(from: (575, 320), to: (375, 320))
    #expect(board.links().isEmpty)
  }
}
