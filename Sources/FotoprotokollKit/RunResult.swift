public import ProtocolModel

/// What a run tells while it works.
public enum RunProgress: Sendable {
  /// The input was looked through.
  case found(photos: Int, otherFiles: Int, stepsPerPhoto: Int)
  /// A stage is done for a photo (`file`), or for the workshop (`nil`).
  case step(stage: String, file: String?, isHit: Bool, seconds: Double)
  /// Nothing more comes.
  case finished
}

/// What a run left.
public struct RunResult: Encodable, Sendable {
  /// The files written, in the order of the pipeline.
  public var files: [String] = []
  /// Everything reported, in a fixed order.
  public var diagnostics: [Diagnostic] = []
  /// Photos in the protocol.
  public var photos = 0
  /// Photos that could not be used.
  public var failedPhotos = 0
  /// Notes found, repeats of the same paper left out.
  public var notes = 0
  /// Notes whose text is shown.
  public var legibleNotes = 0
  /// Steps taken from the store.
  public var hits = 0
  /// Steps in all.
  public var steps = 0
  /// Whether it was ended before its end.
  public var isCancelled = false
}

/// Version of this program; enters the provenance of every protocol.
public enum ProgramVersion {
  /// As `--version` prints it.
  public static let current = "0.1.0"
}
