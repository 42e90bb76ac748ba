import Imaging
import ProtocolModel

/// Confirms that a word is struck out before it is taken out of the reading: a lost word is worse than a crossed one read.
enum StrikeThrough {
  /// Whether one nearly straight stroke runs through the ink in `box` from end to end.
  ///
  /// Connected handwriting has level strokes too, but they follow the letters; a strike covers the columns of its word
  /// along one straight line. 0.93: pens jump at the ends.
  static func runs(through box: Box<CropSpace>, ink: [InkRun], coreHeight: Double) -> Bool {
    let width = box.width, height = box.height
    guard width >= 8, height >= 6 else { return false }
    var isInk = [Bool](repeating: false, count: width * height)
    for run in ink where run.y >= box.y && run.y < box.y + height {
      let start = max(run.start, box.x), end = min(run.end, box.x + width)
      if start < end { for x in start..<end { isInk[(run.y - box.y) * width + x - box.x] = true } }
    }
    let step = max(1, height / 40)
    let low = height / 5, high = height * 9 / 10
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
}
