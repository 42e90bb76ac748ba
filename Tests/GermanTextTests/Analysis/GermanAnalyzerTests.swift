import GermanText
import ProtocolModel
import Testing

@Suite struct GermanAnalyzerTests {
  static let analyzer = try? GermanAnalyzer(lexicon: Installed.lexicon)
  static let withoutDictionary = try? GermanAnalyzer(lexicon: Lexicon(nil))

  @Test(arguments: [
    ("KI-Skepsis u. Angst!", ["KI-Skepsis", "u.", "Angst"]),
    ("z. B. 3,5 h/Woche", ["z. B.", "3,5", "h", "Woche"]),
    ("Früh- u. Spätschicht", ["Früh", "u.", "Spätschicht"]),
    ("12-Mann-Betrieb um 16:12", ["12-Mann-Betrieb", "um", "16:12"]),
    ("anna.mustermann@beispiel.de schreiben", ["anna.mustermann@beispiel.de", "schreiben"]),
    ("Kolleg*innen, Mitarbeiter/innen", ["Kolleg*innen", "Mitarbeiter/innen"]),
    ("Frauen/Ältere – was’n das?", ["Frauen", "Ältere", "was’n", "das"]),
    (":-) → !!", []),
    ("", []),
  ]) func cutsIntoWords(_ example: (text: String, words: [String])) throws {
    let tokens = try #require(Self.withoutDictionary).tokens(of: example.text)
    #expect(tokens.map(\.text) == example.words)
  }

  @Test(arguments: ["KI-Skepsis u. Angst", "Für 5 Mäuse 👩‍🔧 z. B. Öl", "a\u{308}ndern"])
  func rangesCountScalarsOfTheText(_ text: String) throws {
    let scalars = Array(text.unicodeScalars)
    for token in try #require(Self.analyzer).tokens(of: text) {
      #expect(String(String.UnicodeScalarView(scalars[token.start..<token.end])) == token.text)
    }
  }

  @Test(arguments: [
    ["Maßnahme", "Massnahme", "MASSNAHME"], ["Ärger", "Aerger", "ärger"], ["Café", "cafe"], ["KI‑Angst", "KI-Angst"],
  ]) func foldsSpellingsToOne(_ words: [String]) throws {
    let analyzer = try #require(Self.analyzer)
    #expect(Set(words.flatMap { analyzer.tokens(of: $0).map(\.folded) }).count == 1)
  }

  @Test(
    .enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de"),
    arguments: [
      ["gehen", "geht", "ging", "gegangen"], ["wissen", "weiß", "wusste"], ["lernen", "gelernt", "lernt", "lernte"],
      ["einbinden", "eingebunden", "einzubinden"], ["Schulung", "Schulungen", "SCHULUNGEN"],
      ["Raum", "Räume", "Räumen"], ["fehlen", "fehlt", "fehlendes"], ["steuern", "gesteuert", "steuert"],
      ["Kollege", "Kollegin", "Kolleginnen", "Kolleg*innen"], ["nicht", "nix", "nüscht"], ["Regel", "Regeln"],
    ])
  func bringsFormsToOneStem(_ words: [String]) throws {
    let analyzer = try #require(Self.analyzer)
    #expect(Set(words.flatMap { analyzer.tokens(of: $0).map(\.stem) }).count == 1, "\(words)")
  }

  @Test(arguments: [("Bürger", "Burg"), ("fördern", "fordern"), ("zahlen", "zählen"), ("Unterlagen", "unterliegen")])
  func keepsWordsApart(_ pair: (String, String)) throws {
    let analyzer = try #require(Self.analyzer)
    #expect(analyzer.tokens(of: pair.0).first?.stem != analyzer.tokens(of: pair.1).first?.stem)
  }

  /// One pair for every suffix of the table: the word made with it, and the word it would be taken for.
  @Test(
    .enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de"),
    arguments: [
      ("Sicherheiten", "sich"), ("Wenigkeit", "wenig"), ("Steuerung", "Steuer"), ("Bereitschaft", "bereit"),
      ("systemisch", "System"), ("täglich", "Tag"), ("Rechner", "rechnen"), ("Dienst", "Diener"),
    ])
  func keepsDerivedWordsApart(_ pair: (String, String)) throws {
    let analyzer = try #require(Self.analyzer)
    #expect(analyzer.tokens(of: pair.0).first?.stem != analyzer.tokens(of: pair.1).first?.stem)
  }

  @Test(
    .enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de"),
    arguments: [
      ("Arbeitsplatz", ["arbeit", "platz"]), ("Schulungsangebote", ["schulung", "angebot"]),
      ("Betriebsvereinbarung", ["betrieb", "vereinbarung"]), ("Besenkammer", ["bes", "kammer"]),
      ("Kundendaten", ["kund", "dat"]), ("Anlernzeit", ["anlern", "zeit"]), ("Fachkräfte", ["fach", "kraft"]),
      ("KI-Erfahrung", ["ki", "erfahrung"]),
      // A part that is a compound is followed by its own parts.
      ("Teilzeitkräfte", ["teil", "zeitkraft", "zeit", "kraft"]),
      ("Bedenken", []), ("Vertrauen", []), ("Mitarbeiter", []), ("Einführung", []), ("Donnerstags", []),
    ])
  func splitsCompounds(_ example: (word: String, parts: [String])) throws {
    let tokens = try #require(Self.analyzer).tokens(of: example.word)
    #expect(tokens.map(\.parts) == [example.parts])
  }

  @Test(
    .enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de"),
    arguments: [
      ("Betriebsvereinbarumg", "betrieb"), ("Schulungsangebofe", "angebot"), ("Datemschutz", "schutz"),
      ("Lizenskosten", "kost"), ("Rechtsabteilumg", "recht"),
    ])
  func splitsMisreadCompounds(_ example: (word: String, part: String)) throws {
    let parts = try #require(Self.analyzer).tokens(of: example.word).flatMap(\.parts)
    #expect(parts.contains(example.part), "\(parts)")
  }

  @Test(
    .enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de"),
    arguments: ["ChatGPT", "Kerstin", "Copilot", "xqzvbnmw", "Übersetzer", "einschätzen"])
  func readsNoPartsIntoOtherWords(_ word: String) throws {
    #expect(try #require(Self.analyzer).tokens(of: word).map(\.parts) == [[]])
  }

  @Test func splitsByHandedInWordsAlone() throws {
    let analyzer = try GermanAnalyzer(lexicon: Lexicon(nil, extraWords: ["Schulung", "Angebot"]))
    #expect(analyzer.tokens(of: "Schulungsangebote").first?.parts == ["schulung", "angebot"])
  }

  @Test func abbreviationsCarryWhatTheyStandFor() throws {
    let analyzer = try #require(Self.withoutDictionary)
    #expect(analyzer.tokens(of: "MA fragen").first?.expansion == ["mitarbeit"])
    #expect(analyzer.tokens(of: "mal ma").last?.expansion == [])
    #expect(analyzer.tokens(of: "BR-Sitzung").first?.expansion == ["betriebsrat"])
  }

  @Test func saysOnceThatNoDictionaryIsInstalled() {
    var found: [Diagnostic] = []
    let lexicon = Lexicon(nil) { found.append($0) }
    #expect(found.map(\.code) == [.dictionaryMissing])
    #expect(!lexicon.knows("Haus"))
  }

  @Test func twoThreadsGetTheAnswersOfOne() async throws {
    let analyzer = try #require(Self.analyzer)
    let texts = (0..<200).map { "Note \($0 % 7) mit Angst um Arbeitsplätze und \($0) Schulungen" }
    let alone = texts.map { analyzer.tokens(of: $0) }
    let fresh = try GermanAnalyzer(lexicon: Installed.lexicon)
    let together = await withTaskGroup(of: (Int, [Token]).self) { group in
      for (index, text) in texts.enumerated() { group.addTask { (index, fresh.tokens(of: text)) } }
      return await group.reduce(into: [[Token]](repeating: [], count: texts.count)) { $0[$1.0] = $1.1 }
    }
    #expect(together == alone)
  }
}
