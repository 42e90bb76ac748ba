import Foundation
import Imaging
import Ingest
import ProtocolModel
import Testing

@Suite struct PhotoLoaderTests {
  static let orientations = (1...8).flatMap { orientation in [true, false].map { (orientation, $0) } }

  @Test(arguments: orientations) func everyOrientationComesUpright(orientation: Int, littleEndian: Bool) throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(orientation: orientation, littleEndian: littleEndian), to: "foto.jpg")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect((scanned.photo.width, scanned.photo.height) == (48, 32))
    let image = try PhotoLoader().load(scanned).colorImage()
    #expect((image.width, image.height) == (48, 32))
    let isUpright = TestPicture.liesUpright(image)
    #expect(isUpright)
  }

  @Test(arguments: [1, 2, 4, 8]) func reductionKeepsTheOrientation(reduction: Int) throws {
    let folder = try ScratchFolder()
    for orientation in [1, 6] {
      try folder.write(TestPicture.jpeg(orientation: orientation), to: "\(orientation).jpg")
    }
    for scanned in PhotoScanner().scan(inputs: [folder.path]).photos {
      let image = try PhotoLoader().load(scanned, reduction: reduction).colorImage()
      #expect((image.width, image.height) == (48 / reduction, 32 / reduction))
      let isUpright = TestPicture.liesUpright(image)
      #expect(isUpright)
    }
  }

  /// The decoder's own turning takes orientation 8 for 6.
  @Test(arguments: 1...8, [true, false]) func tiffLiesUpright(orientation: Int, littleEndian: Bool) throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.tiff(orientation: orientation, littleEndian: littleEndian), to: "foto.tif")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect((scanned.photo.width, scanned.photo.height) == (48, 32))
    #expect(try PhotoLoader().load(scanned).colorImage() == TestPicture.marked())
  }

  @Test func veryLargeJPEGIsReadAtHalfItsSize() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(width: 2000, height: 1000), to: "gross.jpg")
    var limits = IngestLimits.standard
    limits.workingMegapixels = 1
    let result = PhotoScanner(limits: limits).scan(inputs: [folder.path])
    let scanned = try #require(result.photos.first)
    #expect((scanned.photo.width, scanned.workingReduction) == (2000, 2))
    #expect(result.diagnostics.map(\.code) == [.reducedDecoding])
    #expect(try PhotoLoader(limits: limits).load(scanned).width == 1000)
    #expect(try PhotoLoader(limits: limits).load(scanned, reduction: 4).width == 500)
  }

  @Test func tooManyPixelsAreRefused() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.png(width: 2000, height: 1000), to: "gross.png")
    var limits = IngestLimits.standard
    limits.otherMegapixels = 1
    let result = PhotoScanner(limits: limits).scan(inputs: [folder.path])
    #expect(result.photos.isEmpty)
    #expect(result.skipped.map(\.code) == [.tooLarge])
  }

  @Test func fileThatChangedSinceTheScanIsRefused() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(), to: "foto.jpg")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    try folder.write(TestPicture.jpeg(width: 64), to: "foto.jpg")
    #expect(throws: IngestError.changed) { _ = try PhotoLoader().load(scanned) }
  }

  @Test func transparencyIsLaidOnWhite() throws {
    let folder = try ScratchFolder()
    try folder.write(try #require(SmallFiles.transparentPNG), to: "klar.png")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    let image = try PhotoLoader().load(scanned).colorImage()
    #expect(image.pixels.allSatisfy { $0 == 255 })
  }
}
