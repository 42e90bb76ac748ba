package import Imaging
package import ProtocolModel

/// Confirms that a word is struck out before it is taken out of the reading: a lost word is worse than a crossed one read.
package enum StrikeThrough {
  /// Whether one nearly straight stroke runs through the ink in `box` from end to end and beyond its letters.
  ///
  /// Connected handwriting and the bars of capitals make level strokes too, but at the ends of the word they leave
  /// stems: where a strike begins and ends there is nothing but the strike. 0.93: pens jump.
  package static func runs(through box: Box<CropSpace>, ink: [InkRun], coreHeight: Double) -> Bool {
    let width = box.width, height = box.height
    // Whoever writes a false start has written two letters at least.
    guard Double(width) >= 1.8 * coreHeight, width >= 12, height >= 6 else { return false }
    var isInk = [Bool](repeating: false, count: width * height)
    for run in ink where run.y >= box.y && run.y < box.y + height {
      let start = max(run.start, box.x), end = min(run.end, box.x + width)
      if start < end { for x in start..<end { isInk[(run.y - box.y) * width + x - box.x] = true } }
    }
    guard isThin(isInk, 0..<max(2, width / 40), width, height, coreHeight),
      isThin(isInk, (width - max(2, width / 40))..<width, width, height, coreHeight)
    else { return false }
    let step = max(1, height / 40)
    let low = height / 5, high = height * 17 / 20
    let steepest = max(2, Int(0.45 * coreHeight), width / 6)
    for left in stride(from: low, through: high, by: step) {
      for right in stride(from: max(low, left - steepest), through: min(high, left + steepest), by: step) {
        var missed = 0
        let allowed = max(1, width * 7 / 100)
        for x in 0..<width {
          let y = left + (right - left) * x / max(1, width - 1)
          let covered =
            isInk[y * width + x] || (y > 0 && isInk[(y - 1) * width + x])
            || (y + 1 < height && isInk[(y + 1) * width + x])
          if !covered {
            missed += 1
            if missed > allowed { break }
          }
        }
        if missed <= allowed { return true }
      }
    }
    return false
  }

  /// Whether the ink in `columns` spans less than half a letter's height, as the end of a level stroke does.
  private static func isThin(
    _ isInk: [Bool], _ columns: Range<Int>, _ width: Int, _ height: Int, _ coreHeight: Double
  ) -> Bool {
    let rows = (0..<height).filter { y in columns.contains { isInk[y * width + $0] } }
    guard let first = rows.first, let last = rows.last else { return false }
    return Double(last - first + 1) <= 0.5 * coreHeight
  }
}
