import Imaging
import ProtocolModel
import TestSupport
import Testing

/// A small board drawn by the test: a light ground, notes in several colours with a line of writing each.
private struct Scene {
  var image: ColorImage
  var notes: [(x: Int, y: Int)] = []
  static let noteWidth = 150, noteHeight = 110

  init(
    seed: UInt64, columns: Int = 4, rows: Int = 4,
    papers: [(UInt8, UInt8, UInt8)] = [(250, 222, 90), (240, 130, 170), (120, 200, 110), (110, 185, 230)]
  ) {
    var generator = SeededGenerator(seed: seed)
    image = ColorImage(width: 1000, height: 800, red: 226, green: 224, blue: 218)
    for row in 0..<rows {
      for column in 0..<columns {
        let x = 60 + column * 230 + Int.random(in: 0..<30, using: &generator)
        let y = 50 + row * 180 + Int.random(in: 0..<25, using: &generator)
        let paper = papers.randomElement(using: &generator) ?? papers[0]
        fill(x: x, y: y, width: Self.noteWidth, height: Self.noteHeight, paper)
        for stroke in 0..<6 {
          fill(x: x + 20 + stroke * 18, y: y + 40, width: 3, height: 22, (30, 30, 40))
        }
        notes.append((x, y))
      }
    }
    // Grain of the camera, the same for every run of a seed.
    for index in image.pixels.indices {
      let noise = Int.random(in: -3...3, using: &generator)
      image.pixels[index] = UInt8(max(0, min(255, Int(image.pixels[index]) + noise)))
    }
  }

  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: (UInt8, UInt8, UInt8)) {
    for row in y..<(y + height) {
      for column in x..<(x + width) {
        let index = 3 * (row * image.width + column)
        image.pixels[index] = colour.0
        image.pixels[index + 1] = colour.1
        image.pixels[index + 2] = colour.2
      }
    }
  }

  /// Two notes of nearly one colour, the second on the first, lighter by `step` of 255, with writing that the upper one cuts
  /// off.
  mutating func pair(
    x: Int, y: Int, shift: (x: Int, y: Int), seed: UInt64, step: Int = 5
  ) -> [(x: Int, y: Int)] {
    var generator = SeededGenerator(seed: seed)
    let places = [(x: x, y: y), (x: x + shift.x, y: y + shift.y)]
    for (place, lighter) in zip(places, [0, step]) {
      for row in place.y..<(place.y + Self.noteHeight) {
        for column in place.x..<(place.x + Self.noteWidth) {
          for (channel, value) in [230, 200, 85].enumerated() {
            image.pixels[3 * (row * image.width + column) + channel] = UInt8(
              value + lighter + Int.random(in: -3...3, using: &generator))
          }
        }
      }
      for line in 0..<3 {
        for stroke in 0..<6 {
          fill(x: place.x + 14 + stroke * 21, y: place.y + 12 + line * 34, width: 3, height: 20, (30, 30, 40))
        }
      }
    }
    return places
  }

  /// How many notes have a paper whose box agrees with theirs by more than half, and how many papers there are.
  func found(_ papers: [PaperCandidate], scale: Double) -> (hits: Int, papers: Int) {
    let hits = notes.filter { note in
      papers.contains { paper in
        let box = paper.outline.bounds
        let left = Double(note.x) * scale, top = Double(note.y) * scale
        let width = Double(Self.noteWidth) * scale, height = Double(Self.noteHeight) * scale
        let across = min(left + width, Double(box.x + box.width)) - max(left, Double(box.x))
        let down = min(top + height, Double(box.y + box.height)) - max(top, Double(box.y))
        guard across > 0, down > 0 else { return false }
        let shared = across * down
        return shared > 0.5 * (width * height + Double(box.width * box.height) - shared)
      }
    }
    return (hits.count, papers.count)
  }
}

@Suite struct BoardFinderTests {
  private func papers(in image: ColorImage) -> [PaperCandidate] {
    BoardFinder().findPapers(in: WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)).papers
  }

  @Test(arguments: UInt64(1)...3) func everyNoteIsFoundOnceAndNothingElse(seed: UInt64) {
    let scene = Scene(seed: seed)
    let (hits, count) = scene.found(papers(in: scene.image), scale: 1)
    #expect(hits == scene.notes.count && count == scene.notes.count, "seed \(seed)")
  }

  @Test(arguments: UInt64(31)...33) func whitePaperOnAWhiteWallIsFound(seed: UInt64) {
    let scene = Scene(seed: seed, papers: [(232, 231, 228), (231, 230, 222)])
    let (hits, count) = scene.found(papers(in: scene.image), scale: 1)
    #expect(hits == scene.notes.count && count == scene.notes.count, "seed \(seed)")
  }

  /// A row of writing as wide as the note bounds the blank part below it as the note's own edges do.
  @Test(arguments: UInt64(71)...73) func aNoteWrittenOnFromEdgeToEdgeIsFoundWhole(seed: UInt64) {
    var scene = Scene(seed: seed, columns: 3, rows: 3, papers: [(250, 222, 90), (240, 130, 170), (110, 185, 230)])
    for note in scene.notes {
      for stroke in 0..<13 {
        scene.fill(x: note.x + 3 + stroke * 11, y: note.y + 3, width: 4, height: 30, (30, 30, 40))
        scene.fill(x: note.x + 3 + stroke * 11, y: note.y + 28, width: 9, height: 5, (30, 30, 40))
      }
      scene.fill(x: note.x + 20, y: note.y + 40, width: 100, height: 22, papersColour(scene, note))
    }
    let found = papers(in: scene.image)
    for note in scene.notes {
      let own = found.filter {
        $0.outline.contains(Point(Double(note.x + Scene.noteWidth / 2), Double(note.y + Scene.noteHeight - 20)))
      }
      #expect(own.count == 1)
      #expect(own.allSatisfy { abs($0.outline.bounds.y - note.y) < 8 }, "note at \(note), seed \(seed)")
    }
  }

  /// The colour in a corner of a note without writing.
  private func papersColour(_ scene: Scene, _ note: (x: Int, y: Int)) -> (UInt8, UInt8, UInt8) {
    let index = 3 * ((note.y + Scene.noteHeight - 5) * scene.image.width + note.x + 5)
    return (scene.image.pixels[index], scene.image.pixels[index + 1], scene.image.pixels[index + 2])
  }

  /// Of two notes of one colour only a step of light shows where the upper one ends, a fraction of that of the writing.
  @Test(arguments: UInt64(51)...54, [(x: 8, y: 70), (x: 16, y: 62)])
  func notesOfOneColourOnEachOtherAreTwo(seed: UInt64, shift: (x: Int, y: Int)) {
    var scene = Scene(seed: seed, columns: 2, papers: [(250, 222, 90)])
    scene.notes.append(contentsOf: scene.pair(x: 560, y: 60, shift: shift, seed: seed))
    scene.notes.append(contentsOf: scene.pair(x: 600, y: 380, shift: shift, seed: seed + 100))
    let (hits, count) = scene.found(papers(in: scene.image), scale: 1)
    #expect(hits == scene.notes.count && count == scene.notes.count, "seed \(seed)")
  }

  @Test(arguments: UInt64(61)...62) func aLargerNoteWithoutAnEdgeInsideIsOne(seed: UInt64) {
    var scene = Scene(seed: seed, columns: 2, papers: [(250, 222, 90)])
    _ = scene.pair(x: 560, y: 60, shift: (0, 55), seed: seed, step: 0)
    let found = papers(in: scene.image)
    #expect(found.count == scene.notes.count + 1 && scene.found(found, scale: 1).hits == scene.notes.count)
  }

  @Test func framesDrawnOnTheBoardAreNoPaper() {
    var scene = Scene(seed: 37, columns: 0)
    for (x, y) in [(80, 80), (400, 90), (90, 400), (420, 410)] {
      scene.fill(x: x, y: y, width: 240, height: 180, (40, 40, 60))
      scene.fill(x: x + 4, y: y + 4, width: 232, height: 172, (226, 224, 218))
    }
    #expect(papers(in: scene.image).isEmpty)
  }

  @Test(arguments: [0.4, 0.7, 1.5]) func scaleChangesNothing(scale: Double) throws {
    let scene = Scene(seed: 7)
    let scaled = try Raster(scene.image).scaled(by: scale).colorImage()
    let (hits, count) = scene.found(papers(in: scaled), scale: scale)
    #expect(hits == scene.notes.count && count == scene.notes.count)
  }

  /// 1,100 to 1,600 pixels are shrunk by a fraction: places must come back to the pixel.
  @Test(arguments: [1.1, 1.3, 1.6]) func aMessengersCopyShowsTheSameNotes(scale: Double) throws {
    let scene = Scene(seed: 7)
    let scaled = try Raster(scene.image).scaled(by: scale).colorImage()
    let found = papers(in: scaled)
    #expect(scene.found(found, scale: scale) == (scene.notes.count, scene.notes.count))
    for note in scene.notes {
      let x = scale * Double(note.x), y = scale * Double(note.y)
      #expect(found.contains { abs(Double($0.outline.bounds.x) - x) < 5 && abs(Double($0.outline.bounds.y) - y) < 5 })
    }
  }

  /// Bars of a hand's breadth leave no even part of a note as wide as the bars themselves.
  @Test(arguments: UInt64(41)...43) func aNoteFullOfThickWritingIsFoundByTheBoardAroundIt(seed: UInt64) {
    var scene = Scene(seed: seed)
    for note in scene.notes.prefix(3) {
      for row in 0..<5 {
        for column in 0..<9 where (row + column) % 5 != 0 {
          scene.fill(x: note.x + 6 + column * 16, y: note.y + 6 + row * 21, width: 9, height: 15, (30, 30, 40))
        }
      }
    }
    let (hits, count) = scene.found(papers(in: scene.image), scale: 1)
    #expect(hits == scene.notes.count && count == scene.notes.count, "seed \(seed)")
  }

  @Test(arguments: [0.8, 1.2]) func brightnessChangesNothing(factor: Double) {
    var scene = Scene(seed: 11)
    scene.image.pixels = scene.image.pixels.map { UInt8(min(255, Double($0) * factor)) }
    let (hits, count) = scene.found(papers(in: scene.image), scale: 1)
    #expect(hits == scene.notes.count && count == scene.notes.count)
  }

  @Test func jpegOfQualitySixtyChangesNothing() throws {
    let scene = Scene(seed: 13)
    let coded = try Raster(decoding: Raster(scene.image).encoded(as: .jpeg(quality: 60))).colorImage()
    let (hits, count) = scene.found(papers(in: coded), scale: 1)
    #expect(hits == scene.notes.count && count == scene.notes.count)
  }

  @Test func aQuarterTurnFindsAsMany() throws {
    let scene = Scene(seed: 17)
    let turned = try Raster(scene.image).oriented(6).colorImage()
    #expect(papers(in: turned).count == scene.notes.count)
  }

  /// Phones store what they see turned or mirrored and say so; decoding turned bytes differs in the last bit.
  @Test(arguments: 2...8) func howAPhotoIsStoredChangesNothing(orientation: Int) throws {
    func order(_ image: ColorImage) -> [Polygon<PhotoSpace>] {
      let working = WorkingImage(color: image, photoWidth: image.width, photoHeight: image.height)
      return BoardFinder().find(in: working, id: PhotoID(rawValue: "p0")).regions.regions.map(\.polygon)
    }
    let scene = Scene(seed: 23)
    // The inverse of an orientation: only 6 and 8 are not their own.
    let stored = try Raster(scene.image).oriented([6: 8, 8: 6][orientation] ?? orientation)
    let upright = try Raster(decoding: Raster(scene.image).encoded(as: .jpeg(quality: 85))).colorImage()
    let turned = try Raster(decoding: stored.encoded(as: .jpeg(quality: 85))).oriented(orientation).colorImage()
    let expected = order(upright), found = order(turned)
    #expect(found.count == expected.count && found.count == scene.notes.count)
    for (one, other) in zip(expected, found) { #expect(one.centre.distance(to: other.centre) < 4) }
  }

  @Test func tapeOnTheCornersOfASheetIsNoNote() {
    var scene = Scene(seed: 29, columns: 0)
    scene.fill(x: 0, y: 0, width: 1000, height: 800, (170, 172, 176))
    scene.fill(x: 200, y: 60, width: 560, height: 690, (244, 244, 242))
    for (x, y) in [(185, 45), (735, 45), (185, 725), (735, 725)] {
      scene.fill(x: x, y: y, width: 46, height: 40, (205, 190, 140))
    }
    for line in 0..<6 {
      for stroke in 0..<20 { scene.fill(x: 260 + stroke * 20, y: 150 + line * 80, width: 4, height: 26, (30, 30, 40)) }
    }
    #expect(papers(in: scene.image).isEmpty)
  }

  @Test func anEmptyWallHasNoPapersButASheet() {
    let wall = ColorImage(width: 640, height: 480, red: 220, green: 220, blue: 215)
    let found = BoardFinder().findPapers(in: WorkingImage(color: wall, photoWidth: 640, photoHeight: 480))
    #expect(found.papers.isEmpty)
    #expect(found.sheets.count == 1)
  }

  @Test func theSamePhotoGivesTheSameValues() {
    let scene = Scene(seed: 19)
    #expect(papers(in: scene.image) == papers(in: scene.image))
  }
}
