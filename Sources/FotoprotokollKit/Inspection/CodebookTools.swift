import ContentCoding
import Foundation
import GermanText
import Hashing
package import ProtocolModel

/// What people do with a code book outside a run: code typed notes, check, print, convert and improve it.
package struct CodebookTools: Sendable {
  private let book: CodeBook
  private let file: String
  private let weights: LearnedWeights?
  private let lexicon: Lexicon
  private let analyzer: any TextAnalyzer

  /// Opens a code book: the id of a bundled one, or a file. Throws the first of its faults after reporting all.
  package init(_ name: String, report: DiagnosticSink) throws(Diagnostic) {
    let bytes: [UInt8]
    weights = try LearnedFile(codeBook: name).read()?.weights
    if let bundled = BundledFiles.codebook(name) {
      bytes = [UInt8](bundled)
      file = "\(name).json"
    } else if let found = FileManager.default.contents(atPath: name) {
      bytes = [UInt8](found)
      file = (name as NSString).lastPathComponent
    } else {
      throw Diagnostic(
        .error, .codeBookUnknown, "no code book is called '\(name)', and no file either",
        hint: "bundled: \(BundledFiles.codebookNames.joined(separator: ", "))")
    }
    do throws(CodeBookError) { book = try CodeBookLoader.load(bytes, file: file) } catch {
      for diagnostic in error.diagnostics.dropLast() { report(diagnostic) }
      throw error.diagnostics.last ?? Diagnostic(.error, .codeBookUnknown, "the code book cannot be used", at: file)
    }
    lexicon = Lexicon(extraWords: book.codes.map(\.label))
    do throws(TableError) { analyzer = try GermanAnalyzer(lexicon: lexicon) } catch { throw Self.damaged }
  }

  private static let damaged = Diagnostic(
    .error, .damagedInstallation, "the language tables of the program are missing", hint: "install the program again")

  /// Codes typed notes; one JSON object a line comes out for each that is one.
  ///
  /// - Parameter cleans: whether texts are cleaned first, as readings are; the object has the cleaned text and each edit
  ///   then.
  package func code(
    _ text: String, isCSV: Bool, name: String, cleans: Bool = false, report: DiagnosticSink
  ) throws(Diagnostic) -> [String] {
    let coder = NoteCoder(codeBook: book, analyzer: analyzer, thesaurus: Thesaurus.installed(), weights: weights)
    let lines = NoteLines.read(text, format: isCSV ? .csv : .jsonLines, file: name, reporting: report)
    guard cleans else { return lines.map { NoteLines.json(coder.code(NoteLines.input($0))) } }
    let normalizer: Normalizer
    do throws(TableError) { normalizer = try Normalizer(known: Vocabulary(lexicon: lexicon)) } catch {
      throw Self.damaged
    }
    return lines.map { line in
      let cleaned = normalizer.clean(line.text, isGuessed: line.isGuessed)
      var line = line
      line.text = cleaned.text
      return NoteLines.json(coder.code(NoteLines.input(line)), cleaned: (cleaned.text, cleaned.edits))
    }
  }

  /// Cues that do not fire on their own example, are shadowed, or contradict each other.
  package func check() -> [Diagnostic] { CodeBookCheck(codeBook: book, analyzer: analyzer).findings(file: file) }

  /// The coding guide (Kodierleitfaden), as Markdown.
  package func guide() -> String { CodingGuide(codeBook: book).markdown() }

  /// The codes as REFI-QDA code book (`.qdc`).
  package func qdc() -> String {
    let prefix = book.id
    return QDCWriter(codeBook: book) { ContentDigest.uuid(named: "\(prefix)/\($0)") }.xml()
  }

  /// New cues that coded notes (`notes.jsonl` with `labels`) speak for, as a patch to review.
  package func suggest(from text: String, name: String, report: DiagnosticSink) -> String {
    let notes = labelled(text, name, report).map { CodedNote(id: $0.id, text: $0.text, codes: $0.labels) }
    return CueLearner.patch(CueLearner(codeBook: book, analyzer: analyzer).suggestions(from: notes))
  }

  /// The weights that coded notes teach (`notes.jsonl` with `labels` and `board`), as the file that belongs beside the
  /// code book. `known` are notes that its cues were written after, `chosen` notes that were written to show something.
  package func learn(
    from text: String, known: String, chosen: String = "", version: String, source: String, report: DiagnosticSink
  ) throws(Diagnostic) -> String {
    func examples(
      _ text: String, _ name: String, isKnown: Bool = false, isChosen: Bool = false
    ) -> [WeightLearner.Example] {
      labelled(text, name, report).map { note in
        WeightLearner.Example(
          note: NoteInput(region: RegionID(rawValue: note.id), text: note.text, boardHeading: note.board),
          codes: note.labels, isKnown: isKnown, isChosen: isChosen)
      }
    }
    let all =
      examples(text, "notes") + examples(known, "known notes", isKnown: true)
      + examples(chosen, "chosen notes", isChosen: true)
    let learner = WeightLearner(codeBook: book, analyzer: analyzer, thesaurus: Thesaurus.installed())
    guard let weights = learner.weights(from: all, version: version, source: source) else {
      throw Diagnostic(
        .error, .nothingToLearn, "no note has a code of the code book", at: file,
        hint: "give every line an object with 'id', 'board', 'text' and 'labels', the first label being a code's id")
    }
    return weights.text
  }

  private struct Labelled: Decodable {
    var id: String
    var board: String?
    var text: String
    var labels: [String]
  }

  private func labelled(_ text: String, _ name: String, _ report: DiagnosticSink) -> [Labelled] {
    text.split(whereSeparator: \.isNewline).enumerated().compactMap { number, line in
      if let note = try? JSONDecoder().decode(Labelled.self, from: Data(line.utf8)) { return note }
      report(
        Diagnostic(
          .warning, .noteLineUnreadable, "the line is no coded note", at: "\(name):\(number + 1)",
          hint: "give every line an object with 'id', 'text' and 'labels'"))
      return nil
    }
  }

  /// Reads a foreign code book (`.qdc`, quanteda `.yml`, LIWC `.dic`) and returns it as this program's JSON.
  package static func imported(_ path: String, report: DiagnosticSink) throws(Diagnostic) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Diagnostic(.error, .importUnreadable, "the file cannot be read", at: (path as NSString).lastPathComponent)
    }
    let file = (path as NSString).lastPathComponent
    let id = (file as NSString).deletingPathExtension
    switch (file as NSString).pathExtension.lowercased() {
    case "qdc":
      do throws(CodeBookError) {
        let result = try QDCReader.read([UInt8](bytes), id: id, title: id, file: file)
        for finding in result.findings { report(finding) }
        return CodeBookWriter.json(result.codeBook)
      } catch {
        throw error.diagnostics.first ?? Diagnostic(.error, .importUnreadable, "the file is no code book", at: file)
      }
    case "yml", "yaml", "dic":
      let text = String(decoding: bytes, as: UTF8.self)
      let result =
        file.lowercased().hasSuffix("dic")
        ? DictionaryImport.liwc(text, id: id, file: file) : DictionaryImport.quanteda(text, id: id, file: file)
      for finding in result.findings { report(finding) }
      return CodeBookWriter.json(result.codeBook)
    default:
      throw Diagnostic(
        .error, .importUnreadable, "'\(file)' is of no known kind", at: file,
        hint: "REFI-QDA .qdc, quanteda .yml and LIWC .dic are read")
    }
  }
}
