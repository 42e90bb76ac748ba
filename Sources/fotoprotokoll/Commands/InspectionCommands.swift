import ArgumentParser
import Foundation
import FotoprotokollKit
import ProtocolModel

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Shows why a note says what it says: photo, reading, edits, cues, codes.",
    discussion: """
      Example:
        fotoprotokoll explain out IMG_20250917_103906.jpg#3
      """)

  @Argument(help: "The output folder of a run.")
  var output: String

  @Argument(help: "The note: its id, or FILE#NUMBER as on the overlay.")
  var note: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    let found: Explanation?
    do throws(Diagnostic) { found = try Explanation.find(note, in: output) } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
    guard let found else {
      terminal.say(terminal.messages["no-note", note])
      throw ExitStatus.unreadableInput.exit
    }
    if terminal.format == .json {
      terminal.object(found)
    } else {
      for line in found.lines({ terminal.messages["explain-\($0)"] }) { terminal.result(line) }
    }
  }
}
