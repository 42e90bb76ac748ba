import Imaging

/// Splits the ink of a note into lines by its row profile.
struct LineSplitter: Sendable {
  /// The pieces of each line, top to bottom.
  func lines(of ink: WritingInk) -> [[InkComponent]] {
    guard let box = WritingInk.bounds(of: ink.pieces) else { return [] }
    let slope = ink.pieces.count >= 4 ? Skew.slope(of: ink.pieces, in: ink.components, limit: 0.12) : 0
    let heights = ink.pieces.map { Double($0.height) }.sorted()
    // Small pieces (dots, broken strokes) would drag the typical height down: take the upper third.
    let typical = max(4, heights[heights.count * 2 / 3])
    let offset = Int(abs(slope) * Double(box.right)) + 1
    var profile = [Double](repeating: 0, count: box.bottom + 2 * offset + 2)
    for piece in ink.pieces {
      for run in ink.components.runs(of: piece) {
        let y = Double(run.y) - slope * Double(run.start + run.end) / 2 + Double(offset)
        profile[min(max(Int(y), 0), profile.count - 1)] += Double(run.end - run.start)
      }
    }
    let smooth = Self.smoothed(profile, radius: max(1, Int(typical * 0.25)))
    let peaks = Self.peaks(of: smooth, distance: typical * 0.7)
    guard !peaks.isEmpty else { return [ink.pieces] }
    var lines = [[InkComponent]](repeating: [], count: peaks.count)
    for piece in ink.pieces {
      let middle = piece.middle
      let level = middle.y - slope * middle.x + Double(offset)
      let nearest = peaks.indices.min { abs(Double(peaks[$0]) - level) < abs(Double(peaks[$1]) - level) } ?? 0
      lines[nearest].append(piece)
    }
    return lines.filter { !$0.isEmpty }
  }

  private static func smoothed(_ values: [Double], radius: Int) -> [Double] {
    var result = values
    for _ in 0..<2 {
      var next = result
      for index in result.indices {
        let low = max(0, index - radius), high = min(result.count - 1, index + radius)
        next[index] = result[low...high].reduce(0, +) / Double(high - low + 1)
      }
      result = next
    }
    return result
  }

  /// Rows of the maxima that stand out from their valleys by a quarter and lie at least `distance` apart.
  private static func peaks(of profile: [Double], distance: Double) -> [Int] {
    let highest = profile.max() ?? 0
    var candidates: [Int] = []
    for index in profile.indices.dropFirst().dropLast()
    where profile[index] >= profile[index - 1] && profile[index] > profile[index + 1] && profile[index] > 0.08 * highest
    {
      candidates.append(index)
    }
    var kept: [Int] = []
    for candidate in candidates {
      guard let last = kept.last else {
        kept.append(candidate)
        continue
      }
      let valley = profile[last...candidate].min() ?? 0
      let lower = min(profile[last], profile[candidate])
      if Double(candidate - last) >= distance, valley < 0.75 * lower {
        kept.append(candidate)
      } else if profile[candidate] > profile[last] {
        kept[kept.count - 1] = candidate
      }
    }
    return kept
  }
}
