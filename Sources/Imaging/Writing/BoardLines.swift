import Foundation
import ProtocolModel

/// The lines of writing on a sheet.
struct BoardLines {
  /// The lines, from the top.
  private(set) var lines: [BoardLine] = []

  /// Lays lines through the letters of `ink`; on a screen without the specks of its moire at their ends.
  init(_ ink: BoardInk, width: Int, height: Int, isScreen: Bool = false) {
    for blob in TextBlobs(ink.letters).blobs { lay(blob, ink, width: width, height: height) }
    joinAlong()
    takeInMarks()
    if isScreen { lines = lines.map { Self.withoutFaintEnds($0, ink.map) } }
    underline(ink.rules)
    lines.sort { ($0.level, $0.left) < ($1.level, $1.left) }
  }

  private mutating func lay(_ blob: [InkComponent], _ ink: BoardInk, width: Int, height: Int) {
    let components = ink.components
    for column in Columns.split(blob) {
      let slices = InkSlices(components, of: column)
      guard let layout = LineLayout(slices, width: width, height: height) else { continue }
      let assignment = LineAssignment(completing: layout, components: components, pieces: column)
      for (line, box) in assignment.placedLines() {
        var found = BoardLine(runs: box.ink, coreHeight: box.coreHeight, slope: line.slope, offset: line.offset)
        found.strength = ink.map.strength(of: box.ink[...])
        found.isUnderlined = box.isUnderlined
        let struck = box.struckOut.reduce(0) { $0 + $1.width }
        found.struckShare = Double(struck) / max(1, found.right - found.left)
        lines.append(found)
      }
    }
  }

  /// A line without parts at its ends that are far fainter than its letters: print has one strength.
  private static func withoutFaintEnds(_ line: BoardLine, _ map: InkMap) -> BoardLine {
    let strengths = line.parts.map { part in
      map.strength(of: line.runs.filter { Double($0.start) < part.right && Double($0.end) > part.left }[...])
    }
    let letters = InkSlices.weightedMiddle(zip(strengths, line.parts).map { ($0, Double($1.area)) }) ?? 0
    let clear = strengths.indices.filter { strengths[$0] > 0.6 * letters }
    guard let first = clear.first, let last = clear.last, last - first + 1 < line.parts.count else { return line }
    let left = line.parts[first].left, right = line.parts[last].right
    let runs = line.runs.filter { Double($0.end) > left && Double($0.start) < right }
    var kept = BoardLine(runs: runs, coreHeight: line.coreHeight, slope: line.slope, offset: line.offset)
    (kept.strength, kept.isUnderlined, kept.struckShare) = (
      map.strength(of: runs[...]), line.isUnderlined, line.struckShare
    )
    return kept
  }

  /// Joins what a wide gap parted: a bullet and its text, words far apart.
  private mutating func joinAlong() {
    // The search looks at plain numbers: on a grainy board it takes place between a thousand lines after every join.
    var order = lines.map { (line: $0, extent: Extent($0)) }
    while true {
      order.sort { ($0.extent.left, $0.extent.level) < ($1.extent.left, $1.extent.level) }
      guard let (i, j) = Self.firstJoin(order.map(\.extent)) else { break }
      let joined = order[i].line.joined(with: order[j].line)
      order[i] = (joined, Extent(joined))
      order.remove(at: j)
    }
    lines = order.map(\.line)
  }

  /// Gives "lines" that are no more than the dots of an umlaut or the bow of a letter to the line whose letters they
  /// belong to: low, short, and between its letters' heads and feet.
  private mutating func takeInMarks() {
    var isTaken = [Bool](repeating: false, count: lines.count)
    for mark in lines.indices {
      let low = lines[mark].runs
      guard let top = low.map(\.y).min(), let bottom = low.map(\.y).max() else { continue }
      let x = (lines[mark].left + lines[mark].right) / 2, y = Double(top + bottom + 1) / 2
      var best: (index: Int, distance: Double)?
      for index in lines.indices where index != mark && !isTaken[index] {
        let line = lines[index], core = line.coreHeight
        guard Double(bottom + 1 - top) < 0.5 * core, lines[mark].right - lines[mark].left < 2 * core,
          lines[mark].left > line.left, lines[mark].right < line.right
        else { continue }
        // Dots stand up to a letter and a half above the middle; what hangs below is a comma or a bow.
        let above = line.centre(at: x) - y
        guard above < 1.7 * core, above > -1.1 * core, abs(above) < best?.distance ?? .infinity else { continue }
        best = (index, abs(above))
      }
      guard let best else { continue }
      let line = lines[best.index]
      var whole = BoardLine(
        runs: (line.runs + low).sorted { ($0.y, $0.start) < ($1.y, $1.start) }, coreHeight: line.coreHeight,
        slope: line.slope, offset: line.offset)
      (whole.strength, whole.struckShare, whole.isUnderlined) = (line.strength, line.struckShare, line.isUnderlined)
      lines[best.index] = whole
      isTaken[mark] = true
    }
    lines = lines.indices.filter { !isTaken[$0] }.map { lines[$0] }
  }

  /// Where a line lies.
  private struct Extent {
    var left: Double
    var right: Double
    var level: Double
    var slope: Double
    var coreHeight: Double
    var strength: Double

    init(_ line: BoardLine) {
      left = line.left
      right = line.right
      level = line.level
      slope = line.slope
      coreHeight = line.coreHeight
      strength = line.strength
    }
  }

  /// The first line and its continuation among lines sorted by their left ends.
  private static func firstJoin(_ lines: [Extent]) -> (Int, Int)? {
    let tallest = lines.map(\.coreHeight).max() ?? 0
    for i in lines.indices {
      let nearest = lines[i].right - 0.5 * lines[i].coreHeight
      let farthest = lines[i].right + widestGap * max(lines[i].coreHeight, tallest)
      var low = 0, high = lines.count
      while low < high {
        let middle = (low + high) / 2
        if lines[middle].left < nearest { low = middle + 1 } else { high = middle }
      }
      for j in low..<lines.count {
        if lines[j].left > farthest { break }
        if j != i, continues(lines[i], lines[j]) { return (i, j) }
      }
    }
    return nil
  }

  /// Widest gap before the continuation of a lone mark, in heights of small letters.
  private static let widestGap = 1.6

  /// Whether `next` stands on the same line as `line`, a short way to its right.
  private static func continues(_ line: Extent, _ next: Extent) -> Bool {
    let core = max(line.coreHeight, next.coreHeight)
    let gap = next.left - line.right
    let isMark = line.right - line.left < 2 * core
    guard gap < (isMark ? widestGap : 1.2) * core else { return false }
    let sizes = line.coreHeight / next.coreHeight
    // A bullet has no height of its own to compare.
    guard isMark ? sizes < 1.5 : sizes > 0.55 && sizes < 1.8 else { return false }
    let x = (line.right + next.left) / 2
    let slope = line.right - line.left > next.right - next.left ? line.slope : next.slope
    let from = line.level + slope * (x - (line.left + line.right) / 2)
    let to = next.level + slope * (x - (next.left + next.right) / 2)
    // A star stands high before its line, a dash lower; the line above is two letters and more away.
    let isBullet =
      line.right - line.left < 0.9 * core && line.coreHeight < 0.7 * core && next.right - next.left > 4 * core
      && line.strength > 0.6 * next.strength
    return from - to < (isBullet ? 0.8 : 0.5) * core && to - from < (isBullet ? 1.25 : 0.5) * core
  }

  /// Gives each rule to the line it lies under, or goes through.
  private mutating func underline(_ rules: [InkComponent]) {
    let body = InkSlices.weightedMiddle(lines.map { ($0.coreHeight, $0.right - $0.left) }) ?? 0
    for rule in rules {
      let x = rule.middle.x
      var best: (index: Int, distance: Double)?
      for (index, line) in lines.enumerated() {
        let below = rule.middle.y - line.centre(at: x)
        let shared = min(Double(rule.right), line.right) - max(Double(rule.left), line.left)
        // Two strokes through a word leave flat remains of its letters.
        let isRemains = line.coreHeight < 0.5 * body && shared > 0.5 * (line.right - line.left)
        if isRemains, abs(below) < 0.5 * body {
          lines[index].struckShare = 1
          continue
        }
        guard shared > 0.5 * Double(rule.width) else { continue }
        if abs(below) < 0.3 * line.coreHeight {
          lines[index].struckShare += shared / max(1, line.right - line.left)
          best = nil
          break
        }
        guard below > 0, below < 2.2 * line.coreHeight, below < best?.distance ?? .infinity else { continue }
        best = (index, below)
      }
      if let best { lines[best.index].isUnderlined = true }
    }
  }
}

/// Text columns: a river of blank paper runs down between them.
enum Columns {
  /// Splits letters at the widest river that at least four lines on either side share, again and again.
  static func split(_ letters: [InkComponent]) -> [[InkComponent]] {
    guard letters.count >= 24, let river = river(letters) else { return [letters] }
    func isLeft(_ piece: InkComponent) -> Bool { piece.middle.x - river.lean * piece.middle.y < river.place }
    return split(letters.filter(isLeft)) + split(letters.filter { !isLeft($0) })
  }

  private static func river(_ all: [InkComponent]) -> (place: Double, lean: Double)? {
    let height = InkSlices.weightedMiddle(all.map { (Double($0.height), Double($0.width)) }) ?? 0
    // A heading across both columns bridges no river.
    let letters = all.filter { Double($0.height) < 2.2 * height }
    guard height > 0, letters.count >= 24 else { return nil }
    let total = letters.reduce(0) { $0 + $1.area }
    var best: (place: Double, lean: Double, width: Double)?
    for degrees in stride(from: -3.0, through: 3, by: 0.5) {
      let lean = tan(degrees * .pi / 180)
      let spans = letters.map { piece -> (Double, Double, InkComponent) in
        let shift = lean * piece.middle.y
        return (Double(piece.left) - shift, Double(piece.right) - shift, piece)
      }.sorted { $0.0 < $1.0 }
      var reach = spans[0].1, area = spans[0].2.area
      for (index, span) in spans.enumerated().dropFirst() {
        let gap = span.0 - reach
        let share = Double(area) / Double(total)
        if gap > 0.35 * height, gap > best?.width ?? 0, share > 0.2, share < 0.8,
          isTall(spans[..<index], height), isTall(spans[index...], height)
        {
          best = ((reach + span.0) / 2, lean, gap)
        }
        reach = max(reach, span.1)
        area += span.2.area
      }
    }
    return best.map { ($0.place, $0.lean) }
  }

  /// Whether letters stand in at least four lines.
  private static func isTall(_ spans: ArraySlice<(Double, Double, InkComponent)>, _ height: Double) -> Bool {
    let top = spans.map { $0.2.top }.min() ?? 0, bottom = spans.map { $0.2.bottom }.max() ?? 0
    return Double(bottom - top) > 5 * height
  }
}
