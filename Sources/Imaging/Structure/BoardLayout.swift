import ProtocolModel

/// What the pieces of one board mean: their kinds, groups and the order in which they are read.
struct BoardLayout {
  /// The pieces with their kinds settled.
  private(set) var pieces: [BoardPiece]
  /// The groups, in reading order, their members in reading order.
  private(set) var groups: [NoteGroups.Group] = []
  /// Places of all pieces in reading order.
  private(set) var order: [Int] = []

  /// Settles the pieces of one board.
  init(_ pieces: [BoardPiece]) {
    self.pieces = pieces
    name()
    let found = NoteGroups(self.pieces).groups
    arrange(found)
  }

  /// Names headings: those on paper are told by their place and form; ink heads a board or group only once.
  private mutating func name() {
    let headings = PaperHeadings(pieces, hasInkHeading: pieces.contains { $0.kind == .heading })
    if let board = headings.board { pieces[board].kind = .heading }
    for place in headings.groups { pieces[place].kind = .clusterHeading }
    let height = pieces.noteHeight
    // Written above a note that itself became a heading: the ink is a title of its own, not the head of notes.
    for place in pieces.indices where pieces[place].kind == .clusterHeading && pieces[place].shape == nil {
      let frame = pieces[place].frame
      let heads = pieces.contains { other in
        other.isNote && other.frame.middle.y > frame.middle.y && other.frame.top - frame.bottom < 1.3 * height
          && other.frame.sharedWidth(frame) > 0.2 * min(frame.width, other.frame.width)
      }
      if !heads { pieces[place].kind = .freeText }
    }
  }

  /// One block of the reading order: a group with its heading, or a piece that stands alone.
  private struct Block {
    var frame: BoardPlane.Frame
    var places: [Int]
    var group: Int?
  }

  private mutating func arrange(_ found: [NoteGroups.Group]) {
    var blocks: [Block] = []
    var taken = Set<Int>()
    for (index, group) in found.enumerated() {
      let members = pieces.inRows(group.members)
      let places = (group.heading.map { [$0] } ?? []) + members
      let frame = places.dropFirst().reduce(pieces[places[0]].frame) { $0.union(pieces[$1].frame) }
      blocks.append(Block(frame: frame, places: places, group: index))
      taken.formUnion(places)
    }
    let loose = pieces.indices.filter { !taken.contains($0) }
    let lists = loose.filter { pieces[$0].kind == .listItem }
    let first = loose.filter { pieces[$0].kind == .heading }
    let rest = loose.filter { pieces[$0].kind != .listItem && pieces[$0].kind != .heading }
    if found.isEmpty {
      order = first + lists + pieces.inRows(rest)
    } else {
      blocks += rest.map { Block(frame: pieces[$0].frame, places: [$0], group: nil) }
      let sorted = Self.inBands(blocks, height: pieces.noteHeight)
      order = first + lists + sorted.flatMap { $0.places }
      groups = sorted.compactMap { block in
        block.group.map { index in
          var group = found[index]
          group.members = block.places.filter { $0 != group.heading }
          return group
        }
      }
    }
  }

  /// Blocks whose tops are level form a band; bands are read from the top, each from the left.
  private static func inBands(_ blocks: [Block], height: Double) -> [Block] {
    func before(_ a: Block, _ b: Block) -> Bool {
      (a.frame.top, a.frame.left, a.places[0]) < (b.frame.top, b.frame.left, b.places[0])
    }
    var bands: [[Block]] = []
    for block in blocks.sorted(by: before) {
      if let first = bands.last?.first, block.frame.top - first.frame.top < 0.9 * height {
        bands[bands.count - 1].append(block)
      } else {
        bands.append([block])
      }
    }
    return bands.flatMap { band in
      band.sorted { ($0.frame.left, $0.places[0]) < ($1.frame.left, $1.places[0]) }
    }
  }
}
