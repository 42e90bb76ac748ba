/// Lines that stand above each other, such as one list, one paragraph or one heading.
struct TextColumn {
  /// The lines from the top.
  var lines: [BoardLine]

  /// Height of small letters in the middle of the lines, by their width.
  var coreHeight: Double { InkSlices.weightedMiddle(lines.map { ($0.coreHeight, $0.right - $0.left) }) ?? 1 }
  /// Left end of the leftmost line.
  var left: Double { lines.map { $0.left }.min() ?? 0 }
  /// Right end of the rightmost line.
  var right: Double { lines.map { $0.right }.max() ?? 0 }
  /// Level of the first line.
  var top: Double { lines.first?.level ?? 0 }
  /// Level of the last line.
  var bottom: Double { lines.last?.level ?? 0 }

  /// Puts lines of a size that share their place from left to right into columns.
  static func columns(_ lines: [BoardLine]) -> [TextColumn] {
    let sorted = lines.sorted { ($0.level, $0.left) < ($1.level, $1.left) }
    var columns: [TextColumn] = []
    for line in sorted {
      var best: (index: Int, distance: Double)?
      for (index, column) in columns.enumerated() {
        guard let last = column.lines.last else { continue }
        let size = line.coreHeight / column.coreHeight
        let distance = line.level - last.centre(at: (line.left + line.right) / 2)
        // Blank lines part the items of a list; more than three of them part texts.
        guard size > 0.55, size < 1.8, distance > 0, distance < 5.5 * max(line.coreHeight, column.coreHeight)
        else { continue }
        // The last lines say where the column runs; a heading over two columns does not.
        let recent = column.lines.suffix(3)
        let left = recent.map { $0.left }.min() ?? 0, right = recent.map { $0.right }.max() ?? 0
        let shared = min(line.right, right) - max(line.left, left)
        guard shared > 0.4 * min(line.right - line.left, right - left),
          distance < best?.distance ?? .infinity
        else { continue }
        best = (index, distance)
      }
      if let best {
        columns[best.index].lines.append(line)
      } else {
        columns.append(TextColumn(lines: [line]))
      }
    }
    return columns.sorted { ($0.top, $0.left) < ($1.top, $1.left) }
  }

  /// Columns beside each other are read from the left, those below each other from the top.
  static func inReadingOrder(_ columns: [TextColumn]) -> [TextColumn] {
    var bands: [(columns: [TextColumn], bottom: Double)] = []
    for column in columns.sorted(by: { ($0.top, $0.left) < ($1.top, $1.left) }) {
      if let last = bands.last, column.top < last.bottom {
        bands[bands.count - 1].columns.append(column)
        bands[bands.count - 1].bottom = max(last.bottom, column.bottom)
      } else {
        bands.append(([column], column.bottom))
      }
    }
    return bands.flatMap { $0.columns.sorted { ($0.left, $0.top) < ($1.left, $1.top) } }
  }
}
