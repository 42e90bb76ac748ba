import Imaging
import ProtocolModel
import TestSupport
import Testing

@Suite struct SightingMergerTests {
  /// A note with strokes of its own: the same seed draws the same note.
  func drawn(_ seed: UInt64, side: Int, brightness: Double = 1) -> GrayImage {
    var random = SeededGenerator(seed: seed)
    var pixels = [UInt8](repeating: UInt8(220 * brightness), count: side * side)
    for _ in 0..<14 {
      let x = Double.random(in: 0.1...0.8, using: &random), y = Double.random(in: 0.1...0.9, using: &random)
      let length = Double.random(in: 0.1...0.3, using: &random), slope = Double.random(in: -1...1, using: &random)
      for step in 0..<(side / 2) {
        let t = Double(step) / Double(side / 2) * length
        for thick in 0...(side / 40) {
          let column = Int((x + t) * Double(side)), row = Int((y + slope * t) * Double(side)) + thick
          if column >= 0, column < side, row >= 0, row < side { pixels[row * side + column] = UInt8(40 * brightness) }
        }
      }
    }
    return GrayImage(width: side, height: side, pixels: pixels)
  }

  /// Notes of a board, seen with a zoom and a shift.
  func gallery(
    _ name: String, seeds: [UInt64], zoom: Double = 1, shift: (Double, Double) = (0, 0), brightness: Double = 1
  ) -> SightingMerger.Gallery {
    let photo = PhotoID(rawValue: name)
    let notes = seeds.enumerated().map { index, seed in
      let column = Double(seed % 3), row = Double(seed / 3 % 4)
      let left = (column * 300 + row * 20) * zoom + shift.0, top = (row * 260 + column * 15) * zoom + shift.1
      let side = 200 * zoom
      let quad = Quad<PhotoSpace>(
        topLeft: Point(left, top), topRight: Point(left + side, top), bottomRight: Point(left + side, top + side),
        bottomLeft: Point(left, top + side))
      return NoteSignature(
        region: RegionID(photo, number: index + 1), quad: quad,
        picture: drawn(seed, side: Int(side), brightness: brightness))
    }
    return SightingMerger.Gallery(photo: photo, notes: notes)
  }

  @Test func overviewAndCloseUpAreTheSamePaper() {
    let overview = gallery("p1", seeds: Array(0..<12))
    let closeUp = gallery("p2", seeds: [0, 1, 3, 4], zoom: 1.7, shift: (40, -30), brightness: 0.8)
    let merged = SightingMerger().merge([overview, closeUp]).sightings
    #expect(merged.count == 4)
    // The close-up shows the paper larger, so it is the one that counts.
    #expect(merged.map(\.region.rawValue) == ["p1.r01", "p1.r02", "p1.r04", "p1.r05"])
    #expect(merged.map(\.sameAs.rawValue) == ["p2.r01", "p2.r02", "p2.r03", "p2.r04"])
    #expect(merged.allSatisfy { $0.reason.contains("agree") } == true)
  }

  @Test func otherPaperInTheSamePlacesIsNotMerged() {
    let one = gallery("p1", seeds: Array(0..<12))
    let other = gallery("p2", seeds: (0..<12).map { $0 + 120 })
    #expect(SightingMerger().merge([one, other]).sightings.isEmpty)
  }

  @Test func aCloseUpOfOneNoteIsFound() {
    let merged = SightingMerger().merge([gallery("p1", seeds: Array(0..<12)), gallery("p2", seeds: [7], zoom: 2)])
    #expect(merged.sightings.map(\.region.rawValue) == ["p1.r08"])
  }

  @Test func blankNotesAreNeverMerged() {
    let blank = GrayImage(width: 80, height: 80, pixels: [UInt8](repeating: 210, count: 6400))
    func gallery(_ name: String) -> SightingMerger.Gallery {
      let photo = PhotoID(rawValue: name)
      let notes = (0..<6).map { index in
        NoteSignature(
          region: RegionID(photo, number: index + 1),
          quad: Quad<PhotoSpace>(width: 80 + index, height: 80), picture: blank)
      }
      return SightingMerger.Gallery(photo: photo, notes: notes)
    }
    #expect(SightingMerger().merge([gallery("p1"), gallery("p2")]).sightings.isEmpty)
  }

  @Test func threeSightingsHaveOnePrimary() {
    let galleries = [
      gallery("p1", seeds: Array(0..<6)), gallery("p2", seeds: Array(0..<6), zoom: 1.5),
      gallery("p3", seeds: Array(0..<6), zoom: 0.8),
    ]
    let merged = SightingMerger().merge(galleries).sightings
    #expect(merged.count == 12)
    #expect(Set(merged.map { $0.sameAs.rawValue.prefix(2) }) == ["p2"])
  }
}
