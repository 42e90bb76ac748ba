import ProtocolModel

/// Decides what each text on a sheet is: heading, list item, heading of a group, or loose.
struct BoardText {
  /// One piece of writing.
  struct Piece {
    var kind: RegionKind
    var lines: [BoardLine]
    var bulletParts = 0
    var confidence: Double
    /// Place of the item above it in the hierarchy.
    var parent: Int?
  }
  /// The pieces in the order in which they are read.
  private(set) var pieces: [Piece] = []

  /// Sorts `lines`; `papers` are the outlines of the notes on the same view, of `height` pixels.
  init(lines: [BoardLine], papers: [Polygon<CropSpace>], medium: SheetMedium, height: Int) {
    var lines = lines.filter { Self.isWriting($0) }
    if medium == .slide { lines = Self.withoutFooter(lines, height: Double(height)) }
    guard !lines.isEmpty else { return }
    lines = Self.strong(lines)
    guard !lines.isEmpty else { return }
    // The icons of a slide and marks beside a list are few and hardly higher than its lines; notes hold several.
    let body = TextColumn(lines: lines).coreHeight
    let notes = papers.filter { Double($0.bounds.height) > 3 * body }
    if notes.count >= 3 || papers.count >= 6, medium != .slide, medium != .document {
      let isSurface = medium == .flipchart || medium == .whiteboard
      sortBesidePapers(
        lines.filter { Self.isClear($0, papers, isSurface: isSurface) }, papers, height: Double(height))
    } else {
      sortLists(lines)
    }
  }

  /// A line has at least two letters' worth of ink.
  private static func isWriting(_ line: BoardLine) -> Bool {
    let area = line.parts.reduce(0) { $0 + $1.area }
    return line.right - line.left > 1.2 * line.coreHeight && Double(area) > 0.15 * line.coreHeight * line.coreHeight
      && line.coreHeight >= 4
  }

  /// Lines that are not far fainter than most: a screen's moire and wiped-off writing stay behind.
  private static func strong(_ lines: [BoardLine]) -> [BoardLine] {
    // The ink of the clear half of the letters, so that much faint texture does not set the measure.
    let strengths = lines.map { line -> (value: Double, weight: Double) in
      (line.strength, line.crossings * line.coreHeight)
    }
    let most = strengths.map { $0.value }.max() ?? 0
    let clear = InkSlices.weightedMiddle(strengths.filter { $0.value > 0.5 * most }) ?? 0
    return lines.filter { $0.strength > 0.45 * clear }
  }

  /// Writing that cannot be the shadow of a paper, a crease, the grain of cork or leaves behind a window.
  ///
  /// Markers reach a contrast of 150 and more on the dev photos, shadows and textures stay below 85; what is no surface
  /// to write on must show more. Letters are at least a twentieth of a note high and cross the middle of their line
  /// once for every two letter heights of width.
  private static func isClear(_ line: BoardLine, _ papers: [Polygon<CropSpace>], isSurface: Bool) -> Bool {
    let note = InkSlices.weightedMiddle(papers.map { (Double($0.bounds.height), 1) }) ?? 1
    let width = line.right - line.left
    return line.strength > (isSurface ? 95 : 125) && line.coreHeight > max(6, 0.05 * note)
      && width > (isSurface ? 3 : 5) * line.coreHeight
      && line.crossings > max(2.2, (isSurface ? 0.35 : 0.5) * width / line.coreHeight)
  }

  /// A slide's footer and number stand in its lowest eighth and are smaller than its text.
  private static func withoutFooter(_ lines: [BoardLine], height: Double) -> [BoardLine] {
    let body = TextColumn(lines: lines.filter { $0.level < 0.86 * height }).coreHeight
    return lines.filter { $0.level < 0.86 * height || $0.coreHeight > 0.95 * body && $0.level < 0.9 * height }
  }

  private mutating func sortLists(_ lines: [BoardLine]) {
    let (heading, rest) = Self.heading(of: lines)
    if !heading.isEmpty { pieces.append(Piece(kind: .heading, lines: heading, confidence: 0.9)) }
    let body = TextColumn(lines: rest).coreHeight
    for column in TextColumn.inReadingOrder(TextColumn.columns(rest)) {
      // What is far smaller than the list is no further list: a signature, or what is left of a struck word.
      if column.coreHeight > 0.45 * body {
        take(ListItems(column))
      } else if column.lines.allSatisfy({ $0.struckShare < 0.6 }) {
        pieces.append(Piece(kind: .freeText, lines: column.lines, confidence: 0.5))
      }
    }
  }

  private mutating func take(_ list: ListItems) {
    let first = pieces.count
    for item in list.items {
      pieces.append(
        Piece(
          kind: .listItem, lines: item.lines, bulletParts: item.bulletParts,
          confidence: item.bulletParts > 0 ? 0.95 : 0.6, parent: item.parent.map { $0 + first }))
    }
    for text in TextColumn.columns(list.loose) {
      pieces.append(Piece(kind: .freeText, lines: text.lines, confidence: 0.5))
    }
  }

  /// Whether writing beside papers is a list all the same: it has bullets, or it is the greater part of the board.
  private static func isList(_ list: ListItems, _ text: TextColumn, height: Double) -> Bool {
    guard list.items.count >= 3 else { return false }
    return list.items.count { $0.isMarked } >= 3 && list.bulletShare >= 0.5
      || list.items.count >= 4 && text.bottom - text.top > 0.3 * height
  }

  /// The lines at the top that are clearly larger than the rest, or underlined or alone above it, or that stand clear of a
  /// list with bullets.
  private static func heading(of lines: [BoardLine]) -> (heading: [BoardLine], rest: [BoardLine]) {
    let sorted = lines.sorted { $0.level < $1.level }
    let body = TextColumn(lines: sorted).coreHeight
    let bullets = Bullets(sorted)
    let start = sorted.indices.first { bullets.isStart($0) }
    // The first two lines: a label or a date may stand above or beside the heading. What follows a bullet is its item.
    let candidates = sorted.prefix(sorted.count > 3 ? min(3, max(1, start ?? 3)) : 3)
    guard
      let first = candidates.first(where: { $0.coreHeight > 1.4 * body })
        ?? candidates.first(where: { $0.isUnderlined }) ?? (sorted.count == 1 ? sorted[0] : nil)
        ?? clear(above: sorted, bullets)
    else { return ([], lines) }
    var heading = [first]
    for (index, line) in sorted.enumerated() where line.level > first.level {
      // Where the list begins the heading has ended, however large its first item is written.
      if bullets.isStart(index), sorted.count > 3 { break }
      guard let last = heading.last, line.coreHeight > 0.65 * first.coreHeight,
        line.coreHeight > 1.25 * body || sorted.count <= 3,
        line.level - last.level < 3.2 * first.coreHeight
      else { continue }
      heading.append(line)
    }
    let levels = Set(heading.map { $0.level })
    return (heading, lines.filter { !levels.contains($0.level) })
  }

  /// The first line, where a list of three bullets and more begins below it after a gap that no two lines of the list have.
  private static func clear(above lines: [BoardLine], _ bullets: Bullets) -> BoardLine? {
    guard lines.count > 3, bullets.counts[0] == 0, bullets.isStart(1), lines.indices.count(where: bullets.isStart) >= 3,
      lines[0].struckShare < 0.3
    else { return nil }
    let distances = LineFlow(lines).distances
    let widest = distances.dropFirst().max() ?? 0
    return distances[0] > 1.25 * widest ? lines[0] : nil
  }

  /// Among notes: the largest text at the top heads the board, texts close above a note head a group.
  private mutating func sortBesidePapers(_ lines: [BoardLine], _ papers: [Polygon<CropSpace>], height: Double) {
    let boxes = papers.map { $0.bounds }
    let top = boxes.map { Double($0.y) }.min() ?? 0
    let size = InkSlices.weightedMiddle(boxes.map { (Double($0.height), 1) }) ?? 1
    var texts = TextColumn.columns(lines)
    if let place = texts.indices.filter({ texts[$0].top < top + 0.3 * size }).max(by: {
      texts[$0].coreHeight < texts[$1].coreHeight
    }) {
      let text = texts.remove(at: place)
      // A list that begins above the papers is no heading, but may have one.
      let (heading, rest) = Self.heading(of: text.lines)
      let list = ListItems(TextColumn(lines: rest))
      if Self.isList(list, text, height: height) {
        if !heading.isEmpty { pieces.append(Piece(kind: .heading, lines: heading, confidence: 0.9)) }
        take(list)
      } else {
        pieces.append(Piece(kind: .heading, lines: text.lines, confidence: 0.9))
      }
    }
    for text in texts {
      let list = ListItems(text)
      if Self.isList(list, text, height: height) {
        take(list)
        continue
      }
      let heads = boxes.contains { box in
        let gap = Double(box.y) - text.bottom
        let shared = min(text.right, Double(box.x + box.width)) - max(text.left, Double(box.x))
        return gap > -0.2 * size && gap < 1.2 * size && shared > 0.25 * min(text.right - text.left, Double(box.width))
      }
      pieces.append(
        Piece(kind: heads ? .clusterHeading : .freeText, lines: text.lines, confidence: heads ? 0.8 : 0.5))
    }
  }
}
