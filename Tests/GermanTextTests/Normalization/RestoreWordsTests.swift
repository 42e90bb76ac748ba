import Foundation
import GermanText
import ProtocolModel
import TestSupport
import Testing

/// What a reader without a lexicon made of words.
@Suite(.enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de")) struct RestoreWordsTests {
  static let normalizer = try? Normalizer(known: try Vocabulary(lexicon: Installed.lexicon))

  static let cases: [(read: String, written: String)] = [
    ("Betriepsvereinbnrung", "Betriebsvereinbarung"),  // three letters of a compound
    ("Planungsscherneit", "Planungssicherheit"),  // a lost letter and a wrong one
    ("die Ressour ten", "die Ressourcen"),  // a blank inside
    ("kommt ausdem Werk", "kommt aus dem Werk"),  // a lost blank
    ("Fahrrad oder Fahrrad", "Fahrrad oder Fahrrad"),  // right as it stands
    ("Frau Xyrkowiak ruft", "Frau Xyrkowiak ruft"),  // nothing is near
    ("das regelt MBR 3", "das regelt MBR 3"),  // an acronym
    ("neck im Plan", "neck im Plan"),  // several words are about as near
  ]

  @Test(arguments: cases) func restores(_ example: (read: String, written: String)) throws {
    let normalizer = try #require(Self.normalizer)
    #expect(normalizer.clean(example.read).text == example.written)
  }

  @Test func aReaderWithALexiconIsLeftAlone() throws {
    let normalizer = try #require(Self.normalizer)
    #expect(normalizer.clean("Betriepsvereinbnrung", isGuessed: false).text == "Betriepsvereinbnrung")
  }

  /// A word that the table of costs has is right as it stands, whatever the dictionary says.
  @Test(.enabled(if: Installed.hasDictionary)) func aWordOfTheTableStays() throws {
    let normalizer = try Normalizer(known: WordSet([]))
    #expect(normalizer.clean("mit dem Flipchart im Betriebsrat").edits.isEmpty)
  }

  @Test func everyRowOfTheTablesIsWellFormed() throws {
    for row in try TableFile(resource: "word-costs.tsv").rows {
      let cost = try #require(Double(row[0]))
      #expect((1...9).contains(cost))
      #expect(row[1].split(separator: " ").allSatisfy { $0.allSatisfy(\.isLetter) && $0.count > 1 }, "\(row[0])")
    }
    for row in try TableFile(resource: "reading-costs.tsv").rows {
      try #require(row.count == 3)
      let cost = try #require(Double(row[2]))
      #expect(row[0] != row[1] && (0.1...3.3).contains(cost), "\(row)")
    }
  }

  @Test func wordsThatNobodyShallBeSaidToHaveWrittenAreNotProposed() throws {
    let file = PackageRoot.url.appendingPathComponent("Benchmarks/never-proposed.txt")
    let never = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(never.count > 20)
    for row in try TableFile(resource: "word-costs.tsv").rows {
      let words = row[1].lowercased().split(separator: " ")
      #expect(words.allSatisfy { word in !never.contains { word.hasPrefix($0) } }, "\(row[0])")
    }
  }
}
