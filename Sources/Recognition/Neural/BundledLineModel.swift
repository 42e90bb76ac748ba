extension LineModel {
  /// The networks that ship with the program.
  package enum Bundled: String, Sendable, CaseIterable {
    /// 3.0 million weights, tuned and averaged with the untuned ones: the default.
    case smallAveraged = "small-averaged"
    /// The same, trained further on joined hands: reads these better and neat ones worse, so it looks second.
    case joined
    /// 0.6 million weights, a fifth of the cost.
    case tiny
  }

  /// The bytes of a weight file that ships with the program, or `nil` where the installation lacks it.
  package static func bundledBytes(_ model: Bundled) -> [UInt8]? {
    BundledResource.bytes(named: "line-reader-\(model.rawValue).lrm")
  }

  /// Reads a network that ships with the program.
  package static func bundled(_ model: Bundled) throws(LineModelError) -> LineModel {
    guard let bytes = bundledBytes(model) else { throw .notAWeightFile }
    return try LineModel(bytes: bytes)
  }
}
