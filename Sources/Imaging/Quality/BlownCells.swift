import ProtocolModel

/// Where the light is so strong that the picture shows nothing but white, in cells of a few pixels.
struct BlownCells {
  /// Working pixels per cell.
  private static let side = 8
  /// Darkest channel from which a cell counts as blown out, 0...255: JPEG keeps clipped white within 5.
  private static let white = 250
  /// Darkest channel of paper under light that is not nearly clipped itself: across a white sheet light falls off by more
  /// than is left to white, and writing stays dark there.
  private static let paper = 210

  private let width: Int
  private let height: Int
  /// The darkest channel of each cell's mean.
  private let darkest: [UInt8]
  private let scale: Double

  init(_ image: WorkingImage) {
    let small = image.color.averaged(by: Self.side)
    width = small.width
    height = small.height
    scale = Double(Self.side) * image.scale
    darkest = (0..<(small.width * small.height)).map {
      min(small.pixels[3 * $0], small.pixels[3 * $0 + 1], small.pixels[3 * $0 + 2])
    }
  }

  /// Share of `outline` that is blown out; 0 where the paper itself is clipped white.
  func share(in outline: Polygon<PhotoSpace>) -> Double {
    let cells = cells(in: outline)
    guard cells.count >= 9, isPaperVisible(cells) else { return 0 }
    return Double(cells.count { Int(darkest[$0]) >= Self.white }) / Double(cells.count)
  }

  /// Connected blown-out patches inside `outline` that cover at least `least` of it: the box around each.
  func patches(in outline: Polygon<PhotoSpace>, least: Double) -> [(place: Polygon<PhotoSpace>, share: Double)] {
    let cells = cells(in: outline)
    guard cells.count >= 100, isPaperVisible(cells) else { return [] }
    var mask = [UInt8](repeating: 0, count: width * height)
    for cell in cells where Int(darkest[cell]) >= Self.white { mask[cell] = 1 }
    return InkComponents(mask: mask, width: width, height: height).all.compactMap { patch in
      let share = Double(patch.area) / Double(cells.count)
      guard share >= least else { return nil }
      let left = Double(patch.left) * scale, top = Double(patch.top) * scale
      let right = Double(patch.right) * scale, bottom = Double(patch.bottom) * scale
      return (
        Polygon([Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)]), share
      )
    }
  }

  private func isPaperVisible(_ cells: [Int]) -> Bool {
    let values = cells.map { darkest[$0] }.sorted()
    return Int(values[values.count / 2]) < Self.paper
  }

  private func cells(in outline: Polygon<PhotoSpace>) -> [Int] {
    guard outline.points.count >= 3, width > 0, height > 0 else { return [] }
    let small = Polygon<CropSpace>(outline.points.map { Point($0.x / scale, $0.y / scale) })
    var ink = InkMap(
      width: width, height: height, contrast: [], mask: [UInt8](repeating: 1, count: width * height),
      isLightOnDark: false)
    ink.clear(small)
    return ink.mask.indices.filter { ink.mask[$0] == 0 }
  }
}
