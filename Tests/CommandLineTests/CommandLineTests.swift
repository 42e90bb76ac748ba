import Foundation
import TestSupport
import Testing

@Suite struct CommandLineTests {
  let program: BuiltProgram

  init() throws { program = try #require(BuiltProgram(), "the program is built with the tests") }

  @Test func helpNamesEveryCommand() throws {
    let help = try program.run(["--help"])
    #expect(help.status == 0)
    for command in [
      "run", "init", "doctor", "stages", "validate", "config", "explain", "clean", "evaluate", "read", "code",
      "codebook",
    ] {
      #expect(help.stdout.contains("\n  \(command) "), "\(command) is not in --help")
      #expect(try program.run([command, "--help"]).status == 0)
    }
  }

  @Test(arguments: [["run"], ["run", "a", "--jobs", "0"], ["run", "a", "--lang", "fr"], ["nonsense"]])
  func wrongCallsExitWith64(arguments: [String]) throws {
    let result = try program.run(arguments)
    #expect(result.status == 64)
    #expect(result.stdout.isEmpty)
    #expect(!result.stderr.isEmpty)
  }

  @Test func codeCleansReadingsAndShowsEachEdit() throws {
    let folder = try TemporaryFolder()
    let notes = folder.path("notes.jsonl")
    try Data((#"{"id": "a", "board": "Maßnahmen", "text": "Weiter-\nbiIdung anbieten"}"# + "\n").utf8)
      .write(to: URL(fileURLWithPath: notes))
    let result = try program.run(["code", notes, "--clean"])
    #expect(result.status == 0)
    #expect(result.stdout.contains(#""rule":"join-hyphenated-words""#))
    #expect(result.stdout.contains(#""text":"Weiterbildung anbieten""#))
    #expect(try !program.run(["code", notes]).stdout.contains("edits"))
  }

  @Test func anEmptyFolderExitsWith65() throws {
    let folder = try TemporaryFolder()
    let result = try program.run(["run", folder.url.path, "--into", folder.path("out")])
    #expect(result.status == 65)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("FP1"))
  }

  @Test func aWrongPipelineExitsWith78AndPointsAtTheKey() throws {
    let folder = try TemporaryFolder()
    let pipeline = folder.path("pipeline.json")
    try Data(#"{"version": 1, "stages": [{"use": "text.recognise"}]}"#.utf8).write(to: URL(fileURLWithPath: pipeline))
    let result = try program.run(["validate", pipeline])
    #expect(result.status == 78)
    #expect(result.stderr.contains("pipeline.json:/stages/0/use: error[FP201]"))
    #expect(result.stderr.contains("did you mean 'text.recognize'?"))
  }

  @Test func messagesAreGermanWhereTheLocaleIs() throws {
    let folder = try TemporaryFolder()
    let result = try program.run(
      ["run", folder.url.path, "--into", folder.path("out")], environment: ["LC_ALL": "de_DE.UTF-8"])
    #expect(result.stderr.contains("Fehler[FP"))
    #expect(result.stderr.contains("Tipp:"))
  }

  @Test func aPlaceThatCannotBeWrittenExitsWith73() throws {
    let folder = try TemporaryFolder()
    try Data("a file".utf8).write(to: folder.url.appendingPathComponent("file"))
    let photo = PackageRoot.samplePhotos.appendingPathComponent("IMG_20250917_110705.jpg").path
    let result = try program.run(["run", photo, "--into", folder.path("file/out")])
    #expect(result.status == 73)
    #expect(result.stdout.isEmpty)
  }

  @Test func theEffectiveConfigurationIsAPipelineOfItsOwn() throws {
    let folder = try TemporaryFolder()
    let root = PackageRoot.url.appendingPathComponent("pipeline.json").path
    let first = try program.run(["config", "--effective", "--pipeline", root])
    #expect(first.status == 0)
    let copy = folder.path("pipeline.json")
    try Data(first.stdout.utf8).write(to: URL(fileURLWithPath: copy))
    let second = try program.run(["config", "--effective", "--pipeline", copy])
    #expect(second.stdout == first.stdout)
    #expect(try program.run(["validate", copy]).status == 0)
  }

  @Test func initWritesAnEventThatARunAccepts() throws {
    let folder = try TemporaryFolder()
    let result = try program.run(["init", folder.url.path])
    #expect(result.status == 0)
    #expect(result.stdout.hasSuffix("event.json\n"))
    let before = try Data(contentsOf: folder.url.appendingPathComponent("event.json"))
    #expect(try program.run(["init", folder.url.path]).status == 0)
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("event.json")) == before)
    #expect(try program.run(["config", folder.url.path]).stdout.contains("Titel des Workshops"))
  }

  @Test func cleanLeavesStrangersAlone() throws {
    let folder = try TemporaryFolder()
    try Data("mine".utf8).write(to: folder.url.appendingPathComponent("letter.txt"))
    let result = try program.run(["clean", folder.url.path])
    #expect(result.status == 73)
    #expect(FileManager.default.fileExists(atPath: folder.path("letter.txt")))
  }

  @Test func stagesAreOneObjectALine() throws {
    let lines = try program.run(["stages", "--json"]).stdout.split(separator: "\n")
    #expect(lines.count >= 8)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["name"] is String)
    }
  }
}
