/// How the lines of a column follow each other: how far apart they are, and whether a line ended for want of room.
struct LineFlow {
  private let lines: [BoardLine]
  /// From each line down to the next, in pixels.
  let distances: [Double]
  /// Where full lines end.
  private let margin: Double

  /// Looks at lines from the top.
  init(_ lines: [BoardLine]) {
    self.lines = lines
    distances = zip(lines, lines.dropFirst()).map { $1.level - $0.level }
    margin = lines.map(\.right).max() ?? 0
  }

  /// Whether the line above the `index`th had room for that line's first word and `spare` letters more: then a new
  /// thought begins there, since who writes on fills the line. Words that run into each other count as six letters.
  func hasRoom(before index: Int, spare: Double) -> Bool {
    let above = lines[index - 1], line = lines[index], core = line.coreHeight
    let word = line.parts.first { $0.width > 1.2 * core }?.width ?? core
    return above.right + min(word, 6 * core) + (0.7 + spare) * core < margin
  }

  /// Whether lines are written until the margin: a third of them reach it. One line alone, the longest, is no margin.
  var isFull: Bool {
    let full = lines.count { $0.right > margin - 4 * $0.coreHeight }
    return full >= 2 && 3 * full >= lines.count
  }

  /// The distance that parts the lines of one item from the beginnings of the next ones; `nil` where all lines are about
  /// as far apart, since the spacing of handwriting varies by itself.
  ///
  /// It lies in the widest step between two sorted distances, of a tenth and more, if those above the step are on average a
  /// fifth larger than those below it.
  var widestWithin: Double? {
    let sorted = distances.filter { $0 > 0 }.sorted()
    guard sorted.count >= 2 else { return nil }
    var best: (cut: Double, ratio: Double)?
    for index in 1..<sorted.count {
      let low = sorted[..<index], high = sorted[index...]
      let within = low.reduce(0, +) / Double(low.count), between = high.reduce(0, +) / Double(high.count)
      let step = sorted[index] / sorted[index - 1]
      guard between > 1.2 * within, step > 1.1, step > best?.ratio ?? 0 else { continue }
      best = ((sorted[index] * sorted[index - 1]).squareRoot(), step)
    }
    return best?.cut
  }
}
