package import ContentCoding
import Foundation
import Hashing
package import Pipeline
package import ProtocolModel

/// A run with nothing left open: stages checked, event settled, code book read.
package struct RunConfiguration: Sendable {
  /// The stages in order, every parameter with its value.
  package var stages: [ResolvedStage]
  /// What is written.
  package var outputs: [ResolvedOutput]
  /// The workshop.
  package var event: Event
  /// The code book.
  package var codebook: CodeBook
  /// Digest of the code book's file, and of its learned weights where there are some.
  package var codebookDigest: Digest
  /// What was learned from coded notes for the code book.
  package var weights: LearnedWeights?
  /// Languages of the notes, as Tesseract names them.
  package var languages: [String]
  /// File the stages came from, for messages: `pipeline.json`, or `bundled`.
  package var source: String

  /// One file that is written, its options checked.
  package struct ResolvedOutput: Hashable, Codable, Sendable {
    /// Name of the renderer.
    package var use: String
    /// File in the output folder.
    package var to: String
    /// Its options.
    package var with: StageParameters
  }

  /// Digest of everything that decides the outputs besides photos: stages, parameters, languages, code book, outputs.
  package func digest() throws(Diagnostic) -> Digest {
    struct Parts: Encodable {
      var stages: [[String]]
      var parameters: [StageParameters]
      var languages: [String]
      var codebook: Digest
      var outputs: [ResolvedOutput]
    }
    let parts = Parts(
      stages: stages.map { [$0.description.name, "\($0.description.revision)"] }, parameters: stages.map(\.parameters),
      languages: languages, codebook: codebookDigest, outputs: outputs)
    do { return ContentDigest.sha256([UInt8](try CanonicalJSON.encode(parts))) } catch {
      throw Diagnostic(.error, .impossible, "the configuration cannot be encoded: a fault in its coding")
    }
  }
}

/// Settles a run: flag over folder over bundled default, and never another event's metadata.
package struct ConfigurationResolver {
  private let request: RunRequest
  private let report: DiagnosticSink

  /// Creates a resolver that reports everything wrong.
  package init(_ request: RunRequest, report: @escaping DiagnosticSink) {
    self.request = request
    self.report = report
  }

  /// The settled run, or `nil` where something reported is an error.
  package func resolve() -> RunConfiguration? {
    let problems = ProblemCounter(report)
    guard let (description, folder) = description(problems) else { return nil }
    let bundled = BundledFiles.defaultPipeline
    let fallback = PipelineDescription(bundled, file: "bundled", report: { problems.report($0) })
    let file = description.stages == nil ? "bundled" : description.file
    let stages = PipelineResolver.resolve(
      description.stages ?? fallback.stages ?? [], file: file, against: BuiltInStages.descriptions,
      roots: BuiltInStages.rootLayers, needs: ProtocolDocument.layerName, report: { problems.report($0) })
    let outputs = (description.outputs ?? fallback.outputs ?? []).compactMap { entry in
      OutputCatalog.resolve(entry, file: description.file, report: { problems.report($0) })
    }
    let event = event(description, problems)
    let codebook = codebook(description, folder: folder, problems)
    guard problems.errors == 0, let codebook else { return nil }
    return RunConfiguration(
      stages: stages, outputs: outputs, event: event, codebook: codebook.book, codebookDigest: codebook.digest,
      weights: codebook.weights, languages: description.languages ?? fallback.languages ?? ["deu"],
      source: description.file)
  }

  /// The first input, when it is a folder.
  private var inputFolder: URL? {
    guard let first = request.inputs.first else { return nil }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: first, isDirectory: &isFolder), isFolder.boolValue else { return nil }
    return URL(fileURLWithPath: first, isDirectory: true)
  }

  private func description(_ problems: ProblemCounter) -> (PipelineDescription, folder: URL?)? {
    let own = inputFolder?.appendingPathComponent("pipeline.json")
    let chosen: URL?
    if let path = request.pipeline {
      chosen = URL(fileURLWithPath: path)
    } else if let own, FileManager.default.fileExists(atPath: own.path) {
      chosen = own
    } else {
      chosen = nil
    }
    guard let chosen else {
      return (PipelineDescription(BundledFiles.defaultPipeline, file: "bundled", report: { problems.report($0) }), nil)
    }
    guard let bytes = try? Data(contentsOf: chosen) else {
      problems.report(
        Diagnostic(
          .error, .unreadableDescription, "the file cannot be read", at: chosen.lastPathComponent,
          hint: "check the path given with --pipeline"))
      return nil
    }
    let description = PipelineDescription(bytes, file: chosen.lastPathComponent, report: { problems.report($0) })
    return (description, chosen.deletingLastPathComponent())
  }

  private func event(_ description: PipelineDescription, _ problems: ProblemCounter) -> Event {
    var event = description.event ?? Event()
    if let own = inputFolder?.appendingPathComponent("event.json"), let bytes = try? Data(contentsOf: own) {
      event = EventReader.event(bytes, file: "event.json", report: { problems.report($0) })
    }
    event.title = request.title ?? event.title ?? inputFolder?.standardizedFileURL.lastPathComponent
    event.date = request.date ?? event.date
    event.place = request.place ?? event.place
    return event
  }

  private func codebook(
    _ description: PipelineDescription, folder: URL?, _ problems: ProblemCounter
  ) -> (book: CodeBook, digest: Digest, weights: LearnedWeights?)? {
    let name = request.codebook ?? description.codebook ?? "ki-skepsis"
    let place = request.codebook == nil ? "\(description.file):/codebook" : "--codebook"
    let bytes: Data
    let file: String
    var path = name
    if let bundled = BundledFiles.codebook(name) {
      bytes = bundled
      file = "\(name).json"
    } else {
      let url = URL(fileURLWithPath: name, relativeTo: request.codebook == nil ? folder : nil)
      guard let found = try? Data(contentsOf: url) else {
        let known = BundledFiles.codebookNames
        let near = NearestName.nearest(to: name, in: known).map { "did you mean '\($0)'? " } ?? ""
        problems.report(
          Diagnostic(
            .error, .unknownName, "no code book is called '\(name)', and no file either", at: place,
            hint: near + "bundled: \(known.joined(separator: ", "))"))
        return nil
      }
      bytes = found
      file = url.lastPathComponent
      path = url.path
    }
    let learned: (weights: LearnedWeights, bytes: [UInt8])?
    do throws(Diagnostic) { learned = try LearnedFile(codeBook: path).read() } catch {
      problems.report(error)
      return nil
    }
    do throws(CodeBookError) {
      return (
        try CodeBookLoader.load([UInt8](bytes), file: file),
        ContentDigest.sha256([UInt8](bytes) + (learned?.bytes ?? [])),
        learned?.weights
      )
    } catch {
      for diagnostic in error.diagnostics { problems.report(diagnostic) }
      return nil
    }
  }
}

/// Passes diagnostics on and counts the errors among them.
package final class ProblemCounter {
  private let sink: DiagnosticSink
  /// Errors so far.
  package private(set) var errors = 0

  /// Passes on to `sink`.
  package init(_ sink: @escaping DiagnosticSink) { self.sink = sink }

  /// Passes one on.
  package func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errors += 1 }
    sink(diagnostic)
  }
}
