package import Imaging

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
  private let network: CombinedRecognizer
  private let tuned: TesseractRecognizer

  /// What takes part in reading, for measuring what each part is worth.
  package struct Parts: Hashable, Sendable {
    /// The neural line reader.
    package var network = true
    /// The Tesseract data tuned to handwriting; without it and the network, stock data reads handwriting too.
    package var tuned = true
    /// The comparison with German words.
    package var lexicon = true
    /// Further looks at unsure lines.
    package var looks = true
    /// All parts.
    package init() {}
  }

  /// Loads the readers; `engines` is how many lines each may read at once.
  ///
  /// `language` is the stock data for print; `words` (cues of the code book, names of the event) join the German words
  /// that readings are compared with, `dictionary` stands in for them where no list is installed, `frequencies` says
  /// which of them are common. Throws where language data is missing.
  package init(
    engines: Int, language: String = "deu", dictionary: GermanLexicon.Dictionary? = nil, words: [String] = [],
    frequencies: GermanLexicon.Frequencies = [], parts: Parts = Parts(),
    settings: NoteReader.Settings = NoteReader.Settings()
  ) throws(RecognitionError) {
    let lexicon =
      parts.lexicon ? GermanLexicon(dictionary: dictionary, extraWords: words, frequencies: frequencies) : nil
    let calibration = try Calibration.bundled()
    var looks = calibration.looks
    if !parts.looks { (looks.variants, looks.weights) = ([], []) }
    network = CombinedRecognizer(
      try NeuralRecognizer(.smallAveraged, lexicon: lexicon),
      others: [.joined: try NeuralRecognizer(.joined, lexicon: lexicon)], looks: looks, calibration: calibration)
    let tuned = try TesseractRecognizer(language: "werkstatt", engines: engines)
    let stock = try TesseractRecognizer(language: language, engines: engines)
    self.tuned = tuned
    var handwriting: [any TextRecognizer] = parts.network ? [network] : []
    if parts.tuned { handwriting.append(tuned) }
    if handwriting.isEmpty { handwriting = [stock] }
    let print: [any TextRecognizer] = parts.network ? [stock, network] : [stock]
    readers = [network, tuned, stock]
    identities = readers.map(\.identity)
    notes = try NoteReader(handwriting: handwriting, print: print, settings: settings)
    lines = try LineReaderService(readers: handwriting)
  }

  /// What every look and the tuned Tesseract make of a picture of one line, for fitting; `nil` without ink.
  package func evidence(of picture: ColorImage) throws(RecognitionError) -> CombinedRecognizer.Evidence? {
    guard let line = try LineReaderService.tightLine(in: picture) else { return nil }
    let other = try tuned.read(line, deadline: ReadingDeadline(.seconds(8)))
    var evidence = try network.evidence(of: line, others: other.hypotheses.map(\.text))
    evidence?.tuned = other.hypotheses.first.map { .init(text: $0.text, logProbability: $0.logProbability) }
    return evidence
  }
}
