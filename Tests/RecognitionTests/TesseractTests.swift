import Foundation
import Imaging
import Recognition
import Testing

@Suite struct TesseractTests {
  static let isInstalled = (try? LanguageData("deu")) != nil

  @Test func missingLanguageNamesTheFoldersThatWereSearched() {
    #expect(throws: RecognitionError.missingLanguage("xyz", searched: ["/nowhere"])) {
      try LanguageData("xyz", in: ["/nowhere"])
    }
  }

  @Test func tunedDataShipsWithTheProgram() throws {
    let data = try LanguageData("werkstatt")
    #expect(data.fingerprint.count == 16)
  }

  @Test(.enabled(if: isInstalled, "tesseract-ocr-deu is not installed")) func readsPrintOfASlide() throws {
    let reader = try TesseractRecognizer(language: "deu", engines: 1)
    let lines = try ReadingFixtures.lines().filter { $0.file.contains("print") }
    #expect(!lines.isEmpty)
    for line in lines {
      let picture = try ReadingFixtures.picture(line.file)
      let tight = try #require(try LineReaderService.tightLine(in: picture))
      let text = try #require(try reader.read(tight, deadline: nil).hypotheses.first?.text)
      #expect(TextLikeness.likeness(text, line.text) > 0.97, "\(line.file)")
    }
  }

  @Test func manyThreadsAndEnginesReadWhatOneReads() throws {
    let picture = try ReadingFixtures.picture("lines/pen.jpg")
    let tight = try #require(try LineReaderService.tightLine(in: picture))
    let alone = try TesseractRecognizer(language: "werkstatt", engines: 1).read(tight, deadline: nil)
    #expect(!alone.hypotheses.isEmpty)
    let shared = try TesseractRecognizer(language: "werkstatt", engines: 2)
    DispatchQueue.concurrentPerform(iterations: 6) { _ in
      #expect((try? shared.read(tight, deadline: nil)) == alone)
    }
  }

  @Test func junkInkEndsAtItsDeadlineWithoutText() throws {
    var generator = SeededNoise(state: 7)
    var image = ColorImage(width: 1600, height: 900, red: 255, green: 255, blue: 255)
    for index in 0..<(1600 * 900) where generator.next() % 5 == 0 {
      for channel in 0..<3 { image.pixels[3 * index + channel] = 0 }
    }
    let reader = try TesseractRecognizer(language: "werkstatt", engines: 1)
    let reading = try reader.read(LineImage(image), deadline: ReadingDeadline(.milliseconds(1)))
    #expect(reading.timedOut)
    #expect(reading.hypotheses.isEmpty)
  }
}

/// Steele and Vigna's splitmix64.
struct SeededNoise: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
