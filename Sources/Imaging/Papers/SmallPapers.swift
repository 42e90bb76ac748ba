import ProtocolModel

/// Searches again, twice as fine, where papers are so small that their writing fills them.
///
/// Papers of 150 photo pixels keep 36 on the plane, and the ground between two lines of their writing a pixel.
struct SmallPapers {
  /// What may be set.
  let parameters: BoardFinderParameters
  /// The photo.
  let image: WorkingImage
  /// The plane searched before.
  let plane: ColourPlane

  /// Side of a paper, in pixels of the plane, below which it is searched again.
  private static let side = 36.0

  /// More papers, where most of those `found` are small; in pixels of ``plane``.
  func hypotheses(beside found: [PaperHypothesis]) -> [PaperHypothesis] {
    let clear = found.filter { $0.score > 0.7 }
    guard clear.count >= 6, plane.scale > 1.2, let area = BoardConsensus.usualArea(of: clear),
      area < Self.side * Self.side
    else { return [] }
    let factor = plane.scale
    let margin = 4 * area.squareRoot()
    func place(_ value: Double, _ limit: Int) -> Int { max(0, min(limit, Int(value * factor))) }
    let left = place((clear.map(\.box.left).min() ?? 0) - margin, image.width)
    let top = place((clear.map(\.box.top).min() ?? 0) - margin, image.height)
    let right = place((clear.map(\.box.right).max() ?? 0) + margin, image.width)
    let bottom = place((clear.map(\.box.bottom).max() ?? 0) + margin, image.height)
    guard right - left > 16, bottom - top > 16 else { return [] }
    let window = image.color.part(x: left, y: top, width: right - left, height: bottom - top)
    let fine = ColourPlane(window, factor: 1)
    let least = parameters.minimumRegionArea * Double(image.width * image.height)
    let finder = PaperFinder(
      parameters: BoardFinderParameters(minimumRegionArea: least / Double(fine.width * fine.height)), image: image,
      plane: fine, color: window)
    func back(_ point: PlanePoint) -> PlanePoint {
      PlanePoint((point.x + Double(left)) / factor, (point.y + Double(top)) / factor)
    }
    return finder.pool().hypotheses.map { paper in
      var fit = paper.fit
      fit.outline = fit.outline.map(back)
      fit.frame = fit.frame.map(back)
      return PaperHypothesis(fit: fit, colour: paper.colour, plane: plane)
    }
  }
}

extension ColorImage {
  /// A part of the picture, which must lie inside it.
  func part(x: Int, y: Int, width: Int, height: Int) -> ColorImage {
    var result = ColorImage(width: width, height: height, red: 0, green: 0, blue: 0)
    for row in 0..<height {
      let from = 3 * ((y + row) * self.width + x)
      result.pixels.replaceSubrange(3 * row * width..<3 * (row + 1) * width, with: pixels[from..<(from + 3 * width)])
    }
    return result
  }
}
