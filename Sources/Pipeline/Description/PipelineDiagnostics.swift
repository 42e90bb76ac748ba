package import ProtocolModel

extension DiagnosticCode {
  /// The file is no JSON.
  package static let malformedJSON = DiagnosticCode(rawValue: "FP200")
  /// No stage, output or code book has that name.
  package static let unknownName = DiagnosticCode(rawValue: "FP201")
  /// A key that nothing reads.
  package static let unknownKey = DiagnosticCode(rawValue: "FP202")
  /// A key is missing or its value has the wrong type or range.
  package static let invalidValue = DiagnosticCode(rawValue: "FP203")
  /// A stage reads what no earlier stage writes.
  package static let brokenChain = DiagnosticCode(rawValue: "FP204")
  /// The file cannot be read.
  package static let unreadableDescription = DiagnosticCode(rawValue: "FP205")
  /// A result in the store was damaged and is made again.
  package static let damagedResult = DiagnosticCode(rawValue: "FP601")
  /// The store cannot be written.
  package static let unwritableStore = DiagnosticCode(rawValue: "FP602")
  /// An output cannot be written.
  package static let unwritableOutput = DiagnosticCode(rawValue: "FP501")
  /// A state that should not be: a fault of this program.
  package static let impossible = DiagnosticCode(rawValue: "FP900")
}
