import ProtocolModel

/// The dotted path of a code: `measure.information.training` has the family `measure` and the base `measure.information`.
struct CodePath: Hashable {
  let segments: [Substring]

  init(_ id: String) { segments = id.split(separator: ".") }

  /// The first segment.
  var family: String { String(segments.first ?? "") }
  /// The first two segments of a code, or its only one, without taking it apart: for every cue that fires.
  static func comparable(_ code: String) -> String {
    guard let first = code.utf8.firstIndex(of: UInt8(ascii: ".")),
      let second = code.utf8[code.utf8.index(after: first)...].firstIndex(of: UInt8(ascii: "."))
    else { return code }
    return String(code[..<second])
  }

  /// The first two segments: what notes are compared and counted by; `nil` for a family.
  var base: String? { segments.count >= 2 ? "\(segments[0]).\(segments[1])" : nil }
}

/// A code book by code, prepared for scoring.
struct CodeTable {
  let base: [String?]
  let family: [String]
  /// The family of every base code.
  let familyOfBase: [String: String]
  private let order: [String: Int]
  private let primary: Set<String>
  let codable: Set<String>
  private let shared: Set<Substring>
  private let together: Set<Substring>

  init(_ codeBook: CodeBook) {
    let paths = codeBook.cues.map { CodePath($0.code) }
    var codes: [Substring: Set<String>] = [:]
    for cue in codeBook.cues { codes[cue.id.prefix { $0 != ":" }, default: []].insert(cue.code) }
    shared = Set(codes.filter { $0.value.count > 1 }.keys)
    together = Set(codeBook.cues.filter(\.together).map { $0.id.prefix { $0 != ":" } })
    base = paths.map(\.base)
    family = paths.map(\.family)
    familyOfBase = codeBook.codes.reduce(into: [:]) { table, code in
      let path = CodePath(code.id)
      if let base = path.base { table[base] = path.family }
    }
    order = Dictionary(codeBook.codes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    primary = Set(codeBook.codes.filter { $0.mayBePrimary && $0.isCodable }.map(\.id))
    codable = Set(codeBook.codes.filter(\.isCodable).map(\.id))
  }

  /// Whether a cue, by its id without the code, speaks for one code only.
  func isSingle(_ entry: Substring) -> Bool { !shared.contains(entry) }
  /// Whether the codes of a cue, by its id without the code, belong together.
  func isTogether(_ entry: Substring) -> Bool { together.contains(entry) }
  /// Place in the code book; unknown codes come last.
  func place(_ code: String) -> Int { order[code] ?? Int.max }
  /// Whether a note may have it at rank 1.
  func mayBePrimary(_ code: String) -> Bool { primary.contains(code) }
}
