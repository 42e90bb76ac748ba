import ProtocolModel

/// A paper or a piece of writing on one board, with its frame in the board's plane.
struct BoardPiece {
  /// Where it comes from.
  enum Source: Hashable {
    /// The place in the list of papers.
    case paper(Int)
    /// The place in the list of writing.
    case writing(Int)
  }
  var source: Source
  var frame: BoardPlane.Frame
  var kind: RegionKind
  /// Outline of a paper; `nil` for ink.
  var shape: PaperShape?
  /// Colour of a paper; `nil` for ink.
  var colour: String?

  /// Whether it is a note or a card, not a heading or ink.
  var isNote: Bool { kind == .note || kind == .card }
}

extension Array where Element == BoardPiece {
  /// Usual width of the notes.
  var noteWidth: Double { InkSlices.weightedMiddle(filter { $0.isNote }.map { ($0.frame.width, 1) }) ?? 1 }
  /// Usual height of the notes.
  var noteHeight: Double { InkSlices.weightedMiddle(filter { $0.isNote }.map { ($0.frame.height, 1) }) ?? 1 }

  /// Places in rows from the top, each row from the left.
  func inRows(_ places: [Int]) -> [Int] {
    let height = InkSlices.weightedMiddle(places.map { (self[$0].frame.height, 1) }) ?? 1
    var rows: [[Int]] = []
    for place in places.sorted(by: { before(self[$0].frame.middle.y, $0, self[$1].frame.middle.y, $1) }) {
      let y = self[place].frame.middle.y
      if let last = rows.last {
        let level = last.reduce(0) { $0 + self[$1].frame.middle.y } / Double(last.count)
        if y - level < 0.55 * height {
          rows[rows.count - 1].append(place)
          continue
        }
      }
      rows.append([place])
    }
    return rows.flatMap { row in row.sorted { before(self[$0].frame.left, $0, self[$1].frame.left, $1) } }
  }

  private func before(_ a: Double, _ first: Int, _ b: Double, _ second: Int) -> Bool {
    a == b ? first < second : a < b
  }
}
