import ArgumentParser
import FotoprotokollKit
import ProtocolModel

struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Reads pictures of single lines, as the lines of a note are read.",
    discussion: """
      Example:
        fotoprotokoll read zeile-*.png --tsv

      Prints file, text, confidence, reader and whether a protocol would show it (legible); always the best reading.
      """)

  @Argument(help: "Pictures of one line each: PNG (also with alpha), JPEG, TIFF, WebP; tight or loose.")
  var pictures: [String]

  @Flag(help: "Print tabs between the columns and nothing else. (this is also the default)")
  var tsv = false

  @Option(help: "Ask one reader alone, such as tesseract:deu. (default: all, best evidence wins)")
  var reader: String?

  @Flag(help: ArgumentHelp("Print what every look at the line says, as JSON.", visibility: .hidden))
  var evidence = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let reader, !reader.hasPrefix("tesseract:") {
      throw ValidationError("--reader takes tesseract: and a language, not '\(reader)'")
    }
  }

  func run() throws {
    let terminal = common.terminal
    var failed = false
    do throws(Diagnostic) {
      let service = try LinePictureReader(reader: reader)
      for picture in pictures where !Interrupt.isRequested {
        do throws(Diagnostic) {
          if evidence {
            terminal.object(try service.evidence(picture))
            continue
          }
          let result = try service.read(picture)
          if terminal.format == .json { terminal.object(result) } else { terminal.result(result.tsv) }
        } catch {
          terminal.show(error)
          failed = true
        }
      }
    } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
    if Interrupt.isRequested { throw ExitStatus.interrupted.exit }
    if failed { throw ExitStatus.somePhotosFailed.exit }
  }
}
