import Foundation
import Imaging
import Ingest
import ProtocolModel
import Testing

/// Every format comes in upright, with its size and capture time.
@Suite struct FormatTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]?
    var width = 48
    var height = 32
    var capturedAt: String?
    var testDescription: String { name }
  }

  static let taken = "2025-09-17T10:06:17"
  static let examples = [
    Example(name: "foto.jpg", bytes: SmallFiles.progressiveJPEG),
    Example(name: "tinte.jpg", bytes: SmallFiles.cmykJPEG),
    Example(name: "gedreht.webp", bytes: SmallFiles.lossyWebP, capturedAt: taken),
    Example(name: "genau.webp", bytes: SmallFiles.losslessWebP),
    Example(name: "gedreht.tif", bytes: SmallFiles.packedTIFF),
    Example(name: "foto.heic", bytes: SmallFiles.heic, width: 64, height: 48, capturedAt: taken),
    Example(name: "gedreht.HEIC", bytes: SmallFiles.turnedHEIC, width: 64, height: 48, capturedAt: taken),
  ]

  @Test(arguments: examples) func comesUpright(example: Example) throws {
    let folder = try ScratchFolder()
    try folder.write(try #require(example.bytes), to: example.name)
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.diagnostics.isEmpty)
    let scanned = try #require(result.photos.first)
    #expect((scanned.photo.width, scanned.photo.height) == (example.width, example.height))
    #expect(scanned.photo.capturedAt == example.capturedAt)
    for reduction in [1, 2] {
      let image = try PhotoLoader().load(scanned, reduction: reduction).colorImage()
      #expect((image.width, image.height) == (example.width / reduction, example.height / reduction))
      let isUpright = TestPicture.liesUpright(image)
      #expect(isUpright)
    }
  }

  @Test(arguments: examples) func wrongNameIsReadByContent(example: Example) throws {
    let folder = try ScratchFolder()
    try folder.write(try #require(example.bytes), to: "falsch.png")
    try folder.write(TestPicture.png(), to: "nachbar.png")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.count == 2)
    #expect(result.diagnostics.map(\.code) == [.wronglyNamed])
  }

  @Test func sixteenBitsAreNarrowed() throws {
    let folder = try ScratchFolder()
    try folder.write(try #require(SmallFiles.deepPNG), to: "tief.png")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect(try PhotoLoader().load(scanned).colorImage().pixels.allSatisfy { $0 == 156 }, "40000 of 65535")
  }

  @Test(arguments: ["gif", "animiert.webp", "roh.dng"]) func otherPicturesAreNamedNotRead(name: String) throws {
    let folder = try ScratchFolder()
    let bytes: [UInt8]? =
      switch name {
      case "gif": SmallFiles.gif
      case "roh.dng": SmallFiles.packedTIFF
      default: SmallFiles.animatedWebP
      }
    try folder.write(try #require(bytes), to: name)
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.isEmpty)
    #expect(result.skipped.map(\.code) == [.unsupportedFormat])
  }

  @Test func furtherPagesOfATIFFAreNotPassedOverInSilence() throws {
    let folder = try ScratchFolder()
    var bytes = BrokenInputTests.tiff(width: 8, height: 8, stored: 64)
    // The offset of the next directory follows the seven tags of the first.
    bytes[8 + 2 + 12 * 7] = 8
    try folder.write(bytes, to: "stapel.tif")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.count == 1)
    #expect(result.diagnostics.map(\.code) == [.furtherPages])
  }
}
