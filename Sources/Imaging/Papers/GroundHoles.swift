import ProtocolModel

/// Papers as the holes that they leave in the even ground behind them.
///
/// Large dark writing leaves no even part of a note to grow from, and a printed picture has none; the board around does
/// not change.
struct GroundHoles {
  /// The plane.
  let plane: ColourPlane
  /// Smallest paper in pixels of the plane.
  let leastArea: Double
  /// Even parts of the plane at the gradients of grounds; see ``PaperFinder/limits``.
  let grounds: [FlatZones]

  /// Share of the plane that a ground fills at least, and a paper at most.
  private static let leastGround = 0.04, mostPaper = 0.06
  /// Distance in L*a*b* of a paper from its ground. A box drawn with a pen and a dense text have their ground inside.
  private static let leastDistance = 8.0

  /// More papers of about the size of those `found`, where these are enough to tell it, and beside them.
  func hypotheses(beside found: [PaperHypothesis]) -> [PaperHypothesis] {
    let clear = found.filter { $0.score > 0.75 && $0.fit.shape != .strip }
    guard clear.count >= 4, let usual = BoardConsensus.usualArea(of: clear) else { return [] }
    let fresh = all().filter { hole in
      Self.sizes.contains(hole.area / usual) && hole.fit.overlap > 0.88 && hole.leastSupport > 0.7
        && hole.surround.contrast.allSatisfy { $0 > Self.leastDistance }
        && !found.contains { $0.shared(with: hole) > 0.15 * min($0.area, hole.area) }
    }
    return PaperSelection(plane: plane, leastArea: leastArea).withoutRepeats(fresh)
  }

  /// Sizes of papers on one board, as shares of the usual one.
  private static let sizes = 0.4...2.5

  /// What has the outline of a paper.
  private func all() -> [PaperHypothesis] {
    let pixels = Double(plane.width * plane.height)
    var result: [PaperHypothesis] = []
    for zones in grounds {
      for (number, zone) in zones.zones.enumerated() where Double(zone.area) > Self.leastGround * pixels {
        let ground = Mask(
          label: Int32(number), of: zones.labels, planeWidth: plane.width, x: zone.left, y: zone.top,
          width: zone.width, height: zone.height, margin: 4)
        // An edge is two pixels wide on either side; one of them comes back here and one below.
        let closed = ground.dilated(by: 1)
        for hole in closed.holes(areas: Int(leastArea)...Int(Self.mostPaper * pixels)) {
          let solid = hole.eroded(by: 1).opened().largestPart()
          guard Double(solid.area) > leastArea, let fit = ShapeFit(solid), fit.overlap > 0.82 else { continue }
          let colour = middleColour(of: solid)
          guard colour.distance(to: zone.colour) > Self.leastDistance else { continue }
          result.append(PaperHypothesis(fit: fit, colour: colour, plane: plane))
        }
      }
    }
    return result
  }

  /// Median of each of L*, a* and b*: the paper where its writing covers less than half of it.
  private func middleColour(of mask: Mask) -> LabColour {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 3)
    for row in 0..<mask.height {
      for column in 0..<mask.width where mask.bits[row * mask.width + column] == 1 {
        let x = mask.x + column, y = mask.y + row
        guard x >= 0, y >= 0, x < plane.width, y < plane.height else { continue }
        for channel in 0..<3 { counts[channel][Int(plane.values[3 * (y * plane.width + x) + channel])] += 1 }
      }
    }
    let middle = counts.map { histogram -> Double in
      var left = histogram.reduce(0, +) / 2
      for (value, count) in histogram.enumerated() {
        left -= count
        if left < 0 { return Double(value) }
      }
      return 0
    }
    return LabColour(lightness: middle[0] / 2.55, a: middle[1] - 128, b: middle[2] - 128)
  }
}

extension Mask {
  /// The parts of the frame outside of the mask that it encloses, of these areas, each in a frame of its own with four
  /// empty pixels around; in row order.
  func holes(areas: ClosedRange<Int>) -> [Mask] {
    let full = filled()
    var open = full.bits
    open.withUnsafeMutableBufferPointer { open in
      for index in open.indices { open[index] &= 1 &- bits[index] }
    }
    var result: [Mask] = []
    for start in open.indices where open[start] == 1 {
      open[start] = 2
      // What is reached is looked at in turn; the frame's border is never enclosed, so every neighbour is inside the frame.
      var members = [start]
      var next = 0
      var left = width, right = 0, top = height, bottom = 0
      open.withUnsafeMutableBufferPointer { open in
        while next < members.count {
          let index = members[next]
          next += 1
          let x = index % width, y = index / width
          (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
          func reach(_ place: Int) {
            guard open[place] == 1 else { return }
            open[place] = 2
            members.append(place)
          }
          reach(index &- 1)
          reach(index &+ 1)
          reach(index &- width)
          reach(index &+ width)
        }
      }
      guard areas.contains(members.count) else { continue }
      var hole = Mask(
        x: x + left - 4, y: y + top - 4, width: right - left + 9, height: bottom - top + 9)
      for index in members { hole.bits[(index / width - top + 4) * hole.width + index % width - left + 4] = 1 }
      result.append(hole)
    }
    return result
  }
}
