import Evaluation
import Foundation
import ProtocolModel
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  static func box(_ place: Int, width: Double = 100) -> Polygon<PhotoSpace> {
    let x = Double(place) * 120
    return Polygon([Point(x, 0), Point(x + width, 0), Point(x + width, 100), Point(x, 100)])
  }

  static func truth(
    _ place: Int, _ text: String, kind: RegionKind = .note, note: String? = nil, group: String? = nil, votes: Int = 0
  ) -> TrueRegion {
    TrueRegion(
      id: "t\(place)", kind: kind, polygon: box(place), text: text, note: note, group: group, order: place,
      votes: votes)
  }

  static func found(
    _ place: Int, _ text: String?, kind: RegionKind = .note, order: Int? = nil, group: String? = nil,
    votes: Int? = nil, confidence: Double = 1, codes: [String] = []
  ) -> FoundRegion {
    FoundRegion(
      id: "f\(place)", kind: kind, polygon: box(place), order: order ?? place, sheet: "s", group: group, votes: votes,
      raw: text ?? "", normalized: text, legible: text != nil, confidence: confidence, codes: codes)
  }

  static func scores(
    _ truth: [TrueRegion], _ found: [FoundRegion], codes: [String: [String]] = [:], hasVotes: Bool = false,
    ignored: [Polygon<PhotoSpace>] = [], distractors: [Polygon<PhotoSpace>] = []
  ) -> Scores {
    let photo = TruePhoto(
      file: "a.jpg", width: 4000, height: 3000, medium: "pinboard", difficulty: "easy", regions: truth,
      ignored: ignored, distractors: distractors, hasVotes: hasVotes)
    let seen = FoundPhoto(file: "ordner/a.jpg", otherNames: [], width: 4000, height: 3000, regions: found)
    return Evaluator().evaluate(photos: [seen], groundTruth: GroundTruth(photos: [photo], codes: codes)).overall
  }

  @Test func perfectProtocolScoresPerfectly() {
    let scores = Self.scores(
      [Self.truth(0, "Zeit", note: "a"), Self.truth(1, "Geld", note: "b")],
      [Self.found(0, "Zeit", codes: ["cause.resources"]), Self.found(1, "Geld", codes: ["cause.legal.rights"])],
      codes: ["a": ["cause.resources"], "b": ["cause.legal"]])
    #expect(scores.detection(.notes)?.f1 == Rate(1, n: 2))
    #expect(scores.normalized.cerAll == Rate(0, n: 2))
    #expect(scores.coverage == Rate(1, n: 2))
    #expect(scores.gibberish == Rate(0, n: 2))
    #expect(scores.layout.readingOrder == Rate(1, n: 1))
    #expect(scores.codes.primaryAgreement == Rate(1, n: 2))
    #expect(scores.codes.kappa == Rate(1, n: 2))
    #expect(scores.calibrationError == Rate(0, n: 2))
  }

  @Test func missedNotesCountAsReadEmpty() {
    let scores = Self.scores([Self.truth(0, "Zeit"), Self.truth(1, "Geld")], [Self.found(0, "Zeit")])
    #expect(scores.normalized.cerMatched == Rate(0, n: 1))
    #expect(scores.normalized.cerAll == Rate(0.5, n: 2))
    #expect(scores.normalized.werAll == Rate(0.5, n: 2))
    #expect(scores.detection(.notes)?.recall == Rate(0.5, n: 2))
    #expect(scores.coverage == Rate(0.5, n: 2))
  }

  @Test func illegibleNotesLowerCoverageNotGibberish() {
    let scores = Self.scores(
      [Self.truth(0, "Zeit"), Self.truth(1, "Geld")], [Self.found(0, nil), Self.found(1, "Qqqq")])
    #expect(scores.coverage == Rate(0.5, n: 2))
    #expect(scores.gibberish == Rate(1, n: 1))
    #expect(scores.normalized.cerLegible == Rate(1, n: 1))
  }

  @Test func oneNoteIsMatchedOnce() {
    let scores = Self.scores([Self.truth(0, "Zeit")], [Self.found(0, "Zeit"), Self.found(0, "Zeit", kind: .card)])
    #expect(scores.detection(.notes)?.precision == Rate(0.5, n: 2))
    #expect(scores.kind == Rate(1, n: 1))
    #expect(scores.inventedTexts == 1)
  }

  @Test func headingsAreJudgedApart() {
    let scores = Self.scores(
      [Self.truth(0, "Ursachen", kind: .heading), Self.truth(1, "Zeit")],
      [Self.found(0, "Ursachen"), Self.found(1, "Zeit")])
    #expect(scores.detection(.notes)?.precision == Rate(0.5, n: 2))
    #expect(scores.detection(.headings)?.recall == Rate(0, n: 1))
  }

  @Test func dotsTakenForNotesAreCounted() {
    let scores = Self.scores(
      [Self.truth(0, "Zeit")], [Self.found(0, "Zeit"), Self.found(3, nil)], distractors: [Self.box(3)])
    #expect(scores.distractorsTakenForNotes == 1)
    #expect(scores.detection(.notes)?.precision == Rate(0.5, n: 2))
  }

  @Test func writingThatIsNotJudgedIsNoFault() {
    let scores = Self.scores(
      [Self.truth(0, "Zeit")], [Self.found(0, "Zeit"), Self.found(3, "Titel", kind: .listItem)], ignored: [Self.box(3)])
    #expect(scores.detection(.notes)?.precision == Rate(1, n: 1))
  }

  @Test func reversedOrderHasTauMinusOne() {
    let scores = Self.scores(
      (0..<4).map { Self.truth($0, "x") }, (0..<4).map { Self.found($0, "x", order: 9 - $0) })
    #expect(scores.layout.readingOrder == Rate(-1, n: 6))
  }

  @Test func groupsArePairedByTheirNotes() {
    let scores = Self.scores(
      [
        Self.truth(0, "a", group: "A"), Self.truth(1, "b", group: "A"), Self.truth(2, "c", group: "B"),
        Self.truth(3, "d"),
      ],
      [
        Self.found(0, "a", group: "y"), Self.found(1, "b", group: "y"), Self.found(2, "c", group: "y"),
        Self.found(3, "d"),
      ])
    #expect(scores.layout.groupAssignment == Rate(0.75, n: 4))
    #expect(scores.layout.groupPairs.precision == Rate(1, of: 3))
    #expect(scores.layout.groupPairs.recall == Rate(1, of: 1))
  }

  @Test func votesMayBeOffByOne() {
    let scores = Self.scores(
      [Self.truth(0, "a", votes: 3), Self.truth(1, "b", votes: 0), Self.truth(2, "c", votes: 4)],
      [Self.found(0, "a", votes: 4), Self.found(1, "b"), Self.found(2, "c", votes: 2)], hasVotes: true)
    #expect(scores.layout.votesWithinOne == Rate(2, of: 3))
    #expect(scores.layout.votesExact == Rate(1, of: 3))
  }

  @Test func anArrowIsRightOnlyWithItsDirection() {
    let regions = (0..<4).map { Self.truth($0, "a") }, found = (0..<4).map { Self.found($0, "a") }
    let truth = TruePhoto(
      file: "a.jpg", width: 4000, height: 3000, medium: "pinboard", difficulty: "easy", regions: regions,
      links: [(0, 1), (1, 2), (2, 3)].map { RegionLink(from: regions[$0.0].id, to: regions[$0.1].id) })
    let seen = FoundPhoto(
      file: "a.jpg", width: 4000, height: 3000, regions: found,
      links: [(0, 1), (2, 1)].map { RegionLink(from: found[$0.0].id, to: found[$0.1].id) })
    let layout = Evaluator().evaluate(photos: [seen], groundTruth: GroundTruth(photos: [truth])).overall.layout
    #expect(layout.links.precision == Rate(1, of: 2))
    #expect(layout.links.recall == Rate(1, of: 3))
  }

  @Test func kappaOfChanceIsZero() {
    let pairs: [(String?, String?)] = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    #expect(CodeAgreement.kappa(pairs) == Rate(0, n: 4))
    #expect(CodeAgreement.macroF1(pairs) == Rate(0.5, n: 2))
    #expect(CodeAgreement.kappa([]) == Rate(nil, n: 0))
  }

  @Test func offTopicIsAnAnswer() {
    let scores = Self.scores(
      [Self.truth(0, "Kaffee", note: "a"), Self.truth(1, "WLAN", note: "b")],
      [Self.found(0, "Kaffee"), Self.found(1, "WLAN", codes: ["cause.other"])], codes: ["a": [], "b": []])
    #expect(scores.codes.primaryAgreement == Rate(0.5, n: 2))
  }

  @Test func furtherCodesAreJudgedAsASet() {
    let scores = Self.scores(
      [Self.truth(0, "x", note: "a")], [Self.found(0, "x", codes: ["c.a", "f.b", "f.c"])],
      codes: ["a": ["c.a", "f.c", "f.d"]])
    #expect(scores.codes.further.precision == Rate(0.5, n: 2))
    #expect(scores.codes.further.recall == Rate(0.5, n: 2))
  }

  @Test func photoOfAnotherSizeIsScaled() {
    let truth = TruePhoto(
      file: "a.jpg", width: 4000, height: 3000, medium: "wall", difficulty: "easy", regions: [Self.truth(1, "Zeit")])
    var region = Self.found(1, "Zeit")
    region.polygon.points = region.polygon.points.map { Point($0.x / 2, $0.y / 2) }
    let seen = FoundPhoto(file: "b.jpg", otherNames: ["a.jpg"], width: 2000, height: 1500, regions: [region])
    let report = Evaluator().evaluate(photos: [seen], groundTruth: GroundTruth(photos: [truth]))
    #expect(report.overall.detection(.notes)?.f1 == Rate(1, n: 1))
  }

  @Test func missingPhotoIsNamedAndCounts() {
    let truth = TruePhoto(
      file: "a.jpg", width: 40, height: 30, medium: "wall", difficulty: "easy", regions: [Self.truth(0, "Zeit")])
    let seen = FoundPhoto(file: "b.jpg", otherNames: [], width: 40, height: 30, regions: [])
    let report = Evaluator().evaluate(photos: [seen], groundTruth: GroundTruth(photos: [truth]))
    #expect(report.missingPhotos == ["a.jpg"])
    #expect(report.unjudgedPhotos == ["b.jpg"])
    #expect(report.overall.detection(.notes)?.recall == Rate(0, n: 1))
    #expect(report.inProtocol?.photos == 0)
  }

  @Test func reportSurvivesJSONAndPrints() throws {
    let photo = TruePhoto(
      file: "a.jpg", width: 4000, height: 3000, medium: "wall", difficulty: "easy", regions: [Self.truth(0, "Zeit")])
    let seen = FoundPhoto(file: "a.jpg", otherNames: [], width: 4000, height: 3000, regions: [Self.found(0, "Zeit")])
    let report = Evaluator().evaluate(photos: [seen], groundTruth: GroundTruth(photos: [photo]))
    let copy = try JSONDecoder().decode(EvaluationReport.self, from: JSONEncoder().encode(report))
    #expect(copy == report)
    #expect(report.table.contains("wall/easy"))
    #expect(report.table.hasSuffix("\n"))
  }

  @Test func infiniteRateSurvivesJSON() throws {
    let rate = Rate(.infinity, n: 3)
    #expect(try JSONDecoder().decode(Rate.self, from: JSONEncoder().encode(rate)) == rate)
  }

  @Test func protocolOfAnotherProgramIsReadLeniently() throws {
    let json = """
      {"version": 1, "photos": [{"file": "a.jpg", "width": 400, "height": 300, "unknown": 1, "otherNames": null,
        "regions": [{"id": "r1", "kind": "note", "polygon": [[0,0],[100,0],[100,100],[0,100]], "group": null,
          "votes": null, "text": {"raw": "Zeit", "normalized": null, "legible": false, "confidence": 0.2},
          "codings": [{"code": "b.c", "rank": 2}, {"code": "a.b", "rank": 1}]},
         {"id": "r2", "kind": "heading", "polygon": [[0,0],[9,0],[9,9]]}]}]}
      """
    let photos = try FoundPhoto.photos(decoding: Data(json.utf8))
    #expect(photos.first?.regions.first?.codes == ["a.b", "b.c"])
    #expect(photos.first?.regions.last?.legible == false)
  }
}
