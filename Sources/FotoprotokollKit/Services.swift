import ContentCoding
import GermanText
import Hashing
import Imaging
import Foundation
import Ingest
import Pipeline
import ProtocolModel
import Recognition
import Rendering

/// What stages use: the photos' pixels and the data of the run. Immutable, or made once when first asked for.
package final class Services: Sendable {
  private let photos: [PhotoID: ScannedPhoto]
  private let loader = PhotoLoader()
  /// The settled run.
  let configuration: RunConfiguration
  /// Threads that read.
  let jobs: Int
  /// Whether outputs show whole photos.
  let showsFullPhotos: Bool

  private let lexicon: Lazy<Lexicon>
  private let analyzer: Lazy<GermanAnalyzer>
  private let thesaurus = Lazy { Thesaurus.installed() }
  /// Digests of the dictionaries that cleaning and coding read from the system, made once for all stages.
  let languageIngredients: [String: String]

  /// Gathers services for the photos of one run.
  init(photos: [ScannedPhoto], configuration: RunConfiguration, jobs: Int, showsFullPhotos: Bool) {
    self.photos = Dictionary(photos.map { ($0.photo.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.configuration = configuration
    self.jobs = jobs
    self.showsFullPhotos = showsFullPhotos
    let words = Self.ownWords(of: configuration)
    let lexicon = Lazy { Lexicon(extraWords: words) }
    self.lexicon = lexicon
    analyzer = Lazy { try GermanAnalyzer(lexicon: try lexicon.get()) }
    languageIngredients = Self.dictionaryDigests()
  }

  /// The photo of a stage.
  func photo(_ input: any LayerReader) throws(Diagnostic) -> ScannedPhoto {
    guard let id = input.photo, let photo = photos[id] else {
      throw Diagnostic(.error, .impossible, "a photo stage runs without a photo: a fault in the runner")
    }
    return photo
  }

  /// Words that no dictionary has but this workshop uses: names of its event and the code book's labels.
  static func ownWords(of configuration: RunConfiguration) -> [String] {
    let event = configuration.event
    let texts =
      [event.title, event.series, event.place].compactMap { $0 } + event.organisers
      + event.agenda.flatMap { [$0.title] + $0.boards } + configuration.codebook.codes.map(\.label)
    return Set(texts.flatMap { $0.split { !$0.isLetter }.map(String.init) }).sorted()
  }

  /// Words that readings are compared with beside the dictionary's: the workshop's own and those of the cues. Shorter
  /// ones than five letters and patterns that stand for other words are left out.
  func readingWords() -> [String] {
    let plain = configuration.codebook.cues.map(\.pattern).filter { !$0.contains { "{*|".contains($0) } }
    let words = plain.flatMap { $0.split { !$0.isLetter }.map(String.init) }.filter { $0.count >= 5 }
    return Set(Self.ownWords(of: configuration) + words).sorted()
  }

  /// Cleans texts.
  func normalizer() throws(Diagnostic) -> Normalizer {
    try loaded("cleaning tables") { try Normalizer(known: try Vocabulary(lexicon: try lexicon.get())) }
  }

  /// Turns text into tokens.
  func textAnalyzer() throws(Diagnostic) -> any TextAnalyzer {
    try loaded("language tables") { try analyzer.get() }
  }

  /// Codes notes.
  func coder(_ parameters: CodingParameters) throws(Diagnostic) -> NoteCoder {
    try loaded("language tables") {
      NoteCoder(
        codeBook: configuration.codebook, analyzer: try analyzer.get(), parameters: parameters,
        thesaurus: parameters.usesSynonyms ? try thesaurus.get() : nil, weights: configuration.weights)
    }
  }

  private static func dictionaryDigests() -> [String: String] {
    let files = DictionaryFiles.installed()
    let places = [files?.words, files?.affixes, Thesaurus.places.first { FileManager.default.fileExists(atPath: $0) }]
    return places.compactMap { $0 }.reduce(into: [:]) { table, place in
      guard let bytes = FileManager.default.contents(atPath: place) else { return }
      table["dictionary \((place as NSString).lastPathComponent)"] = ContentDigest.sha256([UInt8](bytes)).rawValue
    }
  }

  private func loaded<Value>(_ what: String, _ make: () throws -> Value) throws(Diagnostic) -> Value {
    do { return try make() } catch {
      throw Diagnostic(
        .error, .damagedInstallation, "the \(what) of the program are missing", hint: "install the program again")
    }
  }

  /// The photo of a stage as it hangs: turned as the search for notes found it to lie.
  func upright(_ input: any LayerReader) throws(Diagnostic) -> ScannedPhoto {
    var photo = try photo(input)
    photo.quarterTurns = try input.own(BoardLayer.self).orientation.quarterTurns
    photo.photo = photo.photo.turned(quarterTurns: photo.quarterTurns)
    return photo
  }

  /// The words of the protocol.
  func documentTexts() throws(Diagnostic) -> DocumentTexts {
    do throws(TextsError) { return try DocumentTexts.bundled("de") } catch {
      throw Diagnostic(
        .error, .damagedInstallation, "the words of the protocol are missing", hint: "install the program again")
    }
  }

  /// The upright pixels, at a fraction of the size where `reduction` is 2, 4 or 8.
  func pixels(_ photo: ScannedPhoto, reduction: Int = 1) throws(Diagnostic) -> Raster {
    do throws(IngestError) { return try loader.load(photo, reduction: reduction) } catch {
      throw error.diagnostic(at: photo.photo.file)
    }
  }
}

extension LayerReader {
  /// A layer of the stage's own photo, which an earlier stage must have written.
  func own<L: Layer>(_ type: L.Type) throws(Diagnostic) -> L {
    guard let photo, let layer = try layer(type, of: photo) else {
      throw Diagnostic(.error, .impossible, "the layer '\(type.layerName)' is missing: a fault in the runner")
    }
    return layer
  }
}

extension WordFrequencies {
  /// The frequencies of words for readers of lines.
  static func forReading() throws(RecognitionError) -> GermanLexicon.Frequencies {
    do { return try bundled() } catch { throw .badResource("word-costs") }
  }
}

extension DictionaryFiles {
  /// The installed dictionary for readers of lines, which have no use for it where a word list is installed.
  static func forReading() -> GermanLexicon.Dictionary? { installed().map { ($0.affixes, $0.words) } }
}
