/// Why a weight file or a line cannot be used by the network.
package enum LineModelError: Error, Equatable {
  /// The file does not start with `LRM1`.
  case notAWeightFile
  /// The file ends before its header or its weights do; bytes wanted and had.
  case truncated(wanted: Int, had: Int)
  /// The header is no JSON of the expected shape.
  case unreadableHeader
  /// The header contradicts itself; the index of the operation, or `nil` for the header as a whole.
  case inconsistent(operation: Int?)
  /// The line is narrower than the network's strides allow; width in pixels.
  case tooNarrow(width: Int)
}
