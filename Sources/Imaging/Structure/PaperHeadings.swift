import ProtocolModel

/// Tells papers that head a board or a group from notes.
struct PaperHeadings {
  /// The paper that heads the board.
  private(set) var board: Int?
  /// The papers that head a group.
  private(set) var groups: [Int] = []

  /// Looks at the papers among `pieces`; `hasInkHeading` says that a heading is written on the board itself.
  init(_ pieces: [BoardPiece], hasInkHeading: Bool) {
    let papers = pieces.indices.filter { pieces[$0].isNote }
    guard papers.count >= 3 else { return }
    let width = pieces.noteWidth, height = pieces.noteHeight
    if !hasInkHeading { board = Self.boardHeading(pieces, papers, width: width, height: height) }
    groups = Self.groupHeadings(pieces, papers.filter { $0 != board }, width: width, height: height)
  }

  /// The topmost paper, where it is much larger than notes are, or of a shape that few have and alone in its row.
  private static func boardHeading(
    _ pieces: [BoardPiece], _ papers: [Int], width: Double, height: Double
  ) -> Int? {
    guard let first = papers.min(by: { pieces[$0].frame.middle.y < pieces[$1].frame.middle.y }) else { return nil }
    let frame = pieces[first].frame
    let others = papers.filter { $0 != first }
    guard others.allSatisfy({ pieces[$0].frame.middle.y > frame.bottom - 0.1 * height }) else { return nil }
    let isLarge = frame.width > 1.4 * width || frame.width * frame.height > 1.8 * width * height
    let alike = others.count { pieces[$0].shape == pieces[first].shape }
    return isLarge || alike * 4 < others.count ? first : nil
  }

  /// Papers of one kind, all of which stand on top of others: by shape, or lower than notes are.
  private static func groupHeadings(
    _ pieces: [BoardPiece], _ papers: [Int], width: Double, height: Double
  ) -> [Int] {
    /// Whether `place` has a note close below and none close above.
    func heads(_ place: Int) -> Bool {
      let frame = pieces[place].frame
      var below = Double.infinity, above = Double.infinity
      for other in papers where other != place {
        let box = pieces[other].frame
        guard box.sharedWidth(frame) > 0.2 * min(box.width, frame.width) else { continue }
        if box.middle.y > frame.middle.y {
          below = min(below, box.top - frame.bottom)
        } else {
          above = min(above, frame.top - box.bottom)
        }
      }
      return below < 0.9 * height && above > 0.4 * height && above > below
    }
    var found: [Int] = []
    // 0.87: notes of one pack differ by a tenth as they are stuck and seen, headings are cut a fifth lower.
    let low = papers.filter { pieces[$0].frame.height < 0.87 * height && pieces[$0].frame.width > 0.8 * width }
    var kinds: [[Int]] = [low]
    for shape in PaperShape.allCases {
      let alike = papers.filter { pieces[$0].shape == shape && !low.contains($0) }
      if alike.count * 3 <= papers.count { kinds.append(alike) }
    }
    let byForm = kinds.count - 1
    // Cards of a colour of their own; three at least, for two of one colour on top may be chance.
    for colour in Set(papers.compactMap { pieces[$0].colour }).sorted() {
      let alike = papers.filter { pieces[$0].colour == colour }
      if alike.count >= 3, alike.count * 3 <= papers.count { kinds.append(alike) }
    }
    for (number, kind) in kinds.enumerated() where !kind.isEmpty {
      let heading = kind.filter(heads)
      // In a wall of many colours some colour always lies on top of something: it heads where it heads most notes.
      if number > byForm, !headMost(heading, of: pieces, papers) { continue }
      // Four fifths: one heading of a kind may stand over an empty group.
      if heading.count >= 2, heading.count * 5 >= kind.count * 4 { found += heading }
    }
    found = Array(Set(found)).sorted()
    // What heads notes and looks like the headings is one, though it measures a pixel more than the limit.
    let more = papers.filter { place in
      !found.contains(place) && heads(place) && found.count { isAlike(pieces[place], pieces[$0]) } * 2 > found.count
    }
    return (found + more).sorted()
  }

  /// Whether three fifths of the other papers lie somewhere below one of `headings`.
  private static func headMost(_ headings: [Int], of pieces: [BoardPiece], _ papers: [Int]) -> Bool {
    let others = papers.filter { !headings.contains($0) }
    let headed = others.count { note in
      let frame = pieces[note].frame
      return headings.contains {
        let head = pieces[$0].frame
        return head.middle.y < frame.middle.y && head.sharedWidth(frame) > 0.2 * min(head.width, frame.width)
      }
    }
    return headed * 5 >= others.count * 3
  }

  /// Whether two papers have one shape and colour, and about one height.
  private static func isAlike(_ a: BoardPiece, _ b: BoardPiece) -> Bool {
    a.shape == b.shape && a.colour == b.colour && abs(a.frame.height - b.frame.height) < 0.2 * b.frame.height
  }
}
