package import Imaging
package import ProtocolModel

/// Confirms that a word is struck out before it is taken out of the reading: a lost word is worse than a crossed one read.
package enum StrikeThrough {
  /// Shares of the columns: what the stroke may miss, because pens jump, and what it must have of the word on either side.
  ///
  /// Of 22 words that the line finder took for struck out, on drawn and real notes, the eight that were have at most .03,
  /// .33 above and .16 below; letters joined at their feet or bars have ink on one side alone.
  private static let mostMissed = 0.04, leastBeside = 0.12
  /// Least width of the box in its heights: the eight have 2.7 and more, capitals that touch 2.2 at most.
  private static let leastWidth = 2.4

  /// Whether one nearly straight stroke runs through the ink in `box` from end to end and beyond its letters, with parts
  /// of the letters above and below it.
  ///
  /// Connected handwriting and the bars of capitals make level strokes too, but at the ends of the word they leave
  /// stems: where a strike begins and ends there is nothing but the strike.
  package static func runs(through box: Box<CropSpace>, ink: [InkRun], coreHeight: Double) -> Bool {
    let width = box.width, height = box.height
    guard Double(width) >= leastWidth * Double(height), width >= 12, height >= 6 else { return false }
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
    let allowed = max(1, Int(mostMissed * Double(width)))
    let pieces = InkComponents(mask: isInk.map { $0 ? 1 : 0 }, width: width, height: height).all
    let outline = pieces.reduce(0) { $0 + $1.outline }
    // The mean over all pieces, as of one; see ``InkComponent/strokeWidth``.
    let stroke = outline > 0 ? max(1, Int((2 * Double(pieces.reduce(0) { $0 + $1.area }) / outline).rounded())) : 1
    for left in stride(from: low, through: high, by: step) {
      for right in stride(from: max(low, left - steepest), through: min(high, left + steepest), by: step) {
        func level(_ x: Int) -> Int { left + (right - left) * x / max(1, width - 1) }
        var missed = 0
        for x in 0..<width {
          let y = level(x)
          let covered =
            isInk[y * width + x] || (y > 0 && isInk[(y - 1) * width + x])
            || (y + 1 < height && isInk[(y + 1) * width + x])
          if !covered {
            missed += 1
            if missed > allowed { break }
          }
        }
        guard missed <= allowed else { continue }
        func share(_ rows: (Int) -> Range<Int>) -> Double {
          let columns = (0..<width).count { x in rows(level(x)).contains { isInk[$0 * width + x] } }
          return Double(columns) / Double(width)
        }
        if share({ 0..<max(0, $0 - stroke) }) >= leastBeside,
          share({ min(height, $0 + stroke + 1)..<height }) >= leastBeside
        {
          return true
        }
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
