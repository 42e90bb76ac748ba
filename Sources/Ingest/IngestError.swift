package import ProtocolModel

/// Why a file gave no picture.
package enum IngestError: Error, Equatable, Sendable {
  /// The file has no bytes.
  case empty
  /// The bytes are no picture of any known kind.
  case notAPicture
  /// A picture in a format that is not read; its name.
  case unsupported(String)
  /// The file ends before the picture does.
  case endsEarly
  /// The header says something that the bytes cannot hold; what.
  case contradictory(String)
  /// Width or height is zero.
  case zeroSize
  /// More pixels than the limit, in megapixels.
  case tooLarge(megapixels: Int, limit: Int)
  /// More bytes than the limit.
  case tooManyBytes(limit: Int)
  /// The system does not let the file be read; its reason.
  case unreadable(String)
  /// The header is in order, but the decoder refused the rest.
  case undecodable
  /// The bytes are not those that were scanned.
  case changed
  /// A document that cannot be opened; why.
  case damagedDocument(String)
  /// A program that reads the format is not installed; its name.
  case programMissing(String)
  /// A program took longer or wrote more than it may; its name.
  case programStopped(String)
}

extension DiagnosticCode {
  /// A file without bytes.
  package static let emptyFile = DiagnosticCode(rawValue: "FP101")
  /// Named like a picture, but none.
  package static let notAPicture = DiagnosticCode(rawValue: "FP102")
  /// A picture that ends early.
  package static let endsEarly = DiagnosticCode(rawValue: "FP103")
  /// A header that contradicts its bytes, or bytes that do not decode.
  package static let damagedPicture = DiagnosticCode(rawValue: "FP104")
  /// Too many pixels or bytes.
  package static let tooLarge = DiagnosticCode(rawValue: "FP105")
  /// A file or folder that may not be read.
  package static let unreadableFile = DiagnosticCode(rawValue: "FP106")
  /// A link that points nowhere.
  package static let danglingLink = DiagnosticCode(rawValue: "FP107")
  /// A link back to a folder that is read already.
  package static let folderLoop = DiagnosticCode(rawValue: "FP108")
  /// A picture whose name claims another format.
  package static let wronglyNamed = DiagnosticCode(rawValue: "FP109")
  /// A very large picture that is read at a fraction of its size.
  package static let reducedDecoding = DiagnosticCode(rawValue: "FP130")
  /// A picture in a format that is not read.
  package static let unsupportedFormat = DiagnosticCode(rawValue: "FP131")
  /// Width or height is zero.
  package static let zeroSize = DiagnosticCode(rawValue: "FP132")
  /// A PDF, PPTX or DOCX that cannot be opened.
  package static let damagedDocument = DiagnosticCode(rawValue: "FP133")
  /// A program that reads PDF is not installed.
  package static let programMissing = DiagnosticCode(rawValue: "FP134")
  /// A program was ended at its limit.
  package static let programStopped = DiagnosticCode(rawValue: "FP135")
  /// A part of a document that is refused for safety.
  package static let refusedEntry = DiagnosticCode(rawValue: "FP136")
  /// An input that does not exist.
  package static let missingInput = DiagnosticCode(rawValue: "FP137")
  /// Inputs without any picture.
  package static let noPictures = DiagnosticCode(rawValue: "FP138")
  /// A file with more pictures than are read.
  package static let furtherPages = DiagnosticCode(rawValue: "FP141")
  /// A file that changed while it was worked on.
  package static let changedFile = DiagnosticCode(rawValue: "FP140")
}

extension IngestError {
  /// The error as a person reads it; `file` is relative to the input.
  package func diagnostic(at file: String) -> Diagnostic {
    let (code, message, hint): (DiagnosticCode, String, String) =
      switch self {
      case .empty: (.emptyFile, "the file is empty", "copy it again from where it was taken")
      case .notAPicture:
        (.notAPicture, "named like a picture, but its bytes are none", "open it in a viewer, or take it out")
      case .unsupported(let format):
        (.unsupportedFormat, "pictures of the format '\(format)' are not read", "save it as JPEG or PNG")
      case .endsEarly:
        (.endsEarly, "the file ends before the picture does", "copy it again from where it was taken")
      case .contradictory(let what):
        (.damagedPicture, "the header contradicts the bytes: \(what)", "export it again as JPEG or PNG")
      case .zeroSize: (.zeroSize, "the picture has no pixels", "copy it again from where it was taken")
      case .tooLarge(let megapixels, let limit):
        (
          .tooLarge, "\(megapixels) megapixels are more than the \(limit) that are read",
          "scale it down, or save it as JPEG: those are read up to \(IngestLimits.standard.jpegMegapixels)"
        )
      case .tooManyBytes(let limit):
        (.tooLarge, "the file has more than \(limit / 1_048_576) megabytes", "save the picture as JPEG")
      case .unreadable(let reason):
        (.unreadableFile, "the file may not be read: \(reason)", "give yourself the right to read it")
      case .undecodable:
        (.damagedPicture, "the bytes after the header do not decode", "export it again as JPEG or PNG")
      case .changed: (.changedFile, "the file changed while it was worked on", "run again")
      case .damagedDocument(let reason):
        (.damagedDocument, "the document cannot be opened: \(reason)", "export it again without a password")
      case .programMissing(let name):
        (.programMissing, "'\(name)' is not installed", "install poppler-utils (apt-get install poppler-utils)")
      case .programStopped(let name):
        (.programStopped, "'\(name)' was ended at its limit", "export the pages as JPEG and give those")
      }
    return Diagnostic(.error, code, message, at: file, hint: hint)
  }
}
