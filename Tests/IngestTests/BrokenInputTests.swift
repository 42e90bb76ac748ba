import Foundation
import Imaging
import Ingest
import ProtocolModel
import Testing

/// Broken files beside a whole one: each gives exactly one diagnostic with place and hint, and the neighbour survives.
@Suite struct BrokenInputTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var code: DiagnosticCode
    var bytes: @Sendable () throws -> [UInt8]
    /// Codes that a truncation may have beside `code`, where the cut decides which check meets it first.
    var others: Set<DiagnosticCode> = []
    var testDescription: String { name }
  }

  static let whole: [(name: String, bytes: @Sendable () throws -> [UInt8])] = [
    ("jpg", { try TestPicture.jpeg(width: 64, height: 48) }),
    ("progressive.jpg", { try some(SmallFiles.progressiveJPEG) }),
    ("png", { try TestPicture.png(width: 64, height: 48) }),
    ("tif", { try some(SmallFiles.packedTIFF) }),
    ("webp", { try some(SmallFiles.lossyWebP) }),
    ("heic", { try some(SmallFiles.heic) }),
    (
      "pptx",
      { TestZip.presentation([("image1.jpg", try TestPicture.jpeg(width: 80, height: 66))]).bytes }
    ),
  ]

  /// Every format cut after its signature, in its head, in the middle and shortly before its end.
  static let truncations: [Example] = whole.flatMap { name, bytes in
    [(1, 16), (1, 4), (1, 2), (9, 10)].map { part in
      Example(
        name: "bis-\(part.0)-\(part.1).\(name)", code: .endsEarly,
        bytes: {
          let all = try bytes()
          return Array(all.prefix(max(16, all.count * part.0 / part.1)))
        }, others: [.damagedPicture, .damagedDocument])
    }
  }

  static let lies: [Example] = [
    Example(name: "leer.jpg", code: .emptyFile) { [] },
    Example(name: "leer.pdf", code: .emptyFile) { [] },
    Example(name: "text.jpg", code: .notAPicture) { Array("Das ist kein Bild, sondern ein Text.".utf8) },
    Example(name: "nullen.png", code: .notAPicture) { [UInt8](repeating: 0, count: 4096) },
    Example(name: "nur-anfang.jpg", code: .endsEarly) { [0xFF, 0xD8, 0xFF] },
    Example(name: "nur-anfang.png", code: .endsEarly) { [0x89, 0x50, 0x4E, 0x47] },
    Example(name: "bild.gif", code: .unsupportedFormat) { try some(SmallFiles.gif) },
    Example(name: "film.webp", code: .unsupportedFormat) { try some(SmallFiles.animatedWebP) },
    Example(name: "roh.nef", code: .unsupportedFormat) { try some(SmallFiles.packedTIFF) },
    Example(name: "riesig.jpg", code: .damagedPicture) { try jpeg(claiming: 14_000, 14_000) },
    Example(name: "zu-gross.jpg", code: .tooLarge) { try jpeg(claiming: 20_000, 20_000, padding: 1_000_000) },
    Example(name: "ohne-breite.jpg", code: .zeroSize) { try jpeg(claiming: 0, 48) },
    Example(name: "ohne-hoehe.jpg", code: .zeroSize) { try jpeg(claiming: 64, 0) },
    Example(name: "ohne-bild.jpg", code: .damagedPicture) { [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9] },
    Example(name: "zwei-rahmen.jpg", code: .damagedPicture) { try jpegWithTwoFrames() },
    Example(name: "riesig.png", code: .damagedPicture) { try png(claiming: 9000, 9000) },
    Example(name: "ohne-ende.png", code: .damagedPicture) { try png(claiming: 2_000_000_000, 2_000_000_000) },
    Example(name: "pruefsumme.png", code: .damagedPicture) { try pngWithWrongChecksum() },
    Example(name: "ohne-breite.png", code: .zeroSize) { try png(claiming: 0, 10) },
    Example(name: "falsche-art.png", code: .damagedPicture) { try png(claiming: 10, 10, colour: 7) },
    Example(name: "riesig.tif", code: .damagedPicture) { tiff(width: 9000, height: 9000, stored: 64) },
    Example(name: "daneben.tif", code: .endsEarly) { tiff(width: 8, height: 8, stored: 64, offset: 1_000_000) },
    Example(name: "ohne-breite.tif", code: .zeroSize) { tiff(width: 0, height: 8, stored: 64) },
    Example(name: "ohne-kacheln.tif", code: .damagedPicture) { tiff(width: 8, height: 8, stored: nil) },
    Example(name: "andere-leinwand.webp", code: .damagedPicture) { try webpWithLargeCanvas() },
    Example(name: "kasten.heic", code: .damagedPicture) {
      Array("\0\0\0\u{18}ftypheic".utf8) + [UInt8](repeating: 0, count: 12) + [0, 0, 0, 2, 0x6D]
    },
    Example(name: "kaputt.pdf", code: .damagedDocument) { Array("%PDF-1.7\nnichts weiter".utf8) },
    Example(name: "halb.pdf", code: .damagedDocument) { Array(pdf().prefix(300)) },
    Example(name: "kaputt.docx", code: .damagedDocument) { Array("PK\u{3}\u{4}und sonst nichts".utf8) },
    Example(name: "gesperrt.docx", code: .damagedDocument) {
      [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600)
    },
    Example(name: "pruefsumme.pptx", code: .damagedDocument) { try presentationWithWrongChecksum() },
  ]

  @Test(arguments: truncations + lies) func givesOneDiagnosticAndSparesTheNeighbour(example: Example) throws {
    let needsProgram = example.name.hasSuffix(".pdf") && example.code != .emptyFile && !PDFTests.isThere
    let expected = needsProgram ? .programMissing : example.code
    let folder = try ScratchFolder()
    try folder.write(example.bytes(), to: "a/\(example.name)")
    try folder.write(TestPicture.jpeg(width: 56), to: "b.jpg")
    var (codes, places, hints) = ([DiagnosticCode](), [String?](), [String?]())
    let result = PhotoScanner().scan(inputs: [folder.path])
    for diagnostic in result.diagnostics {
      codes.append(diagnostic.code)
      places.append(diagnostic.location)
      hints.append(diagnostic.hint)
    }
    // What the headers cannot show, the decoder must.
    for scanned in result.photos where scanned.photo.file != "b.jpg" {
      do throws(IngestError) {
        _ = try PhotoLoader().load(scanned)
      } catch {
        let diagnostic = error.diagnostic(at: scanned.photo.file)
        codes.append(diagnostic.code)
        places.append(diagnostic.location)
        hints.append(diagnostic.hint)
      }
    }
    #expect(codes.count == 1)
    #expect(codes.allSatisfy { $0 == expected || example.others.contains($0) }, "\(codes)")
    #expect(places.allSatisfy { $0?.hasPrefix("a/\(example.name)") == true })
    #expect(hints.allSatisfy { $0 != nil })
    let neighbour = try #require(result.photos.first { $0.photo.file == "b.jpg" })
    #expect(try PhotoLoader().load(neighbour).width == 56)
  }

  @Test func thereAreFortyOfThemAtLeast() {
    #expect(Self.truncations.count + Self.lies.count >= 40)
  }

  /// One row of blocks more than there are, twice as many, ten times as many.
  @Test(arguments: [56, 96, 480]) func jpegThatClaimsMoreRowsIsFoundOutWhenDecoded(height: Int) throws {
    let folder = try ScratchFolder()
    try folder.write(Self.jpeg(claiming: 64, height, width: 64, height: 48, noisy: true), to: "hoch.jpg")
    let scanned = try #require(PhotoScanner().scan(inputs: [folder.path]).photos.first)
    for reduction in [1, 4] {
      do throws(IngestError) {
        let width = try PhotoLoader().load(scanned, reduction: reduction).width
        Issue.record("read at \(width) pixels")
      } catch {
        #expect([.endsEarly, .undecodable].contains(error))
      }
    }
  }

  @Test func strayBytesAfterThePictureAreNoFault() throws {
    let folder = try ScratchFolder()
    try folder.write(TestPicture.jpeg() + [0, 1, 2, 3, 0xFF, 0xD8, 9], to: "serie.jpg")
    try folder.write(TestPicture.png() + [1, 2, 3], to: "rest.png")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.count == 2)
    for scanned in result.photos {
      #expect(try PhotoLoader().load(scanned).width == 48)
    }
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func unreadableFilesAndFoldersAreNamed() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(TestPicture.jpeg(), to: "zu.jpg")
    try folder.write(TestPicture.jpeg(), to: "zu/a.jpg")
    try folder.write(TestPicture.jpeg(width: 56), to: "auf.jpg")
    chmod(file, 0)
    chmod(folder.path + "/zu", 0)
    defer { chmod(folder.path + "/zu", 0o700) }
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["auf.jpg"])
    #expect(result.diagnostics.map(\.code) == [.unreadableFile, .unreadableFile])
    #expect(result.diagnostics.map(\.location) == ["zu", "zu.jpg"])
  }

  @Test func pipesAndDevicesAreNeverWaitedFor() throws {
    let folder = try ScratchFolder()
    #expect(mkfifo(folder.path + "/rohr.jpg", 0o600) == 0)
    try folder.write(TestPicture.jpeg(), to: "foto.jpg")
    try folder.link("geraet.jpg", to: "/dev/zero")
    let result = PhotoScanner().scan(inputs: [folder.path])
    #expect(result.photos.map(\.photo.file) == ["foto.jpg"])
    #expect(result.skipped.map(\.file) == ["geraet.jpg", "rohr.jpg"])
  }
}
