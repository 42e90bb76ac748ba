import ArgumentParser
import FotoprotokollKit
import ProtocolModel

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures a run against ground truth.",
    discussion: """
      Example:
        fotoprotokoll evaluate out --against samples/ki-skepsis/ground-truth

      Notes found (precision, recall, F1 at IoU 0.5), characters and words read wrong, coverage and gibberish, reading
      order, groups, votes and codes; per medium and difficulty.
      """)

  @Argument(help: "The output folder of a run.")
  var output: String

  @Option(help: "Folder with ground truth.")
  var against: String

  @Option(help: "Coded notes (notes.jsonl), to compare codes. (default: notes.jsonl in the ground truth's folder)")
  var notes: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    do throws(Diagnostic) {
      let measurement = try Measurement(output: output, against: against, notes: notes)
      terminal.result(terminal.format == .json ? measurement.json : measurement.table)
    } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
  }
}
