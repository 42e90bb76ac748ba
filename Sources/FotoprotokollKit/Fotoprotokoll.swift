import Foundation
import Ingest
import Pipeline
public import ProtocolModel

/// The whole program as functions: photos in, protocol out.
public enum Fotoprotokoll {
  /// Makes the protocol of a folder of photos.
  ///
  /// Everything found on the way goes to `report` as it happens. Throws what ends the run: a wrong pipeline (`FP2xx`),
  /// no photo at all (`FP1xx`), missing language data (`FP3xx`), a folder that cannot be written (`FP5xx`, `FP6xx`).
  public static func run(
    _ request: RunRequest, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in }, report: @escaping DiagnosticSink = { _ in }
  ) throws(Diagnostic) -> RunResult {
    guard let configuration = ConfigurationResolver(request, report: report).resolve() else {
      throw Diagnostic(
        .error, .invalidConfiguration, "the run is not set up right, see above",
        hint: "'fotoprotokoll validate' checks a pipeline without running it")
    }
    let scan = PhotoScanner().scan(inputs: request.inputs)
    for diagnostic in scan.diagnostics { report(diagnostic) }
    guard !scan.photos.isEmpty else {
      throw Diagnostic(
        .error, .noUsablePhoto, "no photo can be used", hint: "give a folder with photos: JPEG, PNG, HEIC, PDF, ...")
    }
    let folder = try OutputFolder(request.output)
    let run = try WorkshopRun(request, configuration: configuration, scan: scan, folder: folder)
    return try run.start(isCancelled: isCancelled, progress: progress, report: report)
  }

  /// Checks what a run would use; returns the number of its stages, or `nil` where something reported is wrong.
  public static func check(_ request: RunRequest, report: @escaping DiagnosticSink) -> Int? {
    ConfigurationResolver(request, report: report).resolve()?.stages.count
  }

  /// The pipeline a run would use, as JSON; with every default filled in when `effective`.
  public static func configuration(
    _ request: RunRequest, effective: Bool, report: @escaping DiagnosticSink
  ) -> String? {
    guard let configuration = ConfigurationResolver(request, report: report).resolve() else { return nil }
    return ConfigurationText(configuration, effective: effective).json
  }
}

extension DiagnosticCode {
  /// The pipeline, event or code book is wrong; the details were reported before.
  static let invalidConfiguration = DiagnosticCode(rawValue: "FP299")
  /// Nothing in the input can be used.
  static let noUsablePhoto = DiagnosticCode(rawValue: "FP199")
}
