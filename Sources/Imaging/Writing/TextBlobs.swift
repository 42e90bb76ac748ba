/// Letters that stand close enough to be of one text, whatever its lines.
struct TextBlobs {
  /// The letters of each blob, in the order of their first letter.
  private(set) var blobs: [[InkComponent]] = []

  /// Joins letters that follow each other in a line or stand above each other.
  init(_ letters: [InkComponent]) {
    let sorted = letters.sorted { ($0.left, $0.top) < ($1.left, $1.top) }
    var parents = Array(sorted.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }
    let tallest = sorted.map { $0.height }.max() ?? 0
    for i in sorted.indices {
      var j = i + 1
      while j < sorted.count, sorted[j].left < sorted[i].right + 2 * tallest {
        if Self.belong(sorted[i], sorted[j]) {
          let a = root(i), b = root(j)
          if a != b { parents[max(a, b)] = min(a, b) }
        }
        j += 1
      }
    }
    var places: [Int: Int] = [:]
    for index in sorted.indices {
      let root = root(index)
      if let place = places[root] {
        blobs[place].append(sorted[index])
      } else {
        places[root] = blobs.count
        blobs.append([sorted[index]])
      }
    }
  }

  /// Whether `b` (not left of `a`) belongs to the same text.
  private static func belong(_ a: InkComponent, _ b: InkComponent) -> Bool {
    let gapX = Double(b.left - a.right), gapY = Double(max(b.top - a.bottom, a.top - b.bottom))
    let ha = Double(a.height), hb = Double(b.height)
    let high = max(ha, hb), low = min(ha, hb)
    if gapY < 0 {
      // Side by side: a space between words is up to a letter and a half; small marks reach as far as their neighbour.
      let shared = -gapY
      return shared > 0.35 * low && gapX < 1.0 * high && (high < 4 * low || gapX < 0.6 * high)
    }
    // Above each other: lines of one text stand half a letter apart; a small mark belongs to the letter under it.
    guard gapX < 0.3 * high else { return false }
    if high < 2.2 * low { return gapY < 0.35 * low }
    // A dot is about two of its stroke widths high, a letter four and more.
    let small = ha < hb ? a : b
    return Double(max(small.width, small.height)) < 3.2 * small.strokeWidth && gapY < 0.4 * high
  }
}
