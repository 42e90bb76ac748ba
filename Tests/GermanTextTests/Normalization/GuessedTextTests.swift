import GermanText
import ProtocolModel
import Testing

@Suite struct GuessedTextTests {
  func normalized(reader: String) throws -> String? {
    let lines = ["EU AI ACT =", "Buch mit Siegeln"].map {
      TextLine(polygon: Polygon([]), raw: $0, confidence: .certain, reader: reader)
    }
    let text = RecognizedText(
      region: RegionID(rawValue: "p.r01"), lines: lines, legible: true, confidence: .certain)
    return try Normalizer(known: WordSet(["Buch", "mit", "Siegeln"])).normalize(text).normalized
  }

  @Test func aLineOfTheNetworkIsNeverDropped() throws {
    #expect(try normalized(reader: "neural:small") == "EU AI ACT = Buch mit Siegeln")
  }

  @Test func noiseOfTesseractStillIs() throws {
    #expect(try normalized(reader: "tesseract:deu") == "Buch mit Siegeln")
  }
}
