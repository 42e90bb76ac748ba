import ProtocolModel
import Rendering
import TestSupport
import Testing

@Suite struct MarkdownRendererTests {
  @Test func matchesTheGoldenFile() throws {
    let options = RenderingOptions(texts: try .bundled("de"))
    try expectGolden(MarkdownRenderer().text(try sampleDocument(), options), "protocol.md")
  }

  @Test func everyRegionIsListedUnderItsPhoto() throws {
    let document = try sampleDocument()
    let text = MarkdownRenderer().text(document, RenderingOptions(texts: try .bundled("de")))
    let rows = text.split(separator: "\n").count { $0.first == "|" && $0.dropFirst(2).first?.isNumber == true }
    #expect(rows == document.photos.reduce(0) { $0 + $1.regions.count })
  }

  @Test func anEmptyEventPrintsNoMetadata() throws {
    let document = try sampleDocument { $0.event = Event() }
    let text = MarkdownRenderer().text(document, RenderingOptions(texts: try .bundled("de")))
    for word in ["Berlin", "Symposium", "Kontakt", "Literatur", "Ablauf", "Gefördert", "None", "nil"] {
      #expect(!text.contains(word), "'\(word)' is printed")
    }
  }

  @Test func subItemsStandUnderTheirItem() throws {
    let document = try sampleDocument { input in
      guard let board = input.photos.firstIndex(where: { $0.photo.file.hasSuffix("IMG_0001.jpg") }) else { return }
      // The fourth note shares its code with the third, which has more votes and would stand before it anyway.
      input.photos[board].regions.regions[2].parent = SampleWorkshop.region("a", 4)
    }
    let lines = MarkdownRenderer().text(document, RenderingOptions(texts: try .bundled("de")))
      .split(separator: "\n").map(String.init)
    let item = try #require(lines.firstIndex { $0.hasPrefix("- „Weiterbildung fehlt“") })
    #expect(lines[item + 1].hasPrefix("  - „keine Schulung bisher“"), "\(lines[item + 1])")
    #expect(lines[item + 1].contains("Unterpunkt von"))
  }

  @Test func arrowsAreToldAtBothEnds() throws {
    let document = try sampleDocument()
    let arrow = try #require(document.photos.flatMap(\.links).first)
    let text = MarkdownRenderer().text(document, RenderingOptions(texts: try .bundled("de")))
    let numbers = document.photos.enumerated().flatMap { place, photo in
      photo.regions.map { ($0.id, "Foto \(place + 1), Nr. \($0.number)") }
    }
    let places = Dictionary(uniqueKeysWithValues: numbers)
    #expect(text.contains("Pfeil zu \(places[arrow.to] ?? "?")"))
    #expect(text.contains("Pfeil von \(places[arrow.from] ?? "?")"))
  }

  static let hostile = [
    "# Titel", "- Punkt", "1. Punkt", "| a | b |", "<b>fett</b>", "*fett*", "[x](http://y)", "a\nb", "```",
  ]

  @Test(arguments: hostile) func notesNeverTurnIntoMarkup(_ text: String) throws {
    let document = try sampleDocument { input in
      input.photos[0].texts.texts[3].normalized = text
    }
    let lines = MarkdownRenderer().text(document, RenderingOptions(texts: try .bundled("de"))).split(separator: "\n")
    #expect(!lines.contains { $0 == text || $0.hasSuffix(" \(text)") }, "\(text)")
    #expect(!lines.contains { $0.contains("<b>") || $0.contains("[x](") || $0.contains(" | a | b | ") })
  }
}
