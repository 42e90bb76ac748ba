import ProtocolModel

/// Finds the lines of writing inside the crop of one note or card.
///
/// The ink is cut into slices about half a letter wide. The middles of the slices lie close together along the
/// lines, whatever touches what, so the tilt is where their profile is sharpest and the lines are its peaks. Pieces of
/// ink then go to the line they cover; pieces that join two lines are cut between them.
package struct LineFinder: Sendable {
  /// Largest side at which lines are looked for; larger crops are averaged down (a letter then has 10 to 60 pixels).
  private static let largestSide = 800

  /// Least height of small letters as a share of a letter's.
  private static let smallLetter = 0.55

  /// Greatest height of small letters in pixels of the crop. Lines that touch look like letters of twice the height.
  package var mostCore: Double = .infinity

  /// Creates a finder.
  package init() {}

  /// The lines of a rectified crop, from the top.
  package func lines(in crop: ColorImage) -> [LineBox] { writing(in: crop).lines }

  /// The lines and whatever else was drawn or stuck on a rectified crop.
  package func writing(in crop: ColorImage) -> CropWriting {
    let side = max(crop.width, crop.height)
    let factor = max(1, (side + Self.largestSide - 1) / Self.largestSide)
    let image = crop.averaged(by: factor)
    // A seventh of the note: a vote dot is an eighth, the thickest marker a twentieth.
    let ink = InkFinder(widestStroke: max(image.width, image.height) / 7).ink(in: image)
    let found = find(in: ink, mostCore: mostCore / Double(factor))
    return factor == 1 ? found : found.enlarged(by: factor, width: crop.width, height: crop.height)
  }

  /// The lines in ink that was already separated.
  func find(in ink: InkMap, mostCore: Double = .infinity) -> CropWriting {
    var ink = ink
    var components = InkComponents(mask: ink.mask, width: ink.width, height: ink.height)
    if let cut = CropSorting.withoutEdges(ink, components) {
      ink = cut
      components = InkComponents(mask: ink.mask, width: ink.width, height: ink.height)
    }
    var sorted = CropSorting(components: components, ink: ink)
    var result = CropWriting(lines: [], dots: [], drawings: [], isLightOnDark: ink.isLightOnDark)
    result.dots = sorted.dots.map { $0.box }
    // Capitals drawn stroke by stroke have more bars than stems, and a bar is no small letter.
    let letter = SeparateLetters(sorted.writing).height ?? 0
    let slices = InkSlices(
      components, of: sorted.writing, leastCore: max(4, Self.smallLetter * letter), mostCore: mostCore)
    guard let layout = LineLayout(slices, width: ink.width, height: ink.height) else {
      result.drawings = sorted.writing.map { $0.box }
      return result
    }
    let assignment = LineAssignment(completing: layout, components: components, pieces: sorted.writing)
    result.lines = assignment.lineBoxes()
    result.marks =
      LoneMarks(
        assignment.strangers, beside: result.lines, stroke: CropSorting.typicalStroke(sorted.writing),
        components: components
      ).boxes
    sorted.drawings += assignment.strangers
    result.drawings = sorted.drawings.map { $0.box }
    return result
  }
}

extension InkComponent {
  /// Its box.
  var box: Box<CropSpace> { Box(x: left, y: top, width: width, height: height) }
}

extension CropWriting {
  /// The same on a picture `factor` times as large.
  func enlarged(by factor: Int, width: Int, height: Int) -> CropWriting {
    let scale = Double(factor)
    func enlarged(_ box: Box<CropSpace>) -> Box<CropSpace> {
      Box(x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor)
    }
    func enlarged(_ runs: [InkRun]) -> [InkRun] {
      runs.flatMap { run in
        (0..<factor).map {
          InkRun(y: run.y * factor + $0, start: run.start * factor, end: min(width, run.end * factor))
        }
      }.filter { $0.y < height && $0.start < $0.end }
    }
    var result = self
    result.dots = dots.map(enlarged)
    result.drawings = drawings.map(enlarged)
    func enlarged(_ line: LineBox) -> LineBox {
      var line = line
      line.polygon = Polygon(line.polygon.points.map { Point($0.x * scale, $0.y * scale) })
      line.coreHeight *= scale
      line.struckOut = line.struckOut.map(enlarged)
      line.ink = enlarged(line.ink)
      line.rules = enlarged(line.rules)
      return line
    }
    result.lines = lines.map(enlarged)
    result.marks = marks.map(enlarged)
    return result
  }
}
