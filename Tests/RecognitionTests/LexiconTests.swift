import Foundation
import ProtocolModel
import Recognition
import TestSupport
import Testing

@Suite struct LexiconTests {
  static let alphabet = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüÄÖÜß0123456789.,:;!?- ".unicodeScalars)

  /// Words of this test alone: no list of the system.
  static func lexicon(_ words: String...) -> GermanLexicon { GermanLexicon(wordListPaths: [], extraWords: words) }

  /// A line that the network reads as `text`, surely but for the places where it doubts: `doubts` holds the position
  /// of a character, another character, and how much likelier than it the one read is, in nats.
  static func line(_ text: String, doubts: [(Int, Character, Double)] = []) -> CharacterPosteriors {
    let labels = text.unicodeScalars.compactMap { alphabet.firstIndex(of: $0) }.map { $0 + 1 }
    let classes = alphabet.count + 1
    var scores: [Float] = []
    for (position, label) in labels.enumerated() {
      var row = [Float](repeating: -12, count: classes)
      row[label] = 6
      for (place, other, nats) in doubts where place == position {
        let wanted = other.unicodeScalars.first.flatMap { alphabet.firstIndex(of: $0) } ?? 0
        row[wanted + 1] = 6 - Float(nats)
      }
      var blank = [Float](repeating: -12, count: classes)
      blank[0] = 6
      scores += row + blank
    }
    return CharacterPosteriors(scores: scores, alphabet: alphabet)
  }

  func best(_ posteriors: CharacterPosteriors, _ lexicon: GermanLexicon) -> Hypothesis? {
    let readings = NeuralRecognizer.hypotheses(posteriors, PrefixBeamSearch())
    return LexiconRescoring(lexicon).rescore(readings, posteriors).first
  }

  @Test func knowsWordsInAnyCaseAndWithDoubleSForSharpS() {
    let lexicon = Self.lexicon("Maßnahme", "Schulung")
    for word in ["Maßnahme", "MASSNAHME", "massnahme", "SCHULUNG", "schulung"] { #expect(lexicon.contains(word)) }
    for word in ["Maßnahm", "Schulungex", "", "K2", "Maßnahmer"] { #expect(!lexicon.contains(word)) }
  }

  @Test func knowsCompoundsWithAndWithoutALinkingS() {
    let lexicon = Self.lexicon("Schulung", "Konzept", "Daten", "Schutz", "Tee")
    for word in ["Schulungskonzept", "Datenschutz", "Datenschutzkonzept"] { #expect(lexicon.contains(word)) }
    for word in ["Teekonzept", "Konzepttee", "Schulungskonzep", "Schulungss"] { #expect(!lexicon.contains(word)) }
  }

  @Test func wordsAreNotTornApartForTheirParts() throws {
    let folder = try TemporaryFolder()
    let list = folder.url.appending(path: "words")
    try "Günther\nDorf\nmit\n".write(to: list, atomically: true, encoding: .utf8)
    let rescoring = LexiconRescoring(GermanLexicon(wordListPaths: [list.path]))
    // One word of two known ones, two words, and a tail that no noun is.
    let one = rescoring.cost(of: "Günthersdorf"), two = rescoring.cost(of: "Günther Dorf")
    #expect(rescoring.cost(of: "Günther dorf") > max(one, two))
    #expect(rescoring.cost(of: "Günthersdirf") > one)
    #expect(rescoring.cost(of: "mit Dorf") < rescoring.cost(of: "mit dorf"))
    #expect(rescoring.cost(of: "Dorf mit") < rescoring.cost(of: "Dorf mitt"))
    #expect(rescoring.cost(of: "dorf") == rescoring.cost(of: "Dorf"), "a line may start with a small letter")
  }

  @Test func saysSoWhereNoWordListIsInstalled() {
    let lexicon = GermanLexicon(wordListPaths: ["/nowhere/words"])
    #expect(lexicon.diagnostics.map(\.code) == [.wordListMissing])
    #expect(lexicon.contains("Kompetenzdefizite"), "the workshop's own words are there all the same")
  }

  @Test func unknownWordsCostMoreWhereTheirLettersDoNotFollowOneAnotherInGerman() throws {
    let folder = try TemporaryFolder()
    let list = folder.url.appending(path: "words")
    try "Blitz\nSitz\nSpitz\nWitz\nKiebitz\nSchlitz\nKindern\nwandern\nSchultern\n".write(
      to: list, atomically: true, encoding: .utf8)
    func cost(_ text: String, _ lists: [String]) -> Double {
      LexiconRescoring(GermanLexicon(wordListPaths: lists)).cost(of: text)
    }
    #expect(cost("Gorwitz", [list.path]) < cost("Gorwit2", [list.path]))
    #expect(cost("Kiebitz", [list.path]) == 0)
    #expect(cost("Kiebitzwitz", [list.path]) < cost("Kiebitzwatz", [list.path]), "a compound, and none")
    #expect(cost("XQV", [list.path]) == 0, "acronyms need no lexicon")
    let weights = LexiconWeights()
    let flat = weights.unknown + 4 * weights.unknownLetter
    #expect([cost("Gorwitz", []), cost("Gorwit2", [])] == [flat, flat], "nothing to compare with")
  }

  @Test func theFingerprintChangesWithTheWordsAndTheirFrequencies() {
    #expect(Self.lexicon("Eins").fingerprint != Self.lexicon("Zwei").fingerprint)
    #expect(Self.lexicon("Eins").fingerprint == Self.lexicon("Eins").fingerprint)
    func fingerprint(_ rarity: Double) -> String {
      GermanLexicon(wordListPaths: [], extraWords: ["Eins"], frequencies: [(rarity, "Eins")]).fingerprint
    }
    #expect(fingerprint(4) == fingerprint(4))
    #expect(Set([fingerprint(4), fingerprint(5), Self.lexicon("Eins").fingerprint]).count == 3)
  }

  @Test func commonWordsGainAndRareOnesCost() throws {
    let folder = try TemporaryFolder()
    let list = folder.url.appending(path: "words")
    try "Haus\nMaus\nLaus\nGraus\naus\nzu\n".write(to: list, atomically: true, encoding: .utf8)
    let frequencies: GermanLexicon.Frequencies = [
      (1.4, "aus"), (3.5, "Haus zu"), (5.2, "Maus"), (6.9, "Laus"),
    ]
    let rescoring = LexiconRescoring(GermanLexicon(wordListPaths: [list.path], frequencies: frequencies))
    let plain = LexiconRescoring(GermanLexicon(wordListPaths: [list.path]))
    let costs = ["aus", "Haus", "Maus", "Laus", "Graus", "zu"].map { rescoring.cost(of: $0) }
    // Most that is gained, 1.5 powers of ten commoner, .2 rarer, most that is lost, no text held it, too short to say.
    for (cost, expected) in zip(costs, [-3, -1.5, 0.2, 0.5, 0.5, 0]) { #expect(abs(cost - expected) < 1e-9) }
    #expect(plain.cost(of: "aus") == 0, "nothing is said where no frequencies are known")
    let weights = LexiconWeights()
    #expect(
      rescoring.cost(of: "aus haus") == -3 + weights.word + weights.smallNoun,
      "a noun in small letters behind a space is nobody's common word")
  }

  @Test func theCommonWordIsTakenWhereTheNetworkDoubts() throws {
    let words = ["Maus", "Haus"]
    let line = Self.line("Maus", doubts: [(0, "H", 1)])
    let plain = GermanLexicon(wordListPaths: [], extraWords: words)
    let knowing = GermanLexicon(
      wordListPaths: [], extraWords: words, frequencies: [(3.2, "Haus"), (5.4, "Maus")])
    #expect(best(line, plain)?.text == "Maus")
    #expect(best(line, knowing)?.text == "Haus")
    #expect(best(Self.line("Maus", doubts: [(0, "H", 4)]), knowing)?.text == "Maus", "what is seen counts more")
    // Where the network alone proposes one reading, the search for words finds the other.
    let labels = try #require(line.labels(of: "Maus"))
    let only = [Hypothesis(text: "Maus", logProbability: line.logProbability(of: labels))]
    #expect(LexiconRescoring(plain).rescore(only, line).first?.text == "Maus")
    #expect(LexiconRescoring(knowing).rescore(only, line).first?.text == "Haus")
  }

  static let corrected: [(read: String, doubts: [(Int, Character, Double)], words: String, expected: String)] = [
    ("Schulnng", [(5, "u", 2)], "Schulung", "Schulung"),
    ("SCHULNNG JETZT", [(5, "U", 2)], "Schulung jetzt", "SCHULUNG JETZT"),
    ("MaBnahmen", [], "Maßnahmen", "Maßnahmen"),
    ("mehr 3eit", [(5, "z", 1)], "mehr Zeit", "mehr zeit"),  // no trace of a capital: as written
    ("beiuns", [], "bei uns", "beiuns"),  // the network saw no space: nothing is invented
    ("SChulung", [(1, "c", 1)], "Schulung", "Schulung"),
  ]
  @Test(arguments: corrected)
  func correctsWhatTheNetworkDoubts(
    _ example: (read: String, doubts: [(Int, Character, Double)], words: String, expected: String)
  ) throws {
    let lexicon = Self.lexicon(example.words)
    let reading = try #require(best(Self.line(example.read, doubts: example.doubts), lexicon))
    #expect(reading.text == example.expected)
  }

  static let untouched: [(read: String, doubts: [(Int, Character, Double)], words: String)] = [
    ("Schulnng", [(5, "u", 9)], "Schulung"),  // the network is sure
    ("KMO und", [(2, "U", 1)], "KMU und Kmu"),  // an acronym
    ("zo", [(1, "u", 1)], "zu"),  // two letters
    ("Chüttlitz", [], "Schlitz"),  // a name
  ]
  @Test(arguments: untouched)
  func leavesAloneWhatIsSureShortOrNoWord(
    _ example: (read: String, doubts: [(Int, Character, Double)], words: String)
  ) throws {
    let reading = try #require(
      best(Self.line(example.read, doubts: example.doubts), Self.lexicon(example.words)))
    #expect(reading.text == example.read)
  }

  /// A line of which the network doubts one space: `nats` is how much likelier than none it is.
  static func line(_ text: String, spaceLikelierBy nats: Double) -> CharacterPosteriors {
    let place = Array(text.unicodeScalars).firstIndex(of: " ") ?? 0
    let classes = alphabet.count + 1
    var scores: [Float] = []
    for (position, scalar) in text.unicodeScalars.enumerated() {
      var row = [Float](repeating: -12, count: classes)
      row[(alphabet.firstIndex(of: scalar) ?? 0) + 1] = 6
      if position == place { row[0] = 6 - Float(nats) }
      var blank = [Float](repeating: -12, count: classes)
      blank[0] = 6
      scores += row + blank
    }
    return CharacterPosteriors(scores: scores, alphabet: alphabet)
  }

  static let capitals: [(read: String, nats: Double, expected: String)] = [
    ("DB A", 1, "DBA"), ("E MI", 0.5, "EMI"), ("DB A Termin", 1, "DBA Termin"),
    ("DB A", 4, "DB A"),  // the network is sure of the space
    ("KI AG", 1, "KI AG"),  // two codes
    ("Plan A", 1, "Plan A"), ("NEUE A TEILUNG", 1, "NEUE A TEILUNG"),
  ]
  @Test(arguments: capitals)
  func aCapitalAloneBesideCapitalsIsJoinedWhereThatIsAsLikely(
    _ example: (read: String, nats: Double, expected: String)
  ) throws {
    let posteriors = Self.line(example.read, spaceLikelierBy: example.nats)
    let reading = try #require(best(posteriors, Self.lexicon("Termin", "neue")))
    #expect(reading.text == example.expected)
  }

  @Test func keepsEveryReadingWithWhatTheNetworkSays() throws {
    let posteriors = Self.line("Schulnng", doubts: [(5, "u", 2)])
    let readings = NeuralRecognizer.hypotheses(posteriors, PrefixBeamSearch())
    let rescored = LexiconRescoring(Self.lexicon("Schulung")).rescore(readings, posteriors)
    let plain = try #require(rescored.first { $0.text == "Schulnng" })
    let known = try #require(rescored.first { $0.text == "Schulung" })
    #expect(plain.logProbability > known.logProbability)
    #expect(plain.lexiconShare == 0 && known.lexiconShare == 1)
    #expect(rescored.allSatisfy { $0.logProbability <= 0 })
    #expect(known.characters.count == 8)
  }

  @Test(arguments: UInt64(0)..<40) func anyScoresGiveOrderedReadingsThatAreTheSameTwice(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scores = (0..<30 * (Self.alphabet.count + 1)).map { _ in Float.random(in: -6...6, using: &generator) }
    let posteriors = CharacterPosteriors(scores: scores, alphabet: Self.alphabet)
    let readings = NeuralRecognizer.hypotheses(posteriors, PrefixBeamSearch())
    let lexicon = Self.lexicon("Schulung", "Zeit", "und", "mehr", "Angst")
    let first = LexiconRescoring(lexicon).rescore(readings, posteriors)
    #expect(first == LexiconRescoring(lexicon).rescore(readings, posteriors), "seed \(seed)")
    #expect(!first.isEmpty, "seed \(seed)")
    #expect(Set(first.map(\.text)).count == first.count, "seed \(seed)")
  }

  @Test(arguments: [String.Encoding.utf8, .isoLatin1])
  func readsADictionaryWhereNoWordListIsInstalled(encoding: String.Encoding) throws {
    let folder = try TemporaryFolder()
    let affixes = folder.url.appending(path: "de.aff"), words = folder.url.appending(path: "de.dic")
    try """
    SET \(encoding == .utf8 ? "UTF-8" : "ISO8859-1")
    ONLYINCOMPOUND o
    NEEDAFFIX h
    FORBIDDENWORD d
    PFX V Y 1
    PFX V   0     ver      .
    SFX N N 1
    SFX N   0     n        [^n]
    SFX I Y 3
    SFX I   n     t        [^d]en
    SFX I   n     te/o     en
    SFX I   en    est      [dt]en
    """.write(to: affixes, atomically: true, encoding: encoding)
    try "9\nNomade/N\nNation/N\nüben/I\nlernen/IV\nfinden/I\nhalbe/ho\nbrauch/hI\nfalsch/d\nÄrger\tpo:noun\n".write(
      to: words, atomically: true, encoding: encoding)
    let lexicon = GermanLexicon(wordListPaths: [], dictionary: (affixes.path, words.path))
    #expect(lexicon.diagnostics.isEmpty)
    for word in [
      "Nomade", "Nomaden", "Nation", "übet", "lernen", "lernet", "verlernen", "verlernet", "findest", "Ärger",
    ] {
      #expect(lexicon.contains(word), "\(word)")
    }
    for word in ["Nationn", "findet", "übete", "verüben", "halbe", "brauch", "falsch"] {
      #expect(!lexicon.contains(word), "\(word)")
    }
    let damaged = GermanLexicon(wordListPaths: [], dictionary: (words.path, "/nowhere/de.dic"))
    #expect(damaged.diagnostics.map(\.code) == [.wordListMissing])
  }

  static let hasList = GermanLexicon.wordLists.contains { FileManager.default.fileExists(atPath: $0) }

  @Test(.enabled(if: hasList, "needs the package wngerman")) func theSystemsListIsReadWholeAndSmall() {
    let lexicon = GermanLexicon()
    #expect(lexicon.diagnostics.isEmpty)
    for word in ["Straße", "Überforderung", "kommunizieren", "Ängste", "Weiterbildungsmaßnahme"] {
      #expect(lexicon.contains(word))
    }
    #expect(lexicon.byteCount < 40_000_000)
  }
}
