package import ProtocolModel

extension DiagnosticCode {
  /// The code book is not JSON.
  package static let codeBookNotJSON = DiagnosticCode(rawValue: "FP401")
  /// A key that the code book's format does not have.
  package static let codeBookUnknownKey = DiagnosticCode(rawValue: "FP402")
  /// A key that must be there is missing.
  package static let codeBookMissing = DiagnosticCode(rawValue: "FP403")
  /// A value of the wrong type or outside its range.
  package static let codeBookType = DiagnosticCode(rawValue: "FP404")
  /// Two codes, cues or sets with one id.
  package static let codeBookDuplicate = DiagnosticCode(rawValue: "FP405")
  /// A parent, code or set that the code book does not define.
  package static let codeBookReference = DiagnosticCode(rawValue: "FP406")
  /// A cue pattern that cannot be read.
  package static let codeBookPattern = DiagnosticCode(rawValue: "FP407")
  /// A format version this program does not read.
  package static let codeBookSchema = DiagnosticCode(rawValue: "FP408")
  /// No code book has that name.
  package static let codeBookUnknown = DiagnosticCode(rawValue: "FP409")
  /// A cue that does not fire on its own example.
  package static let cueSilent = DiagnosticCode(rawValue: "FP411")
  /// A cue that another cue of the same code always overrides or repeats.
  package static let cueShadowed = DiagnosticCode(rawValue: "FP412")
  /// One pattern that speaks for a code and against it.
  package static let cueContradictory = DiagnosticCode(rawValue: "FP413")
  /// A word set that no cue uses.
  package static let setUnused = DiagnosticCode(rawValue: "FP414")
  /// A file of learned weights that is none.
  package static let weightsUnreadable = DiagnosticCode(rawValue: "FP415")
  /// Coded notes without a code of the code book.
  package static let nothingToLearn = DiagnosticCode(rawValue: "FP416")
  /// Something an imported code book or dictionary holds that could not be carried over.
  package static let importIncomplete = DiagnosticCode(rawValue: "FP421")
  /// A file to import that cannot be read.
  package static let importUnreadable = DiagnosticCode(rawValue: "FP422")
  /// A line of notes that is no note.
  package static let noteLineUnreadable = DiagnosticCode(rawValue: "FP431")
}

/// Why a code book cannot be used.
package enum CodeBookError: Error, Equatable {
  /// Everything wrong with it, in the order of the file.
  case invalid([Diagnostic])

  /// Everything wrong with it.
  package var diagnostics: [Diagnostic] {
    switch self {
    case .invalid(let findings): return findings
    }
  }
}
