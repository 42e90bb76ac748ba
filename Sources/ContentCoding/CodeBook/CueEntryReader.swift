import ProtocolModel

/// Reads the entries under `cues` and spreads each into one cue per pattern and code.
struct CueEntryReader {
  let codes: [String]
  let setNames: [String]
  private let setPatterns: [String: [String]]
  private let codeSet: Set<String>

  init(codes: [String], sets: [CodeBook.WordSet]) {
    self.codes = codes
    codeSet = Set(codes)
    setNames = sets.map(\.id)
    setPatterns = Dictionary(sets.map { ($0.id, $0.patterns) }, uniquingKeysWith: { first, _ in first })
  }

  private static let keys = [
    "id", "code", "codes", "kind", "weight", "polarity", "unless", "example", "source", "patterns", "together",
  ]
  private static let sources = ["slide", "study", "reviewer", "learned", "language", "import"]

  func read(_ object: [String: JSONValue], _ reader: inout StrictReader) -> [Cue] {
    var cues: [Cue] = []
    var seen: Set<String> = []
    for (index, value) in reader.list(object, "cues", at: "").enumerated() {
      let pointer = "/cues/\(index)"
      guard let entry = reader.object(value, known: Self.keys, at: pointer),
        let id = reader.text(entry, "id", at: pointer, required: true)
      else { continue }
      let weights = readWeights(entry, pointer, &reader)
      let shared = readShared(entry, pointer, &reader)
      for (place, value) in reader.list(entry, "patterns", at: pointer).enumerated() {
        let at = "\(pointer)/patterns/\(place)"
        guard case .string(let line) = value else {
          reader.report(.codeBookType, "a text is expected", at: at)
          continue
        }
        let (pattern, example) = Self.split(line)
        if let fault = fault(in: pattern, kind: shared.kind) {
          reader.report(
            .codeBookPattern, fault.message, at: at,
            hint: fault.set.map { Nearest.hint(for: $0, among: setNames) })
          continue
        }
        for (position, weight) in weights.enumerated() {
          let name = "\(id)/\(Self.slug(pattern))" + (position == 0 ? "" : ":\(weight.code)")
          if !seen.insert(name).inserted {
            reader.report(.codeBookDuplicate, "two cues are called '\(name)'", at: at)
          }
          cues.append(
            Cue(
              id: name, code: weight.code, kind: kind(of: pattern, shared.kind).rawValue, pattern: pattern,
              weight: weight.value, unless: shared.unless,
              example: example ?? shared.example ?? madeExample(pattern, shared), source: shared.source,
              polarity: shared.polarity, together: shared.together))
        }
      }
    }
    return cues
  }

  private func readWeights(
    _ entry: [String: JSONValue], _ pointer: String, _ reader: inout StrictReader
  ) -> [(code: String, value: Double)] {
    var weights: [(code: String, value: Double)] = []
    if let code = reader.text(entry, "code", at: pointer) {
      weights.append((code, reader.number(entry, "weight", at: pointer) ?? 1))
    }
    if case .object(let codes)? = entry["codes"] {
      for code in codes.keys.sorted() {
        weights.append((code, reader.number(codes, code, at: "\(pointer)/codes") ?? 1))
      }
    }
    if weights.isEmpty { reader.report(.codeBookMissing, "the key 'code' is missing", at: pointer) }
    for weight in weights {
      if !codeSet.contains(weight.code) {
        reader.report(
          .codeBookReference, "no code is called '\(weight.code)'", at: "\(pointer)/code",
          hint: Nearest.hint(for: weight.code, among: codes))
      }
      if !weight.value.isFinite || abs(weight.value) > 10 {
        reader.report(.codeBookType, "a weight lies between -10 and 10", at: "\(pointer)/weight")
      }
    }
    return weights
  }

  private struct Shared {
    var kind: CueKind?
    var polarity: Cue.Polarity
    var unless: [String]
    var example: String?
    var source: String
    var together: Bool
  }

  private func readShared(
    _ entry: [String: JSONValue], _ pointer: String, _ reader: inout StrictReader
  ) -> Shared {
    let kindName = reader.text(entry, "kind", at: pointer)
    let kind = kindName.flatMap(CueKind.init(rawValue:))
    if let kindName, kind == nil {
      reader.report(
        .codeBookType, "no kind of cue is called '\(kindName)'", at: "\(pointer)/kind",
        hint: Nearest.hint(for: kindName, among: CueKind.allCases.map(\.rawValue)))
    }
    let polarityName = reader.text(entry, "polarity", at: pointer) ?? Cue.Polarity.any.rawValue
    let polarity = Cue.Polarity(rawValue: polarityName)
    if polarity == nil {
      reader.report(
        .codeBookType, "no polarity is called '\(polarityName)'", at: "\(pointer)/polarity",
        hint: Nearest.hint(for: polarityName, among: Cue.Polarity.allCases.map(\.rawValue)))
    }
    let source = reader.text(entry, "source", at: pointer) ?? "language"
    if !Self.sources.contains(source) {
      reader.report(
        .codeBookType, "no source is called '\(source)'", at: "\(pointer)/source",
        hint: Nearest.hint(for: source, among: Self.sources))
    }
    let unless = reader.texts(entry, "unless", at: pointer)
    for (index, pattern) in unless.enumerated() {
      if let fault = fault(in: pattern, kind: nil) {
        reader.report(.codeBookPattern, fault.message, at: "\(pointer)/unless/\(index)")
      }
    }
    return Shared(
      kind: kind, polarity: kind == .negated ? .negated : polarity ?? .any, unless: unless,
      example: reader.text(entry, "example", at: pointer), source: source,
      together: reader.boolean(entry, "together", at: pointer) ?? false)
  }

  /// `pattern :: example` taken apart.
  private static func split(_ line: String) -> (pattern: String, example: String?) {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard let separator = words.firstIndex(of: "::") else { return (words.joined(separator: " "), nil) }
    return (words[..<separator].joined(separator: " "), words[(separator + 1)...].joined(separator: " "))
  }

  private func kind(of pattern: String, _ given: CueKind?) -> CueKind {
    if let given { return given }
    guard let read = try? CuePattern(pattern) else { return .word }
    return read.sequences.count == 1 && read.sequences[0].elements.count == 1 && read.setNames.isEmpty && !read.asks
      ? .word : .phrase
  }

  private func fault(in pattern: String, kind: CueKind?) -> (message: String, set: String?)? {
    if kind == .pattern || kind == .colour { return pattern.isEmpty ? ("the pattern is empty", nil) : nil }
    if pattern == Self.noHeading, kind == .board || kind == .rest { return nil }
    if let message = Self.fault(in: pattern) { return (message, nil) }
    for name in (try? CuePattern(pattern))?.setNames ?? [] where setPatterns[name] == nil {
      return ("no set is called '\(name)'", name)
    }
    return nil
  }

  /// What is wrong with a phrase pattern; `nil` where nothing is.
  static func fault(in pattern: String) -> String? {
    do {
      _ = try CuePattern(pattern)
      return nil
    } catch {
      switch error {
      case .empty: return "the pattern has no word"
      case .misplaced(let sign): return "'\(sign)' cannot stand here"
      }
    }
  }

  /// The pattern of board cues for notes without a heading.
  static let noHeading = "-"

  private func madeExample(_ pattern: String, _ shared: Shared) -> String? {
    switch shared.kind {
    case .board, .rest, .colour: return nil
    case .pattern: return CharacterPattern(pattern).example
    default: break
    }
    guard let text = try? CuePattern(pattern).plainText(sets: setPatterns) else { return nil }
    guard shared.polarity == .negated, let negation = setPatterns[NegationScope.forwardSet]?.first else { return text }
    return "\(negation) \(text)"
  }

  /// The words of a pattern as an id: lower case, joined by hyphens.
  static func slug(_ pattern: String) -> String {
    var result = ""
    for scalar in pattern.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "*+=#@?€%:^$|.".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else if !result.hasSuffix("-"), !result.isEmpty {
        result += "-"
      }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result
  }
}
