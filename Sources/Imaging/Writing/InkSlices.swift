/// Ink cut into upright slices about half a letter wide.
struct InkSlices {
  /// A piece of a slice without a gap in it.
  struct Slice {
    /// The component it is cut from.
    var component: Int
    /// Middle of the slice.
    var x: Double
    /// First row.
    var top: Int
    /// One past the last row.
    var bottom: Int
    /// Pixels.
    var area: Int
    /// Middle of its ink.
    var centre: Double
  }
  /// All slices.
  private(set) var slices: [Slice] = []
  /// Height of small letters, or of capitals where there are no others: the middle height of the slices.
  private(set) var coreHeight: Double

  /// Cuts `pieces`, whose small letters are `leastCore` to `mostCore` pixels high.
  init(
    _ components: InkComponents, of pieces: [InkComponent], leastCore: Double = 4, mostCore: Double = .infinity
  ) {
    let first = Self.weightedMiddle(pieces.filter { $0.height >= 4 }.map { (Double($0.height), Double($0.width)) }) ?? 8
    coreHeight = first
    // What is taken for one letter of such a height is several lines of them.
    let least = leastCore <= mostCore ? max(4, leastCore) : 4
    // The height of whole words in joined writing is twice that of their letters, so cut twice.
    for _ in 0..<2 {
      slices = []
      let step = max(2, Int(0.55 * coreHeight))
      for (index, piece) in pieces.enumerated() {
        cut(components.runs(of: piece), piece, index, step: step)
      }
      let heights = slices.filter { Double($0.bottom - $0.top) > 0.25 * coreHeight }
        .map { (Double($0.bottom - $0.top), Double($0.area)) }
      coreHeight = min(max(4, mostCore), max(least, Self.weightedMiddle(heights) ?? coreHeight))
    }
  }

  /// Cuts one component; a slice is split where rows without ink lie between its parts.
  private mutating func cut(_ runs: ArraySlice<InkRun>, _ piece: InkComponent, _ index: Int, step: Int) {
    let count = max(1, Int((Double(piece.width) / Double(step)).rounded()))
    let height = piece.height
    var rows = [Int](repeating: 0, count: count * height)
    func column(_ x: Int) -> Int { min(count - 1, (x - piece.left) * count / piece.width) }
    for run in runs {
      let firstColumn = column(run.start), lastColumn = column(run.end - 1)
      for slot in firstColumn...lastColumn {
        let from = max(run.start, piece.left + (slot * piece.width + count - 1) / count)
        let to = min(run.end, piece.left + ((slot + 1) * piece.width + count - 1) / count)
        rows[slot * height + run.y - piece.top] += max(0, to - from)
      }
    }
    let gap = max(1, Int(0.2 * coreHeight))
    for slot in 0..<count {
      var top = -1, last = -1, area = 0, moment = 0
      func close(_ slices: inout [Slice]) {
        guard top >= 0 else { return }
        slices.append(
          Slice(
            component: index, x: Double(piece.left) + (Double(slot) + 0.5) * Double(piece.width) / Double(count),
            top: piece.top + top, bottom: piece.top + last + 1, area: area,
            centre: Double(piece.top) + Double(moment) / Double(area) + 0.5))
        top = -1
        area = 0
        moment = 0
      }
      for row in 0..<height where rows[slot * height + row] > 0 {
        if top >= 0, row - last > gap { close(&slices) }
        if top < 0 { top = row }
        last = row
        area += rows[slot * height + row]
        moment += row * rows[slot * height + row]
      }
      close(&slices)
    }
  }

  /// The value at which half of the weight is reached.
  static func weightedMiddle(_ values: [(value: Double, weight: Double)]) -> Double? {
    let sorted = values.sorted { $0.value < $1.value }
    var left = sorted.reduce(0) { $0 + $1.weight } / 2
    for (value, weight) in sorted {
      left -= weight
      if left <= 0 { return value }
    }
    return nil
  }
}
