package import ProtocolModel

/// What a note looks like, apart from light, size and place: its ink on a small grid, of zero mean and unit length.
package struct NoteSignature: Hashable, Sendable {
  /// Cells a side. 40 keeps the strokes of six lines of writing apart.
  static let side = 40
  /// Cells by which two sightings may be shifted against each other: 5 % of the note.
  static let slack = 2

  /// The note.
  package let region: RegionID
  /// Outline on its photo.
  package let quad: Quad<PhotoSpace>
  /// Energy of the ink before it was scaled to unit length, 0...1; a note without ink has next to none.
  package let contrast: Double
  private let cells: [Float]

  /// Takes the rectified picture of a note, whatever its size.
  package init(region: RegionID, quad: Quad<PhotoSpace>, picture: GrayImage) {
    self.region = region
    self.quad = quad
    let small = Self.averaged(picture)
    let ink = Self.withoutBackground(small)
    let mean = ink.reduce(0, +) / Float(max(1, ink.count))
    let centred = ink.map { $0 - mean }
    let energy = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
    contrast = Double(energy) / Double(Self.side) / 255
    cells = energy > 0 ? centred.map { $0 / energy } : centred
  }

  /// How alike two notes look, -1...1: the greatest normalised cross-correlation within the slack.
  package func likeness(to other: NoteSignature) -> Double {
    let side = Self.side, slack = Self.slack
    var best: Float = -1
    for dy in -slack...slack {
      for dx in -slack...slack {
        var sum: Float = 0
        for y in max(0, -dy)..<min(side, side - dy) {
          let mine = y * side, theirs = (y + dy) * side + dx
          for x in max(0, -dx)..<min(side, side - dx) { sum += cells[mine + x] * other.cells[theirs + x] }
        }
        best = max(best, sum)
      }
    }
    return Double(best)
  }

  /// The picture on the grid, each cell the mean of the pixels it covers.
  private static func averaged(_ picture: GrayImage) -> [Float] {
    var cells = [Float](repeating: 0, count: side * side)
    guard picture.width > 0, picture.height > 0 else { return cells }
    for row in 0..<side {
      let top = row * picture.height / side
      let bottom = max(top + 1, (row + 1) * picture.height / side)
      for column in 0..<side {
        let left = column * picture.width / side
        let right = max(left + 1, (column + 1) * picture.width / side)
        var sum = 0
        for y in top..<min(bottom, picture.height) {
          for x in left..<min(right, picture.width) { sum += Int(picture.pixels[y * picture.width + x]) }
        }
        cells[row * side + column] = Float(sum) / Float((bottom - top) * (right - left))
      }
    }
    return cells
  }

  /// How much darker each cell is than the brightest cells around it: shadows and the colour of the paper drop out.
  private static func withoutBackground(_ cells: [Float]) -> [Float] {
    let reach = side / 8
    var result = cells
    for y in 0..<side {
      for x in 0..<side {
        var paper: Float = 0
        for row in max(0, y - reach)...min(side - 1, y + reach) {
          for column in max(0, x - reach)...min(side - 1, x + reach) { paper = max(paper, cells[row * side + column]) }
        }
        result[y * side + x] = paper - cells[y * side + x]
      }
    }
    return result
  }
}
