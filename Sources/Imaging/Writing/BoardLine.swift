import ProtocolModel

/// A line of writing on a sheet, in pixels of its view.
struct BoardLine {
  /// Its ink, from the top.
  var runs: [InkRun]
  /// Height of its small letters.
  var coreHeight: Double
  /// Pixels that it falls per pixel to the right.
  var slope: Double
  /// Height of the middle of its small letters at x = 0.
  var offset: Double
  /// Whether a rule lies under it.
  var isUnderlined = false
  /// Share of its width that is struck out.
  var struckShare = 0.0
  /// Mean contrast of its ink against the board, 0...255.
  var strength = 255.0
  /// Parts with clear gaps between them, from the left.
  var parts: [Part]

  /// Ink between two gaps.
  struct Part {
    var left: Double
    var right: Double
    /// Above the middle of the line, negative upwards.
    var top: Double
    var bottom: Double
    var area: Int
    var width: Double { right - left }
    var height: Double { bottom - top }
    var fill: Double { Double(area) / max(1, width * height) }
  }

  /// Creates a line and finds its parts.
  init(runs: [InkRun], coreHeight: Double, slope: Double, offset: Double) {
    self.runs = runs
    self.coreHeight = coreHeight
    self.slope = slope
    self.offset = offset
    parts = Self.parts(of: runs, slope: slope, offset: offset, gap: 0.12 * coreHeight)
  }

  /// Left end of the ink.
  var left: Double { parts.first?.left ?? 0 }
  /// Right end of the ink.
  var right: Double { parts.map { $0.right }.max() ?? 0 }
  /// Middle height at the middle of the line.
  var level: Double { offset + slope * (left + right) / 2 }
  /// Middle height at `x`.
  func centre(at x: Double) -> Double { offset + slope * x }
  /// Left end of the text after a bullet of `count` parts.
  func textLeft(afterParts count: Int) -> Double { parts.count > count ? parts[count].left : left }

  private static func parts(of runs: [InkRun], slope: Double, offset: Double, gap: Double) -> [Part] {
    var parts: [Part] = []
    for run in runs.sorted(by: { ($0.start, $0.y) < ($1.start, $1.y) }) {
      let start = Double(run.start), end = Double(run.end)
      let y = Double(run.y) - offset - slope * (start + end) / 2
      if let last = parts.indices.last, start <= parts[last].right + gap {
        parts[last].right = max(parts[last].right, end)
        parts[last].top = min(parts[last].top, y)
        parts[last].bottom = max(parts[last].bottom, y + 1)
        parts[last].area += run.end - run.start
      } else {
        parts.append(Part(left: start, right: end, top: y, bottom: y + 1, area: run.end - run.start))
      }
    }
    return parts
  }

  /// How often a level cut through the middle of the letters meets ink, on average.
  var crossings: Double {
    var count = 0
    for run in runs {
      let middle = Double(run.start + run.end) / 2
      if abs(Double(run.y) + 0.5 - centre(at: middle)) < 0.4 * coreHeight { count += 1 }
    }
    return Double(count) / max(1, 0.8 * coreHeight)
  }

  /// This line continued by one to its right.
  func joined(with other: BoardLine) -> BoardLine {
    let run = other.level - level, width = (other.left + other.right - left - right) / 2
    let long = right - left > other.right - other.left ? self : other
    // The slope between the middles counts where they lie far apart, else that of the longer part.
    let slope = width > 8 * coreHeight ? run / width : long.slope
    let all = (runs + other.runs).sorted { ($0.y, $0.start) < ($1.y, $1.start) }
    let weight = Double(runs.count) / Double(max(1, all.count))
    let middle = weight * (left + right) / 2 + (1 - weight) * (other.left + other.right) / 2
    let height = weight * level + (1 - weight) * other.level
    var line = BoardLine(
      runs: all, coreHeight: max(coreHeight, other.coreHeight), slope: slope, offset: height - slope * middle)
    line.strength = max(strength, other.strength)
    line.isUnderlined = isUnderlined || other.isUnderlined
    let own = right - left, theirs = other.right - other.left
    line.struckShare = (struckShare * own + other.struckShare * theirs) / max(1, own + theirs)
    return line
  }
}
