import ArgumentParser
import Foundation
import FotoprotokollKit
import ProtocolModel

/// `fotoprotokoll`: photos of a workshop become a protocol.
@main struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fotoprotokoll",
    abstract: "Turns the photos at the end of a workshop into a protocol people can trust.",
    discussion: """
      Example, in a fresh clone:
        fotoprotokoll run samples/ki-skepsis/photos --pipeline pipeline.json --into out

      Nothing leaves this machine. What cannot be read is shown as its picture, never as guessed text.
      """,
    version: ProgramVersion.current,
    subcommands: [
      RunCommand.self, InitCommand.self, DoctorCommand.self, StagesCommand.self, ValidateCommand.self,
      ConfigCommand.self, ExplainCommand.self, CleanCommand.self, EvaluateCommand.self, ReadCommand.self,
      CodeCommand.self, CodebookCommand.self,

    ])

  static func main() {
    Interrupt.install()
    // A reader that went away (`| head`) is no fault of ours and must not kill a run half-way.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as Stop {
      error.terminal.show(error.diagnostic)
      exit(withError: ExitStatus(for: error.diagnostic).exit)
    } catch {
      exit(withError: error)
    }
  }
}

/// An error that ends a command, with the terminal that shows it.
struct Stop: Error {
  let diagnostic: Diagnostic
  let terminal: Terminal
}

/// Options that every command has.
struct CommonOptions: ParsableArguments {
  @Flag(help: "Print one JSON object per line on stdout and nothing else there.")
  var json = false

  @Option(help: "Language of the messages: de or en. (default: the locale's)")
  var lang: String?

  var terminal: Terminal { Terminal(format: json ? .json : .plain, language: lang) }

  func validate() throws {
    if let lang, !["de", "en"].contains(lang) { throw ValidationError("--lang takes de or en, not '\(lang)'") }
  }
}
