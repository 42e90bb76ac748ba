/// A SHA-256 digest, as 64 lower-case hexadecimal digits.
public struct Digest: RawRepresentable, Hashable, Codable, Sendable, Comparable {
  /// The digits.
  public let rawValue: String

  /// Takes 64 lower-case hexadecimal digits, or returns `nil`.
  public init?(rawValue: String) {
    guard rawValue.utf8.count == 64,
      rawValue.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.rawValue = rawValue
  }

  /// The first `count` digits, for ids.
  public func prefix(_ count: Int) -> String { String(rawValue.prefix(count)) }

  /// Orders by the digits.
  public static func < (lhs: Digest, rhs: Digest) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Names one photo: `p` and the first ten digits of its bytes' digest, so it does not change with its name.
public struct PhotoID: RawRepresentable, Hashable, Codable, Sendable, Comparable {
  /// The id as written in files.
  public let rawValue: String
  /// Takes the id as written.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Derives the id from the digest of the photo's bytes.
  public init(_ digest: Digest) { rawValue = "p" + digest.prefix(10) }
  /// Orders by the id.
  public static func < (lhs: PhotoID, rhs: PhotoID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Names one sheet: the photo's id, `.s` and its place.
public struct SheetID: RawRepresentable, Hashable, Codable, Sendable, Comparable {
  /// The id as written in files.
  public let rawValue: String
  /// Takes the id as written.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Derives the id from the photo and the sheet's place in it, counted from 1.
  public init(_ photo: PhotoID, number: Int) { rawValue = "\(photo.rawValue).s\(number)" }
  /// Orders by the id.
  public static func < (lhs: SheetID, rhs: SheetID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Names one region: the photo's id, `.r` and its place in reading order, at least two digits.
public struct RegionID: RawRepresentable, Hashable, Codable, Sendable, Comparable {
  /// The id as written in files.
  public let rawValue: String
  /// Takes the id as written.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Derives the id from the photo and the region's place in it, counted from 1.
  public init(_ photo: PhotoID, number: Int) {
    rawValue = "\(photo.rawValue).r\(number < 10 ? "0" : "")\(number)"
  }
  /// Orders by the id.
  public static func < (lhs: RegionID, rhs: RegionID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Names one moderators' group: the photo's id, `.g` and its place.
public struct GroupID: RawRepresentable, Hashable, Codable, Sendable, Comparable {
  /// The id as written in files.
  public let rawValue: String
  /// Takes the id as written.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Derives the id from the photo and the group's place in it, counted from 1.
  public init(_ photo: PhotoID, number: Int) { rawValue = "\(photo.rawValue).g\(number)" }
  /// Orders by the id.
  public static func < (lhs: GroupID, rhs: GroupID) -> Bool { lhs.rawValue < rhs.rawValue }
}
