import ProtocolModel
import Recognition

extension RecognitionError {
  /// What a person reads of it.
  func diagnostic(at location: String?) -> Diagnostic {
    switch self {
    case .missingLanguage(let language, _):
      Diagnostic(
        .error, .missingLanguage, "the language data '\(language)' is missing", at: location,
        hint: "sudo apt-get install tesseract-ocr-\(language); 'fotoprotokoll doctor' checks the rest")
    case .engineFailed(let name):
      Diagnostic(
        .error, .engineFailed, "the reader '\(name)' cannot be started", at: location,
        hint: "'fotoprotokoll doctor' checks versions and data")
    case .badResource(let name):
      Diagnostic(
        .error, .damagedModel, "the model '\(name)' is missing or damaged", at: location,
        hint: "install the program again")
    case .unusableImage:
      Diagnostic(.error, .unusableLine, "the picture cannot be used", at: location, hint: "PNG and JPEG are read")
    }
  }
}

extension DiagnosticCode {
  /// Language data of Tesseract is missing.
  static let missingLanguage = DiagnosticCode(rawValue: "FP301")
  /// An engine does not start.
  static let engineFailed = DiagnosticCode(rawValue: "FP302")
  /// A bundled model is missing or damaged.
  static let damagedModel = DiagnosticCode(rawValue: "FP303")
  /// The picture of a line cannot be decoded.
  static let unusableLine = DiagnosticCode(rawValue: "FP304")
}
