import Pipeline
import ProtocolModel
import Rendering

/// The outputs that exist, by the name under which a pipeline asks for them.
package enum OutputCatalog {
  /// What may be set for an output.
  static let fields: [String: [ParameterField]] = [
    "html": [
      ParameterField(
        "maximumBytes", .integer, default: 10_000_000, range: 100_000...1_000_000_000,
        "Bytes that the page may have; pictures are left out beyond.")
    ],
    "markdown": [], "json": [],
    "csv": [ParameterField("excel", .boolean, default: false, "Semicolons and a byte order mark, for German Excel.")],
  ]

  /// Names of the outputs, sorted.
  package static var names: [String] { fields.keys.sorted() }

  /// Checks one entry; `nil` where something reported is wrong.
  static func resolve(
    _ entry: PipelineDescription.OutputEntry, file: String, report: (Diagnostic) -> Void
  ) -> RunConfiguration.ResolvedOutput? {
    guard let fields = fields[entry.use] else {
      let near = NearestName.nearest(to: entry.use, in: names).map { "did you mean '\($0)'? " } ?? ""
      report(
        Diagnostic(
          .error, .unknownName, "no output is called '\(entry.use)'", at: "\(file):\(entry.pointer)/use",
          hint: near + "outputs: \(names.joined(separator: ", "))"))
      return nil
    }
    let parts = entry.to.split(separator: "/", omittingEmptySubsequences: false)
    guard !entry.to.isEmpty, !entry.to.hasPrefix("/"), !parts.contains(".."), !parts.contains(where: \.isEmpty) else {
      report(
        Diagnostic(
          .error, .invalidValue, "'\(entry.to)' is no file name inside the output folder",
          at: "\(file):\(entry.pointer)/to", hint: "give a name such as protocol.html"))
      return nil
    }
    let description = StageDescription(
      name: entry.use, revision: 1, scope: .workshop, reads: [], writes: entry.use, fields: fields, summary: "")
    let parameters = PipelineResolver.resolveParameters(
      entry.with, at: entry.pointer, of: description, file: file, report: report)
    return RunConfiguration.ResolvedOutput(use: entry.use, to: entry.to, with: parameters)
  }

  /// The renderer of a name.
  static func renderer(_ name: String) -> (any Renderer)? {
    switch name {
    case HTMLRenderer.name: HTMLRenderer()
    case MarkdownRenderer.name: MarkdownRenderer()
    case JSONRenderer.name: JSONRenderer()
    case CSVRenderer.name: CSVRenderer()
    default: nil
    }
  }
}
