import Evaluation
import Foundation
package import ProtocolModel

/// Measures the protocol of a run against what is really on the photos.
package struct Measurement: Sendable {
  private let report: EvaluationReport

  /// Compares the `protocol.json` in `output`, or the `found.json` of a run that stopped after finding, with the ground truth in the folder `truth`; `notes` names a file of coded
  /// notes (`notes.jsonl`) for the agreement of codes.
  package init(output: String, against truth: String, notes: String?) throws(Diagnostic) {
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    let found = try FoundFile.read(folder)
    let photos: [FoundPhoto]
    if let found { photos = found } else { photos = FoundPhoto.photos(of: try ProtocolFile.read(folder)) }
    var expected: GroundTruth
    do throws(GroundTruthError) {
      expected = try GroundTruth(folder: truth)
      if let notes {
        guard let bytes = FileManager.default.contents(atPath: notes) else { throw .unreadable("notes.jsonl") }
        expected.codes = try GroundTruth.codes(bytes, named: "notes.jsonl")
      }
    } catch {
      let message: String
      switch error {
      case .unreadable(let name): message = "the ground truth '\(name)' cannot be read"
      case .damaged(let name, let what): message = "the ground truth '\(name)' is damaged: \(what)"
      case .nothing: message = "the folder holds no ground truth"
      }
      throw Diagnostic(.error, .noGroundTruth, message, hint: "give a folder such as samples/ki-skepsis/ground-truth")
    }
    report = Evaluator().evaluate(photos: photos, groundTruth: expected)
  }

  /// The report as a table for people.
  package var table: String { report.table }

  /// The report as JSON.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return (try? encoder.encode(report)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension DiagnosticCode {
  /// A folder or file holds no ground truth.
  static let noGroundTruth = DiagnosticCode(rawValue: "FP150")
}
