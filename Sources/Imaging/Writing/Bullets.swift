/// Marks at the left end of lines: dots, dashes, arrows, numbers, boxes.
struct Bullets {
  /// How many parts of each line, from the left, are its bullet; 0 where it has none.
  private(set) var counts: [Int]
  /// Whether each line begins an item; a bullet that touches its text has no part of its own.
  private(set) var starts: [Bool]

  /// Looks at the lines of one column, from the top.
  init(_ lines: [BoardLine]) {
    counts = lines.map { Self.shapeOfMark($0) }
    starts = []
    aligned(lines)
    keepAligned(lines)
    starts = counts.map { $0 > 0 }
    resembling(lines)
  }

  /// Whether a line starts an item.
  func isStart(_ index: Int) -> Bool { starts[index] }

  /// A dot, dash or arrow is known by its shape.
  private static func shapeOfMark(_ line: BoardLine) -> Int {
    let core = line.coreHeight
    guard line.parts.count >= 2, let first = line.parts.first else { return 0 }
    let middle = (first.top + first.bottom) / 2
    let gap = line.parts[1].left - first.right
    // A star stands high; so do quotation marks, but these closer to their word.
    guard gap > 0.12 * core, middle < 0.5 * core, middle > (gap > 0.5 * core ? -1.1 : -0.5) * core else { return 0 }
    let size = max(first.width, first.height), least = min(first.width, first.height)
    if size < 0.75 * core, size < 1.8 * least, first.fill > 0.5, gap > 0.2 * core { return 1 }
    guard first.width > 1.4 * first.height, first.height < 0.45 * core, first.width < 2.2 * core else { return 0 }
    // A dash and a hook with hardly a gap between are an arrow.
    if line.parts.count > 2 {
      let second = line.parts[1], after = line.parts[2].left - second.right
      if gap < 0.45 * core, second.width < core, second.height < 1.3 * core, second.height > 0.3 * core,
        abs(second.top + second.bottom) < 0.7 * core, after > 1.5 * gap, after > 0.3 * core
      {
        return 2
      }
    }
    return 1
  }

  /// Any other mark is known by being repeated: at least three lines begin at one place, and after a mark of at most
  /// two and a half letters their text begins at one place.
  private mutating func aligned(_ lines: [BoardLine]) {
    let core = InkSlices.weightedMiddle(lines.map { ($0.coreHeight, 1) }) ?? 1
    let open = lines.indices.filter { counts[$0] == 0 }
    guard open.count >= 3, open.count * 2 > lines.count else { return }
    func firstGap(_ line: BoardLine) -> Int? {
      for index in line.parts.indices.dropLast() {
        guard line.parts[index].right - line.left < 2.5 * core else { return nil }
        if line.parts[index + 1].left - line.parts[index].right > 0.45 * core { return index + 1 }
      }
      return nil
    }
    let marks = open.compactMap { index in firstGap(lines[index]).map { (index: index, count: $0) } }
    guard let text = InkSlices.weightedMiddle(marks.map { (lines[$0.index].parts[$0.count].left, 1) }),
      let start = InkSlices.weightedMiddle(marks.map { (lines[$0.index].left, 1) })
    else { return }
    let agreed = marks.filter {
      abs(lines[$0.index].parts[$0.count].left - text) < 0.45 * core && abs(lines[$0.index].left - start) < 0.6 * core
    }
    // Lines that begin where the text does carry on the item above them.
    let continued = open.filter { abs(lines[$0].left - text) < 0.45 * core }
    guard agreed.count >= 3, (agreed.count + continued.count) * 4 > open.count * 3 else { return }
    for mark in agreed { counts[mark.index] = mark.count }
  }

  /// Marks stand at the left: what lies to the right of where the other lines begin is a dash in a sentence.
  private mutating func keepAligned(_ lines: [BoardLine]) {
    for index in lines.indices where counts[index] > 0 {
      let core = lines[index].coreHeight
      let others = lines.indices.filter { $0 != index && counts[$0] > 0 }
      // Sub-items are set in by a few letters; a mark further right than the text of all others is none.
      if others.count >= 2, others.allSatisfy({ lines[$0].left + 8 * core < lines[index].left }) { counts[index] = 0 }
    }
  }

  /// A line that begins like its neighbours' bullets, or where they do while continued lines are set in, is an item
  /// too: its bullet stands too close to the text or touches it.
  private mutating func resembling(_ lines: [BoardLine]) {
    let known = lines.indices.filter { counts[$0] > 0 }
    guard known.count >= 2 else { return }
    /// Distance from the left end of a line to where the nearest known items begin, and to where their texts begin.
    func distances(_ index: Int) -> (bullet: Double, text: Double, indent: Double) {
      let near = known.sorted { abs($0 - index) < abs($1 - index) }.prefix(4).filter { $0 != index }
      let left = lines[index].left
      return (
        near.map { abs(lines[$0].left - left) }.min() ?? .infinity,
        near.map { abs(lines[$0].textLeft(afterParts: counts[$0]) - left) }.min() ?? .infinity,
        InkSlices.weightedMiddle(near.map { (lines[$0].textLeft(afterParts: counts[$0]) - lines[$0].left, 1) }) ?? 0
      )
    }
    let open = lines.indices.filter { counts[$0] == 0 }
    // A dash that touches its text spoils the height of that line's letters: the others' say how far text is set in.
    let usual = InkSlices.weightedMiddle(lines.map { ($0.coreHeight, 1) }) ?? 1
    let hanging = open.count {
      let found = distances($0)
      return found.text < found.bullet
    }
    let marks = known.filter { counts[$0] == 1 }.compactMap { lines[$0].parts.first }
    /// Whether a part is about as wide and high as some mark: items may have dots and their sub-items dashes.
    func isLikeMark(_ part: BoardLine.Part) -> Bool {
      marks.contains {
        part.width < 1.7 * $0.width + 1 && part.height < 1.7 * $0.height + 1 && part.width > 0.5 * $0.width - 1
          && part.height > 0.5 * $0.height - 1
      }
    }
    for index in open {
      guard let first = lines[index].parts.first else { continue }
      let found = distances(index), core = lines[index].coreHeight
      if lines[index].parts.count > 1, found.bullet < 0.6 * core, isLikeMark(first) {
        counts[index] = 1
        starts[index] = true
      } else if hanging * 2 >= open.count, found.indent > 0.8 * usual, found.bullet < 0.35 * found.indent {
        starts[index] = true
      }
    }
  }
}
