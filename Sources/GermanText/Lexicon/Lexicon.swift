package import ProtocolModel
import Foundation
import Synchronization

extension DiagnosticCode {
  /// No German dictionary is installed: no compounds are split and no reading confusions are undone.
  package static let dictionaryMissing = DiagnosticCode(rawValue: "FP340")
}

/// The German words that this computer knows: the installed hunspell dictionary and words handed in.
///
/// One handle behind one lock serves every thread: a word is asked once and remembered, so two photo jobs wait for each
/// other for microseconds, while a second handle would cost 43 ms and 20 MB.
package final class Lexicon: KnownWords {
  private struct Spelling: ~Copyable {
    let dictionary: HunspellDictionary?
    var answers: [String: Bool] = [:]

    mutating func accepts(_ word: String) -> Bool {
      if let answer = answers[word] { return answer }
      guard dictionary != nil else { return false }
      let answer = dictionary?.accepts(word) ?? false
      if answers.count >= Lexicon.memory { answers.removeAll(keepingCapacity: true) }
      answers[word] = answer
      return answer
    }
  }

  /// Remembered answers at most, some 20 MB: the distinct words of far more than 100,000 notes.
  private static let memory = 200_000

  private let spelling: Mutex<Spelling>
  private let extra: Set<String>
  let words: WordList
  private let runs: LetterRuns
  /// Whether a dictionary answers, not only the words handed in.
  package let hasDictionary: Bool

  /// Opens a dictionary, by default the installed one; without any it knows only `extraWords`.
  ///
  /// - Parameter extraWords: words of this workshop that no dictionary has, such as code book cues and event names.
  package init(
    _ files: DictionaryFiles? = .installed(), extraWords: [String] = [], reporting: (Diagnostic) -> Void = { _ in }
  ) {
    var list = WordList()
    var spelling = Spelling(dictionary: nil)
    if let files, let bytes = FileManager.default.contents(atPath: files.words) {
      spelling = Spelling(dictionary: HunspellDictionary(files))
      if spelling.dictionary != nil {
        list.read([UInt8](bytes))
      }
    }
    let opened = spelling.dictionary != nil
    hasDictionary = opened
    let single = extraWords.flatMap { $0.split { !$0.isLetter } }.filter { $0.count >= 2 }
    for word in single {
      guard let plain = PlainWord(word), plain.bytes.count >= 3 else { continue }
      list.insert(plain, [.standalone, word.first?.isUppercase == true ? .noun : .small])
    }
    extra = Set(single.map { Folding.fold($0) })
    words = list
    runs = LetterRuns(list.words)
    self.spelling = Mutex(spelling)
    if !opened {
      reporting(
        Diagnostic(
          .warning, .dictionaryMissing, "no German dictionary is installed; compounds stay whole and misread words too",
          hint: "install the package 'hunspell-de-de'"))
    }
  }

  /// Whether the dictionary accepts the word or it was handed in.
  package func knows(_ word: String) -> Bool {
    if extra.contains(Folding.fold(word)) { return true }
    return spelling.withLock { $0.accepts(word) }
  }

  /// Whether a word of five letters or more is spelled out of the runs of letters that German words have.
  package func resembles(_ word: String, strange: Int) -> Bool {
    guard let plain = PlainWord(word), plain.bytes.count >= 5 else { return false }
    return runs.allow(plain, strange: strange)
  }

  /// Whether the word, in any form of declension, is a noun of the word list.
  func isNoun(_ word: PlainWord) -> Bool {
    for ending in Self.nounEndings where word.bytes.count > ending.count + 2 {
      guard word.bytes.suffix(ending.count).elementsEqual(ending) else { continue }
      if words[LetterHash.of(word.bytes.dropLast(ending.count))].isSuperset(of: [.standalone, .noun]) { return true }
    }
    return false
  }

  /// Whether the word stands in the word list as it is, written small.
  func isSmallEntry(_ word: PlainWord) -> Bool { words[LetterHash.of(word.bytes)].contains(.small) }

  private static let nounEndings = ["", "n", "en", "e", "s", "es", "er", "ern", "nen"].map { Array($0.utf8) }
}
