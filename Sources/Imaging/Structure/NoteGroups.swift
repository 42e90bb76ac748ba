import ProtocolModel

/// The moderators' groups on one board.
struct NoteGroups {
  /// One group.
  struct Group {
    /// The piece that heads it.
    var heading: Int?
    /// Its notes.
    var members: [Int]
    /// How sure the grouping is, 0...1.
    var confidence: Double
  }
  /// The groups, unordered.
  private(set) var groups: [Group] = []

  /// Groups the notes among `pieces`: neighbours with small gaps, under the heading above them.
  init(_ pieces: [BoardPiece]) {
    let notes = pieces.indices.filter { pieces[$0].isNote }
    let headings = pieces.indices.filter { pieces[$0].kind == .clusterHeading }
    guard notes.count >= 2 else { return }
    let clusters = Neighbourhood(pieces, notes).clusters
    if headings.isEmpty {
      // One cluster that holds nearly all is a grid of cards, not a group.
      let largest = clusters.map { $0.count }.max() ?? 0
      guard clusters.count >= 2, largest * 10 < notes.count * 9 else { return }
      groups = clusters.filter { $0.count >= 2 }.map { Group(heading: nil, members: $0, confidence: 0.6) }
    } else {
      give(clusters, to: headings, pieces)
    }
  }

  /// Gives each cluster to the heading above it; a cluster under several headings is divided among them.
  private mutating func give(_ clusters: [[Int]], to headings: [Int], _ pieces: [BoardPiece]) {
    let width = pieces.noteWidth, height = pieces.noteHeight
    var members: [Int: [Int]] = [:]
    var left: [[Int]] = []
    for cluster in clusters {
      let box = cluster.dropFirst().reduce(pieces[cluster[0]].frame) { $0.union(pieces[$1].frame) }
      let near = headings.filter { heading in
        let frame = pieces[heading].frame
        return frame.middle.y < box.middle.y && box.top - frame.bottom < 1.3 * height
          && frame.middle.y < box.top + 0.6 * height
          && frame.sharedWidth(box) > 0.3 * min(frame.width, box.width)
      }
      if near.isEmpty {
        left.append(cluster)
        continue
      }
      for note in cluster {
        let x = pieces[note].frame.middle.x
        let heading = near.min { abs(pieces[$0].frame.middle.x - x) < abs(pieces[$1].frame.middle.x - x) }
        if let heading { members[heading, default: []].append(note) }
      }
    }
    for cluster in left { adopt(cluster, headings, &members, pieces, width: width, height: height) }
    for heading in headings {
      guard let notes = members[heading] else { continue }
      groups.append(Group(heading: heading, members: notes, confidence: 0.9))
    }
  }

  /// Adds a cluster without a heading to the group right above it, or makes it a group of its own.
  ///
  /// A single note off the others stands alone: the board's own gaps already said that it is not one of them.
  private mutating func adopt(
    _ cluster: [Int], _ headings: [Int], _ members: inout [Int: [Int]], _ pieces: [BoardPiece], width: Double,
    height: Double
  ) {
    guard cluster.count >= 2 else { return }
    let box = cluster.dropFirst().reduce(pieces[cluster[0]].frame) { $0.union(pieces[$1].frame) }
    let above = headings.filter { heading in
      guard let notes = members[heading] else { return false }
      return notes.contains { note in
        let frame = pieces[note].frame
        return frame.sharedWidth(box) > 0.5 * min(frame.width, box.width) && box.top > frame.middle.y
          && box.top - frame.bottom < 0.8 * height
      }
    }
    if let heading = above.first, above.count == 1 {
      members[heading, default: []] += cluster
    } else {
      groups.append(Group(heading: nil, members: cluster, confidence: 0.5))
    }
  }
}

/// Notes that are neighbours: the gaps between them are small for the board.
struct Neighbourhood {
  /// The notes of each cluster, in the order given.
  private(set) var clusters: [[Int]] = []

  private struct Edge {
    var a: Int
    var b: Int
    var isDown: Bool
  }

  /// Clusters `notes`.
  init(_ pieces: [BoardPiece], _ notes: [Int]) {
    let width = pieces.noteWidth, height = pieces.noteHeight
    var across: [(edge: Edge, gap: Double)] = [], down: [(edge: Edge, gap: Double)] = []
    for a in notes {
      for b in notes where a != b {
        let first = pieces[a].frame, second = pieces[b].frame
        let smallWidth = min(first.width, second.width), smallHeight = min(first.height, second.height)
        if second.middle.x > first.middle.x, first.sharedHeight(second) > 0.4 * smallHeight,
          second.left > first.left + 0.4 * smallWidth
        {
          across.append((Edge(a: a, b: b, isDown: false), (second.left - first.right) / width))
        }
        // More than half: a note set between two columns belongs to neither.
        if second.middle.y > first.middle.y, first.sharedWidth(second) > 0.55 * smallWidth,
          second.top > first.top + 0.4 * smallHeight
        {
          down.append((Edge(a: a, b: b, isDown: true), (second.top - first.bottom) / height))
        }
      }
    }
    // Within groups notes keep less than a fifth of their width and two fifths of their height; the cut lies where no gap
    // of this board is, near that.
    let columns = Self.isColumns(across.map { $0.gap * width }, down.map { $0.gap * height }, noteWidth: width)
    let cutAcross =
      columns ? 0 : Self.cut(across.map { $0.gap }, low: 0.16, usual: 0.22, high: 0.34)
    let cutDown = Self.cut(down.map { $0.gap }, low: 0.36, usual: 0.45, high: 0.6)
    var edges = across.filter { $0.gap < cutAcross }.map { $0.edge } + down.filter { $0.gap < cutDown }.map { $0.edge }
    edges = Self.columnsByColour(edges, pieces)
    join(notes, edges)
  }

  /// Whether every gap to a note on the right is clearly wider than the usual gap to the next note below: columns.
  ///
  /// Gaps in the board's units. Of the gaps below each note the nearest count; four of them show a habit. Columns less
  /// than a tenth of a note apart are a grid, however close their rows are.
  private static func isColumns(_ across: [Double], _ down: [Double], noteWidth: Double) -> Bool {
    let close = down.sorted().prefix(max(4, down.count / 2))
    guard close.count >= 4, let least = across.min(), let usual = InkSlices.weightedMiddle(close.map { ($0, 1) })
    else { return false }
    return least > max(0.1 * noteWidth, 1.5 * usual)
  }

  /// The middle of the widest stretch without a gap around the usual cut.
  private static func cut(_ gaps: [Double], low: Double, usual: Double, high: Double) -> Double {
    let inside = [low] + gaps.filter { $0 > low && $0 < high }.sorted() + [high]
    var best = (width: 0.0, middle: usual)
    for (a, b) in zip(inside, inside.dropFirst()) where b - a > best.width + 1e-9 {
      best = (b - a, (a + b) / 2)
    }
    return best.width > 0.04 ? best.middle : usual
  }

  /// Where every column has one colour and neighbouring columns differ, the colours mark the groups.
  private static func columnsByColour(_ edges: [Edge], _ pieces: [BoardPiece]) -> [Edge] {
    let down = edges.filter { $0.isDown }, across = edges.filter { !$0.isDown }
    func isOne(_ edge: Edge) -> Bool { pieces[edge.a].colour == pieces[edge.b].colour }
    guard down.count >= 4, down.count(where: isOne) * 10 >= down.count * 9,
      across.count(where: isOne) * 5 <= across.count
    else { return edges }
    return edges.filter(isOne)
  }

  private mutating func join(_ notes: [Int], _ edges: [Edge]) {
    var owner = Dictionary(uniqueKeysWithValues: notes.map { ($0, $0) })
    func root(_ note: Int) -> Int {
      var note = note
      while let next = owner[note], next != note { note = next }
      return note
    }
    for edge in edges {
      let a = root(edge.a), b = root(edge.b)
      if a != b { owner[max(a, b)] = min(a, b) }
    }
    var places: [Int: Int] = [:]
    for note in notes {
      let root = root(note)
      if let place = places[root] {
        clusters[place].append(note)
      } else {
        places[root] = clusters.count
        clusters.append([note])
      }
    }
  }
}
