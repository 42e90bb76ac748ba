import ProtocolModel

/// What a caller asks for: where the photos are, where the protocol goes, and what differs from the defaults.
public struct RunRequest: Sendable {
  /// Folders or files with photos.
  public var inputs: [String]
  /// The folder that the outputs are written into.
  public var output: String
  /// The result store; `nil` for `.store` in ``output``.
  public var store: String?
  /// A `pipeline.json`; `nil` for the input folder's own, or the bundled one.
  public var pipeline: String?
  /// A code book instead of the pipeline's: the id of a bundled one, or a path.
  public var codebook: String?
  /// Photos worked on side by side; `nil` for one per processor.
  public var jobs: Int?
  /// Stops after finding: overlay pictures, no reading.
  public var onlyFind = false
  /// Shows whole photos in the outputs instead of sheet areas only.
  public var fullPhotos = false
  /// `;` and a byte order mark in `notes.csv`, as German Excel expects.
  public var excel = false
  /// Title instead of the event's.
  public var title: String?
  /// Date instead of the event's.
  public var date: String?
  /// Place instead of the event's.
  public var place: String?

  /// Asks for the defaults.
  public init(inputs: [String], output: String) {
    self.inputs = inputs
    self.output = output
  }
}
