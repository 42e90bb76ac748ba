/// A stretch of ink in one row.
package struct InkRun: Hashable, Sendable {
  /// The row.
  package var y: Int
  /// First column.
  package var start: Int
  /// One past the last column.
  package var end: Int

  /// Creates a stretch.
  package init(y: Int, start: Int, end: Int) {
    self.y = y
    self.start = start
    self.end = end
  }
}

/// Ink that hangs together.
package struct InkComponent: Hashable, Sendable {
  /// Where its runs lie among those of all components.
  package var runs: Range<Int>
  /// Left edge, inclusive.
  package var left: Int
  /// Top edge, inclusive.
  package var top: Int
  /// Right edge, exclusive.
  package var right: Int
  /// Bottom edge, exclusive.
  package var bottom: Int
  /// Pixels.
  package var area: Int
  /// Length of the outline by Cauchy and Crofton: pi/4 times the steps between ink and paper along rows and columns.
  package var outline: Double

  /// Pixels from the left edge to the right one.
  package var width: Int { right - left }
  /// Pixels from the top edge to the bottom one.
  package var height: Int { bottom - top }
  /// Middle of the box.
  package var middle: (x: Double, y: Double) { (Double(left + right) / 2, Double(top + bottom) / 2) }
  /// Mean width of the stroke: a long stroke's area over half its outline.
  package var strokeWidth: Double { outline > 0 ? 2 * Double(area) / outline : 0 }
  /// Share of the box that is ink.
  package var fill: Double { Double(area) / Double(max(1, width * height)) }
}

/// The connected components of a mask, eight neighbours, in the order of their first pixel.
package struct InkComponents: Sendable {
  /// All runs, those of one component together, in rows from the top.
  package private(set) var runs: [InkRun] = []
  /// The components.
  package private(set) var all: [InkComponent] = []

  /// The runs of a component.
  package func runs(of component: InkComponent) -> ArraySlice<InkRun> { runs[component.runs] }

  /// Labels `mask` (non-zero is ink) by runs and a union of labels.
  package init(mask: [UInt8], width: Int, height: Int) {
    var found: [InkRun] = []
    var parents: [Int32] = []
    var overlaps: [Int32] = []  // pixels of a run that have ink straight above them
    mask.withUnsafeBufferPointer { mask in
      var previous = 0..<0
      for y in 0..<height {
        let first = found.count
        let base = y * width
        var x = 0
        var above = previous.lowerBound
        while x < width {
          if mask[base + x] == 0 {
            x += 1
            continue
          }
          let start = x
          while x < width, mask[base + x] != 0 { x += 1 }
          let index = Int32(found.count)
          found.append(InkRun(y: y, start: start, end: x))
          parents.append(index)
          overlaps.append(0)
          while above < previous.upperBound, found[above].end < start { above += 1 }
          var other = above
          while other < previous.upperBound, found[other].start <= x {
            Self.join(&parents, Int32(other), index)
            overlaps[Int(index)] += Int32(max(0, min(found[other].end, x) - max(found[other].start, start)))
            other += 1
          }
        }
        previous = first..<found.count
      }
    }
    gather(found, &parents, overlaps)
  }

  /// Puts the runs of each component together and measures it.
  private mutating func gather(_ found: [InkRun], _ parents: inout [Int32], _ overlaps: [Int32]) {
    var numbers = [Int32](repeating: -1, count: found.count)
    var counts: [Int] = []
    var owners = [Int32](repeating: 0, count: found.count)
    for index in found.indices {
      let root = Int(Self.root(&parents, Int32(index)))
      if numbers[root] < 0 {
        numbers[root] = Int32(counts.count)
        counts.append(0)
      }
      owners[index] = numbers[root]
      counts[Int(numbers[root])] += 1
    }
    var next: [Int] = []
    next.reserveCapacity(counts.count)
    var total = 0
    for count in counts {
      next.append(total)
      all.append(
        InkComponent(
          runs: total..<(total + count), left: .max, top: .max, right: 0, bottom: 0, area: 0, outline: 0))
      total += count
    }
    runs = [InkRun](repeating: InkRun(y: 0, start: 0, end: 0), count: total)
    for (index, run) in found.enumerated() {
      let owner = Int(owners[index])
      runs[next[owner]] = run
      next[owner] += 1
      let length = run.end - run.start
      all[owner].left = min(all[owner].left, run.start)
      all[owner].right = max(all[owner].right, run.end)
      all[owner].top = min(all[owner].top, run.y)
      all[owner].bottom = max(all[owner].bottom, run.y + 1)
      all[owner].area += length
      all[owner].outline += Double.pi / 4 * Double(2 + 2 * (length - Int(overlaps[index])))
    }
  }

  private static func root(_ parents: inout [Int32], _ index: Int32) -> Int32 {
    var index = index
    while parents[Int(index)] != index {
      parents[Int(index)] = parents[Int(parents[Int(index)])]
      index = parents[Int(index)]
    }
    return index
  }

  private static func join(_ parents: inout [Int32], _ a: Int32, _ b: Int32) {
    let first = root(&parents, a), second = root(&parents, b)
    if first < second { parents[Int(second)] = first } else { parents[Int(first)] = second }
  }
}
