/// The readers of one run: loaded once, shared by all threads.
package struct ReadingServices: Sendable {
  /// Every engine that may read.
  package let readers: [any TextRecognizer]
  /// Who they are: enters the key of the result store.
  package let identities: [EngineIdentity]
  /// Reads regions of photos.
  package let notes: NoteReader
  /// Reads pictures of single lines.
  package let lines: LineReaderService

  /// Loads the readers; `engines` is how many lines each may read at once.
  ///
  /// `language` is the stock data for print; `words` (cues of the code book, names of the event) join the German words
  /// that readings are compared with. Throws where language data is missing.
  package init(
    engines: Int, language: String = "deu", words: [String] = [], settings: NoteReader.Settings = NoteReader.Settings()
  ) throws(RecognitionError) {
    let network = try NeuralRecognizer(lexicon: GermanLexicon(extraWords: words))
    let tuned = try TesseractRecognizer(language: "werkstatt", engines: engines)
    let stock = try TesseractRecognizer(language: language, engines: engines)
    let handwriting: [any TextRecognizer] = [network, tuned]
    let print: [any TextRecognizer] = [stock, network]
    readers = [network, tuned, stock]
    identities = readers.map(\.identity)
    notes = try NoteReader(handwriting: handwriting, print: print, settings: settings)
    lines = try LineReaderService(readers: handwriting)
  }
}
