import Pipeline
import ProtocolModel

/// The stages as `fotoprotokoll stages` and the reference page print them.
package enum StageCatalogue {
  /// One stage.
  package struct Entry: Encodable, Sendable {
    /// Its name.
    package let name: String
    /// Raised when the same input may give another output.
    package let revision: Int
    /// `photo` or `workshop`.
    package let scope: String
    /// Layers it reads.
    package let reads: [String]
    /// Layer it writes.
    package let writes: String
    /// One sentence.
    package let summary: String
    /// What may be set.
    package let parameters: [Parameter]
  }

  /// One parameter.
  package struct Parameter: Encodable, Sendable {
    /// Its key.
    package let name: String
    /// JSON type, with range or choices.
    package let type: String
    /// Its default as JSON.
    package let defaultValue: String
    /// One sentence.
    package let summary: String
  }

  /// Every stage, in the order of the default pipeline.
  package static var all: [Entry] {
    BuiltInStages.descriptions.map { stage in
      Entry(
        name: stage.name, revision: stage.revision, scope: stage.scope.rawValue, reads: stage.reads,
        writes: stage.writes, summary: stage.summary, parameters: stage.fields.map(parameter))
    }
  }

  private static func parameter(_ field: ParameterField) -> Parameter {
    func plain(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }
    let range = field.range.map { " \(plain($0.lowerBound))...\(plain($0.upperBound))" } ?? ""
    let choices = field.choices.map { " " + $0.joined(separator: "|") } ?? ""
    let shown: String
    switch field.defaultValue {
    case .number(let value): shown = plain(value)
    case .boolean(let value): shown = "\(value)"
    case .string(let value): shown = "\"\(value)\""
    case .strings(let values): shown = "[" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    return Parameter(
      name: field.name, type: field.kind.rawValue + range + choices, defaultValue: shown, summary: field.summary)
  }
}
