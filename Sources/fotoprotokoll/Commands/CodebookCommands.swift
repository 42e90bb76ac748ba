import ArgumentParser
import Foundation
import FotoprotokollKit
import ProtocolModel

struct CodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "code", abstract: "Codes texts without photos.",
    discussion: """
      Example:
        fotoprotokoll code samples/ki-skepsis/notes.jsonl --json

      Reads one JSON object a line (id, board, text) or CSV with these columns;
      prints one JSON object a line with id, codings (rank, score, evidence) and
      unassignedReason.

      With --clean the texts are taken for readings: hyphens at line ends and
      misread letters are undone first, and the object has text and edits, too.
      JSON lines may name their 'reader'; in what Tesseract read ('tesseract')
      more is undone.
      """)

  @Argument(help: "A .jsonl or .csv file; - for standard input (JSON lines).")
  var notes: String

  @Option(help: "A code book: the id of a bundled one or a file.")
  var codebook = "ki-skepsis"

  @Flag(help: "Clean the texts first, as readings are.")
  var clean = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = Terminal(format: .plain, language: common.lang)
    do throws(Diagnostic) {
      let text = try Input.text(notes)
      let tools = try CodebookTools(codebook, report: { terminal.show($0) })
      let name = (notes as NSString).lastPathComponent
      for line in try tools.code(
        text, isCSV: notes.lowercased().hasSuffix(".csv"), name: name, cleans: clean, report: { terminal.show($0) })
      {
        terminal.result(line)
      }
    } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
  }
}

struct CodebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook", abstract: "Checks, prints, converts and improves code books.",
    subcommands: [Check.self, Guide.self, Export.self, Import.self, Suggest.self, Learn.self])

  /// The code book that a subcommand works on.
  struct Book: ParsableArguments {
    @Argument(help: "A code book: the id of a bundled one or a file.")
    var codebook = "ki-skepsis"
    @OptionGroup var common: CommonOptions

    func use(_ body: (CodebookTools, Terminal) throws(Diagnostic) -> Void) throws {
      let terminal = common.terminal
      do throws(Diagnostic) {
        try body(try CodebookTools(codebook, report: { terminal.show($0) }), terminal)
      } catch {
        throw Stop(diagnostic: error, terminal: terminal)
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Names cues that do not fire on their example, are shadowed or contradict each other.")
    @OptionGroup var book: Book

    func run() throws {
      var hasErrors = false
      try book.use { tools, terminal in
        let findings = tools.check()
        for finding in findings { terminal.show(finding) }
        hasErrors = findings.contains { $0.severity == .error }
        if findings.isEmpty { terminal.say("ok") }
      }
      if hasErrors { throw ExitStatus.badConfiguration.exit }
    }
  }

  struct Guide: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the coding guide (Kodierleitfaden) as Markdown.")
    @OptionGroup var book: Book

    func run() throws { try book.use { tools, terminal in terminal.result(tools.guide()) } }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the codes as REFI-QDA code book (.qdc).")
    @OptionGroup var book: Book

    func run() throws { try book.use { tools, terminal in terminal.result(tools.qdc()) } }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Turns a .qdc, quanteda .yml or LIWC .dic into a code book; says what could not be carried.")
    @Argument(help: "The file.")
    var file: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let terminal = Terminal(format: .plain, language: common.lang)
      do throws(Diagnostic) {
        terminal.result(try CodebookTools.imported(file, report: { terminal.show($0) }))
      } catch {
        throw Stop(diagnostic: error, terminal: terminal)
      }
    }
  }

  struct Suggest: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Suggests cues from coded notes, with precision, recall and examples, as a patch to review.",
      discussion: "Example:\n  fotoprotokoll codebook suggest samples/ki-skepsis/notes.jsonl")
    @Argument(help: "Coded notes: one JSON object a line with id, text and labels.")
    var notes: String
    @Option(help: "A code book: the id of a bundled one or a file.")
    var codebook = "ki-skepsis"
    @OptionGroup var common: CommonOptions

    func run() throws {
      let terminal = Terminal(format: .plain, language: common.lang)
      do throws(Diagnostic) {
        let text = try Input.text(notes)
        let tools = try CodebookTools(codebook, report: { terminal.show($0) })
        terminal.result(
          tools.suggest(from: text, name: (notes as NSString).lastPathComponent, report: { terminal.show($0) }))
      } catch {
        throw Stop(diagnostic: error, terminal: terminal)
      }
    }
  }
}

extension CodebookCommand {
  struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Learns from coded notes what words say beside the cues; prints the file that belongs beside the code book.",
      discussion: """
        Example:
          fotoprotokoll codebook learn coded.jsonl --codebook mine.json > mine.weights.tsv
        """)
    @Argument(help: "Coded notes: one JSON object a line with id, board, text and labels, the first label first.")
    var notes: String
    @Option(help: "Coded notes that the cues were written after: their words count, their cues do not.")
    var known: String?
    @Option(help: "Coded notes written to show something: how common their kinds are is not learned.")
    var chosen: String?
    @Option(help: "A code book: the id of a bundled one or a file.")
    var codebook = "ki-skepsis"
    @Option(help: "The version of the weights.")
    var version = "1.0.0"
    @Option(help: "Where the coded notes come from.")
    var source = "coded notes"
    @OptionGroup var common: CommonOptions

    func run() throws {
      let terminal = Terminal(format: .plain, language: common.lang)
      do throws(Diagnostic) {
        let tools = try CodebookTools(codebook, report: { terminal.show($0) })
        let text = try tools.learn(
          from: try Input.text(notes), known: try known.map { path throws(Diagnostic) in try Input.text(path) } ?? "",
          chosen: try chosen.map { path throws(Diagnostic) in try Input.text(path) } ?? "", version: version,
          source: source, report: { terminal.show($0) })
        terminal.result(String(text.dropLast()))
      } catch {
        throw Stop(diagnostic: error, terminal: terminal)
      }
    }
  }
}

/// Text that a command reads.
enum Input {
  /// A file's text, or standard input's for `-`.
  static func text(_ path: String) throws(Diagnostic) -> String {
    let bytes =
      path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
    guard let bytes else {
      throw Diagnostic(
        .error, .unreadableText, "the file cannot be read", at: (path as NSString).lastPathComponent,
        hint: "check its path")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension DiagnosticCode {
  /// A file of notes cannot be opened.
  static let unreadableText = DiagnosticCode(rawValue: "FP152")
}
