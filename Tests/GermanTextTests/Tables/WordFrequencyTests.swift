import GermanText
import Testing

@Suite struct WordFrequencyTests {
  @Test func theBundledTableTellsCommonWordsFromRareOnes() throws {
    let bands = try WordFrequencies.bundled()
    func rarity(_ word: Substring) -> Double? {
      bands.first { $0.words.split(separator: " ").contains(word) }?.rarity
    }
    let (und, training, rare) = (rarity("und"), rarity("Schulung"), rarity("Aalsuppe"))
    #expect(try #require(und) < 3)
    #expect(try #require(training) > 3)
    #expect(rare == nil)
    #expect(bands.allSatisfy { $0.rarity > 0 && !$0.words.isEmpty })
  }
}
