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
        let phrase: CuePattern?
        do throws(PatternFault) {
          phrase = try self.phrase(pattern, kind: shared.kind)
        } catch {
          reader.report(
            .codeBookPattern, error.message, at: at,
            hint: error.set.map { Nearest.hint(for: $0, among: setNames) })
          continue
        }
        let kind = kind(of: phrase, shared.kind),
          made = example ?? shared.example ?? madeExample(pattern, phrase, shared)
        for (position, weight) in weights.enumerated() {
          let name = "\(id)/\(Self.slug(pattern))" + (position == 0 ? "" : ":\(weight.code)")
          if !seen.insert(name).inserted {
            reader.report(.codeBookDuplicate, "two cues are called '\(name)'", at: at)
          }
          cues.append(
            Cue(
              id: name, code: weight.code, kind: kind.rawValue, pattern: pattern, weight: weight.value,
              unless: shared.unless, example: made, source: shared.source, polarity: shared.polarity,
              together: shared.together))
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
      do throws(PatternFault) {
        _ = try phrase(pattern, kind: nil)
      } catch {
        reader.report(.codeBookPattern, error.message, at: "\(pointer)/unless/\(index)")
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

  private func kind(of phrase: CuePattern?, _ given: CueKind?) -> CueKind {
    if let given { return given }
    guard let phrase else { return .word }
    return phrase.sequences.count == 1 && phrase.sequences[0].elements.count == 1 && phrase.setNames.isEmpty
      && !phrase.asks ? .word : .phrase
  }

  /// Why a pattern cannot be used; `set` where it names a set that is not there.
  private struct PatternFault: Error {
    var message: String
    var set: String?
  }

  /// The pattern as a phrase; `nil` where its kind has another notation.
  private func phrase(_ pattern: String, kind: CueKind?) throws(PatternFault) -> CuePattern? {
    if kind == .pattern || kind == .colour {
      if pattern.isEmpty { throw PatternFault(message: "the pattern is empty") }
      return nil
    }
    if pattern == Self.noHeading, kind == .board || kind == .rest { return nil }
    let phrase: CuePattern
    do throws(CuePattern.Failure) { phrase = try CuePattern(pattern) } catch {
      throw PatternFault(message: Self.message(error))
    }
    if let name = phrase.setNames.first(where: { setPatterns[$0] == nil }) {
      throw PatternFault(message: "no set is called '\(name)'", set: name)
    }
    return phrase
  }

  /// What is wrong with a phrase pattern; `nil` where nothing is.
  static func fault(in pattern: String) -> String? {
    do throws(CuePattern.Failure) {
      _ = try CuePattern(pattern)
      return nil
    } catch {
      return message(error)
    }
  }

  private static func message(_ failure: CuePattern.Failure) -> String {
    switch failure {
    case .empty: "the pattern has no word"
    case .misplaced(let sign): "'\(sign)' cannot stand here"
    }
  }

  /// The pattern of board cues for notes without a heading.
  static let noHeading = "-"

  private func madeExample(_ pattern: String, _ phrase: CuePattern?, _ shared: Shared) -> String? {
    switch shared.kind {
    case .board, .rest, .colour: return nil
    case .pattern: return CharacterPattern(pattern).example
    default: break
    }
    guard let text = phrase?.plainText(sets: setPatterns) else { return nil }
    guard shared.polarity == .negated, let negation = setPatterns[NegationScope.forwardSet]?.first else { return text }
    return "\(negation) \(text)"
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    // Nearly all are plain letters, and the tables of Unicode cost a search each.
    if scalar.isASCII, ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) { return true }
    return "*+=#@?€%:^$|.".unicodeScalars.contains(scalar)
      || !scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }

  /// The words of a pattern as an id: lower case, joined by hyphens.
  static func slug(_ pattern: String) -> String {
    var result = ""
    for scalar in pattern.lowercased().unicodeScalars {
      if isOfWord(scalar) {
        result.unicodeScalars.append(scalar)
      } else if !result.hasSuffix("-"), !result.isEmpty {
        result += "-"
      }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result
  }
}
