import Assembly
import Foundation
import Hashing
import ProtocolModel
import Rendering
import TestSupport
import Testing

@Suite struct HTMLRendererTests {
  private func page(_ document: ProtocolDocument, language: String = "de") throws -> String {
    HTMLRenderer().text(document, RenderingOptions(texts: try .bundled(language)))
  }

  @Test func matchesTheGoldenFile() throws {
    try expectGolden(try page(try sampleDocument()), "protocol.html")
  }

  @Test(arguments: ["de", "en"]) func isWellFormedAndSpeaksItsLanguage(_ language: String) throws {
    let text = try page(try sampleDocument(language), language: language)
    #expect(text.contains("<html lang=\"\(language)\">"))
    #expect(PageCheck(text).problems == [])
  }

  @Test func everyTextOfTheTablesExists() throws {
    for language in DocumentTexts.bundledLanguages {
      let text = try page(try sampleDocument(language), language: language)
      let keys = PageCheck(text).words.filter { word in
        word.contains(".") && (try? DocumentTexts.bundled("de"))?.texts.keys.contains(word) == true
      }
      #expect(keys.isEmpty, "\(keys)")
    }
    #expect(try DocumentTexts.bundled("de").texts.keys.sorted() == DocumentTexts.bundled("en").texts.keys.sorted())
  }

  @Test func loadsNothingAndRunsNothing() throws {
    let text = try page(try sampleDocument())
    let check = PageCheck(text)
    #expect(!check.tags.contains("script") && !check.tags.contains("iframe") && !check.tags.contains("link"))
    #expect(check.attributes("src").allSatisfy { $0.hasPrefix("data:image/jpeg;base64,") })
    #expect(check.attributes("href").allSatisfy { $0.hasPrefix("#") })
    #expect(!check.names.contains { $0.hasPrefix("on") || $0 == "style" })
    #expect(!text.contains("@import") && !text.contains("url("))
  }

  @Test func thePolicyAdmitsTheStyleSheetByItsDigest() throws {
    let text = try page(try sampleDocument())
    let start = try #require(text.range(of: "<style>"))
    let end = try #require(text.range(of: "</style>"))
    let style = Array(text[start.upperBound..<end.lowerBound].utf8)
    let hexadecimal = Array(ContentDigest.sha256(style).rawValue)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(hexadecimal[$0...$0 + 1]), radix: 16) }
    let digest = "sha256-" + Data(bytes).base64EncodedString()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/Rendering/Resources/protocol.css.sha256")
      try Data((digest + "\n").utf8).write(to: file)
    } else {
      #expect(
        text.contains("style-src '\(digest)'"), "UPDATE_GOLDEN=1 swift test writes the new digest, then run again")
    }
  }

  @Test func everyRegionIsInTheAppendixAndEveryPictureSaysItsText() throws {
    let document = try sampleDocument()
    let text = try page(document)
    for region in document.photos.flatMap(\.regions) { #expect(text.contains("id=\"r-\(region.id.rawValue)\"")) }
    let check = PageCheck(text)
    #expect(check.attributes("alt").count == check.tags.count { $0 == "img" })
    #expect(check.attributes("alt").allSatisfy { !$0.isEmpty })
    #expect(check.attributes("alt").contains("keine Schulung bisher"))
  }

  @Test func everyNoteHasOneCard() throws {
    let document = try sampleDocument()
    let text = try page(document)
    let cards = text.components(separatedBy: "<li class=\"note\"").count - 1
    let notes = document.photos.flatMap(\.regions).filter { $0.sameAs == nil && $0.number > 0 }
      .count { $0.kind != .heading && $0.kind != .clusterHeading }
    #expect(cards == notes)
  }

  @Test func whatCannotBeReadIsNeverShownAsText() throws {
    #expect(!(try page(try sampleDocument())).contains("lIl~"))
  }

  @Test func anEmptyEventPrintsNoMetadata() throws {
    let text = try page(try sampleDocument { $0.event = Event() })
    for word in ["Berlin", "Symposium", "Kontakt", "Literatur", "Ablauf", "Gefördert", "nil", "Optional("] {
      #expect(!PageCheck(text).words.contains(word), "'\(word)' is printed")
    }
  }

  @Test func aWorkshopWithoutPhotosIsStillAPage() throws {
    let text = try page(try sampleDocument { $0.photos = [] })
    #expect(PageCheck(text).problems == [])
    #expect(text.contains("keine Notizen gefunden"))
  }

  @Test func cropsOfTheSurestReadingsGiveWayToTheSizeLimit() throws {
    let document = try sampleDocument()
    let limit = 400_000
    let options = RenderingOptions(texts: try .bundled("de"), maximumHTMLBytes: limit)
    let pictures = TinyPictures(document: document, bytesPerCrop: 30_000)
    let bytes = try #require(HTMLRenderer().render(document, pictures: pictures, options: options).first?.bytes)
    #expect(bytes.count <= limit)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("deren Schrift nicht sicher zu lesen ist\""))
    #expect(text.contains("fehlen die Einzelbilder"))
  }

  @Test(arguments: UInt64(0)..<6) func hostileTextNeverBecomesMarkup(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "<script>alert(1)</script>", "\"", "'", ">", "<", "&amp;", "</style>", "--><!--", "\u{202E}", "onerror=x",
      "javascript:alert(1)", "]]>", "\u{0}", "<img src=x>", "data:text/html,x", "ß", " ",
    ]
    var hostile: String {
      (0..<6).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined() + "ü"
    }
    let plain = try page(try sampleDocument { Self.fill(&$0) { "ü" } })
    let text = try page(try sampleDocument { Self.fill(&$0) { hostile } })
    #expect(PageCheck(text).skeleton == PageCheck(plain).skeleton, "seed \(seed)")
    #expect(!text.contains("\u{202E}") && !text.contains("\u{0}"))
  }

  /// Puts a text wherever the protocol holds text from outside.
  private static func fill(_ input: inout AssemblyInput, _ text: () -> String) {
    input.event.title = text()
    input.event.fundingNotice = text()
    input.event.organisers = [text()]
    input.event.contacts = [Event.Contact(name: text(), organisation: text(), email: text())]
    input.event.literature = [text()]
    for item in input.event.agenda.indices {
      input.event.agenda[item].title = text()
      input.event.agenda[item].questions = [text()]
    }
    input.codebook.title = text()
    for code in input.codebook.codes.indices {
      input.codebook.codes[code].label = text()
      input.codebook.codes[code].definition = text()
      input.codebook.codes[code].colour = text()
    }
    for place in input.photos.indices {
      input.photos[place].photo.file = "\(place)" + text()
      for region in input.photos[place].regions.regions.indices {
        input.photos[place].regions.regions[region].colour = text()
      }
      for note in input.photos[place].texts.texts.indices
      where input.photos[place].texts.texts[note].normalized != nil {
        input.photos[place].texts.texts[note].normalized = text()
      }
      for note in input.photos[place].codings.notes.indices {
        for coding in input.photos[place].codings.notes[note].codings.indices {
          input.photos[place].codings.notes[note].codings[coding].origin = text()
          input.photos[place].codings.notes[note].codings[coding].evidence = [
            Evidence(cue: text(), match: text(), start: 0, end: 0, rule: text(), weight: 1)
          ]
        }
      }
    }
    input.clusters.clusters[0].label = text()
    input.skippedFiles = [ProtocolDocument.SkippedFile(file: text(), code: nil)]
    input.provenance.program = text()
    input.diagnostics = [
      Diagnostic(.note, DiagnosticCode(rawValue: "FP100"), text(), at: text(), hint: text())
    ]
  }
}
