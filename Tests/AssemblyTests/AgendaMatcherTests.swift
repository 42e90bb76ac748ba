import Assembly
import ProtocolModel
import TestSupport
import Testing

@Suite struct AgendaMatcherTests {
  static let event = Event(
    date: "2025-09-17",
    agenda: [
      Event.AgendaItem(id: "vortrag", title: "Vorstellung der Studie", start: "09:00", end: "09:30"),
      Event.AgendaItem(
        id: "austausch-1", title: "Erfahrungsaustausch 1: KI-Skepsis als regionales Phänomen", start: "10:00",
        boards: ["Ursachen für KI-Skepsis"], photos: ["extra/tafel.jpg", "IMG_7.jpg"]),
      Event.AgendaItem(
        id: "austausch-2", title: "Erfahrungsaustausch 2: Maßnahmen und Rollen", start: "11:30",
        boards: ["Maßnahmen dagegen"]),
    ])

  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var headings: [String] = []
    var taken: String?
    var item: String?
    var reason: AgendaAssignment.Reason?
    var testDescription: String { "\(file) \(headings) \(taken ?? "-")" }
  }

  static let cases = [
    Case(file: "extra/tafel.jpg", headings: ["Maßnahmen dagegen"], item: "austausch-1", reason: .list),
    Case(file: "anywhere/IMG_7.jpg", item: "austausch-1", reason: .list),
    Case(file: "Austausch-2/a.jpg", headings: ["Ursachen für KI-Skepsis"], item: "austausch-2", reason: .folder),
    Case(file: "x/vorstellung der studie/a.jpg", item: "vortrag", reason: .folder),
    Case(file: "a.jpg", headings: ["Ursachen fur Kl-Skepsis"], item: "austausch-1", reason: .heading),
    Case(file: "a.jpg", headings: ["Ursachen (Gruppe 2)"], item: "austausch-1", reason: .heading),
    Case(file: "a.jpg", headings: ["Was hilft? Maßnahmen"], item: "austausch-2", reason: .heading),
    Case(file: "a.jpg", headings: ["Erfahrungsaustausch 2"], item: "austausch-2", reason: .heading),
    // Which of the two exchanges it was, the heading does not say.
    Case(file: "a.jpg", headings: ["Erfahrungsaustausch"], item: nil, reason: nil),
    Case(file: "a.jpg", headings: ["Woher kommt die Skepsis?"], item: nil, reason: nil),
    Case(file: "a.jpg", headings: ["KI"], item: nil, reason: nil),
    Case(file: "a.jpg", taken: "2025-09-17T10:00:00", item: "austausch-1", reason: .time),
    Case(file: "a.jpg", taken: "2025-09-17T11:29:59", item: "austausch-1", reason: .time),
    // Between two items, on another day, after a last item without an end.
    Case(file: "a.jpg", taken: "2025-09-17T09:40:00", item: nil, reason: nil),
    Case(file: "a.jpg", taken: "2025-09-18T10:10:00", item: nil, reason: nil),
    Case(file: "a.jpg", taken: "2025-09-17T12:00:00", item: nil, reason: nil),
    Case(file: "a.jpg", item: nil, reason: nil),
  ]

  @Test(arguments: cases) func findsTheItemAndSaysWhy(_ example: Case) {
    let digest = SampleWorkshop.digest("a")
    let photo = Photo(
      id: PhotoID(digest), file: example.file, sha256: digest, width: 1, height: 1, capturedAt: example.taken)
    let found = AgendaMatcher(event: Self.event)
      .assignments([AgendaMatcher.Candidate(photo: photo, headings: example.headings)]).assignments.first
    #expect(found?.item == example.item)
    #expect(found?.reason == example.reason)
  }

  @Test func namesTheBoardWhereTheHeadingFits() {
    let digest = SampleWorkshop.digest("a")
    let photo = Photo(id: PhotoID(digest), file: "austausch-1/a.jpg", sha256: digest, width: 1, height: 1)
    let layer = AgendaMatcher(event: Self.event)
      .assignments([AgendaMatcher.Candidate(photo: photo, headings: ["Ursachen fir KI Skepsis"])])
    #expect(layer.assignments.first?.board == "Ursachen für KI-Skepsis")
  }

  @Test func headingsComeFromTheLayers() throws {
    let sample = try #require(SampleWorkshop.photos.first { $0.photo.file.hasSuffix("IMG_0001.jpg") })
    let candidate = AgendaMatcher.Candidate(photo: sample.photo, regions: sample.regions, texts: sample.texts)
    #expect(candidate.headings == ["Ursachen für KI-Skepsis", "Können"])
  }

  @Test func withoutAnAgendaNothingIsAssigned() throws {
    let sample = try #require(SampleWorkshop.photos.first)
    let candidate = AgendaMatcher.Candidate(photo: sample.photo, headings: ["Maßnahmen"])
    #expect(AgendaMatcher(event: Event()).assignments([candidate]).assignments.isEmpty)
  }
}
