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
    returnPictures()
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

/// Has the memory of pictures given back when they are let go of.
///
/// glibc asks for ever larger pieces itself and keeps 64 MB of what is free once it has seen large pictures come and go; with
/// two threads that is a quarter of the peak. Pieces of 8 MB are the kernel's, and 32 MB are kept, which cost no time that
/// could be measured.
private func returnPictures() {
  #if canImport(Glibc)
    // Neither is in Swift's Glibc module: M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of malloc.h.
    typealias Mallopt = @convention(c) (Int32, Int32) -> Int32
    guard let place = dlsym(nil, "mallopt") else { return }
    let set = unsafeBitCast(place, to: Mallopt.self)
    _ = set(-3, 8 << 20)
    _ = set(-1, 32 << 20)
  #endif
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
