import GermanText
import Imaging
import Pipeline
import ProtocolModel
import Recognition

/// Reads every region of a photo.
struct RecognizeStage: Stage {
  static let description = StageDescription(
    name: "text.recognize", revision: 18, scope: .photo, reads: [Photo.layerName, BoardLayer.layerName],
    writes: ReadingLayer.layerName,
    fields: [
      ParameterField(
        "deadline", .number, default: 8, range: 0.1...600,
        "Longest processor time for one note, seconds; junk ink costs no more."
      ),
      ParameterField("usesNetwork", .boolean, default: true, "Whether the neural line reader takes part."),
      ParameterField("usesTunedTesseract", .boolean, default: true, "Whether Tesseract tuned to handwriting does."),
      ParameterField("usesLexicon", .boolean, default: true, "Whether readings are compared with German words."),
      ParameterField("looksAgain", .boolean, default: true, "Whether unsure lines are looked at in further ways."),
      ParameterField("cutsAgain", .boolean, default: true, "Whether unsure notes are cut into lines in further ways."),
      ParameterField(
        "margin", .number, default: 0.06, range: 0...1, "Paper around a line's ink, in heights of the ink."),
    ],
    summary: "Reads lines with the neural reader and Tesseract; what is not certain enough is unlesbar.")

  private let services: Services
  private let readers: Lazy<ReadingServices>
  let ingredients: [String: String]

  init(_ parameters: StageParameters, services: Services) throws(Diagnostic) {
    self.services = services
    var settings = NoteReader.Settings(deadline: .milliseconds(Int64(parameters.number("deadline") * 1000)))
    settings.segmentsAgain = parameters.boolean("cutsAgain")
    settings.margin = parameters.number("margin")
    var parts = ReadingServices.Parts()
    parts.network = parameters.boolean("usesNetwork")
    parts.tuned = parameters.boolean("usesTunedTesseract")
    parts.lexicon = parameters.boolean("usesLexicon")
    parts.looks = parameters.boolean("looksAgain")
    let (jobs, language) = (services.jobs, services.configuration.languages.joined(separator: "+"))
    let words = services.readingWords()
    readers = Lazy { [settings, parts] in
      try ReadingServices(
        engines: jobs, language: language, dictionary: DictionaryFiles.forReading(), words: words,
        frequencies: WordFrequencies.forReading(), parts: parts, settings: settings)
    }
    ingredients = try readers.loaded().identities.reduce(into: [:]) { table, identity in
      table["engine \(identity.name)"] = "\(identity.version) \(identity.data)"
    }
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> ReadingLayer {
    let photo = try services.upright(input)
    let board = try input.own(BoardLayer.self)
    let reader = try readers.loaded()
    let raster = try services.pixels(photo)
    let scale = Double(raster.width) / Double(max(1, photo.photo.width))
    let regions = scale == 1 ? board.regions.regions : board.regions.regions.map { $0.scaled(by: scale) }
    let sheets = scale == 1 ? board.sheets.sheets : board.sheets.sheets.map { $0.scaled(by: scale) }
    var texts: [RecognizedText]
    do throws(RecognitionError) {
      texts = try reader.notes.read(regions, in: raster, sheets: sheets, textLayer: photo.photo.textLayer)
    } catch {
      throw error.diagnostic(at: photo.photo.file)
    }
    if scale != 1 { texts = texts.map { $0.scaled(by: 1 / scale) } }
    let late = texts.filter(\.timedOut).count
    if late > 0 {
      reporting(
        Diagnostic(
          .warning, .readingTimedOut, "\(late) notes took longer than their deadline", at: photo.photo.file,
          hint: "raise 'deadline' of text.recognize in pipeline.json"))
    }
    let struck = texts.reduce(0) { $0 + $1.struckOut }
    if struck > 0 {
      reporting(
        Diagnostic(
          .note, .wordsStruckOut, "\(struck) struck-out words were left out", at: photo.photo.file,
          hint: "'fotoprotokoll explain' shows the picture of a note"))
    }
    return ReadingLayer(photo: photo.photo.id, texts: texts)
  }
}

extension Lazy where Value == ReadingServices {
  /// The readers; missing language data ends the run.
  func loaded() throws(Diagnostic) -> ReadingServices {
    do { return try get() } catch {
      throw (error as? RecognitionError)?.diagnostic(at: nil)
        ?? Diagnostic(.error, .impossible, "the readers cannot be made: a fault in their loading")
    }
  }
}

extension DiagnosticCode {
  /// Notes whose reading was ended by the deadline.
  static let readingTimedOut = DiagnosticCode(rawValue: "FP320")
  /// Struck-out words that were left out of the reading.
  static let wordsStruckOut = DiagnosticCode(rawValue: "FP321")
}

extension RecognizedText {
  /// The text with its places multiplied.
  func scaled(by factor: Double) -> RecognizedText {
    var text = self
    for line in text.lines.indices {
      text.lines[line].polygon = lines[line].polygon.scaled(by: factor)
      for word in text.lines[line].words.indices {
        text.lines[line].words[word].polygon = lines[line].words[word].polygon.scaled(by: factor)
      }
    }
    return text
  }
}
