import Foundation
import Imaging
import Ingest
import ProtocolModel
import TestSupport
import Testing

@Suite struct PDFTests {
  static let isThere = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/pdfimages")
  }

  /// A picture of 240 x 180 upright pixels as a camera held in `orientation` stores it.
  func stored(_ orientation: Int) throws -> (jpeg: [UInt8], size: (Int, Int)) {
    let image = TestPicture.stored(TestPicture.marked(width: 240, height: 180), orientation: orientation)
    return (try Raster(image).encoded(as: .jpeg(quality: 92)), (image.width, image.height))
  }

  @Test(.enabled(if: isThere, "poppler-utils is not installed"), arguments: 1...8)
  func pageThatIsAPictureIsReadFromItAtFullSize(orientation: Int) throws {
    let picture = try stored(orientation)
    var pdf = TestPDF()
    pdf.addPage(
      width: 480, height: 360,
      pictures: [
        (
          picture.jpeg, picture.size,
          TestPDF.matrix(orientation: orientation, left: 0, bottom: 0, width: 480, height: 360)
        )
      ])
    let folder = try ScratchFolder()
    try folder.write(pdf.bytes, to: "scan.pdf")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect(scanned.photo.file == "scan.pdf#page-1")
    #expect(scanned.photo.source == .pdfPage)
    #expect((scanned.photo.width, scanned.photo.height) == (240, 180))
    #expect(scanned.photo.textLayer.isEmpty)
    let image = try PhotoLoader().load(scanned).colorImage()
    #expect((image.width, image.height) == (240, 180))
    let isUpright = TestPicture.liesUpright(image)
    #expect(isUpright)
  }

  /// Grainy as a photo and off the grid of the small page, so that no way of laying it fits exactly.
  @Test(.enabled(if: isThere, "poppler-utils is not installed"), arguments: 1...8)
  func grainyPictureSomewhereOnAPageLiesAsItIsShown(orientation: Int) throws {
    var generator = SeededGenerator(seed: 11)
    var image = TestPicture.marked(width: 412, height: 308)
    for index in image.pixels.indices {
      image.pixels[index] = UInt8(clamping: Int(image.pixels[index]) + Int.random(in: -25...25, using: &generator))
    }
    let stored = TestPicture.stored(image, orientation: orientation)
    var pdf = TestPDF()
    pdf.addPage(
      width: 595, height: 842,
      pictures: [
        (
          try Raster(stored).encoded(as: .jpeg(quality: 80)), (stored.width, stored.height),
          TestPDF.matrix(orientation: orientation, left: 41.3, bottom: 403.7, width: 519, height: 388)
        )
      ], text: ["Seite 1"])
    let folder = try ScratchFolder()
    try folder.write(pdf.bytes, to: "scan.pdf")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect((scanned.photo.width, scanned.photo.height) == (412, 308))
    let isUpright = TestPicture.liesUpright(try PhotoLoader().load(scanned).colorImage())
    #expect(isUpright)
  }

  @Test(.enabled(if: isThere, "poppler-utils is not installed"))
  func turnedPageTurnsItsPicture() throws {
    let picture = try stored(8)
    var pdf = TestPDF()
    pdf.addPage(
      width: 360, height: 480,
      pictures: [
        (picture.jpeg, picture.size, TestPDF.matrix(orientation: 1, left: 0, bottom: 0, width: 360, height: 480))
      ], rotation: 270)
    let folder = try ScratchFolder()
    try folder.write(pdf.bytes, to: "scan.pdf")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect((scanned.photo.width, scanned.photo.height) == (240, 180))
    let isUpright = TestPicture.liesUpright(try PhotoLoader().load(scanned).colorImage())
    #expect(isUpright)
  }

  @Test(.enabled(if: isThere, "poppler-utils is not installed"))
  func twoPicturesOnAPageAreTwoPhotos() throws {
    let first = try stored(1), second = try stored(3)
    var pdf = TestPDF()
    pdf.addPage(
      width: 600, height: 800,
      pictures: [
        (first.jpeg, first.size, TestPDF.matrix(orientation: 1, left: 60, bottom: 420, width: 480, height: 360)),
        (second.jpeg, second.size, TestPDF.matrix(orientation: 3, left: 60, bottom: 20, width: 480, height: 360)),
      ], text: ["Seite 1"])
    let folder = try ScratchFolder()
    try folder.write(pdf.bytes, to: "doku.pdf")
    let photos = PhotoScanner().scan(inputs: [folder.path]).photos
    #expect(photos.map(\.photo.file) == ["doku.pdf#page-1-1", "doku.pdf#page-1-2"])
    for scanned in photos {
      let isUpright = TestPicture.liesUpright(try PhotoLoader().load(scanned).colorImage())
      #expect(isUpright)
    }
  }

  @Test(.enabled(if: isThere, "poppler-utils is not installed"))
  func bornDigitalTextKeepsItsPlace() throws {
    let lines = (1...6).map { "Maßnahme \($0): Schulungen anbieten & Zeit <geben>" }
    var pdf = TestPDF()
    pdf.addPage(width: 595, height: 842, text: lines.map { $0.replacingOccurrences(of: "ß", with: "\\337") })
    let folder = try ScratchFolder()
    try folder.write(pdf.bytes, to: "folien.pdf")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    #expect(scanned.photo.textLayer.count == 6)
    #expect(scanned.photo.textLayer.first?.text.hasSuffix("1: Schulungen anbieten & Zeit <geben>") == true)
    let raster = try PhotoLoader().load(scanned)
    #expect((raster.width, raster.height) == (scanned.photo.width, scanned.photo.height))
    // Ink lies where the text layer says, and nowhere left of it.
    let image = raster.colorImage().gray
    let box = try #require(scanned.photo.textLayer.first?.box)
    func ink(_ columns: Range<Int>) -> Int {
      (box.y..<box.y + box.height).reduce(0) { sum, y in
        sum + columns.filter { image.pixels[y * image.width + $0] < 128 }.count
      }
    }
    #expect(ink(box.x..<box.x + box.width) > 100)
    #expect(ink(0..<box.x - 5) == 0)
    #expect(try PhotoLoader().load(scanned, reduction: 4).width == scanned.photo.width / 4)
  }

  @Test(.enabled(if: isThere, "poppler-utils is not installed"))
  func sameScanTwiceIsTheSame() throws {
    let picture = try stored(6)
    var pdf = TestPDF()
    pdf.addPage(
      width: 480, height: 360,
      pictures: [
        (picture.jpeg, picture.size, TestPDF.matrix(orientation: 6, left: 0, bottom: 0, width: 480, height: 360))
      ])
    pdf.addPage(width: 595, height: 842, text: ["Text"])
    let folder = try ScratchFolder()
    try folder.write(pdf.bytes, to: "a.pdf")
    let first = PhotoScanner().scan(inputs: [folder.path]), second = PhotoScanner().scan(inputs: [folder.path])
    #expect(first.photos == second.photos)
    #expect(first.photos.count == 2)
    try folder.write(pdf.bytes, to: "b.pdf")
    #expect(
      PhotoScanner().scan(inputs: [folder.path]).photos.map(\.photo.otherNames) == [["b.pdf#page-1"], ["b.pdf#page-2"]])
  }
}

@Suite struct OfficeTests {
  @Test func picturesOfAPresentationAreRead() throws {
    let folder = try ScratchFolder()
    let zip = TestZip.presentation([
      ("image10.png", try TestPicture.png(width: 90, height: 70)),
      ("image2.jpg", try TestPicture.jpeg(width: 80, height: 66)),
      ("image3.emf", [1, 0, 0, 0, 9]),
      ("image4.png", try TestPicture.png(width: 20, height: 20)),
    ])
    try folder.write(zip.bytes, to: "folien.pptx")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["folien.pptx#image2.jpg", "folien.pptx#image10.png"])
    #expect(result.photos.map(\.photo.source) == [.embedded, .embedded])
    #expect(result.diagnostics.isEmpty)
    for scanned in result.photos {
      let isUpright = TestPicture.liesUpright(try PhotoLoader().load(scanned).colorImage())
      #expect(isUpright)
    }
  }

  @Test func samePictureAsAFileIsOnePhoto() throws {
    let folder = try ScratchFolder()
    let bytes = try TestPicture.jpeg(width: 80, height: 66)
    try folder.write(bytes, to: "a.jpg")
    try folder.write(TestZip.presentation([("image1.jpg", bytes)]).bytes, to: "b.pptx")
    let photos = PhotoScanner().scan(inputs: [folder.path]).photos
    #expect(photos.map(\.photo.otherNames) == [["b.pptx#image1.jpg"]])
  }

  @Test func entriesThatLeaveTheArchiveAreRefused() throws {
    let folder = try ScratchFolder()
    var zip = TestZip.presentation([("image1.jpg", try TestPicture.jpeg(width: 80, height: 66))])
    for name in ["ppt/media/../../../../tmp/x.jpg", "/ppt/media/x.jpg", "ppt\\media\\x.jpg", "C:/ppt/media/x.jpg"] {
      zip.add(name, try TestPicture.jpeg(width: 88, height: 66))
    }
    try folder.write(zip.bytes, to: "b.pptx")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["b.pptx#image1.jpg"])
    #expect(result.diagnostics.map(\.code) == [.refusedEntry, .refusedEntry, .refusedEntry, .refusedEntry])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["b.pptx"])
  }

  @Test func bombsAreRefusedBeforeTheyAreUnpacked() throws {
    let folder = try ScratchFolder()
    var zip = TestZip.presentation([("image1.jpg", try TestPicture.jpeg(width: 80, height: 66))])
    zip.add("ppt/media/bombe.png", [UInt8](repeating: 0, count: 1000), claimedSize: 200_000_000, method: 8)
    zip.add("ppt/media/riese.png", [UInt8](repeating: 0, count: 1000), claimedSize: 4_000_000_000, method: 8)
    try folder.write(zip.bytes, to: "b.docx")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.count == 1)
    #expect(result.diagnostics.map(\.code) == [.refusedEntry, .refusedEntry])
  }

  @Test func otherArchivesAreSimplyNoPictures() throws {
    let folder = try ScratchFolder()
    var zip = TestZip()
    zip.add("lies-mich.txt", Array("Hallo".utf8))
    try folder.write(zip.bytes, to: "daten.zip")
    try folder.write(zip.bytes, to: "folien.pptx")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.skipped.map(\.file) == ["daten.zip", "folien.pptx"])
    #expect(result.skipped.map(\.code) == [nil, .damagedDocument])
  }
}
