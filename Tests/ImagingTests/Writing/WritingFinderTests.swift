import Imaging
import ProtocolModel
import Testing

@Suite struct WritingFinderTests {
  /// The writing on a whole picture that is taken for a flipchart.
  func writing(_ image: ColorImage) -> [WritingCandidate] {
    let working = WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)
    let sheet = SheetCandidate(
      outline: Quad(width: image.width, height: image.height), medium: .flipchart, confidence: 1)
    return WritingFinder().find(in: working, sheet: sheet, sheetIndex: 0, excluding: [], dots: []).writing
  }

  /// A heading and five items, the third over two lines, each with a dot before it.
  func list(squared: Bool = false) -> ColorImage {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    if squared {
      for line in stride(from: 20.0, to: 900, by: 40) {
        paper.stroke((line, 0), (line, 1100), radius: 0.8, ink: (215, 220, 228))
      }
      for line in stride(from: 20.0, to: 1100, by: 40) {
        paper.stroke((0, line), (900, line), radius: 0.8, ink: (215, 220, 228))
      }
    }
    paper.write(letters: 9, at: 120, 160, core: 50, radius: 5, ink: (20, 90, 40))
    let indents: [(bullet: Bool, letters: Int)] = [
      (true, 18), (true, 25), (true, 26), (false, 9), (true, 14), (true, 20),
    ]
    for (line, item) in indents.enumerated() {
      let y = 300 + Double(line) * 70
      if item.bullet { paper.stroke((128, y - 10), (128, y - 10), radius: 5) }
      paper.write(letters: item.letters, at: 160, y, core: 22)
    }
    return paper.image
  }

  @Test(arguments: [false, true]) func listIsDividedAtItsBullets(squared: Bool) {
    let found = writing(list(squared: squared))
    #expect(found.count { $0.kind == .heading } == 1)
    let items = found.filter { $0.kind == .listItem }
    #expect(items.map { $0.linePolygons.count } == [1, 1, 2, 1, 1])
    for item in items { #expect(abs((item.polygon.points.first?.x ?? 0) - 123) < 6, "begins at the bullet") }
    for item in items { #expect((item.linePolygons.first?.points.first?.x ?? 0) > 150, "lines leave the bullet out") }
  }

  @Test func subItemsBelongToTheItemAboveThem() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    paper.write(letters: 9, at: 120, 160, core: 50, radius: 5, ink: (20, 90, 40))
    // Items with dots, sub-items with dashes; one dot stands too high to be told by its place on the line.
    let indents = [false, true, true, false, false, true]
    for (line, isSub) in indents.enumerated() {
      let y = 300 + Double(line) * 80
      if isSub {
        paper.stroke((190, y - 11), (218, y - 11), radius: 3)
        paper.write(letters: 16, at: 240, y, core: 22)
      } else {
        let dot = line == 3 ? y - 25 : y - 11
        paper.stroke((128, dot), (128, dot), radius: 6)
        paper.write(letters: 18 + line, at: 160, y, core: 22)
      }
    }
    let items = writing(paper.image).filter { $0.kind == .listItem }
    let places = items.map { item in item.parent.map { writing(paper.image)[$0].polygon } }
    #expect(items.count == 6)
    #expect(places == [nil, items.first?.polygon, items.first?.polygon, nil, nil, items.dropFirst(4).first?.polygon])
  }

  @Test func dotsHighAboveTheirLetterAreNoTextOfTheirOwn() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    paper.write(letters: 9, at: 120, 160, core: 50, radius: 5, ink: (20, 90, 40))
    for (line, letters) in [18, 25, 26, 14, 22, 20].enumerated() {
      let y = 300 + Double(line) * 90
      paper.stroke((128, y - 11), (128, y - 11), radius: 5)
      paper.write(letters: letters, at: 160, y, core: 22)
    }
    for x in [300.0, 318] { paper.stroke((x, 300 + 4 * 90 - 42), (x + 6, 300 + 4 * 90 - 42), radius: 3) }
    let found = writing(paper.image)
    #expect(found.count { $0.kind == .freeText } == 0)
    #expect(found.count { $0.kind == .listItem } == 6)
  }

  @Test func blankPaperHasNoWriting() {
    #expect(writing(ColorImage(width: 600, height: 800, red: 238, green: 236, blue: 230)).isEmpty)
  }
}
