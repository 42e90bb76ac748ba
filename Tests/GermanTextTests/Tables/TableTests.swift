import Foundation
import GermanText
import ProtocolModel
import Testing

/// Every row of every bundled table does what its row says.
@Suite struct TableTests {
  static let analyzer = try? GermanAnalyzer(lexicon: Installed.lexicon)

  static func stem(_ word: String) throws -> String? { try #require(analyzer).tokens(of: word).first?.stem }

  @Test(arguments: [
    "lemmas.tsv", "variants.tsv", "kept-umlauts.tsv", "verb-prefixes.tsv", "compounds.tsv", "letters.tsv", "arrows.tsv",
    "quotes.tsv", "stray-marks.tsv", "bullets.tsv", "name-parts.tsv", "function-words.tsv",
    "reading-costs.tsv", "word-costs.tsv",
  ]) func tableSaysWhatItIs(_ name: String) throws {
    let table = try TableFile(resource: name)
    #expect("\(table.identity.id).tsv" == name)
    #expect(!table.identity.version.isEmpty && table.identity.language == "de" && !table.identity.source.isEmpty)
    #expect(Set(table.rows).count == table.rows.count, "a row stands twice")
  }

  @Test func everyIrregularFormHasTheStemOfItsLemma() throws {
    for row in try TableFile(resource: "lemmas.tsv").rows {
      for form in row[1].split(separator: " ") {
        #expect(try Self.stem(String(form)) == Self.stem(row[0]), "\(form)")
      }
    }
  }

  @Test func everyVariantHasTheStemOfTheStandardWord() throws {
    for row in try TableFile(resource: "variants.tsv").rows where !row[0].contains("-") {
      #expect(try Self.stem(row[0]) == Self.stem(row[1]), "\(row[0])")
    }
  }

  @Test func everyKeptUmlautKeepsTwoWordsApart() throws {
    for row in try TableFile(resource: "kept-umlauts.tsv").rows {
      #expect(try Self.stem(row[0]) != Self.stem(row[1]), "\(row[0])")
    }
  }

  @Test(.enabled(if: Installed.hasDictionary, "needs the package hunspell-de-de"))
  func everyVerbPrefixHasAFormThatIsUnderstood() throws {
    for row in try TableFile(resource: "verb-prefixes.tsv").rows {
      let stem = try #require(try Self.stem(row[1]))
      #expect(
        stem.hasPrefix(String(row[0].prefix(2)).replacing("ü", with: "u")) && !stem.contains("ge" + row[0]), "\(row[1])"
      )
      #expect(row[1].hasPrefix(row[0]))
    }
  }

  @Test func everyAbbreviationIsFoundInItsExampleAndInEveryForm() throws {
    let glossary = try AbbreviationGlossary()
    #expect(glossary.identity.id == "abbreviations" && glossary.entries.count > 100)
    let analyzer = try #require(Self.analyzer)
    for entry in glossary.entries {
      #expect(analyzer.tokens(of: entry.example).contains { !$0.expansion.isEmpty }, "\(entry.example)")
      for form in entry.forms {
        let token = analyzer.tokens(of: "x \(form) x").dropFirst().first
        #expect(token?.text == form && token?.expansion.isEmpty == false, "\(form)")
      }
    }
    let forms = glossary.entries.flatMap(\.forms)
    #expect(Set(forms).count == forms.count, "a form stands for two things")
  }

  @Test func everyConfusionIsUndone() throws {
    let table = try ConfusionTable()
    #expect(!table.identity.source.isEmpty && table.pairs.count > 100)
    for pair in table.pairs {
      // A word of twelve letters with the pair in it, once read and once meant.
      let frame = pair.meant.first?.isUppercase == true ? ("QXQXQ", "XQXQX") : ("qxqxq", "xqxqx")
      let meant = frame.0 + pair.meant + frame.1
      let read = frame.0 + pair.read + frame.1
      let rule = try UndoConfusions(known: WordSet([meant]), table: table)
      var text = AlignedText(read)
      text.apply(rule.replacements(in: text), rule: rule.id)
      let signs = pair.read.unicodeScalars.contains { !$0.properties.isAlphabetic }
      if !signs { #expect(text.text.lowercased() == meant.lowercased(), "\(pair.read) for \(pair.meant)") }
    }
    for lost in table.lost {
      let rule = try UndoConfusions(known: WordSet(["schulungsqrt" + lost.meant + "vxw"]), table: table)
      let text = AlignedText("schulungsqrtvxw")
      #expect(!rule.replacements(in: text).isEmpty, "\(lost.meant)")
    }
    for word in table.words {
      let rule = try UndoConfusions(known: WordSet([]), table: table)
      #expect(
        rule.replacements(in: AlignedText(word.read)) == [Replacement(0..<word.read.unicodeScalars.count, word.meant)])
    }
  }

  @Test(arguments: ["letters.tsv", "arrows.tsv", "quotes.tsv"]) func everySignIsReplaced(_ name: String) throws {
    let rule = try ReplaceSigns(resource: name)
    for row in try TableFile(resource: name).rows where !row[0].hasPrefix("U+") {
      #expect(rule.replacements(in: AlignedText("x\(row[0])x")).map(\.range) == [1..<(1 + row[0].unicodeScalars.count)])
    }
  }

  @Test(arguments: ["stray-marks.tsv", "bullets.tsv"]) func everyMarkIsDroppedFromItsExample(_ name: String) throws {
    let rules: [any CleaningRule] =
      name == "bullets.tsv" ? [try StripBullets(), TidySpacing()] : [try DropStrayMarks(), TidySpacing()]
    for row in try TableFile(resource: name).rows {
      let cleaned = Normalizer(rules: rules).clean(row[2]).text
      #expect(!cleaned.contains(row[0]), "\(row[2])")
    }
  }

  @Test func noNameIsTouched() throws {
    for row in try TableFile(resource: "name-parts.tsv").rows {
      let name = row[2].split(separator: " ")[0]
      // A dictionary that knows everything else than the name tempts the rule with every candidate.
      let rule = try UndoConfusions(known: EverythingBut(String(name)))
      #expect(rule.replacements(in: AlignedText(row[2])).isEmpty, "\(row[2])")
    }
  }

  private struct EverythingBut: KnownWords {
    let word: String
    init(_ word: String) { self.word = word }
    func knows(_ word: String) -> Bool { word.lowercased() != self.word.lowercased() }
  }

  @Test func aTableWithoutASourceIsRefused() {
    #expect(throws: TableError.malformed(file: "x.tsv", line: 0)) {
      try TableFile(text: "# id: x\na\tb\n", file: "x.tsv")
    }
    #expect(throws: TableError.malformed(file: "x.tsv", line: 2)) {
      try TableFile(text: "# id: x\nlonely\n", file: "x.tsv")
    }
  }
}
