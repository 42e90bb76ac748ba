package import Imaging

/// Puts pieces of ink into rows by their boxes alone.
///
/// The line finder looks at slices half a letter wide; where a note holds three large capitals and a digit, drawn stroke
/// by stroke, there are too few of them, and every stroke comes out as a line. Boxes that stand side by side do not lie.
package enum PieceRows {
  /// Rows from the top, each from the left. A piece joins a row that it overlaps in height by half of the lower of both
  /// and that is no farther away than `furthest` heights of the row.
  package static func rows(of pieces: [InkComponent], furthest: Double = 1.5) -> [[InkComponent]] {
    var rows: [(box: InkBox, pieces: [InkComponent])] = []
    // The large ones first: dots and dashes join letters, never letters a dot.
    let sorted = pieces.sorted { ($1.height, $0.left, $0.top) < ($0.height, $1.left, $1.top) }
    for piece in sorted {
      let box = InkBox(left: piece.left, top: piece.top, right: piece.right, bottom: piece.bottom)
      let place = rows.indices.filter { belongs(box, to: rows[$0].box, furthest: furthest) }.min {
        (gap(box, rows[$0].box), $0) < (gap(box, rows[$1].box), $1)
      }
      if let place {
        rows[place].pieces.append(piece)
        rows[place].box = rows[place].box.union(box)
      } else {
        rows.append((box, [piece]))
      }
    }
    // Rows that grew together through what joined them.
    var merged = true
    while merged {
      merged = false
      search: for first in rows.indices {
        for second in rows.indices where second > first {
          guard belongs(rows[second].box, to: rows[first].box, furthest: furthest) else { continue }
          rows[first].pieces += rows[second].pieces
          rows[first].box = rows[first].box.union(rows[second].box)
          rows.remove(at: second)
          merged = true
          break search
        }
      }
    }
    return rows.sorted { ($0.box.top + $0.box.bottom, $0.box.left) < ($1.box.top + $1.box.bottom, $1.box.left) }
      .map { $0.pieces.sorted { ($0.left, $0.top) < ($1.left, $1.top) } }
  }

  /// The rows but for those that are no writing: far lower than the highest, or at the border of `image` while another
  /// is not.
  package static func withoutDirt(_ rows: [[InkComponent]], in image: ColorImage) -> [[InkComponent]] {
    let boxes = rows.map { WritingInk.bounds(of: $0) }
    let highest = boxes.compactMap { $0?.height }.max() ?? 0
    func touches(_ box: InkBox) -> Bool {
      box.left <= 2 || box.top <= 2 || box.right >= image.width - 2 || box.bottom >= image.height - 2
    }
    let isInside = boxes.contains { $0.map { !touches($0) } ?? false }
    return zip(rows, boxes).filter { _, box in
      guard let box else { return false }
      return 4 * box.height >= highest && !(isInside && touches(box))
    }.map(\.0)
  }

  /// Whether two rows of letters lie clear of each other, one below the other: no single line, however flat the whole is.
  package static func standApart(_ rows: [[InkComponent]]) -> Bool {
    let boxes = rows.compactMap { WritingInk.bounds(of: $0) }
    let highest = boxes.map(\.height).max() ?? 0
    let letters = boxes.filter { 5 * $0.height >= 2 * highest }
    return letters.contains { row in letters.contains { $0.top >= row.bottom } }
  }

  private static func belongs(_ box: InkBox, to row: InkBox, furthest: Double) -> Bool {
    let overlap = min(box.bottom, row.bottom) - max(box.top, row.top)
    let lower = max(1, min(box.height, row.height))
    guard gap(box, row) <= Int(furthest * Double(max(row.height, box.height))) else { return false }
    if 2 * overlap >= lower { return true }
    // The dot of an i, the dots of a capital with umlaut: small, close, straight above.
    let isSmall = 3 * box.height <= row.height
    return isSmall && gap(box, row) == 0 && box.bottom <= row.top + row.height / 4
      && 3 * (row.top - box.bottom) <= row.height
  }

  /// Columns between two boxes, 0 where they stand above each other.
  private static func gap(_ a: InkBox, _ b: InkBox) -> Int { max(0, max(a.left, b.left) - min(a.right, b.right)) }
}
