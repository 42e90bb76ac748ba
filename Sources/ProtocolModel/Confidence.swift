/// How sure a reader is of a reading, from 0 (a guess) to 1 (certain).
///
/// PAGE-XML's `conf` uses this scale. Tesseract and hOCR count to 100; convert with ``init(percent:)`` where the
/// value enters, and nowhere else.
public struct Confidence: RawRepresentable, Hashable, Comparable, Sendable {
  /// The value, 0...1.
  public let rawValue: Double

  /// Creates a confidence, or returns `nil` outside 0...1.
  public init?(rawValue: Double) {
    guard (0...1).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  /// Takes a probability, pulling what lies outside 0...1 to the nearer end (not-a-number to 0).
  public init(clamping value: Double) {
    rawValue = value.isNaN ? 0 : min(max(value, 0), 1)
  }

  /// Converts an engine's 0...100, clamping what lies outside.
  public init(percent: Float) { self.init(clamping: Double(percent) / 100) }

  /// Certain.
  public static let certain = Confidence(clamping: 1)

  /// Orders by the value.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension Confidence: Codable {
  /// Reads a number; what lies outside 0...1 is an error.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let value = try container.decode(Double.self)
    guard let confidence = Confidence(rawValue: value) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "confidence \(value) is not in 0...1")
    }
    self = confidence
  }

  /// Writes the number with three decimals, so that the last bits of a sum never reach a file.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode((rawValue * 1000).rounded() / 1000)
  }
}
