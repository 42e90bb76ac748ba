import Imaging
import ProtocolModel
import Testing

@Suite struct BoardStructureTests {
  let photo = PhotoID(rawValue: "p0")
  let sheet = SheetCandidate(outline: Quad(width: 2000, height: 1500), medium: .whiteboard, confidence: 1)

  /// A note of 200 x 120 whose left upper corner is at (x, y), seen on a photo that leans by `slope`.
  func note(_ x: Double, _ y: Double, slope: Double = 0, colour: String = "yellow", height: Double = 120)
    -> PaperCandidate
  {
    func at(_ x: Double, _ y: Double) -> Point<PhotoSpace> { Point(x, y + slope * x) }
    let frame = Quad(
      topLeft: at(x, y), topRight: at(x + 200, y), bottomRight: at(x + 200, y + height), bottomLeft: at(x, y + height))
    return PaperCandidate(outline: frame.polygon, frame: frame, colour: colour, lightness: 80, a: 0, b: 60)
  }

  func ink(_ kind: RegionKind, _ x: Double, _ y: Double, parent: Int? = nil) -> WritingCandidate {
    let box = Polygon<PhotoSpace>([Point(x, y), Point(x + 180, y), Point(x + 180, y + 40), Point(x, y + 40)])
    return WritingCandidate(kind: kind, polygon: box, sheet: 0, confidence: 0.9, parent: parent)
  }

  func assemble(
    _ papers: [PaperCandidate], _ writing: [WritingCandidate] = [], dots: [VoteDot] = []
  ) -> RegionLayer {
    BoardStructure().assemble(sheets: [sheet], papers: papers, dots: dots, writing: writing, photo: photo)
  }

  @Test(arguments: [-0.15, 0, 0.2]) func gridIsReadInRowsHoweverItLeans(slope: Double) {
    var papers: [PaperCandidate] = []
    for column in 0..<3 {
      for row in 0..<4 {
        papers.append(note(300 + Double(column) * 215, 300 + Double(row) * 140 + Double(column % 2) * 9, slope: slope))
      }
    }
    let layer = assemble(papers)
    let expected = (0..<4).flatMap { row in (0..<3).map { papers[$0 * 4 + row].outline } }
    #expect(layer.regions.map { $0.polygon } == expected)
    #expect(layer.groups.isEmpty)
    #expect(layer.regions.map { $0.id } == (1...12).map { RegionID(photo, number: $0) })
  }

  @Test func writtenHeadingsTakeTheNotesBelowThem() {
    let papers = (0..<2).flatMap { column in (0..<3).map { note(300 + Double(column) * 600, 400 + Double($0) * 150) } }
    let layer = assemble(
      papers, [ink(.heading, 500, 100), ink(.clusterHeading, 300, 320), ink(.clusterHeading, 900, 320)])
    #expect(layer.groups.count == 2)
    #expect(layer.groups.map { $0.members.count } == [3, 3])
    #expect(layer.regions.first?.kind == .heading)
    #expect(layer.groups.first?.heading == layer.regions[1].id)
    #expect(layer.regions[1...4].allSatisfy { $0.group == layer.groups[0].id })
  }

  @Test func groupsWithoutHeadingsAreTold() {
    let papers = (0..<3).flatMap { column in (0..<3).map { note(200 + Double(column) * 500, 300 + Double($0) * 140) } }
    let layer = assemble(papers)
    #expect(layer.groups.count == 3)
    #expect(layer.groups.allSatisfy { $0.heading == nil && $0.confidence < .certain })
  }

  @Test func columnsCloserThanUsualAreToldByTheirRows() {
    // A quarter of a note apart, which on other boards joins neighbours; the rows are far closer.
    let columns = [0.0, 240, 480].map { x in
      (0..<4).map { note(300 + x, 300 + Double($0) * 132, colour: $0 % 2 == 0 ? "blue" : "green") }
    }
    #expect(assemble(columns.flatMap { $0 }).groups.map { $0.members.count } == [4, 4, 4])
    let grid = [0.0, 215, 430].flatMap { x in (0..<4).map { note(300 + x, 300 + Double($0) * 124) } }
    #expect(assemble(grid).groups.isEmpty)
  }

  @Test func aNoteFarBelowAGroupStandsAlone() {
    var papers = (0..<2).flatMap { column in (0..<3).map { note(300 + Double(column) * 600, 400 + Double($0) * 150) } }
    papers.append(note(320, 400 + 2 * 150 + 120 + 80))
    let layer = assemble(papers, [ink(.clusterHeading, 300, 320), ink(.clusterHeading, 900, 320)])
    #expect(layer.groups.map { $0.members.count } == [3, 3])
    #expect(layer.regions.count { $0.kind == .note && $0.group == nil } == 1)
  }

  @Test func aColourThatLiesOnTopHereAndThereHeadsNothing() {
    // Every third column has two white notes on top of others; most notes lie below none of them.
    var papers: [PaperCandidate] = []
    for column in 0..<7 {
      for row in 0..<3 {
        let isWhite = row == 0 && column % 3 == 0
        papers.append(note(100 + Double(column) * 260, 200 + Double(row) * 190, colour: isWhite ? "white" : "pink"))
      }
    }
    #expect(assemble(papers).regions.count { $0.kind == .clusterHeading } == 0)
  }

  @Test func lowCardsOverNotesHeadGroups() {
    var papers: [PaperCandidate] = []
    for column in 0..<3 {
      papers.append(note(300 + Double(column) * 500, 300, colour: "white", height: 90))
      for row in 0..<2 { papers.append(note(300 + Double(column) * 500, 420 + Double(row) * 140)) }
    }
    let layer = assemble(papers)
    #expect(layer.regions.count { $0.kind == .clusterHeading } == 3)
    #expect(layer.groups.map { $0.members.count } == [2, 2, 2])
  }

  @Test(arguments: [103.0, 104, 105, 107]) func aHeadingAPixelHigherThanTheOthersIsOneStill(height: Double) {
    var papers: [PaperCandidate] = []
    for column in 0..<4 {
      papers.append(note(200 + Double(column) * 450, 300, colour: "white", height: column == 0 ? height : 96))
      for row in 0..<2 { papers.append(note(200 + Double(column) * 450, 430 + Double(row) * 140)) }
    }
    let layer = assemble(papers)
    #expect(layer.regions.count { $0.kind == .clusterHeading } == 4)
    #expect(layer.groups.map { $0.members.count } == [2, 2, 2, 2])
  }

  @Test func dotsAreCountedPerNoteAndPerItem() {
    let dots = [(310.0, 310.0), (495, 415), (900, 320)].map {
      VoteDot(centre: Point($0.0, $0.1), radius: 12, colour: "blue")
    }
    let layer = assemble([note(300, 300)], [ink(.listItem, 600, 300), ink(.listItem, 600, 380)], dots: dots)
    #expect(layer.regions.first { $0.kind == .note }?.votes == 2)
    #expect(layer.regions.filter { $0.kind == .listItem }.map { $0.votes } == [1, 0])
  }

  @Test func subItemsKnowTheirParent() {
    let layer = assemble([], [ink(.listItem, 300, 300), ink(.listItem, 360, 360, parent: 0)])
    #expect(layer.regions.map { $0.parent } == [nil, layer.regions[0].id])
  }
}
