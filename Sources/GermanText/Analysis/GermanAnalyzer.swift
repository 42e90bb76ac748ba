package import ProtocolModel
import Synchronization

/// Turns German text into tokens with folded spelling, stem, compound parts and the expansion of abbreviations.
///
/// What a word is does not depend on its neighbours, so each distinct word is analysed once and remembered. One lock
/// guards the stemmer and the memory; it is held for one text at a time.
package final class GermanAnalyzer: TextAnalyzer {
  private struct Analysis {
    var folded: String
    var stem: String
    var parts: [String]
    var expansion: [String]
    var isKnown: Bool?
  }

  private struct State: ~Copyable {
    let snowball: SnowballStemmer
    var memory: [String: Analysis] = [:]
  }

  /// Distinct words remembered at most: some 60 MB.
  private static let memoryLimit = 200_000

  private let state: Mutex<State>
  private let tokenizer: Tokenizer
  private let lemmatizer: Lemmatizer
  private let splitter: CompoundSplitter
  private let lexicon: Lexicon

  /// Creates an analyzer over a lexicon and the bundled tables, or other abbreviations.
  package init(lexicon: Lexicon, abbreviations: AbbreviationGlossary? = nil) throws(TableError) {
    let glossary: AbbreviationGlossary
    if let abbreviations { glossary = abbreviations } else { glossary = try AbbreviationGlossary() }
    guard let snowball = SnowballStemmer() else { throw .missing(file: "snowball:german") }
    tokenizer = Tokenizer(glossary: glossary)
    self.lexicon = lexicon
    lemmatizer = Lemmatizer(forms: try WordForms(), lexicon: lexicon)
    splitter = CompoundSplitter(
      lexicon: lexicon, rules: try CompoundSplitter.Rules(),
      near: lexicon.hasDictionary ? NearWords(lexicon.words, confusions: try ConfusionTable()) : nil)
    state = Mutex(State(snowball: snowball))
  }

  /// Tokens of `text`, left to right.
  package func tokens(of text: String) -> [Token] {
    let scalars = Array(text.unicodeScalars)
    let pieces = tokenizer.pieces(of: scalars)
    return state.withLock { state in
      pieces.map { piece in
        let text = String(String.UnicodeScalarView(scalars[piece.start..<piece.end]))
        let analysis: Analysis
        if let known = state.memory[text] {
          analysis = known
        } else {
          var fresh = analyze(text, piece.kind, state.snowball)
          fresh.isKnown = isKnown(text, piece.kind)
          analysis = fresh
          if state.memory.count >= Self.memoryLimit { state.memory.removeAll(keepingCapacity: true) }
          state.memory[text] = analysis
        }
        return Token(
          text: text, start: piece.start, end: piece.end, folded: analysis.folded, stem: analysis.stem,
          parts: analysis.parts, expansion: analysis.expansion, isKnown: analysis.isKnown)
      }
    }
  }

  /// Whether the dictionary takes every part of the word; numbers and glossary entries count as known.
  private func isKnown(_ text: String, _ kind: Tokenizer.Kind) -> Bool? {
    guard lexicon.hasDictionary else { return nil }
    guard case .word = kind else { return true }
    return text.unicodeScalars.split(whereSeparator: Tokenizer.isHyphen).allSatisfy { lexicon.knows(String($0)) }
  }

  private func analyze(_ text: String, _ kind: Tokenizer.Kind, _ snowball: borrowing SnowballStemmer) -> Analysis {
    switch kind {
    case .number, .address:
      let folded = Folding.fold(text)
      return Analysis(folded: folded, stem: folded, parts: [], expansion: [])
    case .abbreviation(let expansion):
      let folded = Folding.fold(text.filter { $0 != "." && $0 != " " })
      return Analysis(folded: folded, stem: folded, parts: [], expansion: expand(expansion, snowball))
    case .word:
      return word(text, snowball)
    }
  }

  private func word(_ text: String, _ snowball: borrowing SnowballStemmer) -> Analysis {
    let folded = Folding.fold(text)
    let pieces = text.unicodeScalars.split(whereSeparator: Tokenizer.isHyphen).map { String($0) }
    guard pieces.count > 1 else {
      return Analysis(
        folded: folded, stem: lemmatizer.stem(text, snowball), parts: parts(of: text, snowball), expansion: [])
    }
    var parts: [String] = []
    var expansion: [String] = []
    for piece in pieces {
      parts.append(lemmatizer.stem(piece, snowball))
      parts += self.parts(of: piece, snowball)
      if let entry = tokenizer.glossary.entry(for: piece) { expansion += expand(entry.expansion, snowball) }
    }
    let head = pieces.dropLast().map { Folding.fold($0) }.joined(separator: "-")
    let stem = head + "-" + lemmatizer.stem(pieces[pieces.count - 1], snowball)
    return Analysis(folded: folded, stem: stem, parts: parts, expansion: expansion)
  }

  /// Stems of the parts of a compound without hyphens; a part that is a compound itself is followed by its own parts.
  private func parts(of text: String, _ snowball: borrowing SnowballStemmer) -> [String] {
    let lemma = lemmatizer.lemma(text)
    guard let plain = PlainWord(lemma) else { return [] }
    let exact = parts(of: plain, snowball)
    guard exact.isEmpty, plain.bytes.count >= 9, !lemmatizer.isWord(text), !lemmatizer.isWord(lemma) else {
      return exact
    }
    return splitter.tolerantParts(of: plain).map {
      lemmatizer.stem(ofPart: PlainWord.text($0.letters[...]), snowball)
    }
  }

  private func parts(of word: PlainWord, _ snowball: borrowing SnowballStemmer) -> [String] {
    var stems: [String] = []
    for part in splitter.parts(of: word) {
      stems.append(lemmatizer.stem(ofPart: PlainWord.text(part.letters[...]), snowball))
      if part.letters.count >= 8, part.letters.count < word.bytes.count {
        stems += parts(of: PlainWord(bytes: part.letters), snowball)
      }
    }
    return stems
  }

  /// Stems of the words an abbreviation stands for, each followed by the stems of its parts.
  private func expand(_ expansion: String, _ snowball: borrowing SnowballStemmer) -> [String] {
    var stems: [String] = []
    for word in expansion.split(whereSeparator: { $0 == " " || $0 == "-" }) {
      stems.append(lemmatizer.stem(String(word), snowball))
      stems += parts(of: String(word), snowball)
    }
    return stems
  }
}
