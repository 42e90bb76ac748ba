import ProtocolModel

/// The code book as the protocol needs it: order, sections and the parts that codes play in chains.
struct CodeOrder {
  let book: CodeBook
  private let places: [String: Int]
  private let codes: [String: Code]
  private let consequences: Set<String>

  init(_ book: CodeBook) {
    self.book = book
    places = Dictionary(book.codes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let codes = Dictionary(book.codes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.codes = codes
    var targets: Set<String> = []
    for link in book.chains where Self.section(of: link.to, in: codes) == .chains { targets.insert(link.to) }
    consequences = targets
  }

  /// Sorts by the code book's order; codes it does not have come last, by id.
  func sorted(_ ids: some Sequence<String>) -> [String] {
    ids.sorted { (places[$0] ?? .max, $0) < (places[$1] ?? .max, $1) }
  }

  /// The section that prints a code: its own, its nearest ancestor's, or the one for further codes.
  func section(of id: String) -> ProtocolDocument.Section.Kind { Self.section(of: id, in: codes) }

  private static func section(of id: String, in codes: [String: Code]) -> ProtocolDocument.Section.Kind {
    for step in path(of: id, in: codes) {
      if let name = codes[step]?.section, let kind = ProtocolDocument.Section.Kind(rawValue: name) { return kind }
    }
    return .codes
  }

  /// The code, its parent and so on up; a code without a parent in the book goes up its dotted path.
  private static func path(of id: String, in codes: [String: Code]) -> [String] {
    var steps = [id]
    while let last = steps.last, steps.count <= 16 {
      if let parent = codes[last]?.parent, !steps.contains(parent) {
        steps.append(parent)
      } else if let dot = last.lastIndex(of: ".") {
        steps.append(String(last[..<dot]))
      } else {
        break
      }
    }
    return steps
  }

  /// The code under which finer ones are counted together: the first two segments of the dotted path.
  func family(of id: String) -> String {
    let segments = id.split(separator: ".")
    return segments.count <= 2 ? id : segments.prefix(2).joined(separator: ".")
  }

  /// 1 for a code that is printed under the section, 2 for a finer one.
  func level(of id: String) -> Int { family(of: id) == id ? 1 : 2 }

  /// The label, in English where the document is English and the code book has one; the id where it knows no such code.
  func label(of id: String, language: String) -> String {
    guard let code = codes[id] else { return id }
    return language.hasPrefix("en") ? code.labelEnglish ?? code.label : code.label
  }

  /// Whether the code may be a note's first.
  func mayBePrimary(_ id: String) -> Bool { codes[id]?.mayBePrimary ?? true }

  /// Whether the code stands at the start of a chain.
  func isFear(_ id: String) -> Bool { section(of: id) == .chains && !isConsequence(id) }

  /// Whether the code stands in the middle of a chain: the code book leads to it from another.
  func isConsequence(_ id: String) -> Bool { consequences.contains(id) || consequences.contains(family(of: id)) }
}
