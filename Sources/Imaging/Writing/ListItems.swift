/// The items of a list: each begins at a bullet, or after a wider gap where the list has no bullets.
struct ListItems {
  /// One item.
  struct Item {
    /// Its lines from the top.
    var lines: [BoardLine]
    /// Parts of the first line that are the bullet.
    var bulletParts: Int
    /// Whether it begins with a bullet, be it one that touches its text and has no part of its own.
    var isMarked = false
    /// Place of the item that it is a sub-item of.
    var parent: Int?
  }
  /// The items from the top.
  private(set) var items: [Item] = []
  /// Lines that belong to no item: above the first one, or far below one.
  private(set) var loose: [BoardLine] = []
  /// Share of the items that begin with a bullet.
  private(set) var bulletShare = 0.0

  /// Divides a column.
  init(_ column: TextColumn) {
    let lines = column.lines.filter { $0.struckShare < 0.6 }
    let bullets = Bullets(lines)
    let starts = lines.indices.filter { bullets.isStart($0) }
    if starts.count >= 2 || starts.count == 1 && lines.count <= 3 {
      divideByBullets(lines, bullets)
    } else if lines.count >= 3 {
      divideBySpacing(lines)
    } else {
      loose = lines
    }
    let marked = items.count { $0.bulletParts > 0 }
    bulletShare = items.isEmpty ? 0 : Double(marked) / Double(items.count)
    nest()
  }

  private mutating func divideByBullets(_ lines: [BoardLine], _ bullets: Bullets) {
    var isOpen = false
    let flow = LineFlow(lines)
    let between = InkSlices.weightedMiddle(
      lines.indices.dropFirst().filter { bullets.isStart($0) }.map { (flow.distances[$0 - 1], 1) })
    for index in lines.indices {
      if bullets.isStart(index) {
        items.append(Item(lines: [lines[index]], bulletParts: bullets.counts[index], isMarked: true))
        isOpen = true
      } else if isOpen, let between, isUnmarked(lines, index, flow, between) {
        items.append(Item(lines: [lines[index]], bulletParts: 0))
      } else if isOpen, let last = items.last?.lines.last,
        Self.carriesOn(lines[index], last, first: items[items.count - 1])
      {
        items[items.count - 1].lines.append(lines[index])
      } else {
        loose.append(lines[index])
        isOpen = false
      }
    }
    adoptFirst()
  }

  /// Whether a line begins an item whose bullet was not seen: as far below the last line as items are, and that line had
  /// room for it.
  private func isUnmarked(_ lines: [BoardLine], _ index: Int, _ flow: LineFlow, _ between: Double) -> Bool {
    guard index > 0, let first = items.last?.lines.first else { return false }
    let line = lines[index], distance = flow.distances[index - 1]
    return flow.hasRoom(before: index, spare: 2) && line.struckShare < 0.3 && distance > 0.9 * between
      && distance < 1.5 * between && line.left > first.left - 1.5 * line.coreHeight
  }

  /// Takes loose lines right above the first item in where they begin like it: an item whose bullet was not seen.
  private mutating func adoptFirst() {
    guard let first = items.first?.lines.first else { return }
    let above = loose.filter { line in
      let distance = first.level - line.level, core = first.coreHeight
      return distance > 0 && distance < 7 * core && abs(line.left - first.left) < 2 * core
        && line.coreHeight < 1.35 * core && line.coreHeight > 0.7 * core
    }
    guard let last = above.last, first.level - last.level < 3.5 * first.coreHeight else { return }
    loose.removeAll { line in above.contains { $0.level == line.level && $0.left == line.left } }
    items.insert(Item(lines: above, bulletParts: 0), at: 0)
  }

  /// Whether `line` continues the item that ends with `last`: the next line down, not left of the bullet.
  private static func carriesOn(_ line: BoardLine, _ last: BoardLine, first: Item) -> Bool {
    let core = max(line.coreHeight, last.coreHeight)
    let distance = line.level - last.centre(at: (line.left + line.right) / 2)
    guard distance < 3.2 * core else { return false }
    return line.left > (first.lines.first?.left ?? 0) - 1.5 * core
  }

  /// Without bullets the gap between items is wider than that within them, or every line is an item.
  private mutating func divideBySpacing(_ lines: [BoardLine]) {
    let flow = LineFlow(lines)
    let cut = flow.widestWithin
    for (index, line) in lines.enumerated() {
      let carriesOn =
        if index == 0 {
          false
        } else if let cut {
          flow.distances[index - 1] < cut
        } else {
          flow.isFull && !flow.hasRoom(before: index, spare: 0)
        }
      if carriesOn {
        items[items.count - 1].lines.append(line)
      } else {
        items.append(Item(lines: [line], bulletParts: 0))
      }
    }
  }

  /// An item set in by more than a letter is a sub-item of the last one that begins further left.
  private mutating func nest() {
    guard items.count >= 2, items.count(where: \.isMarked) * 5 > items.count * 3 else { return }
    for index in items.indices.dropFirst() where items[index].isMarked {
      guard let line = items[index].lines.first else { continue }
      for above in stride(from: index - 1, through: 0, by: -1) {
        guard let other = items[above].lines.first, items[above].isMarked else { continue }
        if other.left < line.left - 1.3 * line.coreHeight {
          items[index].parent = above
          break
        }
        if other.left < line.left + 1.3 * line.coreHeight {
          items[index].parent = items[above].parent
          break
        }
      }
    }
  }
}
