import Foundation
import Imaging

/// The slope of a line of writing.
enum Skew {
  /// Slope (pixels down per pixel right) at which the ink's rows are most distinct: the sum of squares of the row
  /// profile is greatest (Postl, *Detection of linear oblique structures*, 1986). 0 where the line is too short to tell.
  static func slope(of pieces: [InkComponent], in components: InkComponents, limit: Double = 0.2) -> Double {
    guard let box = WritingInk.bounds(of: pieces), box.width > 2 * box.height || box.width > 120 else { return 0 }
    var runs: [(x: Double, y: Double, weight: Double)] = []
    for piece in pieces {
      for run in components.runs(of: piece) {
        // A long run is a stroke along the line; cut it, so that it can slope.
        var start = run.start
        while start < run.end {
          let end = min(run.end, start + 8)
          runs.append((Double(start + end) / 2, Double(run.y), Double(end - start)))
          start = end
        }
      }
    }
    func score(_ slope: Double) -> Double {
      let reach = Int((limit + 0.05) * Double(box.right)) + 2
      var profile = [Double](repeating: 0, count: box.bottom + 2 * reach + 2)
      for run in runs {
        let y = run.y - slope * run.x + Double(reach)
        let row = Int(y)
        guard row >= 0, row + 1 < profile.count else { continue }
        let share = y - Double(row)
        profile[row] += run.weight * (1 - share)
        profile[row + 1] += run.weight * share
      }
      return profile.reduce(0) { $0 + $1 * $1 }
    }
    let level = score(0)
    var best = (slope: 0.0, score: level)
    func search(_ slopes: StrideThrough<Double>) {
      for slope in slopes where abs(slope) <= limit {
        let value = score(slope)
        if value > best.score { best = (slope, value) }
      }
    }
    search(stride(from: -limit, through: limit, by: 0.02))
    search(stride(from: best.slope - 0.015, through: best.slope + 0.0151, by: 0.005))
    // A gain of a few percent is chance on handwriting; turning for it costs sharpness.
    return best.score > 1.05 * level ? best.slope : 0
  }
}
