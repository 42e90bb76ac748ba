import ProtocolModel
import Rendering
import Testing

@Suite struct ReshootWordsTests {
  private static func square(at x: Double) -> Polygon<PhotoSpace> {
    Polygon([Point(x, 0), Point(x + 100, 0), Point(x + 100, 100), Point(x, 100)])
  }

  private let outlines = [square(at: 0), square(at: 200), square(at: 400)]

  private func words(_ places: [Polygon<PhotoSpace>], numbers: [Int?]) throws -> String? {
    let findings = places.map { QualityFinding(reason: .cutOff, place: $0, value: 0.3) }
    return try DocumentTexts.bundled("de").reasonsToRetake(findings, outlines: outlines, numbers: numbers)
  }

  @Test func notesAreNamedByTheirNumbers() throws {
    #expect(try words([outlines[2], outlines[0]], numbers: [4, 5, 6]) == "Tafel ist angeschnitten (Nr. 4, 6)")
  }

  @Test func whatHoldsForTheBoardNamesNoNote() throws {
    let board = Polygon<PhotoSpace>([Point(0, 0), Point(900, 0), Point(900, 700), Point(0, 700)])
    #expect(try words([board], numbers: [4, 5, 6]) == "Tafel ist angeschnitten")
  }

  @Test func aNoteThatAnotherPhotoShowsBetterIsNoReason() throws {
    #expect(try words([outlines[0], outlines[1]], numbers: [nil, 5, 6]) == "Tafel ist angeschnitten (Nr. 5)")
    #expect(try words([outlines[0]], numbers: [nil, 5, 6]) == nil)
  }
}
