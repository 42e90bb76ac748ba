import Evaluation
import TestSupport
import Testing

@Suite struct ComparedTextTests {
  static let cases: [(source: String, expected: String)] = [
    ("„Wir“ – so", "\"Wir\" - so"),
    ("»Wir« ‚und‘ ’s", "\"Wir\" 'und' 's"),
    ("Angst → Kontrolle", "Angst -> Kontrolle"),
    ("Weiter-\nbildung", "Weiterbildung"),
    ("Weiter‐ \n bildung", "Weiterbildung"),
    ("KI -\nSkepsis", "KI - Skepsis"),
    ("2-\n3 Tage", "2- 3 Tage"),
    ("Weiter-bildung", "Weiter-bildung"),
    ("  zu\t viele\n\nBlanks ", "zu viele Blanks"),
    ("Weiter\u{AD}bildung", "Weiterbildung"),
    ("", ""),
  ]

  @Test(arguments: cases) func prepares(_ example: (source: String, expected: String)) {
    #expect(ComparedText(example.source).text == example.expected)
  }

  static let folded: [(String, String)] = [
    ("Straße", "STRASSE"), ("Übung", "U\u{308}BUNG"), ("STRAẞE", "strasse"), ("ﬁnden", "FINDEN"),
  ]

  @Test(arguments: folded) func caseFoldsFully(first: String, second: String) {
    #expect(ComparedText(first, ignoringCase: true) == ComparedText(second, ignoringCase: true))
    #expect(ComparedText(first) != ComparedText(second))
  }

  @Test func decomposedUmlautIsOneCharacterAndEqual() {
    let decomposed = ComparedText("Gro\u{308}ße"), composed = ComparedText("Größe")
    #expect(decomposed.characters == composed.characters)
    #expect(composed.characters.count == 5)
  }

  @Test(arguments: UInt64(0)..<64) func secondPassChangesNothing(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("aÄß-–\n „“→’ \u{AD}x")
    let text = String((0..<40).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    for ignoringCase in [false, true] {
      let once = ComparedText(text, ignoringCase: ignoringCase)
      #expect(ComparedText(once.text, ignoringCase: ignoringCase) == once, "seed \(seed)")
    }
  }
}
