/// The parts of a mask that are connected over four neighbours, as runs along its rows and a union of their labels.
struct MaskParts {
  /// A stretch of one row; `end` is one past its last column.
  struct Run {
    var row: Int32
    var start: Int32
    var end: Int32
  }

  /// In rows from the top, each from the left.
  let runs: [Run]
  /// Per run: the first run of its part.
  let parts: [Int32]

  /// The parts of the pixels that have `value`.
  init(of mask: Mask, value: UInt8) {
    let width = mask.width
    var runs: [Run] = []
    var parents: [Int32] = []
    func root(_ index: Int32) -> Int32 {
      var index = index
      while parents[Int(index)] != index {
        parents[Int(index)] = parents[Int(parents[Int(index)])]
        index = parents[Int(index)]
      }
      return index
    }
    mask.bits.withUnsafeBufferPointer { bits in
      var above = 0, endOfAbove = 0
      for row in 0..<mask.height {
        let first = runs.count
        let base = row &* width
        var x = 0
        while x < width {
          guard bits[base &+ x] == value else {
            x &+= 1
            continue
          }
          let start = Int32(truncatingIfNeeded: x)
          while x < width, bits[base &+ x] == value { x &+= 1 }
          let end = Int32(truncatingIfNeeded: x), own = Int32(runs.count)
          runs.append(Run(row: Int32(truncatingIfNeeded: row), start: start, end: end))
          parents.append(own)
          while above < endOfAbove, runs[above].end <= start { above &+= 1 }
          var other = above
          while other < endOfAbove, runs[other].start < end {
            let p = root(Int32(other)), q = root(own)
            if p < q { parents[Int(q)] = p } else { parents[Int(p)] = q }
            other &+= 1
          }
        }
        above = first
        endOfAbove = runs.count
      }
    }
    // A part's first run has the lowest label, so its own label is final when a later run asks for it.
    for index in parents.indices { parents[index] = parents[Int(parents[index])] }
    self.runs = runs
    parts = parents
  }

  /// Gives the pixels of the runs for which `isWanted` one value in `bits`, whose rows have `width` pixels.
  func paint(_ bits: inout [UInt8], width: Int, value: UInt8, where isWanted: (Int) -> Bool) {
    bits.withUnsafeMutableBufferPointer { bits in
      for (index, run) in runs.enumerated() where isWanted(index) {
        let base = Int(run.row) &* width
        for x in (base &+ Int(run.start))..<(base &+ Int(run.end)) { bits[x] = value }
      }
    }
  }
}
