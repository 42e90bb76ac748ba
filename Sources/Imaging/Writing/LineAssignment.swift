import Foundation
import ProtocolModel

/// Gives each piece of ink to a line.
struct LineAssignment {
  /// The ink of one line.
  private struct Content {
    var runs: [InkRun] = []
    var pieces: [InkComponent] = []
    var rules: [InkRun] = []
    var struckOut: [Box<CropSpace>] = []
  }
  private let layout: LineLayout
  private var contents: [Content]
  /// Pieces that belong to no line.
  private(set) var strangers: [InkComponent] = []

  private let stroke: Double

  /// Gives `pieces` to the lines of `layout`, and letters that none of them takes to lines of their own.
  init(completing layout: LineLayout, components: InkComponents, pieces: [InkComponent]) {
    self.init(layout: layout, components: components, pieces: pieces)
    if let whole = layout.completed(by: strangers) {
      self.init(layout: whole, components: components, pieces: pieces)
    }
  }

  init(layout: LineLayout, components: InkComponents, pieces: [InkComponent]) {
    self.layout = layout
    stroke = CropSorting.typicalStroke(pieces)
    contents = layout.lines.map { _ in Content() }
    // Dots and hooks go to a letter near them, so letters come first.
    let left = pieces.filter { !place($0, components.runs(of: $0)) }
    for piece in left {
      if let line = nearest(piece) {
        add(piece, components.runs(of: piece), to: line)
      } else {
        strangers.append(piece)
      }
    }
    // A "line" of one round blob is a pin or a magnet.
    if contents.count > 1 {
      for index in contents.indices {
        guard contents[index].pieces.count == 1, let only = contents[index].pieces.first, isPin(only) else { continue }
        contents[index] = Content()
        strangers.append(only)
      }
    }
  }

  /// A blob as wide as high, thicker than a full stop.
  private func isPin(_ piece: InkComponent) -> Bool {
    let size = Double(max(piece.width, piece.height)), least = Double(min(piece.width, piece.height))
    return size > 2.2 * stroke && size < 1.5 * layout.coreHeight && least > 0.6 * size && piece.fill > 0.45
  }

  /// Share of the letters' height of line `index` that the rows `top..<bottom` cover around `x`.
  private func cover(_ index: Int, at x: Double, top: Int, bottom: Int) -> Double {
    let centre = layout.lines[index].centre(at: x), half = layout.coreHeight / 2
    return max(0, min(Double(bottom), centre + half) - max(Double(top), centre - half)) / layout.coreHeight
  }

  /// Gives a piece to the lines whose letters it covers, or the rule beneath one to it; `false` where it does neither.
  private mutating func place(_ piece: InkComponent, _ runs: ArraySlice<InkRun>) -> Bool {
    if isRule(piece), let line = lineAbove(piece) {
      contents[line].rules += runs
      return true
    }
    let covered = covers(of: piece).enumerated().filter { $0.element > 0.45 }.map(\.offset)
    if covered.count > 1 {
      split(piece, runs, among: covered)
    } else if let line = covered.first {
      add(piece, runs, to: line)
    }
    return !covered.isEmpty
  }

  /// What the piece covers of the letters' height of each line.
  private func covers(of piece: InkComponent) -> [Double] {
    layout.lines.indices.map { cover($0, at: piece.middle.x, top: piece.top, bottom: piece.bottom) }
  }

  private mutating func add(_ piece: InkComponent, _ runs: ArraySlice<InkRun>, to line: Int) {
    contents[line].runs += runs
    contents[line].pieces.append(piece)
    if Double(piece.width) > 1.5 * layout.coreHeight, isStruck(runs, piece, layout.lines[line]) {
      contents[line].struckOut.append(piece.box)
    }
  }

  /// A straight stroke several letters long and thin.
  private func isRule(_ piece: InkComponent) -> Bool {
    let slack = abs(tan(layout.angle)) * Double(piece.width)
    return Double(piece.width) > 2.5 * layout.coreHeight
      && Double(piece.height) < max(0.45 * layout.coreHeight, 2.5 * piece.strokeWidth) + slack
  }

  /// The line that a rule lies beneath: from a quarter of a letter to a letter and a half below its middle.
  private func lineAbove(_ rule: InkComponent) -> Int? {
    layout.lines.indices.filter { index in
      let below = rule.middle.y - layout.lines[index].centre(at: rule.middle.x)
      return below > 0.25 * layout.coreHeight && below < 2 * layout.coreHeight
    }.last
  }

  /// The line of a small or odd piece: dots and hooks belong to the line below them, commas to the line above.
  private func nearest(_ piece: InkComponent) -> Int? {
    let core = layout.coreHeight
    let covers = covers(of: piece)
    if let line = covers.indices.max(by: { covers[$0] < covers[$1] }), covers[line] > 0.2 { return line }
    var best: (line: Int, cost: Double)?
    for index in layout.lines.indices {
      let centre = layout.lines[index].centre(at: piece.middle.x)
      let above = centre - core / 2 - Double(piece.bottom), below = Double(piece.top) - centre - core / 2
      // The gap between a dot and its letter is half a letter, that of a comma none; half a letter beside the last one
      // stands what belongs to it, and farther away rather what belongs to a line that goes on there.
      let aside = gap(piece, to: index)
      let cost = max(0, above * 0.6, below) + 0.5 * max(0, aside - 0.5 * core)
      if isPin(piece), max(above, below) > 0.3 * core { continue }
      // What is as high as a letter is none of a line that ends well before it: a number in the card's corner.
      if Double(piece.height) > 0.5 * core, max(above, below) > 0.25 * core { continue }
      // Nor is a stroke clear of the letters' height and of every letter: the bar of such a number.
      if max(above, below) > 0.25 * core, aside > 0.7 * core { continue }
      if cost < best?.cost ?? 1.2 * core { best = (index, cost) }
    }
    return best?.line
  }

  /// Columns between a piece and the nearest ink of a line, 0 where they stand above each other.
  private func gap(_ piece: InkComponent, to line: Int) -> Double {
    let gaps = contents[line].pieces.map { max(0, $0.left - piece.right, piece.left - $0.right) }
    return gaps.min().map(Double.init) ?? .infinity
  }

  /// Cuts a piece that joins lines: a descender that reaches down stays whole, touching letters part half-way.
  private mutating func split(_ piece: InkComponent, _ runs: ArraySlice<InkRun>, among lines: [Int]) {
    for run in runs {
      let x = Double(run.start + run.end) / 2, y = Double(run.y) + 0.5
      let line = lines.min { a, b in
        abs(layout.lines[a].centre(at: x) - y) < abs(layout.lines[b].centre(at: x) - y)
      }
      if let line { contents[line].runs.append(run) }
    }
    for line in lines { contents[line].pieces.append(piece) }
  }

  /// Whether one straight stroke runs through the letters of a piece, nearly from end to end. The bars of thick capitals
  /// that touch lie at several heights and leave the hollows of the letters between them.
  private func isStruck(_ runs: ArraySlice<InkRun>, _ piece: InkComponent, _ line: LineLayout.Line) -> Bool {
    let core = layout.coreHeight
    guard Double(piece.height) > 0.8 * core else { return false }
    let long = runs.filter { run in
      let x = Double(run.start + run.end) / 2
      return Double(run.end - run.start) > max(core, 7 * piece.strokeWidth)
        && abs(Double(run.y) - line.centre(at: x)) < 0.45 * core
    }
    guard Double(long.reduce(0) { $0 + $1.end - $1.start }) > 0.7 * Double(piece.width) else { return false }
    let reach = max(1.5, 0.3 * piece.strokeWidth), half = Double(piece.width) / 2
    for lean in stride(from: -0.15, through: 0.15, by: 0.03) {
      for bend in [-0.12, 0, 0.12] {
        for shift in stride(from: -0.4, through: 0.4, by: 0.05) {
          var columns = [Bool](repeating: false, count: piece.width)
          for run in long {
            let x = Double(run.start + run.end) / 2, along = (x - piece.middle.x) / half
            let level = line.centre(at: x) + lean * (x - piece.middle.x) + (shift + bend * along * along) * core
            guard abs(Double(run.y) + 0.5 - level) < reach else { continue }
            for column in run.start..<run.end { columns[column - piece.left] = true }
          }
          if Double(columns.count { $0 }) > 0.85 * Double(piece.width) { return true }
        }
      }
    }
    return false
  }

  /// The boxes of all lines that have ink.
  func lineBoxes() -> [LineBox] { placedLines().map { $0.box } }

  /// All lines that have ink, with where they run.
  func placedLines() -> [(line: LineLayout.Line, box: LineBox)] {
    zip(layout.lines, contents).compactMap { line, content in
      guard !content.runs.isEmpty else { return nil }
      let runs = content.runs.sorted { ($0.y, $0.start) < ($1.y, $1.start) }
      let box = LineBox(
        polygon: OrientedBox.around(runs, slope: line.slope), ink: runs, coreHeight: layout.coreHeight,
        slope: atan(line.slope), rules: content.rules, struckOut: content.struckOut)
      return (line, box)
    }
  }
}

/// The box around ink whose sides follow the writing.
enum OrientedBox {
  /// The tight box around `runs` along lines that fall by `slope` per pixel; corners from the top left clockwise.
  static func around<Runs: Sequence<InkRun>>(_ runs: Runs, slope: Double) -> Polygon<CropSpace> {
    around(
      points: runs.lazy.flatMap { run in
        [
          Point<CropSpace>(Double(run.start), Double(run.y)), Point(Double(run.end), Double(run.y)),
          Point(Double(run.start), Double(run.y + 1)), Point(Double(run.end), Double(run.y + 1)),
        ]
      }, slope: slope)
  }

  /// The tight box around `points`.
  static func around<Points: Sequence<Point<CropSpace>>>(points: Points, slope: Double) -> Polygon<CropSpace> {
    let length = (1 + slope * slope).squareRoot()
    let c = 1 / length, s = slope / length
    var left = Double.infinity, right = -Double.infinity, top = Double.infinity, bottom = -Double.infinity
    for point in points {
      let along = c * point.x + s * point.y, across = c * point.y - s * point.x
      left = min(left, along)
      right = max(right, along)
      top = min(top, across)
      bottom = max(bottom, across)
    }
    guard left <= right else { return Polygon([]) }
    return Polygon(
      [(left, top), (right, top), (right, bottom), (left, bottom)].map { along, across in
        Point(c * along - s * across, s * along + c * across)
      })
  }
}
