import Imaging
import ProtocolModel
import TestSupport
import Testing

@Suite struct SightingMergerTests {
  /// Added to a seed, it makes a note that has most strokes of that seed's note and others of its own.
  static let likeness: UInt64 = 100_000

  /// A note with strokes of its own: the same seed draws the same note.
  func drawn(_ seed: UInt64, side: Int, brightness: Double = 1) -> ColorImage {
    var random = SeededGenerator(seed: seed % Self.likeness)
    let paper = UInt8(220 * brightness), pen = UInt8(40 * brightness)
    var image = ColorImage(width: side, height: side, red: paper, green: paper, blue: paper)
    for stroke in 0..<14 {
      if stroke == 11, seed >= Self.likeness { random = SeededGenerator(seed: seed) }
      let x = Double.random(in: 0.1...0.8, using: &random), y = Double.random(in: 0.1...0.9, using: &random)
      let length = Double.random(in: 0.1...0.3, using: &random), slope = Double.random(in: -1...1, using: &random)
      for step in 0..<(side / 2) {
        let t = Double(step) / Double(side / 2) * length
        for thick in 0...(side / 40) {
          let column = Int((x + t) * Double(side)), row = Int((y + slope * t) * Double(side)) + thick
          guard column >= 0, column < side, row >= 0, row < side else { continue }
          for channel in 0..<3 { image.pixels[3 * (row * side + column) + channel] = pen }
        }
      }
    }
    return image
  }

  /// The left part of a picture.
  func leftPart(of image: ColorImage, width: Int) -> ColorImage {
    let rows = (0..<image.height).flatMap { image.pixels[(3 * $0 * image.width)..<(3 * ($0 * image.width + width))] }
    return ColorImage(width: width, height: image.height, pixels: rows)
  }

  /// A board of three columns and four rows, seen with a zoom and a shift; `ink` says what is written at each place.
  func gallery(
    _ name: String, places: [Int], ink: (Int) -> UInt64 = { UInt64($0) }, zoom: Double = 1,
    shift: (Double, Double) = (0, 0), brightness: Double = 1, width: Int = 4000
  ) -> SightingMerger.Gallery {
    let photo = PhotoID(rawValue: name)
    let notes = places.enumerated().compactMap { index, place -> NoteSignature? in
      let column = Double(place % 3), row = Double(place / 3 % 4)
      let left = (60 + column * 300 + row * 20) * zoom + shift.0, top = (60 + row * 260 + column * 15) * zoom + shift.1
      let side = 200 * zoom
      let right = min(left + side, Double(width))
      guard right > left else { return nil }
      let quad = Quad<PhotoSpace>(
        topLeft: Point(left, top), topRight: Point(right, top), bottomRight: Point(right, top + side),
        bottomLeft: Point(left, top + side))
      let picture = drawn(ink(place), side: Int(side), brightness: brightness)
      return NoteSignature(
        region: RegionID(photo, number: index + 1), quad: quad,
        isCut: SightingMerger.Gallery.cuts(quad.polygon, width: width, height: 3000),
        picture: leftPart(of: picture, width: Int(right - left)))
    }
    return SightingMerger.Gallery(photo: photo, width: width, height: 3000, notes: notes)
  }

  @Test func overviewAndCloseUpAreTheSamePaper() {
    let overview = gallery("p1", places: Array(0..<12))
    let closeUp = gallery("p2", places: [0, 1, 3, 4], zoom: 1.7, shift: (40, -30), brightness: 0.8)
    let merged = SightingMerger().merge([overview, closeUp]).sightings
    #expect(merged.count == 4)
    // The close-up shows the paper larger, so it is the one that counts.
    #expect(merged.map(\.region.rawValue) == ["p1.r01", "p1.r02", "p1.r04", "p1.r05"])
    #expect(merged.map(\.sameAs.rawValue) == ["p2.r01", "p2.r02", "p2.r03", "p2.r04"])
    #expect(merged.allSatisfy { $0.reason.contains("4 of 4 notes agree on one map") } == true)
  }

  @Test func otherInkOnPaperInTheSamePlacesIsNotMerged() {
    let one = gallery("p1", places: Array(0..<12))
    let other = gallery("p2", places: Array(0..<12), ink: { UInt64($0 + 120) })
    #expect(SightingMerger().merge([one, other]).sightings.isEmpty)
  }

  @Test func someEqualPrintedCardsMakeNoSharedBoard() {
    let one = gallery("p1", places: Array(0..<12))
    let other = gallery("p2", places: Array(0..<12), ink: { UInt64($0 < 4 ? $0 : $0 + 120) })
    #expect(SightingMerger().merge([one, other]).sightings.isEmpty)
  }

  @Test func equalPapersInRowsAreUndecided() {
    let one = gallery("p1", places: Array(0..<12), ink: { _ in 5 })
    let other = gallery("p2", places: Array(0..<12), ink: { _ in 5 }, zoom: 1.2)
    #expect(SightingMerger().merge([one, other]).sightings.isEmpty)
  }

  @Test func aNoteThatWasReplacedStaysANoteOfItsOwn() {
    let before = gallery("p1", places: Array(0..<12))
    let after = gallery("p2", places: Array(0..<12), ink: { UInt64($0 == 4 ? 99 : $0) }, zoom: 1.1)
    let merged = SightingMerger().merge([before, after]).sightings
    #expect(merged.count == 11)
    #expect(merged.allSatisfy { $0.region.rawValue != "p1.r05" && $0.reason.contains("11 of 12") } == true)
  }

  @Test func aBoardOfWhichNearlyHalfWasReplacedIsTheSame() {
    let before = gallery("p1", places: Array(0..<12))
    let after = gallery("p2", places: Array(0..<12), ink: { UInt64($0 < 5 ? $0 + 120 : $0) }, zoom: 1.1)
    let merged = SightingMerger().merge([before, after]).sightings
    #expect(merged.map(\.region.rawValue) == (6...12).map { "p1.r" + ($0 < 10 ? "0" : "") + "\($0)" })
  }

  /// A note hung elsewhere is the same only if it looks as much like it as those that stayed do.
  @Test(arguments: [true, false]) func aNoteThatWasMovedIsNotOneThatIsMerelyAlike(isSame: Bool) {
    let before = gallery("p1", places: Array(0..<11))
    let after = gallery(
      "p2", places: Array(1..<12), ink: { $0 == 11 ? (isSame ? 0 : Self.likeness) : UInt64($0) }, zoom: 1.1)
    let merged = SightingMerger().merge([before, after]).sightings
    #expect(merged.count == (isSame ? 11 : 10))
  }

  @Test func aNoteCutOffByThePhotoIsTheWholeOneElsewhere() {
    let whole = gallery("p1", places: Array(0..<12))
    // The third column is seen by two thirds only.
    let cut = gallery("p2", places: Array(0..<12), zoom: 1.5, width: 1240)
    let merged = SightingMerger().merge([whole, cut]).sightings
    #expect(merged.count == 12)
    let cutOff = merged.filter { ["p2.r03", "p2.r06", "p2.r09", "p2.r12"].contains($0.region.rawValue) }
    // Larger, but not whole: the other one counts.
    #expect(cutOff.map(\.sameAs.rawValue) == ["p1.r03", "p1.r06", "p1.r09", "p1.r12"])
  }

  @Test func aCloseUpOfOneNoteIsFound() {
    let merged = SightingMerger().merge([gallery("p1", places: Array(0..<12)), gallery("p2", places: [7], zoom: 2)])
    #expect(merged.sightings.map(\.region.rawValue) == ["p1.r08"])
  }

  @Test func aCloseUpOfANoteThatIsThereTwiceIsUndecided() {
    let board = gallery("p1", places: Array(0..<12), ink: { UInt64($0 == 2 ? 7 : $0) })
    #expect(SightingMerger().merge([board, gallery("p2", places: [7], zoom: 2)]).sightings.isEmpty)
  }

  @Test func blankNotesAreNeverMergedByThemselves() {
    func gallery(_ name: String) -> SightingMerger.Gallery {
      let photo = PhotoID(rawValue: name)
      let notes = (0..<6).map { index in
        NoteSignature(
          region: RegionID(photo, number: index + 1), quad: Quad<PhotoSpace>(width: 80 + index, height: 80),
          picture: ColorImage(width: 80, height: 80, red: 210, green: 210, blue: 210))
      }
      return SightingMerger.Gallery(photo: photo, width: 1000, height: 1000, notes: notes)
    }
    #expect(SightingMerger().merge([gallery("p1"), gallery("p2")]).sightings.isEmpty)
  }

  @Test func threeSightingsHaveOnePrimary() {
    let galleries = [
      gallery("p1", places: Array(0..<6)), gallery("p2", places: Array(0..<6), zoom: 1.5),
      gallery("p3", places: Array(0..<6), zoom: 0.8),
    ]
    let merged = SightingMerger().merge(galleries).sightings
    #expect(merged.count == 12)
    #expect(Set(merged.map { $0.sameAs.rawValue.prefix(2) }) == ["p2"])
  }
}
