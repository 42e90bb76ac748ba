import Foundation
import Pipeline
import ProtocolModel

/// The pipeline of a run as a `pipeline.json` that makes the same run.
struct ConfigurationText {
  private let configuration: RunConfiguration
  private let effective: Bool

  init(_ configuration: RunConfiguration, effective: Bool) {
    self.configuration = configuration
    self.effective = effective
  }

  var json: String? {
    let stages = configuration.stages.map { stage in
      Entry(use: stage.description.name, to: nil, with: shown(stage.parameters, of: stage.description.fields))
    }
    let outputs = configuration.outputs.map { output in
      Entry(use: output.use, to: output.to, with: shown(output.with, of: OutputCatalog.fields[output.use] ?? []))
    }
    let file = File(
      version: 1, codebook: configuration.codebook.id, languages: configuration.languages, stages: stages,
      event: configuration.event, outputs: outputs)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(file)).map { String(decoding: $0, as: UTF8.self) }
  }

  private func shown(_ parameters: StageParameters, of fields: [ParameterField]) -> [String: ParameterValue] {
    effective
      ? parameters.values
      : parameters.values.filter { name, value in fields.first { $0.name == name }?.defaultValue != value }
  }

  private struct Entry: Encodable {
    var use: String
    var to: String?
    var with: [String: ParameterValue]
  }

  private struct File: Encodable {
    var version: Int
    var codebook: String
    var languages: [String]
    var stages: [Entry]
    var event: Event
    var outputs: [Entry]
  }
}
