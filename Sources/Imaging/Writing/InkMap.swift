/// How strongly each pixel differs from the paper around it, and which pixels are taken for ink.
package struct InkMap: Sendable {
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// Contrast against the paper, 0 (paper) to 255 (black on white), row by row.
  package var contrast: [UInt8]
  /// 1 where there is ink, row by row.
  package var mask: [UInt8]
  /// Whether the writing is lighter than its ground.
  package var isLightOnDark: Bool

  /// Mean contrast of some ink, 0...255.
  func strength(of runs: ArraySlice<InkRun>) -> Double {
    var sum = 0, count = 0
    for run in runs {
      let base = run.y * width
      for x in run.start..<run.end { sum += Int(contrast[base + x]) }
      count += run.end - run.start
    }
    return Double(sum) / Double(max(1, count))
  }

  /// Takes straight strokes that run level for at least `length` pixels out of the ink of `piece` and returns them:
  /// underlines and strike-outs that touch letters.
  mutating func takeRules(outOf runs: ArraySlice<InkRun>, length: Int) -> [InkRun] {
    let long = runs.filter { $0.end - $0.start >= length }
    for run in long { for x in run.start..<run.end { mask[run.y * width + x] = 0 } }
    return long
  }
}
