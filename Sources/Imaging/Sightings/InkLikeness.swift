import ProtocolModel

/// Compares the ink of one note with that of others: normalised cross-correlation, -1...1.
///
/// The same paper seen twice reaches 0.9 and more on drawn boards and 0.6 to 0.93 on real ones; two papers written on
/// have 0.2 on average and 0.67 once in a thousand (stress set, seed 1: 50 pairs of the same and 3,000 of different
/// papers; two real photos of one whiteboard: 31 notes).
struct InkLikeness {
  /// Cells by which two sightings may be shifted against each other: 6 % of the note.
  private static let slack = 3

  private let note: NoteSignature
  /// The note's rows moved to the right by -slack...slack cells.
  private let fine: [[SIMD16<Float>]]
  /// The coarse rows moved by -1...1.
  private let coarse: [[SIMD16<Float>]]

  /// Prepares a note to be compared with many.
  init(_ note: NoteSignature) {
    self.note = note
    fine = (-Self.slack...Self.slack).map { Self.moved(note.fine, perRow: 3, by: $0) }
    coarse = (-1...1).map { Self.moved(note.coarse, perRow: 1, by: $0) }
  }

  /// A first look, cheap: how alike the blots of two notes lie.
  func roughly(_ other: NoteSignature) -> Double {
    Self.best(coarse, other.coarse, perRow: 1, side: NoteSignature.coarseSide, slack: 1)
  }

  /// How alike two whole notes look.
  func callAsFunction(_ other: NoteSignature) -> Double {
    Self.best(fine, other.fine, perRow: 3, side: NoteSignature.side, slack: Self.slack)
  }

  private static func moved(_ rows: [SIMD16<Float>], perRow: Int, by shift: Int) -> [SIMD16<Float>] {
    let width = 16 * perRow
    var result = [SIMD16<Float>](repeating: .zero, count: rows.count)
    for row in 0..<(rows.count / perRow) {
      for x in max(0, shift)..<min(width, width + shift) {
        let from = x - shift
        result[row * perRow + x / 16][x % 16] = rows[row * perRow + from / 16][from % 16]
      }
    }
    return result
  }

  private static func best(
    _ moved: [[SIMD16<Float>]], _ other: [SIMD16<Float>], perRow: Int, side: Int, slack: Int
  ) -> Double {
    var best: Float = -1
    for mine in moved {
      for dy in -slack...slack {
        var sum = SIMD16<Float>.zero
        let from = max(0, -dy) * perRow, to = min(side, side - dy) * perRow
        for index in from..<to { sum.addProduct(mine[index], other[index + dy * perRow]) }
        best = max(best, sum.sum())
      }
    }
    return Double(best)
  }
}

extension NoteSignature {
  /// How alike the parts look that two photos show of one note, where `map` leads from this photo to the other's;
  /// `nil` where they share less than a third of the grid or no ink.
  ///
  /// For notes that the edge of a photo cuts off: what is compared lies at the same place of the paper, not of the
  /// outline.
  func likeness(to other: NoteSignature, through map: PlaneMap) -> Double? {
    let side = Self.side
    let grid = Quad<GridSpace>(width: side, height: side)
    guard let back = map.inverse, let toPhoto = Homography(from: grid, to: other.quad),
      let toGrid = Homography(from: quad, to: grid)
    else { return nil }
    var places: [(index: Int, column: Int, row: Int)] = []
    for y in 0..<side {
      for x in 0..<side {
        let place = toGrid(back(toPhoto(Point(Double(x) + 0.5, Double(y) + 0.5))))
        guard place.x > -9, place.y > -9, place.x < Double(side + 9), place.y < Double(side + 9) else { continue }
        places.append((y * side + x, Int(place.x.rounded(.down)), Int(place.y.rounded(.down))))
      }
    }
    // The map is good to an eighth of a note: looked for in steps of two cells, then around the best.
    var best: (likeness: Double, x: Int, y: Int)?
    func look(_ x: Int, _ y: Int) {
      guard let likeness = likeness(to: other, at: places, movedBy: (x, y)) else { return }
      if likeness > best?.likeness ?? -2 { best = (likeness, x, y) }
    }
    for y in stride(from: -6, through: 6, by: 2) {
      for x in stride(from: -6, through: 6, by: 2) { look(x, y) }
    }
    if let (_, x, y) = best {
      for dy in -1...1 {
        for dx in -1...1 where dx != 0 || dy != 0 { look(x + dx, y + dy) }
      }
    }
    return best?.likeness
  }

  private func likeness(
    to other: NoteSignature, at places: [(index: Int, column: Int, row: Int)], movedBy shift: (x: Int, y: Int)
  ) -> Double? {
    let side = Self.side
    var count: Float = 0, a: Float = 0, b: Float = 0, aa: Float = 0, bb: Float = 0, ab: Float = 0
    for place in places {
      let column = place.column + shift.x, row = place.row + shift.y
      guard column >= 0, row >= 0, column < side, row < side else { continue }
      let mine = ink[row * side + column], theirs = other.ink[place.index]
      count += 1
      a += mine
      b += theirs
      aa += mine * mine
      bb += theirs * theirs
      ab += mine * theirs
    }
    guard 3 * Int(count) >= side * side else { return nil }
    let deviation = (aa - a * a / count, bb - b * b / count)
    // The ink that both show must be enough to tell papers apart.
    let contrast = Float(Self.leastContrast) * 255
    let least = count * contrast * contrast
    guard deviation.0 > least, deviation.1 > least else { return nil }
    return Double((ab - a * b / count) / (deviation.0 * deviation.1).squareRoot())
  }
}

/// Cells of a note's grid.
enum GridSpace {}
