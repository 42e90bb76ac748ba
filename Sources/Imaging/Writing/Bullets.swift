/// Marks at the left end of lines: dots, dashes, arrows, numbers, boxes.
struct Bullets {
  /// How many parts of each line, from the left, are its bullet; 0 where it has none.
  private(set) var counts: [Int]

  /// Looks at the lines of one column, from the top.
  init(_ lines: [BoardLine]) {
    counts = lines.map { Self.shapeOfMark($0) }
    aligned(lines)
    keepAligned(lines)
  }

  /// Whether a line starts an item.
  func isStart(_ index: Int) -> Bool { counts[index] > 0 }

  /// A dot, dash or arrow is known by its shape.
  private static func shapeOfMark(_ line: BoardLine) -> Int {
    let core = line.coreHeight
    guard line.parts.count >= 2, let first = line.parts.first else { return 0 }
    let middle = (first.top + first.bottom) / 2
    let gap = line.parts[1].left - first.right
    guard gap > 0.12 * core, abs(middle) < 0.5 * core else { return 0 }
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
}
