import Foundation

/// Where the lines of one block of writing run.
struct LineLayout {
  /// The middle of a line's small letters: y = `offset` + `slope` * x.
  struct Line {
    var offset: Double
    var slope: Double
    /// The middle of its letters at `x`.
    func centre(at x: Double) -> Double { offset + slope * x }
  }
  /// The lines from the top.
  private(set) var lines: [Line] = []
  /// Height of small letters.
  let coreHeight: Double
  /// The tilt of the block, radians, positive where lines fall to the right.
  private(set) var angle: Double = 0

  /// A slice as a vote for a line.
  private struct Vote {
    var x: Double
    var y: Double
    var weight: Double
  }

  /// Lays lines through the slices; `nil` where there is no writing.
  init?(_ slices: InkSlices, width: Int, height: Int) {
    let core = slices.coreHeight
    coreHeight = core
    let votes = slices.slices.compactMap { slice -> Vote? in
      let extent = Double(slice.bottom - slice.top)
      guard extent > 0.4 * core else { return nil }
      // A slice as high as a small letter is one; in a higher one the ink's own middle is nearer to the line.
      if extent < 1.5 * core { return Vote(x: slice.x, y: Double(slice.top + slice.bottom) / 2, weight: 1) }
      return Vote(x: slice.x, y: slice.centre, weight: extent < 2.6 * core ? 0.5 : 0.1)
    }
    guard !votes.isEmpty else { return nil }
    angle = Self.tilt(votes, core: core, width: Double(width))
    let direction = tan(angle)
    let levels = votes.map { $0.y - direction * $0.x }
    let offsets = Self.peaks(levels, weights: votes.map { $0.weight }, core: core)
    guard !offsets.isEmpty else { return nil }
    lines = offsets.map { Line(offset: $0, slope: direction) }
    straighten(votes)
  }

  /// The layout with a line through each row of letters among `strangers`, the ink that none of its lines took; `nil`
  /// where there is no such row. The one short word under a long line makes a peak as low as noise.
  func completed(by strangers: [InkComponent]) -> LineLayout? {
    let direction = tan(angle)
    let letters = strangers.filter {
      Double($0.height) > 0.6 * coreHeight && Double($0.height) < 1.6 * coreHeight
        && Double($0.width) < 2 * coreHeight && $0.strokeWidth < 0.4 * coreHeight
    }.sorted { ($0.left, $0.top) < ($1.left, $1.top) }
    var rows: [(level: Double, right: Int, count: Int)] = []
    for letter in letters {
      let level = letter.middle.y - direction * letter.middle.x
      let place = rows.firstIndex {
        abs($0.level - level) < 0.35 * coreHeight && Double(letter.left - $0.right) < 1.2 * coreHeight
      }
      if let place {
        let count = Double(rows[place].count)
        rows[place] = (
          (rows[place].level * count + level) / (count + 1), max(rows[place].right, letter.right), rows[place].count + 1
        )
      } else {
        rows.append((level, letter.right, 1))
      }
    }
    let found = rows.filter { $0.count >= Self.fewestLetters }
    guard !found.isEmpty else { return nil }
    var result = self
    // Their slopes differ, so their order is that in the middle of what was left over.
    let middle = letters.reduce(0) { $0 + $1.middle.x } / Double(letters.count)
    result.lines = (lines + found.map { Line(offset: $0.level, slope: direction) }).sorted {
      $0.centre(at: middle) < $1.centre(at: middle)
    }
    return result
  }

  /// Fewer signs in a row may be a sketch or a number.
  private static let fewestLetters = 3

  /// The tilt at which the profile is sharpest, within 20 degrees, small tilts preferred.
  private static func tilt(_ votes: [Vote], core: Double, width: Double) -> Double {
    func sharpness(_ degrees: Double) -> Double {
      let direction = tan(degrees * .pi / 180)
      let levels = votes.map { $0.y - direction * $0.x }
      let profile = Profile(levels, weights: votes.map { $0.weight }, sigma: 0.3 * core)
      let energy = profile.values.reduce(0) { $0 + $1 * $1 }
      // 20 degrees: as far as notes are stuck askew after their own edges were set upright.
      return energy * exp(-(degrees / 20) * (degrees / 20) / 2)
    }
    var best = 0.0, most = sharpness(0)
    for degrees in stride(from: -20.0, through: 20, by: 1) where degrees != 0 {
      let value = sharpness(degrees)
      if value > most * 1.001 { (best, most) = (degrees, value) }
    }
    for degrees in [best - 0.5, best + 0.5] {
      let value = sharpness(degrees)
      if value > most { (best, most) = (degrees, value) }
    }
    return best * .pi / 180
  }

  /// Weights along one axis, smoothed by a Gaussian.
  private struct Profile {
    var low: Double
    var step: Double
    var values: [Double]

    init(_ levels: [Double], weights: [Double], sigma: Double) {
      step = max(0.5, sigma / 4)
      low = (levels.min() ?? 0) - 4 * sigma
      let high = (levels.max() ?? 0) + 4 * sigma
      let count = Int((high - low) / step) + 2
      values = [Double](repeating: 0, count: count)
      let reach = 12
      let kernel = (-reach...reach).map { exp(-pow(Double($0) * step / sigma, 2) / 2) }
      for (level, weight) in zip(levels, weights) {
        let middle = Int((level - low) / step)
        for offset in -reach...reach where middle + offset >= 0 && middle + offset < count {
          values[middle + offset] += weight * kernel[offset + reach]
        }
      }
    }
  }

  /// The levels of the lines.
  private static func peaks(_ levels: [Double], weights: [Double], core: Double) -> [Double] {
    let profile = Profile(levels, weights: weights, sigma: 0.3 * core)
    let values = profile.values
    var peaks: [Int] = []
    for index in 1..<(values.count - 1)
    where values[index] > values[index - 1] && values[index] >= values[index + 1] && values[index] > 1 {
      peaks.append(index)
    }
    // Peaks nearer than a letter, or without a valley between them, are one line.
    var merged = true
    while merged {
      merged = false
      for (n, pair) in zip(peaks, peaks.dropFirst()).enumerated() {
        let distance = Double(pair.1 - pair.0) * profile.step
        let valley = values[pair.0...pair.1].min() ?? 0
        let less = min(values[pair.0], values[pair.1]), more = max(values[pair.0], values[pair.1])
        // Capitals stand 1.15 letters apart at the closest, small letters 1.6.
        let isOne = distance < 0.9 * core || distance < 1.5 * core && (valley > 0.6 * less || less < 0.2 * more)
        guard isOne else { continue }
        peaks.remove(at: values[pair.0] > values[pair.1] ? n + 1 : n)
        merged = true
        break
      }
    }
    return peaks.map { profile.low + (Double($0) + 0.5) * profile.step }
  }

  /// Gives each line its own slope and level by the votes near it.
  private mutating func straighten(_ votes: [Vote]) {
    for index in lines.indices {
      for _ in 0..<2 {
        var n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0
        for vote in votes where abs(vote.y - lines[index].centre(at: vote.x)) < 0.55 * coreHeight {
          n += vote.weight
          sx += vote.weight * vote.x
          sy += vote.weight * vote.y
          sxx += vote.weight * vote.x * vote.x
          sxy += vote.weight * vote.x * vote.y
        }
        guard n > 0 else { break }
        let spread = sxx - sx * sx / n
        // Ridge: a short line keeps the block's tilt, a line of ten letters follows its own.
        let ridge = 12 * coreHeight * coreHeight * 4
        let block = tan(angle)
        let slope = (sxy - sx * sy / n + ridge * block) / (spread + ridge)
        let held = min(max(slope, block - 0.14), block + 0.14)
        lines[index] = Line(offset: (sy - held * sx) / n, slope: held)
      }
    }
  }
}
