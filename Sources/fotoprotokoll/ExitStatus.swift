import ArgumentParser
import ProtocolModel

/// Exit codes are part of the interface; the numbers from 64 on are those of sysexits.h.
enum ExitStatus: Int32, CaseIterable {
  /// Done.
  case done = 0
  /// Done, but something as bad as `--fail-on` says was met.
  case failOnMet = 1
  /// Finished, but some photos could not be used.
  case somePhotosFailed = 2
  /// The command line is wrong.
  case usage = 64
  /// The input cannot be read, or no photo is in it.
  case unreadableInput = 65
  /// Language data or a model is missing.
  case missingData = 69
  /// A fault of this program.
  case fault = 70
  /// An output cannot be written.
  case cannotWrite = 73
  /// A pipeline, event or code book file is wrong.
  case badConfiguration = 78
  /// Ended by Ctrl-C.
  case interrupted = 130

  /// The status for an error that ended a command, by the area of its code.
  init(for diagnostic: Diagnostic) {
    switch diagnostic.code.rawValue.dropFirst(2).first {
    case "1": self = .unreadableInput
    case "2", "4": self = .badConfiguration
    case "3": self = .missingData
    case "5", "6": self = .cannotWrite
    default: self = .fault
    }
  }

  /// The error that makes ArgumentParser end with this status.
  var exit: ExitCode { ExitCode(rawValue) }
}
