import Foundation
import Imaging
import Ingest
import ProtocolModel
import Testing

@Suite struct PhotoScannerTests {
  @Test func folderIsReadRecursivelyAndSorted() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(width: 48), to: "b/zwei.jpg")
    try folder.write(TestPicture.jpeg(width: 56), to: "b/a/eins.JPG")
    try folder.write(TestPicture.png(width: 64), to: "a.png")
    try folder.write(Array("Hallo".utf8), to: "b/notizen.txt")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["a.png", "b/a/eins.JPG", "b/zwei.jpg"])
    #expect(result.photos.map(\.photo.width) == [64, 56, 48])
    #expect(result.skipped == [ProtocolDocument.SkippedFile(file: "b/notizen.txt", code: nil)])
    #expect(result.diagnostics.isEmpty)
  }

  @Test func singleFilesAreNamedFromTheirCommonFolder() throws {
    let folder = try ScratchFolder()
    let one = try folder.write(TestPicture.jpeg(), to: "x/eins.jpg")
    let two = try folder.write(TestPicture.png(), to: "y/eins.jpg.png")
    #expect(PhotoScanner().scan(inputs: [one]).photos.map(\.photo.file) == ["eins.jpg"])
    #expect(PhotoScanner().scan(inputs: [two, one]).photos.map(\.photo.file) == ["x/eins.jpg", "y/eins.jpg.png"])
  }

  @Test func fileGivenTwiceIsOneFile() throws {
    let folder = try ScratchFolder()
    let one = try folder.write(TestPicture.jpeg(), to: "eins.jpg")
    let result = PhotoScanner().scan(inputs: [folder.path, one, folder.path + "/./eins.jpg"])
    #expect(result.photos.count == 1)
    #expect(result.photos.first?.photo.otherNames == [])
  }

  @Test func sameBytesAreOnePhotoWithTwoNames() throws {
    let folder = try ScratchFolder()
    let bytes = try TestPicture.jpeg()
    for name in ["c.jpg", "a.jpg", "b/kopie.jpg"] { try folder.write(bytes, to: name) }
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["a.jpg"])
    #expect(result.photos.first?.photo.otherNames == ["b/kopie.jpg", "c.jpg"])
  }

  @Test func hiddenFilesOutputsAndOwnFilesAreLeftOut() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(), to: "foto.jpg")
    for name in [".versteckt.jpg", "._foto.jpg", "__MACOSX/foto.jpg", "Thumbs.db", "event.json", "pipeline.json"] {
      try folder.write(TestPicture.jpeg(width: 64), to: name)
    }
    try folder.write(TestPicture.jpeg(width: 72), to: "protokoll/crops/1.jpg")
    try folder.write(Array("{}".utf8), to: "protokoll/protocol.json")
    try folder.write(TestPicture.jpeg(width: 80), to: "halb/1.jpg")
    try folder.write([], to: "halb/.store/leer")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["foto.jpg"])
    #expect(result.skipped.isEmpty)
    #expect(result.diagnostics.isEmpty)
    #expect(result.leftOut == ["halb", "protokoll"])
  }

  @Test func folderLoopsEnd() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(), to: "a/foto.jpg")
    try folder.link("a/hoch", to: "..")
    try folder.link("a/selbst", to: ".")
    try folder.link("ring", to: "ring")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["a/foto.jpg"])
    #expect(result.photos.first?.photo.otherNames == [])
    #expect(result.diagnostics.map(\.code) == [.folderLoop, .folderLoop, .danglingLink])
  }

  @Test func linkedFolderOutsideIsRead() throws {
    let outside = try ScratchFolder(), folder = try ScratchFolder()
    try outside.write(TestPicture.jpeg(), to: "foto.jpg")
    try folder.link("verweis", to: outside.path)
    #expect(PhotoScanner().scan(inputs: [folder.path]).photos.map(\.photo.file) == ["verweis/foto.jpg"])
  }

  @Test func missingInputIsSaidOnceAndWithoutItsFolder() throws {
    let result = PhotoScanner().scan(inputs: ["/gibt/es/nicht/fotos"])
    #expect(result.diagnostics.map(\.code) == [.noPictures, .missingInput])
    #expect(result.diagnostics.last?.location == "fotos")
  }

  @Test func onlyTheCaptureTimeIsKept() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg(orientation: 6), to: "foto.jpg")
    let photo = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first?.photo)
    #expect(photo.capturedAt == "2025-09-17T10:06:17")
    #expect((photo.width, photo.height) == (48, 32))
  }

  @Test func originalsAreNotTouched() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(TestPicture.jpeg(), to: "foto.jpg")
    let before = try FileManager.default.attributesOfItem(atPath: path)
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    _ = try PhotoLoader().load(scanned)
    let after = try FileManager.default.attributesOfItem(atPath: path)
    #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["foto.jpg"])
  }
}
