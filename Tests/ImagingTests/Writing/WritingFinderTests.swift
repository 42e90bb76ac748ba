import Foundation
import Imaging
import ProtocolModel
import Testing

@Suite struct WritingFinderTests {
  /// The writing on a whole picture that is taken for a flipchart.
  func writing(
    _ image: ColorImage, on medium: SheetMedium = .flipchart, beside papers: [PaperCandidate] = []
  ) -> [WritingCandidate] {
    let working = WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)
    let sheet = SheetCandidate(
      outline: Quad(width: image.width, height: image.height), medium: medium, confidence: 1)
    return WritingFinder().find(in: working, sheet: sheet, sheetIndex: 0, excluding: papers, dots: []).writing
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

  @Test func aHeadingAsSmallAsItsListStandsClearOfIt() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    paper.write(letters: 18, at: 120, 160, core: 22)
    // The first item goes on in larger letters, which head nothing.
    for (line, core) in [22.0, 34, 22, 22, 22].enumerated() {
      let y = 340 + Double(line) * 90
      if line != 1 { paper.stroke((128, y - 10), (128, y - 10), radius: 5) }
      paper.write(letters: line == 1 ? 7 : 18 + line, at: 160, y, core: core)
    }
    let found = writing(paper.image)
    let headings = found.filter { $0.kind == .heading }
    #expect(headings.count == 1)
    #expect(headings.allSatisfy { $0.polygon.points.allSatisfy { $0.y < 220 } })
    #expect(found.filter { $0.kind == .listItem }.map { $0.linePolygons.count } == [2, 1, 1, 1])
  }

  @Test func aDashThatTouchesItsTextBeginsAnItem() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    paper.write(letters: 9, at: 120, 160, core: 50, radius: 5, ink: (20, 90, 40))
    for (line, y) in [300.0, 370, 470, 540, 640, 710, 810].enumerated() {
      let isFirst = line % 2 == 0
      if isFirst { paper.stroke((128, y - 11), (line == 4 ? 158 : 142, y - 11), radius: 2) }
      paper.write(letters: line == 4 ? 8 : isFirst || line == 3 ? 18 : 11, at: 152, y, core: line == 4 ? 31 : 22)
    }
    #expect(writing(paper.image).filter { $0.kind == .listItem }.map { $0.linePolygons.count } == [2, 2, 2, 1])
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

  /// Block letters E, H, T, A in turn with a thick pen, so close that their bars touch.
  func capitals(_ count: Int, at x: Double, _ y: Double, on paper: inout DrawnPaper) {
    let h = 36.0, w = 26.0, r = 6.0
    for letter in 0..<count where letter % 6 != 5 {
      let left = x + Double(letter) * 33, right = left + w, top = y - h
      func bar(_ share: Double, _ from: Double = left) {
        paper.stroke((from, y - share * h), (right, y - share * h), radius: r)
      }
      switch letter % 4 {
      case 0:
        paper.stroke((left, top), (left, y), radius: r)
        for share in [0, 0.5, 1.0] { bar(share) }
      case 1:
        paper.stroke((left, top), (left, y), radius: r)
        paper.stroke((right, top), (right, y), radius: r)
        bar(0.5)
      case 2:
        paper.stroke((left + w / 2, top), (left + w / 2, y), radius: r)
        bar(1)
      default:
        paper.stroke((left + w / 2, top), (left, y), radius: r)
        paper.stroke((left + w / 2, top), (right, y), radius: r)
        bar(0.3)
      }
    }
  }

  @Test func thickCapitalsThatTouchAreNotStruckOut() {
    var paper = DrawnPaper(width: 1100, height: 1100, paper: (240, 240, 236))
    for line in 0..<6 {
      paper.stroke((100, 300 + Double(line) * 110 - 18), (124, 300 + Double(line) * 110 - 18), radius: 5)
      capitals(14 + line, at: 170, 300 + Double(line) * 110, on: &paper)
    }
    let items = writing(paper.image).filter { $0.kind == .listItem }
    #expect(items.count == 6)
    #expect(items.allSatisfy { $0.struckOut == 0 })
  }

  @Test func aWordWithAStrokeThroughItIsStruckOut() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    for line in 0..<5 {
      let y = 300 + Double(line) * 90
      paper.stroke((128, y - 11), (128, y - 11), radius: 5)
      paper.write(letters: 24, at: 160, y, core: 22)
    }
    // Through the second word of the third item, bowed a little.
    let middle = (400.0, 300 + 2 * 90 - 13.0)
    paper.stroke((326, 300 + 2 * 90 - 9), middle, radius: 2.5)
    paper.stroke(middle, (472, 300 + 2 * 90 - 10), radius: 2.5)
    let items = writing(paper.image).filter { $0.kind == .listItem }
    #expect(items.map(\.struckOut).map { min($0, 1) } == [0, 0, 1, 0, 0])
  }

  @Test func starsStandHighBeforeTheirItems() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    for (line, letters) in [18, 25, 26, 9, 14, 20].enumerated() {
      let y = 300 + Double(line) * 70
      if line != 3 {
        for turn in [0.0, 1.05, 2.1] {
          let dx = 7 * cos(turn), dy = 7 * sin(turn)
          paper.stroke((122 - dx, y - 31 - dy), (122 + dx, y - 31 + dy), radius: 2)
        }
      }
      paper.write(letters: letters, at: 160, y, core: 22)
    }
    let items = writing(paper.image).filter { $0.kind == .listItem }
    #expect(items.map { $0.linePolygons.count } == [1, 1, 2, 1, 1])
  }

  @Test func anItemWhoseBulletWasForgottenStandsAlone() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    // The lines of an item are closer to each other than items are; the third item has no bullet.
    let lines: [(y: Double, letters: Int, bullet: Bool)] = [
      (300, 25, true), (350, 9, false), (430, 12, true), (510, 10, false), (590, 26, true), (640, 8, false),
      (720, 14, true),
    ]
    for line in lines {
      if line.bullet { paper.stroke((128, line.y - 10), (128, line.y - 10), radius: 5) }
      paper.write(letters: line.letters, at: 160, line.y, core: 22)
    }
    let items = writing(paper.image).filter { $0.kind == .listItem }
    #expect(items.map { $0.linePolygons.count } == [2, 1, 1, 2, 1])
  }

  @Test func withoutBulletsTheSpacingParts() {
    var paper = DrawnPaper(width: 900, height: 1100, paper: (240, 240, 236))
    for (y, letters) in [(300.0, 26), (352.0, 12), (420.0, 25), (472.0, 20), (540.0, 14), (608.0, 26), (660.0, 9)] {
      paper.write(letters: letters, at: 120, y, core: 22)
    }
    let items = writing(paper.image).filter { $0.kind == .listItem }
    #expect(items.map { $0.linePolygons.count } == [2, 2, 1, 2])
  }

  @Test func aListBesideNotesIsAList() {
    var drawn = DrawnPaper(width: 1100, height: 1100, paper: (240, 240, 236))
    for line in 0..<6 {
      let y = 300 + Double(line) * 80
      drawn.stroke((128, y - 11), (128, y - 11), radius: 5)
      drawn.write(letters: 18 + line, at: 160, y, core: 22, radius: 3)
    }
    let papers = (0..<4).map { place -> PaperCandidate in
      let y = 250 + 200 * place
      let corners = [(900, y), (1050, y), (1050, y + 150), (900, y + 150)].map {
        Point<PhotoSpace>(Double($0.0), Double($0.1))
      }
      let frame = Quad<PhotoSpace>(
        topLeft: corners[0], topRight: corners[1], bottomRight: corners[2], bottomLeft: corners[3])
      return PaperCandidate(outline: Polygon(corners), frame: frame, colour: "yellow", lightness: 85, a: 0, b: 70)
    }
    for paper in papers {
      let b = paper.outline.bounds
      for y in b.y..<(b.y + b.height) {
        drawn.stroke((Double(b.x), Double(y)), (Double(b.x + b.width), Double(y)), radius: 1, ink: (250, 225, 90))
      }
    }
    #expect(writing(drawn.image, beside: papers).count { $0.kind == .listItem } == 6)
  }

  @Test func thickLettersAreNoPapers() {
    var drawn = DrawnPaper(width: 1600, height: 1600, paper: (240, 240, 236))
    for line in 0..<4 { capitals(20, at: 120, 300 + Double(line) * 120, on: &drawn) }
    for y in 1200..<1246 { drawn.stroke((400, Double(y)), (446, Double(y)), radius: 1, ink: (90, 90, 220)) }
    func paper(_ x: Double, _ y: Double, _ size: Double) -> PaperCandidate {
      let frame = Quad<PhotoSpace>(
        topLeft: Point(x, y), topRight: Point(x + size, y), bottomRight: Point(x + size, y + size),
        bottomLeft: Point(x, y + size))
      return PaperCandidate(outline: frame.polygon, frame: frame, colour: "violet", lightness: 40, a: 30, b: -50)
    }
    let working = WorkingImage(color: drawn.image, photoWidth: 1600, photoHeight: 1600)
    let sheet = SheetCandidate(outline: Quad(width: 1600, height: 1600), medium: .flipchart, confidence: 1)
    // The fifth letter of the second line, and a small note far from the writing.
    let papers = [paper(246, 380, 44), paper(400, 1200, 46)]
    let letters = LettersAmongPapers(in: working, sheet: sheet, sheetIndex: 0, papers: papers)
    #expect(letters.places == [0])
  }

  @Test func specksOfAScreenAreNotPartOfItsLines() {
    var screen = DrawnPaper(width: 1100, height: 800, paper: (240, 240, 240))
    for line in 0..<4 {
      let y = 300 + Double(line) * 90
      screen.stroke((128, y - 11), (128, y - 11), radius: 5)
      screen.write(letters: 18, at: 160, y, core: 22)
      // Moire: as far from the last letter as a word, a third as dark as the print.
      for x in stride(from: 600.0, to: 760, by: 26) {
        screen.stroke((x, y - 18), (x + 6, y - 6), radius: 3, ink: (172, 172, 175))
      }
    }
    let items = writing(screen.image, on: .slide).filter { $0.kind == .listItem }
    #expect(items.count == 4)
    for item in items { #expect(item.polygon.bounds.x + item.polygon.bounds.width < 600) }
  }

  @Test func blankPaperHasNoWriting() {
    #expect(writing(ColorImage(width: 600, height: 800, red: 238, green: 236, blue: 230)).isEmpty)
  }
}
