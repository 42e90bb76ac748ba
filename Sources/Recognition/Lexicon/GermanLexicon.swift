import Foundation
package import ProtocolModel

extension DiagnosticCode {
  /// Neither a German word list nor a dictionary is installed; reading works without, but corrects fewer words.
  package static let wordListMissing = DiagnosticCode(rawValue: "FP335")
}

/// The German words that readings are compared with: the list that the system installs, the workshop's own words, and
/// what the caller hands in (cues of the code book, names of the event).
package final class GermanLexicon: Sendable {
  /// Where Debian and macOS with `aspell` or a hand-installed list keep German words, one a line, UTF-8.
  package static let wordLists = [
    "/usr/share/dict/ngerman", "/usr/local/share/dict/ngerman", "/opt/homebrew/share/dict/ngerman",
  ]

  let trie: LetterTrie
  /// What the installed list says of letters in unknown words; `nil` without such a list.
  let sequences: LetterSequences?
  /// How rare words are, by their node of the tree; empty without frequencies.
  private let rarities: [UInt8]
  /// What a person should know about how the lexicon came to be.
  package let diagnostics: [Diagnostic]
  /// Changes with every word, for keys of the result store.
  package let fingerprint: String

  /// The files of a hunspell dictionary.
  package typealias Dictionary = (affixes: String, words: String)

  /// Words of about one frequency, blanks between: `rarity` is the negative decimal logarithm of each one's share in
  /// running text.
  package typealias Frequencies = [(rarity: Double, words: String)]

  /// Loads the first of `paths` that exists, else the words of `dictionary`, the bundled workshop words, and `extraWords`.
  ///
  /// An extra text may hold several words and punctuation; each of its words is taken as written. `frequencies` add no
  /// word: they say which of the words are common.
  package init(
    wordListPaths paths: [String] = GermanLexicon.wordLists, dictionary: Dictionary? = nil, extraWords: [String] = [],
    frequencies: Frequencies = []
  ) {
    var table = WordTable()
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }
    var diagnostics: [Diagnostic] = []
    var sequences: LetterSequences?
    if let list = paths.lazy.compactMap({ try? Data(contentsOf: URL(filePath: $0)) }).first {
      list.withUnsafeBytes { bytes in
        Self.addLines(of: bytes, to: &table)
        // A sample is enough: the list changes with its package, never by single words.
        for index in stride(from: 0, to: bytes.count, by: 61) {
          mix(UInt64(bytes[index]))
        }
      }
      sequences = LetterSequences(table)
    } else if let list = dictionary.flatMap({ HunspellWords(affixes: $0.affixes, words: $0.words) }) {
      list.forEach { word in
        guard let codes = Letter.codes(word) else { return }
        table.add(codes, WordForms(writing: word))
        for code in codes { mix(UInt64(code)) }
      }
      sequences = LetterSequences(table)
    } else {
      diagnostics.append(
        Diagnostic(
          .note, .wordListMissing,
          "neither a German word list nor a dictionary is installed; fewer misread words are corrected",
          hint: "apt-get install wngerman"))
    }
    for text in Self.workshopWords() + extraWords {
      for byte in text.utf8 { mix(UInt64(byte)) }
      for word in text.unicodeScalars.split(whereSeparator: { Letter.code($0) == nil }) {
        guard word.count >= 3, let codes = Letter.codes(word) else { continue }
        table.add(codes, WordForms(writing: word).union(.preferred))
      }
    }
    trie = LetterTrie(table)
    self.sequences = sequences
    rarities = Self.rarities(frequencies, in: trie)
    for (rarity, words) in frequencies {
      mix(rarity.bitPattern)
      for byte in words.utf8 { mix(UInt64(byte)) }
    }
    self.diagnostics = diagnostics
    fingerprint = String(hash, radix: 16)
  }

  /// Bytes of memory that the words take.
  package var byteCount: Int { trie.byteCount + rarities.count }

  /// Whether it is known which words are common.
  var knowsFrequencies: Bool { !rarities.isEmpty }

  /// The negative decimal logarithm of a word's share in running text, by the node where the word ends; `nil` for a word
  /// that no text held.
  func rarity(at node: Int) -> Double? {
    guard knowsFrequencies, rarities[node] > 0 else { return nil }
    return Double(rarities[node]) / 10
  }

  /// Tenths of each word's rarity, by its node; 0 where none is known.
  private static func rarities(_ frequencies: Frequencies, in trie: LetterTrie) -> [UInt8] {
    guard !frequencies.isEmpty else { return [] }
    var rarities = [UInt8](repeating: 0, count: trie.count)
    for (rarity, words) in frequencies {
      let tenths = UInt8(min(255, max(1, (10 * rarity).rounded())))
      for word in words.unicodeScalars.split(separator: " ") {
        guard let codes = Letter.codes(word), let node = trie.node(of: codes) else { continue }
        rarities[node] = rarities[node] == 0 ? tenths : min(rarities[node], tenths)
      }
    }
    return rarities
  }

  /// Whether the word, whatever its case, is in the lexicon by itself or made of words of at least four letters.
  package func contains(_ word: String) -> Bool {
    guard let codes = Letter.codes(word.unicodeScalars) else { return false }
    return knows(codes)
  }

  /// Whether the letters make a word or a compound of up to three words, with or without a linking s.
  func knows(_ codes: [UInt8]) -> Bool { !forms(ofCompound: codes).isEmpty }

  /// The forms of a word, or of the last part of a compound, which decides on the capital; empty if unknown.
  func forms(ofCompound codes: [UInt8]) -> WordForms {
    let own = trie.forms(of: codes)
    return own.isEmpty ? compound(codes[...], parts: 3) : own
  }

  private func compound(_ codes: ArraySlice<UInt8>, parts: Int) -> WordForms {
    var node = 0
    for (offset, letter) in codes.enumerated() {
      guard let next = trie.child(of: node, by: letter) else { return [] }
      node = next
      let rest = codes.dropFirst(offset + 1)
      guard offset + 1 >= LexiconSearch.shortestPart, !trie.forms(at: node).isEmpty else { continue }
      if rest.isEmpty { return trie.forms(at: node) }
      guard parts > 1, rest.count >= LexiconSearch.shortestPart else { continue }
      let whole = compound(rest, parts: parts - 1)
      if !whole.isEmpty { return whole }
      guard rest.first == Letter.s else { continue }
      let linked = compound(rest.dropFirst(), parts: parts - 1)
      if !linked.isEmpty { return linked }
    }
    return []
  }

  /// The workshop's own words that ship with the program.
  private static func workshopWords() -> [String] {
    struct Vocabulary: Decodable { var words: [String] }
    guard let bytes = BundledResource.bytes(named: "workshop-words.json"),
      let vocabulary = try? JSONDecoder().decode(Vocabulary.self, from: Data(bytes))
    else { return [] }
    return vocabulary.words
  }

  /// Adds one word a line; what holds anything but German letters is left out.
  private static func addLines(of bytes: UnsafeRawBufferPointer, to table: inout WordTable) {
    var word: [UInt8] = []
    var capitals = 0, isFirstCapital = false, isClean = true
    var index = 0
    func finish() {
      if isClean, word.count >= 2 {
        let forms: WordForms = capitals == 0 ? .small : capitals == 1 && isFirstCapital ? .capitalized : .other
        table.add(word, forms)
      }
      word.removeAll(keepingCapacity: true)
      (capitals, isFirstCapital, isClean) = (0, false, true)
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      var scalar = Unicode.Scalar(byte)
      if byte == 0x0A {
        finish()
        continue
      } else if byte == 0xC3, index < bytes.count, let wide = Unicode.Scalar(UInt32(bytes[index]) + 0x40) {
        scalar = wide  // U+00C0...00FF
        index += 1
      }
      guard byte < 0x80 || byte == 0xC3, let code = Letter.code(scalar) else {
        isClean = false
        continue
      }
      if Letter.isUpper(scalar) {
        capitals += 1
        isFirstCapital = isFirstCapital || word.isEmpty
      }
      word.append(code)
    }
    finish()
  }
}
