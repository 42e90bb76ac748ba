import Assembly
import ProtocolModel
import TestSupport
import Testing

@Suite struct ProtocolAssemblerTests {
  private let document = ProtocolAssembler().assemble(.sample)

  @Test func everyRegionFoundStandsUnderItsPhoto() {
    let found = Set(SampleWorkshop.photos.flatMap { $0.regions.regions.map(\.id) })
    let printed = document.photos.flatMap { $0.regions.map(\.id) }
    #expect(Set(printed) == found)
    #expect(printed.count == found.count)
  }

  @Test func everyPrimaryNoteStandsInASection() {
    let placed = Set(document.sections.flatMap(\.blocks).flatMap(\.regions))
    for region in document.photos.flatMap(\.regions)
    where region.sameAs == nil && region.kind != .heading && region.kind != .clusterHeading {
      #expect(placed.contains(region.id), "\(region.id.rawValue) is missing")
    }
  }

  @Test(arguments: UInt64(0)..<40) func everyNoteStandsInASectionWhateverItsLayersSay(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var input = AssemblyInput.sample
    let codes = SampleWorkshop.codebook.codes.map(\.id) + ["unknown", "unknown.code"]
    for place in input.photos.indices {
      if Bool.random(using: &generator) { input.photos[place].texts.texts.removeLast() }
      if Bool.random(using: &generator) { input.photos[place].readings.texts.removeFirst() }
      for note in input.photos[place].codings.notes.indices {
        let code = codes[Int.random(in: 0..<codes.count, using: &generator)]
        input.photos[place].codings.notes[note].codings =
          Bool.random(using: &generator) ? [] : [Coding(code: code, rank: 1, score: 1, evidence: [])]
        input.photos[place].codings.notes[note].unassignedReason = UnassignedReason.allCases.randomElement(
          using: &generator)
      }
    }
    let document = ProtocolAssembler().assemble(input)
    let placed = Set(document.sections.flatMap(\.blocks).flatMap(\.regions))
    for region in document.photos.flatMap(\.regions)
    where region.sameAs == nil && region.kind != .heading && region.kind != .clusterHeading {
      #expect(placed.contains(region.id), "seed \(seed): \(region.id.rawValue) is missing")
    }
  }

  @Test func photosComeByAgendaThenTimeThenFile() {
    #expect(
      document.photos.map(\.file) == ["austausch-1/IMG_0001.jpg", "austausch-2/IMG_0002.jpg", "IMG_0003.jpg"])
  }

  @Test(arguments: UInt64(0)..<8) func orderOfTheInputChangesNothing(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var input = AssemblyInput.sample
    input.photos.shuffle(using: &generator)
    input.skippedFiles.shuffle(using: &generator)
    #expect(ProtocolAssembler().assemble(input) == document, "seed \(seed)")
  }

  @Test func repeatsCarryTheirPrimaryAndDoNotCount() {
    let wall = document.photos[2]
    #expect(wall.regions[0].sameAs == SampleWorkshop.region("a", 3))
    let count = document.counts.first { $0.code == "cause.competence" }
    #expect(count?.primary == 2)
    #expect(document.block(.causes, "cause.competence")?.regions.contains(wall.regions[0].id) == false)
  }

  @Test func repeatsInACircleAreOnePaper() {
    var input = AssemblyInput.sample
    let first = SampleWorkshop.region("a", 3), second = SampleWorkshop.region("c", 1)
    input.sightings = SightingLayer(sightings: [
      Sighting(region: second, sameAs: first, reason: ""), Sighting(region: first, sameAs: second, reason: ""),
    ])
    let regions = ProtocolAssembler().assemble(input).photos.flatMap(\.regions)
    #expect(regions.first { $0.id == first }?.sameAs == nil)
    #expect(regions.first { $0.id == second }?.sameAs == first)
  }

  @Test func notesWithMoreVotesComeFirst() {
    #expect(
      document.block(.causes, "cause.competence")?.regions
        == [SampleWorkshop.region("a", 3), SampleWorkshop.region("a", 4)])
    #expect(document.counts.first { $0.code == "cause.resources" }?.votes == 6)
  }

  @Test func groupsAreCalledByTheirHeadings() {
    #expect(document.photos[0].groups.map(\.label) == ["Können", "group.unnamed"])
  }

  @Test func unreadableNotesHaveTheirOwnSectionAndNoText() {
    let unreadable = SampleWorkshop.region("a", 7)
    #expect(document.block(.unreadable, "unreadable")?.regions == [unreadable])
    #expect(document.section(.unassigned)?.blocks.flatMap(\.regions).contains(unreadable) == false)
    #expect(document.photos[0].regions[6].text.normalized == nil)
  }

  @Test func unassignedNotesStandUnderTheirReason() {
    #expect(document.section(.unassigned)?.blocks.map(\.id) == ["no-text", "no-match", "tie", "off-topic"])
  }

  @Test func finerCodesStandUnderTheirFamily() {
    let blocks = document.section(.measures)?.blocks ?? []
    #expect(
      blocks.map(\.id) == [
        "measure.information", "measure.information.training", "measure.participation", "measure.other",
      ])
    #expect(blocks.map(\.level) == [1, 2, 1, 1])
  }

  @Test func countsGrowByTheOpenNotesOfPhotosWithTheSubject() {
    // Photo a holds causes and three open notes: unreadable, no cue, tie. Photo b holds none, photo c none.
    let legal = document.counts.first { $0.code == "cause.legal" }
    #expect(legal?.primary == 1)
    #expect(legal?.upper == 4)
    #expect(document.counts.first { $0.code == "question.policy" }?.upper == 1)
    #expect(document.counts.first { $0.code == "cause.technostress" }?.primary == 0)
    // Fears never come first; every open note may be one.
    let growth = document.counts.first { $0.code == "fear.growth" }
    #expect(growth?.any == 2)
    #expect(growth?.upper == 5)
  }

  @Test func clustersOfOneNoteBecomeSingles() {
    var input = AssemblyInput.sample
    input.clusters.clusters[0].members = [SampleWorkshop.region("a", 3), SampleWorkshop.region("c", 1)]
    let document = ProtocolAssembler().assemble(input)
    #expect(document.clusters.isEmpty)
    #expect(document.section(.clusters)?.blocks.map(\.id) == ["singles"])
  }

  @Test func aWorkshopWithoutPhotosIsAProtocolWithoutSections() {
    var input = AssemblyInput.sample
    input.photos = []
    input.event = Event()
    let document = ProtocolAssembler().assemble(input)
    #expect(document.sections.isEmpty)
    #expect(document.chains.isEmpty)
    #expect(document.counts.allSatisfy { $0.any == 0 && $0.upper == 0 })
    #expect(document.event == Event())
  }

  @Test func readingDecidesWhatIsOnANote() {
    var input = AssemblyInput.sample
    let place = input.photos.firstIndex { $0.photo.file == "IMG_0003.jpg" } ?? 0
    input.photos[place].regions.regions[2].content = .drawing
    input.photos[place].readings.texts[3].content = .drawing
    let wall = ProtocolAssembler().assemble(input).photos[2]
    #expect(wall.regions[2].content == .mixed)
    #expect(wall.regions[3].content == .drawing)
  }
}
