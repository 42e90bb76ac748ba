import Foundation
import GermanText
import ProtocolModel
import Testing
import TestSupport

@Suite struct NormalizerTests {
  /// Words enough for the cases; the dictionary of the system is not needed.
  static let words = WordSet([
    "weiterbildung", "schulung", "angst", "für", "verstoß", "firma", "lizenz", "haftet", "betriebe", "der", "maschine",
    "schichtbetrieb", "läuft", "information", "keine", "zeit", "skepsis", "bürger", "normen", "region",
  ])
  static let normalizer = try? Normalizer(known: words)

  @Test(arguments: [
    // Unicode and letters.
    ("a\u{308}ndern", "ändern"), ("e\u{FB03}zient", "effizient"), ("dıe Angst", "die Angst"),
    ("An\u{200B}gst", "Angst"),
    // Hyphenation.
    ("Weiter-\nbildung", "Weiterbildung"), ("Weiter- \n bildung", "Weiterbildung"), ("KI-\nSkepsis", "KI-Skepsis"),
    ("KI-\nbasiert", "KI-basiert"), ("Früh-\nund Spätschicht", "Früh- und Spätschicht"),
    ("WEITER-\nBILDUNG", "WEITERBILDUNG"), ("KI-\nSKEPSIS", "KI-SKEPSIS"), ("12-\nMann-Betrieb", "12-Mann-Betrieb"),
    ("Weiter\u{AD}\nbildung", "Weiterbildung"), ("Frauen/\nÄltere", "Frauen/Ältere"), ("E-\nMail", "E-Mail"),
    // Bullets, arrows, quotes.
    ("• Angst", "Angst"), ("- Angst\n- Zeit", "Angst Zeit"), ("Pilot\n– Ablehnung", "Pilot – Ablehnung"),
    ("→ Angst", "Angst"), ("Pilot -> Ablehnung", "Pilot → Ablehnung"), (",,Angst''", "„Angst“"), ("geht´s", "geht’s"),
    // Blanks.
    ("keine   Zeit\nfür\tSchulung", "keine Zeit für Schulung"), ("Nutzen ?", "Nutzen?"),
    ("Dashboard ...", "Dashboard ..."),
    ("Kaffee ist alle :(", "Kaffee ist alle :("), ("  Angst  ", "Angst"), ("... und dann?", "... und dann?"),
    // What readers make of edges and shadows.
    ("| Angst |", "Angst"), ("« keine Zeit", "keine Zeit"), ("EEE, a\nkeine Zeit\nrr |", "keine Zeit"),
    ("BR\nerfährt nix", "BR erfährt nix"),
    ("Prompt = ???", "Prompt = ???"), ("nur 140 €", "nur 140 €"), ("Angst €", "Angst"),
    // Blanks that a reader added or lost.
    ("Schicht betrieb läuft", "Schichtbetrieb läuft"), ("weiter bil dung", "weiterbildung"),
    ("hier wei terbildung", "hier weiterbildung"), ("keine m aschine", "keine maschine"),
    ("Zeit ausder Firma", "Zeit aus der Firma"),
    ("geht's keine", "geht's keine"), ("Altenhainer Zeit", "Altenhainer Zeit"),
    // Letters taken for others.
    ("fur Burger", "fur Bürger"), ("VerstoB", "Verstoß"), ("Firrna", "Firma"), ("hafret", "haftet"),
    ("Sch0lung", "Schulung"), ("|nformation", "Information"), ("Kl", "KI"), ("Kl-Angst", "KI-Angst"),
    ("Schichtbetrieh", "Schichtbetrieb"), ("SCHULUN6", "SCHULUN6"), ("REGI0N", "REGION"),
    // Case, CAPITALS and what no dictionary knows stay.
    ("keine SCHULUNG", "keine SCHULUNG"), ("Copilot", "Copilot"), ("DSGVO!!", "DSGVO!!"), ("h4ftet2", "h4ftet2"),
    ("angst@firrna.de", "angst@firrna.de"), ("@Firrna", "@Firrna"), ("2025 10 %", "2025 10 %"), ("", ""), ("\n \n", ""),
  ]) func cleans(_ example: (raw: String, expected: String)) throws {
    let cleaned = try #require(Self.normalizer).clean(example.raw)
    #expect(cleaned.text == example.expected)
  }

  @Test(arguments: [
    ("Sch0lung", "Sch0lung"), ("Eirma", "Eirma"), ("Schichtbetrieh", "Schichtbetrieb"), ("Kl", "KI"),
  ]) func leavesMoreToAReaderWithALexicon(_ example: (raw: String, expected: String)) throws {
    #expect(try #require(Self.normalizer).clean(example.raw, isGuessed: false).text == example.expected)
  }

  @Test(arguments: UInt64(0)..<300) func secondPassChangesNothing(seed: UInt64) throws {
    let normalizer = try #require(Self.normalizer)
    let once = normalizer.clean(Self.text(seed: seed)).text
    #expect(normalizer.clean(once).text == once, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<300) func resultIsOneComposedLineWithSingleBlanks(seed: UInt64) throws {
    let text = try #require(Self.normalizer).clean(Self.text(seed: seed)).text
    #expect(
      Array(text.unicodeScalars) == Array(text.precomposedStringWithCanonicalMapping.unicodeScalars), "seed \(seed)")
    #expect(!text.unicodeScalars.contains("\n") && !text.contains("  "), "seed \(seed)")
    #expect(text.first != " " && text.last != " ", "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<300) func everyLetterPointsIntoTheRawReading(seed: UInt64) throws {
    let raw = Array(Self.text(seed: seed).unicodeScalars)
    let cleaned = try #require(Self.normalizer).clean(String(String.UnicodeScalarView(raw)))
    #expect(cleaned.alignment.count == cleaned.scalars.count + 1, "seed \(seed)")
    #expect(cleaned.alignment.last == raw.count, "seed \(seed)")
    #expect(zip(cleaned.alignment, cleaned.alignment.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
    #expect(cleaned.edits.allSatisfy { 0 <= $0.from && $0.from <= $0.to && $0.to <= raw.count }, "seed \(seed)")
    // What no edit touched is the same letter on both sides.
    for (place, scalar) in cleaned.scalars.enumerated() {
      let origin = cleaned.alignment[place]
      if cleaned.edits.contains(where: { $0.from <= origin && origin < max($0.to, $0.from + 1) }) { continue }
      #expect(raw[origin] == scalar, "seed \(seed)")
    }
  }

  @Test func editsSayWhatTheyDidAndWhere() throws {
    let cleaned = try #require(Self.normalizer).clean("| Weiter-\nbildung")
    #expect(
      cleaned.edits == [
        TextEdit(rule: "drop-stray-marks", from: 0, to: 2, before: "| ", after: ""),
        TextEdit(rule: "join-hyphenated-words", from: 8, to: 10, before: "-\n", after: ""),
      ])
    #expect(cleaned.alignment == [2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17])
  }

  @Test func anIllegibleReadingHasNoText() throws {
    let normalizer = try #require(Self.normalizer)
    let text = normalizer.normalize(Self.recognized(["Angst"], legible: false))
    #expect(text.normalized == nil && text.alternatives.isEmpty && text.raw == "Angst")
    #expect(normalizer.normalize(Self.recognized(["|"], legible: true)).normalized == nil)
  }

  @Test func otherReadingsAreCleanedAndRanked() throws {
    var text = Self.recognized(["keine", "Zeit"], legible: true)
    text.lines[1].alternatives = [("Zeit", 0.6), ("Zelt", 0.3), ("• Zeit", 0.1)].map {
      AlternativeReading(text: $0.0, p: Confidence(clamping: $0.1))
    }
    let cleaned = try #require(Self.normalizer).normalize(text)
    #expect(cleaned.normalized == "keine Zeit")
    #expect(cleaned.alternatives.map(\.text) == ["keine Zelt"])
  }

  @Test func ruleNamesAreDistinct() throws {
    let ids = try #require(Self.normalizer).ruleIDs
    #expect(Set(ids).count == ids.count && ids.count == 13)
  }

  private static func recognized(_ lines: [String], legible: Bool) -> RecognizedText {
    let place = Polygon<PhotoSpace>([])
    return RecognizedText(
      region: RegionID(rawValue: "p0.r01"),
      lines: lines.map { TextLine(polygon: place, raw: $0, confidence: .certain, reader: "echo") }, legible: legible,
      confidence: .certain)
  }

  /// Random text out of the letters, signs and words that rules look for.
  private static func text(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "ä", "a\u{308}", "ß", "B", "K", "I", "l", "-", "\n", " ", "  ", "•", "->", "→", "|", "«", ",", ",,", ".",
      "?",
      "–", "'", "Weiter-", "bildung", "KI-", "Skepsis", "VerstoB", "Firrna", "1", "0", "/", "ﬁ", "\u{AD}", "=", ">",
      "(", ")",
      "\u{200B}", "👩‍🔧", "Kl", "keine", "Zeit",
    ]
    return (0..<Int.random(in: 0...24, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
      .joined()
  }
}
