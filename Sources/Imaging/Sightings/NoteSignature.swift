package import ProtocolModel

/// What a note looks like, apart from light, size and place: its ink on a small grid, and the hue of its paper.
package struct NoteSignature: Sendable {
  /// Cells a side. 48 keeps the strokes of six lines of writing apart.
  static let side = 48
  /// Cells a side of the coarse grid that finds candidates.
  static let coarseSide = 12

  /// The note.
  package let region: RegionID
  /// Outline on its photo, whose inside the picture shows.
  package let quad: Quad<PhotoSpace>
  /// Whether the edge of the photo cuts the note off.
  package let isCut: Bool
  /// Mean deviation of the ink from its mean, 0...1 of full contrast; a note without ink has next to none.
  package let contrast: Double
  /// Shares of red and green in the light of the paper: its hue, whatever the brightness.
  let hue: (red: Double, green: Double)
  /// How much darker than the paper each cell is, 0...255, row by row.
  let ink: [Float]
  /// The ink of zero mean and unit length, three vectors a row.
  let fine: [SIMD16<Float>]
  /// The same on the coarse grid, one vector a row.
  let coarse: [SIMD16<Float>]

  /// Takes the rectified picture of a note, whatever its size.
  package init(region: RegionID, quad: Quad<PhotoSpace>, isCut: Bool = false, picture: ColorImage) {
    self.region = region
    self.quad = quad
    self.isCut = isCut
    hue = Self.hue(of: picture)
    let side = Self.side
    ink = Self.withoutBackground(Self.averaged(picture.gray))
    let (cells, energy) = Self.normalised(ink)
    contrast = Double(energy) / Double(side) / 255
    fine = Self.vectors(cells, side: side)
    var means = [Float](repeating: 0, count: Self.coarseSide * Self.coarseSide)
    let step = side / Self.coarseSide
    for y in 0..<side {
      for x in 0..<side { means[y / step * Self.coarseSide + x / step] += ink[y * side + x] }
    }
    coarse = Self.vectors(Self.normalised(means).cells, side: Self.coarseSide)
  }

  /// Whether there is enough ink to tell the note from another: blank paper has a contrast of about 0.01, a few thin
  /// letters on a real note 0.023.
  var hasInk: Bool { contrast >= Self.leastContrast }
  /// See ``hasInk``.
  static let leastContrast = 0.018

  /// Length of the longer side over that of the shorter.
  var slenderness: Double {
    let (width, height) = (quad.meanWidth, quad.meanHeight)
    return max(width, height) / max(1, min(width, height))
  }

  /// Distance of the papers' hues; white light and a warm lamp differ by 0.03, yellow and pink paper by 0.2.
  func hueDistance(to other: NoteSignature) -> Double {
    let (red, green) = (hue.red - other.hue.red, hue.green - other.hue.green)
    return (red * red + green * green).squareRoot()
  }

  /// Values of zero mean and unit length, and the length they had.
  private static func normalised(_ values: [Float]) -> (cells: [Float], energy: Float) {
    let mean = values.reduce(0, +) / Float(max(1, values.count))
    let energy = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    return (values.map { energy > 0 ? ($0 - mean) / energy : 0 }, energy)
  }

  private static func vectors(_ cells: [Float], side: Int) -> [SIMD16<Float>] {
    let perRow = (side + 15) / 16
    var vectors = [SIMD16<Float>](repeating: .zero, count: side * perRow)
    for y in 0..<side {
      for x in 0..<side { vectors[y * perRow + x / 16][x % 16] = cells[y * side + x] }
    }
    return vectors
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
    var wide = cells
    for y in 0..<side {
      for x in 0..<side {
        for column in max(0, x - reach)...min(side - 1, x + reach) {
          wide[y * side + x] = max(wide[y * side + x], cells[y * side + column])
        }
      }
    }
    var result = cells
    for y in 0..<side {
      for x in 0..<side {
        var paper: Float = 0
        for row in max(0, y - reach)...min(side - 1, y + reach) { paper = max(paper, wide[row * side + x]) }
        result[y * side + x] = paper - cells[y * side + x]
      }
    }
    return result
  }

  /// Mean hue of the brighter half of the pixels, every third of them: ink drops out.
  private static func hue(of picture: ColorImage) -> (red: Double, green: Double) {
    let pixels = stride(from: 0, to: picture.pixels.count, by: 9).map { base in
      (Int(picture.pixels[base]), Int(picture.pixels[base + 1]), Int(picture.pixels[base + 2]))
    }
    let brightness = pixels.map { $0.0 + $0.1 + $0.2 }.sorted()
    guard let middle = brightness.dropFirst(brightness.count / 2).first else { return (1.0 / 3, 1.0 / 3) }
    var sum = (0, 0, 0)
    for pixel in pixels where pixel.0 + pixel.1 + pixel.2 >= middle {
      sum = (sum.0 + pixel.0, sum.1 + pixel.1, sum.2 + pixel.2)
    }
    let all = Double(max(1, sum.0 + sum.1 + sum.2))
    return (Double(sum.0) / all, Double(sum.1) / all)
  }
}
