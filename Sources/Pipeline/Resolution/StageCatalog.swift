package import ProtocolModel

/// The stages that exist, by name. Swift has no reflection, so the list is written out and a test compares it with the
/// folder of stages.
package struct StageCatalog<Services: Sendable>: Sendable {
  /// One stage that exists.
  package struct Entry: Sendable {
    /// What it is.
    package let description: StageDescription
    /// Makes it; throws where data it needs is missing.
    package let make: @Sendable (StageParameters, Services) throws(Diagnostic) -> any Stage

    /// Lists a stage.
    package init(
      _ description: StageDescription,
      make: @escaping @Sendable (StageParameters, Services) throws(Diagnostic) -> any Stage
    ) {
      self.description = description
      self.make = make
    }
  }
  /// In the order of the default pipeline.
  package let entries: [Entry]

  /// Creates a catalogue.
  package init(_ entries: [Entry]) { self.entries = entries }

  /// The stage with a name.
  package func entry(_ name: String) -> Entry? { entries.first { $0.description.name == name } }
}

/// A stage of a checked pipeline: it exists and every parameter has a value.
package struct ResolvedStage: Sendable {
  /// What it is.
  package let description: StageDescription
  /// Its parameters, defaults filled in.
  package let parameters: StageParameters

  /// Pairs a description with checked parameters.
  package init(description: StageDescription, parameters: StageParameters) {
    self.description = description
    self.parameters = parameters
  }
}

/// Checks a chain of stages whole, before anything runs.
package enum PipelineResolver {
  /// The resolved stages; everything wrong is reported, and then the result is of no use.
  package static func resolve(
    _ entries: [PipelineDescription.StageEntry], file: String, against known: [StageDescription],
    roots: [String], needs final: String, report: (Diagnostic) -> Void
  ) -> [ResolvedStage] {
    var resolved: [ResolvedStage] = []
    var written: Set<String> = Set(roots)
    for entry in entries {
      guard let description = known.first(where: { $0.name == entry.use }) else {
        let names = known.map(\.name)
        let near = NearestName.nearest(to: entry.use, in: names).map { "did you mean '\($0)'? " } ?? ""
        report(
          Diagnostic(
            .error, .unknownName, "no stage is called '\(entry.use)'", at: "\(file):\(entry.pointer)/use",
            hint: near + "'fotoprotokoll stages' lists all \(names.count)"))
        continue
      }
      let parameters = resolveParameters(
        entry.with, at: entry.pointer, of: description, file: file, report: report)
      for layer in description.reads where !written.contains(layer) {
        report(
          Diagnostic(
            .error, .brokenChain, "'\(description.name)' reads '\(layer)', which no earlier stage writes",
            at: "\(file):\(entry.pointer)",
            hint: known.first { $0.writes == layer }.map { "put '\($0.name)' before it" }))
      }
      if !written.insert(description.writes).inserted {
        report(
          Diagnostic(
            .error, .brokenChain, "'\(description.writes)' is already written by an earlier stage",
            at: "\(file):\(entry.pointer)", hint: "leave one of the two out"))
      }
      resolved.append(ResolvedStage(description: description, parameters: parameters))
    }
    if !written.contains(final), resolved.count == entries.count {
      report(
        Diagnostic(
          .error, .brokenChain, "no stage writes '\(final)'", at: "\(file):/stages",
          hint: known.first { $0.writes == final }.map { "end with '\($0.name)'" }))
    }
    return resolved
  }

  /// The parameters that `values` set, defaults filled in.
  package static func resolveParameters(
    _ values: [String: JSONValue], at pointer: String, of description: StageDescription, file: String,
    report: (Diagnostic) -> Void
  ) -> StageParameters {
    var parameters = StageParameters(defaultsOf: description.fields)
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      let place = "\(file):\(pointer)/with/\(key)"
      guard let field = description.fields.first(where: { $0.name == key }) else {
        let names = description.fields.map(\.name)
        let near = NearestName.nearest(to: key, in: names).map { "did you mean '\($0)'?" }
        report(
          Diagnostic(
            .error, .unknownKey, "'\(description.name)' has no parameter '\(key)'", at: place,
            hint: near ?? "its parameters: \(names.sorted().joined(separator: ", "))"))
        continue
      }
      if let accepted = accept(value, for: field) {
        parameters.values[key] = accepted
      } else {
        report(Diagnostic(.error, .invalidValue, "'\(key)' takes \(wanted(field))", at: place))
      }
    }
    return parameters
  }

  private static func accept(_ value: JSONValue, for field: ParameterField) -> ParameterValue? {
    switch (field.kind, value) {
    case (.number, .number(let number)), (.integer, .number(let number)):
      if field.kind == .integer, number != number.rounded() { return nil }
      if let range = field.range, !range.contains(number) { return nil }
      return .number(number)
    case (.boolean, .boolean(let flag)): return .boolean(flag)
    case (.string, .string(let text)):
      if let choices = field.choices, !choices.contains(text) { return nil }
      return .string(text)
    case (.strings, .array(let items)):
      let texts = items.compactMap { item in if case .string(let text) = item { text } else { String?.none } }
      guard texts.count == items.count else { return nil }
      if let choices = field.choices, !texts.allSatisfy(choices.contains) { return nil }
      return .strings(texts)
    default: return nil
    }
  }

  private static func wanted(_ field: ParameterField) -> String {
    let choices = field.choices.map { " out of " + $0.joined(separator: ", ") } ?? ""
    func plain(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }
    let range = field.range.map { " from \(plain($0.lowerBound)) to \(plain($0.upperBound))" } ?? ""
    switch field.kind {
    case .number: return "a number\(range)"
    case .integer: return "a whole number\(range)"
    case .boolean: return "true or false"
    case .string: return "a text\(choices)"
    case .strings: return "a list of texts\(choices)"
    }
  }
}
