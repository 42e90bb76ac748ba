/// Grows flat zones over writing: everything of a zone's colour that is reached from it across thin strokes.
///
/// Dense writing cuts the ground of a note into pieces that no gradient limit joins; their colour does.
struct ColourRegions {
  /// The plane.
  let plane: ColourPlane
  /// Strokes up to twice this many pixels wide are crossed.
  let reach: Int

  /// The region of zone `number`, holes filled, or `nil` where it runs out of its surroundings: a ground, no paper.
  func region(of number: Int, in zones: FlatZones) -> Mask? {
    let zone = zones.zones[number]
    // A third of a note's ground is always in one piece; the rest lies within its own size on every side.
    let marginX = max(12, Int(1.2 * Double(max(zone.width, zone.height)))), marginY = marginX
    let left = max(0, zone.left - marginX), top = max(0, zone.top - marginY)
    let right = min(plane.width - 1, zone.right + marginX), bottom = min(plane.height - 1, zone.bottom + marginY)
    var match = Mask(x: left - 4, y: top - 4, width: right - left + 9, height: bottom - top + 9)
    let colour = zone.colour
    // Under one lamp a paper's chroma varies by a few units and by a sixth of itself; its lightness falls off more.
    let tolerance = max(5.0, 0.18 * colour.chroma)
    fill(&match, left: left, top: top, right: right, bottom: bottom, colour: colour, tolerance: tolerance)
    let joined = match.dilated(by: reach)
    guard let seed = seed(of: Int32(number), in: zones, zone: zone) else { return nil }
    var part = joined.part(containing: seed)
    part.keep(only: match)
    guard !touchesWindow(part, left: left, top: top, right: right, bottom: bottom) else { return nil }
    return part.trimmed(margin: 4).dilated(by: 3).filled().eroded(by: 3).opened().largestPart()
  }

  private func fill(
    _ match: inout Mask, left: Int, top: Int, right: Int, bottom: Int, colour: LabColour, tolerance: Double
  ) {
    let a = Float(colour.a), b = Float(colour.b), lightness = Float(colour.lightness * 2.55)
    let limit = Float(tolerance * tolerance)
    let frameX = match.x, frameY = match.y, frameWidth = match.width
    plane.values.withUnsafeBufferPointer { values in
      match.bits.withUnsafeMutableBufferPointer { bits in
        for y in top...bottom {
          let row = (y - frameY) * frameWidth - frameX
          for x in left...right {
            let i = 3 &* (y &* plane.width &+ x)
            let value = Float(values[i])
            guard value > lightness - 41, value < lightness + 33 else { continue }
            // In shade the chroma shrinks with the light.
            let ratio = min(1.4, lightness / max(value, 1))
            let da = (Float(values[i &+ 1]) - 128) * ratio - a, db = (Float(values[i &+ 2]) - 128) * ratio - b
            if da * da + db * db < limit { bits[row &+ x] = 1 }
          }
        }
      }
    }
  }

  private func seed(of number: Int32, in zones: FlatZones, zone: FlatZones.Zone) -> (x: Int, y: Int)? {
    let y = (zone.top + zone.bottom) / 2
    for row in [y] + Array(zone.top...zone.bottom) {
      for x in zone.left...zone.right where zones.labels[row * plane.width + x] == number { return (x, row) }
    }
    return nil
  }

  private func touchesWindow(_ mask: Mask, left: Int, top: Int, right: Int, bottom: Int) -> Bool {
    let columns = (left - mask.x)...(right - mask.x), rows = (top - mask.y)...(bottom - mask.y)
    func row(_ y: Int) -> Bool { columns.contains { mask.bits[y * mask.width + $0] == 1 } }
    func column(_ x: Int) -> Bool { rows.contains { mask.bits[$0 * mask.width + x] == 1 } }
    // At the picture's own border a paper may end; inside it the window was too small or it is no paper.
    return (left > 0 && column(left - mask.x)) || (top > 0 && row(top - mask.y))
      || (right < plane.width - 1 && column(right - mask.x)) || (bottom < plane.height - 1 && row(bottom - mask.y))
  }
}
