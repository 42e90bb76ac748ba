import Foundation
import Pipeline
import ProtocolModel
import Synchronization
import Testing

@Suite struct PipelineDescriptionTests {
  func problems(_ json: String) -> [Diagnostic] {
    let found = Mutex<[Diagnostic]>([])
    _ = PipelineDescription(Data(json.utf8), file: "pipeline.json") { one in found.withLock { $0.append(one) } }
    return found.withLock { $0 }
  }

  static let cases: [(json: String, code: String, place: String, hint: String?)] = [
    (#"{"version": 1, "stagse": []}"#, "FP202", "pipeline.json:/stagse", "did you mean 'stages'?"),
    (#"{"version": 2}"#, "FP203", "pipeline.json:/version", #"set "version": 1"#),
    (#"{"version": 1, "stages": [{"use": 3}]}"#, "FP203", "pipeline.json:/stages/0/use", nil),
    (#"{"version": 1, "event": {"titel": "x"}}"#, "FP202", "pipeline.json:/event/titel", "did you mean 'title'?"),
    (
      #"{"version": 1, "event": {"agenda": [{"id": "a", "title": "A", "start": "25:00"}]}}"#, "FP203",
      "pipeline.json:/event/agenda/0/start", nil
    ),
    (
      #"{"version": 1, "event": {"agenda": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]}}"#, "FP203",
      "pipeline.json:/event/agenda/1/id", nil
    ),
    (#"{"version": 1, "a/b~": 1}"#, "FP202", "pipeline.json:/a~1b~0", nil),
  ]

  @Test(arguments: cases) func pointsAtTheKey(_ example: (json: String, code: String, place: String, hint: String?)) {
    let found = problems(example.json)
    #expect(found.count == 1)
    #expect(found.first?.code.rawValue == example.code)
    #expect(found.first?.location == example.place)
    if let hint = example.hint { #expect(found.first?.hint == hint) }
  }

  @Test func brokenJSONIsOneProblem() {
    #expect(problems("{\"version\": 1,,}").map(\.code.rawValue) == ["FP200"])
  }

  @Test func everythingWrongIsReportedAtOnce() {
    #expect(problems(#"{"version": 0, "x": 1, "codebook": 2, "event": []}"#).count == 4)
  }
}

@Suite struct PipelineResolverTests {
  let find = StageDescription(
    name: "board.find-notes", revision: 1, scope: .photo, reads: ["photo"], writes: "board",
    fields: [
      ParameterField("minimumArea", .number, default: 0.0002, range: 0...1, "Least area."),
      ParameterField("fallback", .string, default: "whole", choices: ["whole", "none"], "Where no edge is."),
      ParameterField("count", .integer, default: 3, "A count."),
    ], summary: "Finds.")
  let read = StageDescription(
    name: "text.recognize", revision: 1, scope: .photo, reads: ["board"], writes: "readings", fields: [],
    summary: "Reads.")

  func resolve(_ stages: String) -> (stages: [ResolvedStage], problems: [Diagnostic]) {
    let found = Mutex<[Diagnostic]>([])
    let report: @Sendable (Diagnostic) -> Void = { one in found.withLock { $0.append(one) } }
    let description = PipelineDescription(
      Data(#"{"version": 1, "stages": [\#(stages)]}"#.utf8), file: "p.json", report: report)
    let resolved = PipelineResolver.resolve(
      description.stages ?? [], file: "p.json", against: [find, read], roots: ["photo"], needs: "readings",
      report: report)
    return (resolved, found.withLock { $0 })
  }

  @Test func emptyParametersAreTheDefaults() {
    let (stages, problems) = resolve(#"{"use": "board.find-notes", "with": {}}, {"use": "text.recognize"}"#)
    #expect(problems.isEmpty)
    #expect(stages.first?.parameters == StageParameters(defaultsOf: find.fields))
  }

  static let faults: [(stages: String, code: String, place: String)] = [
    (#"{"use": "board.find-note"}, {"use": "text.recognize"}"#, "FP201", "p.json:/stages/0/use"),
    (#"{"use": "text.recognize"}"#, "FP204", "p.json:/stages/0"),
    (#"{"use": "board.find-notes"}"#, "FP204", "p.json:/stages"),
    (
      #"{"use": "board.find-notes", "with": {"minimumAera": 1}}, {"use": "text.recognize"}"#, "FP202",
      "p.json:/stages/0/with/minimumAera"
    ),
    (
      #"{"use": "board.find-notes", "with": {"minimumArea": 2}}, {"use": "text.recognize"}"#, "FP203",
      "p.json:/stages/0/with/minimumArea"
    ),
    (
      #"{"use": "board.find-notes", "with": {"fallback": "all"}}, {"use": "text.recognize"}"#, "FP203",
      "p.json:/stages/0/with/fallback"
    ),
    (
      #"{"use": "board.find-notes", "with": {"count": 1.5}}, {"use": "text.recognize"}"#, "FP203",
      "p.json:/stages/0/with/count"
    ),
  ]

  @Test(arguments: faults) func namesTheFault(_ fault: (stages: String, code: String, place: String)) {
    let problems = resolve(fault.stages).problems
    #expect(problems.contains { $0.code.rawValue == fault.code && $0.location == fault.place })
  }

  @Test func theNearestStageIsNamed() {
    let problems = resolve(#"{"use": "text.recognise"}"#).problems
    #expect(problems.first?.hint?.contains("'text.recognize'") == true)
  }
}
