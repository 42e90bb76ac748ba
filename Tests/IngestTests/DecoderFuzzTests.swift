import Foundation
import Imaging
import Ingest
import ProtocolModel
import TestSupport
import Testing

/// Seeded mutations of every format: whatever comes in, there is a photo or one error, and never a crash.
@Suite struct DecoderFuzzTests {
  static let further: [(name: String, bytes: @Sendable () throws -> [UInt8])] = [
    ("exif.jpg", { try TestPicture.jpeg(orientation: 6) }),
    ("genau.webp", { try some(SmallFiles.losslessWebP) }),
    ("gedreht.heic", { try some(SmallFiles.turnedHEIC) }),
  ]
  static let seeds = BrokenInputTests.whole + further

  /// Flips bits, sets extreme bytes, and cuts, doubles or drops runs.
  static func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &generator) where bytes.count > 8 {
      let place = Int.random(in: 4..<bytes.count, using: &generator)
      let length = min(Int.random(in: 1...32, using: &generator), bytes.count - place)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &generator) ?? 0
      case 2: bytes.removeSubrange(place..<place + length)
      case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      case 4: bytes.replaceSubrange(place..<place + length, with: [UInt8](repeating: 0xFF, count: length))
      default: bytes.removeLast(min(length, bytes.count - 8))
      }
    }
    return bytes
  }

  @Test(arguments: 0..<10) func mutantsAreReadOrRefused(format: Int) throws {
    let seed = Self.seeds[format]
    let original = try seed.bytes()
    let folder = try ScratchFolder()
    var limits = IngestLimits.standard
    // Small limits keep the run short: a mutant may claim any size.
    limits.jpegMegapixels = 4
    limits.otherMegapixels = 4
    let loader = PhotoLoader(limits: limits)
    var outcomes = (read: 0, refused: 0)
    for round in 0..<120 {
      var generator = SeededGenerator(seed: UInt64(format * 1000 + round))
      try folder.write(Self.mutated(original, using: &generator), to: "m.\(seed.name)")
      let result = PhotoScanner(limits: limits).scan(inputs: [folder.path])
      #expect(result.photos.count + result.skipped.count >= 1, "seed \(format * 1000 + round)")
      outcomes.refused += result.skipped.count
      for scanned in result.photos {
        do throws(IngestError) {
          let raster = try loader.load(scanned)
          #expect(abs(raster.width - scanned.photo.width) <= 1, "seed \(format * 1000 + round)")
          outcomes.read += 1
        } catch {
          outcomes.refused += 1
        }
      }
    }
    #expect(outcomes.read + outcomes.refused >= 120)
    #expect(outcomes.refused > 0)
  }

  @Test(.enabled(if: PDFTests.isThere, "poppler-utils is not installed"))
  func mutantsOfPDFAreReadOrRefused() throws {
    var pdf = TestPDF()
    pdf.addPage(
      width: 96, height: 64,
      pictures: [
        (
          try TestPicture.jpeg(width: 96, height: 64), (96, 64),
          TestPDF.matrix(orientation: 1, left: 0, bottom: 0, width: 96, height: 64)
        )
      ], text: ["Seite"])
    let folder = try ScratchFolder()
    for round in 0..<12 {
      var generator = SeededGenerator(seed: UInt64(90_000 + round))
      try folder.write(Self.mutated(pdf.bytes, using: &generator), to: "m.pdf")
      let result = PhotoScanner().scan(inputs: [folder.path])
      #expect(result.photos.count + result.skipped.count >= 1, "seed \(90_000 + round)")
      for scanned in result.photos { _ = try? PhotoLoader().load(scanned).width }
    }
  }
}
