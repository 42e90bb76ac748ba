import ArgumentParser
import Foundation
import FotoprotokollKit
import ProtocolModel

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes an event.json to fill in.",
    discussion: "Example:\n  fotoprotokoll init fotos/")

  @Argument(help: "The folder with the photos.")
  var folder: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    do throws(Diagnostic) {
      let (path, isNew) = try EventTemplate.write(into: folder)
      terminal.result(path)
      terminal.say(terminal.messages[isNew ? "written" : "exists", path])
    } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
  }
}

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Checks versions, language data, programs and folders, and says how to fix them.")

  @Option(help: "An output folder to check for write permission.")
  var into = "."

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    let checks = Doctor.checks(output: into)
    for check in checks {
      if terminal.format == .json {
        terminal.object(check)
      } else {
        terminal.result("\(check.isFine ? "ok  " : check.isOptional ? "--  " : "FEHLT") \(check.name): \(check.found)")
        if !check.isFine, let fix = check.fix { terminal.result("      \(terminal.messages["hint"]): \(fix)") }
      }
    }
    if checks.contains(where: { !$0.isFine && !$0.isOptional }) { throw ExitStatus.missingData.exit }
  }
}

struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "Lists the stages with their parameters, defaults and ranges.")

  @OptionGroup var common: CommonOptions

  func run() {
    let terminal = common.terminal
    for stage in StageCatalogue.all {
      if terminal.format == .json {
        terminal.object(stage)
        continue
      }
      terminal.result("\(stage.name)  (\(stage.scope), \(stage.reads.joined(separator: ", ")) -> \(stage.writes))")
      terminal.result("  \(stage.summary)")
      for field in stage.parameters {
        terminal.result("  - \(field.name): \(field.summary) (\(field.type), default \(field.defaultValue))")
      }
    }
  }
}

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Checks a pipeline.json and everything it names; runs nothing.",
    discussion: "Example:\n  fotoprotokoll validate pipeline.json")

  @Argument(help: "The file.")
  var pipeline = "pipeline.json"

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    var request = RunRequest(inputs: [], output: ".")
    request.pipeline = pipeline
    guard let stages = Fotoprotokoll.check(request, report: { terminal.show($0) }) else {
      throw ExitStatus.badConfiguration.exit
    }
    terminal.say(terminal.messages["no-problems", pipeline, "\(stages)"])
  }
}

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Prints the pipeline a run would use.",
    discussion: "Example:\n  fotoprotokoll config --effective --pipeline pipeline.json")

  @Argument(help: "The folder with the photos, whose own files count.")
  var input: String?

  @Option(help: "A pipeline.json.")
  var pipeline: String?

  @Flag(help: "With every default filled in.")
  var effective = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    var request = RunRequest(inputs: input.map { [$0] } ?? [], output: ".")
    request.pipeline = pipeline
    guard let text = Fotoprotokoll.configuration(request, effective: effective, report: { terminal.show($0) }) else {
      throw ExitStatus.badConfiguration.exit
    }
    terminal.result(text)
  }
}

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Removes an output folder's files and store; nothing else in it.",
    discussion: "Example:\n  fotoprotokoll clean out")

  @Argument(help: "The output folder.")
  var output: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    do throws(Diagnostic) {
      let removed = try OutputFolder.clean(output)
      for name in removed { terminal.say(terminal.messages["cleaned", name]) }
    } catch {
      throw Stop(diagnostic: error, terminal: terminal)
    }
  }
}
