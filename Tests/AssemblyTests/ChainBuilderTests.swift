import Assembly
import ProtocolModel
import TestSupport
import Testing

@Suite struct ChainBuilderTests {
  private let document = ProtocolAssembler().assemble(.sample)

  private func links(_ origin: ProtocolDocument.Chain.Origin) -> [String] {
    document.chains.filter { $0.origin == origin }.map { "\($0.from) -> \($0.to)" }
  }

  @Test func sameNoteAndArrowAreObserved() {
    #expect(
      links(.observed) == ["fear.replacement -> measure.information", "consequence.autonomy -> measure.participation"])
  }

  @Test func pairingsOfTheCodeBookCarryNoNotes() {
    #expect(
      links(.codebook) == [
        "fear.replacement -> consequence.existential", "consequence.existential -> measure.information",
        "fear.growth -> consequence.autonomy", "consequence.autonomy -> measure.participation",
      ])
    #expect(document.chains.filter { $0.origin == .codebook }.allSatisfy { $0.regions.isEmpty })
    #expect(document.chains.filter { $0.origin == .observed }.allSatisfy { !$0.regions.isEmpty })
  }

  @Test func fearsNobodyNamedBringNoPairings() {
    var input = AssemblyInput.sample
    input.photos.removeAll { $0.photo.file != "austausch-2/IMG_0002.jpg" }
    let document = ProtocolAssembler().assemble(input)
    #expect(!document.chains.contains { $0.from == "fear.growth" })
  }

  @Test func aFearWithoutAMeasureIsAGap() {
    let gaps = document.gaps.filter { $0.kind == .fearWithoutMeasure }
    #expect(gaps.map(\.code) == ["fear.growth"])
    #expect(gaps.first?.regions == [SampleWorkshop.region("a", 5), SampleWorkshop.region("c", 5)])
    #expect(gaps.first?.namedElsewhere == ["measure.participation"])
  }

  @Test func aFinerMeasureIsNoOtherFinerMeasure() {
    var input = AssemblyInput.sample
    // The book answers the fear with one kind of training; the boards name another.
    input.codebook.chains = [CodeBook.ChainLink(from: "fear.growth", to: "measure.information.literacy")]
    input.codebook.codes.append(Code(id: "measure.information.literacy", label: "", parent: "measure.information"))
    let gap = ProtocolAssembler().assemble(input).gaps.first { $0.code == "fear.growth" }
    #expect(gap?.namedElsewhere == [])
  }

  @Test func observedLinksNameTheFinestCode() {
    var input = AssemblyInput.sample
    let place = input.photos.firstIndex { $0.photo.file.hasSuffix("IMG_0002.jpg") } ?? 0
    input.photos[place].codings.notes[2].codings.append(
      Coding(code: "measure.information.training", rank: 3, score: 1, evidence: []))
    let observed = ProtocolAssembler().assemble(input).chains.filter { $0.origin == .observed }
    #expect(observed.map(\.to) == ["measure.information.training", "measure.participation"])
  }

  @Test func measuresNobodyJoinedToAFearAreGaps() {
    #expect(document.gaps.filter { $0.kind == .measureWithoutFear }.map(\.code) == ["measure.other"])
  }

  @Test func theTableCountsOnlyWhatTheBoardsJoin() {
    let table = document.causesAndMeasures
    #expect(table.rows == ["cause.competence", "cause.resources", "cause.legal", "cause.role", "cause.other"])
    #expect(table.columns == ["measure.information", "measure.participation", "measure.other"])
    #expect(
      table.cells == [
        ProtocolDocument.Cell(
          row: "cause.role", column: "measure.participation", sameNote: 0, arrow: 1, group: 0,
          regions: [SampleWorkshop.region("c", 3), SampleWorkshop.region("c", 4)])
      ])
  }

  @Test func aGroupJoinsWhereNothingNearerDoes() {
    var input = AssemblyInput.sample
    let place = input.photos.firstIndex { $0.photo.file == "IMG_0003.jpg" } ?? 0
    input.photos[place].regions.groups = [
      NoteGroup(
        id: GroupID(PhotoID(SampleWorkshop.digest("c")), number: 1), heading: nil,
        members: [3, 4, 5].map { SampleWorkshop.region("c", $0) }, confidence: .certain)
    ]
    let cells = ProtocolAssembler().assemble(input).causesAndMeasures.cells
    #expect(cells.map(\.row) == ["cause.role", "cause.other"])
    #expect(cells.map(\.arrow) == [1, 0])
    #expect(cells.map(\.group) == [0, 1])
  }
}
