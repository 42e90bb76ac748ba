import ArgumentParser
import Foundation
import FotoprotokollKit
import ProtocolModel

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Makes the protocol of a folder of photos.",
    discussion: """
      Example:
        fotoprotokoll run samples/ki-skepsis/photos --into out

      Writes protocol.html, protocol.md, protocol.json and notes.csv into one folder; a second run only does what
      changed. A folder may bring an event.json ('fotoprotokoll init FOLDER' writes one) or a pipeline.json of its own.

      Exit codes: 0 done, 1 --fail-on was met, 2 some photos could not be used, 64 usage, 65 no readable input,
      69 language data missing, 70 a fault of this program, 73 cannot write, 78 bad pipeline or event file,
      130 interrupted.
      """)

  @Argument(help: "Folders (searched recursively) or files: JPEG, PNG, TIFF, WebP, HEIC, PDF, PPTX, DOCX.")
  var inputs: [String]

  @Option(name: [.long, .customShort("o")], help: "Folder for the outputs. (default: protocol next to the input)")
  var into: String?

  @Option(help: "Folder of the result store, to share one between runs. (default: .store in the output folder)")
  var store: String?

  @Option(help: "A pipeline.json. (default: the input folder's own, or the bundled one)")
  var pipeline: String?

  @Option(help: "A code book: the id of a bundled one or a file. (default: the pipeline's, or ki-skepsis)")
  var codebook: String?

  @Option(name: [.long, .customShort("j")], help: "Photos worked on side by side. (default: one per processor)")
  var jobs: Int?

  @Option(help: "Title of the workshop, instead of the event's.")
  var title: String?

  @Option(help: "Date of the workshop, instead of the event's.")
  var date: String?

  @Option(help: "Place of the workshop, instead of the event's.")
  var place: String?

  @Flag(help: "Stop after finding: writes numbered overlay pictures and what to photograph again.")
  var onlyFind = false

  @Flag(help: "Show whole photos in the outputs, not only the sheets. People and the room become visible.")
  var fullPhotos = false

  @Flag(help: "Write notes.csv as German Excel expects: semicolons and a byte order mark.")
  var excel = false

  @Option(help: "Exit with 1 when something this bad was met: note, warning or error. (default: never)")
  var failOn: FailOn?

  @OptionGroup var common: CommonOptions

  enum FailOn: String, ExpressibleByArgument {
    case note, warning, error
    var severity: Diagnostic.Severity { Diagnostic.Severity(rawValue: rawValue) ?? .error }
  }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a whole number from 1") }
  }

  func run() throws {
    let terminal = common.terminal
    var request = RunRequest(inputs: inputs, output: into ?? defaultOutput)
    request.store = store
    request.pipeline = pipeline
    request.codebook = codebook
    request.jobs = jobs
    request.title = title
    request.date = date
    request.place = place
    request.onlyFind = onlyFind
    request.fullPhotos = fullPhotos
    request.excel = excel
    let progress = ProgressPrinter(terminal)
    let result: RunResult
    do throws(Diagnostic) {
      result = try Fotoprotokoll.run(
        request, isCancelled: { Interrupt.isRequested }, progress: { progress.update($0) },
        report: { terminal.show($0) })
    } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
    if result.isCancelled {
      terminal.say(terminal.messages["interrupted"])
      throw ExitStatus.interrupted.exit
    }
    finish(result, terminal)
    if result.failedPhotos > 0 { throw ExitStatus.somePhotosFailed.exit }
    if let failOn, result.diagnostics.contains(where: { $0.severity >= failOn.severity }) {
      throw ExitStatus.failOnMet.exit
    }
  }

  /// `protocol` beside a folder given by its path; beside the first file otherwise.
  private var defaultOutput: String {
    let first = URL(fileURLWithPath: inputs.first ?? ".").standardizedFileURL
    return first.deletingLastPathComponent().appendingPathComponent("protocol").path
  }

  private func finish(_ result: RunResult, _ terminal: Terminal) {
    if terminal.format == .json {
      terminal.object(Done(event: "done", result: result))
      return
    }
    for file in result.files { terminal.result(file) }
    let warnings = result.diagnostics.filter { $0.severity == .warning }.count
    terminal.say(
      terminal.messages[
        "summary", "\(result.photos)", "\(result.notes)", "\(result.legibleNotes)", "\(warnings)", "\(result.hits)",
        "\(result.steps)"])
    if result.failedPhotos > 0 { terminal.say(terminal.messages["failed-photos", "\(result.failedPhotos)"]) }
    if let page = result.files.first(where: { $0.hasSuffix(".html") }) {
      terminal.say(terminal.messages["next-open", page])
    }
  }

  private struct Done: Encodable {
    let event: String
    let result: RunResult
  }
}
