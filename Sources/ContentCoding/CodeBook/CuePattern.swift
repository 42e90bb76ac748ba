/// One way to compare a word: how much of it, and whether its spelling or case matters.
struct TermPattern: Hashable, Sendable {
  /// What part of the word the text must be.
  enum Reach: Hashable, Sendable {
    /// The whole word, or a part of a compound.
    case word
    /// The whole word in any inflection, never a part of a compound: short words of phrases.
    case inflected
    /// The word as it is spelled, without inflection (`=word`).
    case whole
    /// The beginning (`word*`).
    case beginning
    /// The end (`*word`).
    case ending
    /// A part of a compound only (`+word`).
    case part
  }
  var text: String
  var reach: Reach
  /// `<word`: only where it is written in lower case.
  var isLowerCase = false
  /// `>word`: only where it is written with a capital: the noun `Nutzen`, not the verb.
  var isCapital = false
  /// Whether the code book writes it as a noun: a capital before a small letter.
  var isNoun = false
}

/// One place of a phrase: alternatives that may stand there.
enum PatternElement: Hashable, Sendable {
  /// A word.
  case term(TermPattern)
  /// A word set in braces.
  case set(String)
  /// Several of them, `a|b`.
  case either([PatternElement])
}

/// A run of places, each with the number of other words allowed before it.
struct PatternSequence: Hashable, Sendable {
  var elements: [PatternElement]
  /// As many as ``elements``; the first is 0.
  var gaps: [Int]
  /// `^`: begins the note.
  var isAtStart = false
  /// `$`: ends the note.
  var isAtEnd = false
}

/// What a cue's pattern says, read from its notation.
///
/// - `word`: the word in any inflection, or as part of a compound; `=word` as spelled only, `+word` part only;
///   `word*` and `*word` begin and end a word; `<word` only in lower case, `>word` only with a capital.
/// - `a b`: next to each other. `a … b`: up to four words between them; `a ..2 b`: up to two.
/// - `a & b`: both, anywhere, in any order. `a|b`: either. `{set}`: a word set. `^` and `$`: beginning and end.
/// - `?` at the end: only in a note that asks.
struct CuePattern: Hashable, Sendable {
  var sequences: [PatternSequence]
  var asks = false

  /// Why a pattern cannot be read.
  enum Failure: Error, Equatable {
    case empty
    case misplaced(String)
  }

  /// How many words `…` may stand for: the longest insertion seen between a German verb and its separated part or
  /// negation on workshop notes is three or four words.
  static let openGap = 4

  /// Reads the notation.
  init(_ source: String) throws(Failure) {
    var text = source
    if text.hasSuffix("?") {
      asks = true
      text.removeLast()
    }
    sequences = []
    for part in text.split(separator: "&", omittingEmptySubsequences: false) {
      sequences.append(try Self.sequence(String(part)))
    }
    if sequences.reduce(0, { $0 + $1.elements.count }) > 1 {
      for place in sequences.indices {
        sequences[place].elements = sequences[place].elements.map(Self.withoutShortParts)
      }
    }
  }

  /// Letters below which a word of a phrase is not looked for inside compounds (`echt` in `Echtzeit`).
  private static let shortestPart = 6

  private static func withoutShortParts(_ element: PatternElement) -> PatternElement {
    switch element {
    case .term(var term):
      if term.reach == .word, term.text.count < shortestPart { term.reach = .inflected }
      return .term(term)
    case .either(let elements): return .either(elements.map(withoutShortParts))
    case .set: return element
    }
  }

  private static func sequence(_ source: String) throws(Failure) -> PatternSequence {
    var result = PatternSequence(elements: [], gaps: [])
    var gap: Int?
    for word in source.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      if word == "^" {
        guard result.elements.isEmpty, gap == nil else { throw .misplaced("^") }
        result.isAtStart = true
      } else if word == "$" {
        result.isAtEnd = true
      } else if word == "…" || word == "..." {
        guard !result.elements.isEmpty, gap == nil else { throw .misplaced("…") }
        gap = openGap
      } else if word.hasPrefix(".."), let count = Int(word.dropFirst(2)), (1...12).contains(count) {
        guard !result.elements.isEmpty, gap == nil else { throw .misplaced(String(word)) }
        gap = count
      } else {
        guard !result.isAtEnd else { throw .misplaced("$") }
        result.elements.append(try element(String(word)))
        result.gaps.append(gap ?? 0)
        gap = nil
      }
    }
    guard !result.elements.isEmpty else { throw .empty }
    guard gap == nil else { throw .misplaced("…") }
    return result
  }

  private static func element(_ word: String) throws(Failure) -> PatternElement {
    if word.utf8.contains(UInt8(ascii: "|")) {
      let parts = word.split(separator: "|", omittingEmptySubsequences: false)
      var elements: [PatternElement] = []
      for part in parts { elements.append(try element(String(part))) }
      return .either(elements)
    }
    if word.hasPrefix("{") {
      guard word.hasSuffix("}"), word.count > 2 else { throw .misplaced("{") }
      return .set(String(word.dropFirst().dropLast()))
    }
    var rest = word[...]
    var term = TermPattern(text: "", reach: .word)
    if rest.hasPrefix("<") {
      term.isLowerCase = true
      rest.removeFirst()
    } else if rest.hasPrefix(">") {
      term.isCapital = true
      rest.removeFirst()
    }
    if rest.hasPrefix("=") {
      term.reach = .whole
      rest.removeFirst()
    } else if rest.hasPrefix("+") {
      term.reach = .part
      rest.removeFirst()
    } else if rest.hasPrefix("*") {
      term.reach = .ending
      rest.removeFirst()
    } else if rest.hasSuffix("*") {
      term.reach = .beginning
      rest.removeLast()
    }
    if let stray = rest.unicodeScalars.first(where: { Self.signs.contains($0) }) { throw .misplaced(String(stray)) }
    guard rest.unicodeScalars.contains(where: Self.isWordScalar) else { throw .empty }
    term.text = String(rest)
    let letters = rest.unicodeScalars.prefix(2)
    term.isNoun = letters.first?.properties.isUppercase == true && letters.last?.properties.isLowercase == true
    return .term(term)
  }

  private static let signs = Set("*{}<>=+^$".unicodeScalars), wordSigns = Set("€%§".unicodeScalars)

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || wordSigns.contains(scalar)
  }

  /// The sets it names, in order.
  var setNames: [String] {
    func names(_ element: PatternElement) -> [String] {
      switch element {
      case .term: return []
      case .set(let name): return [name]
      case .either(let elements): return elements.flatMap(names)
      }
    }
    return sequences.flatMap { $0.elements.flatMap(names) }
  }

  /// A shortest text that it matches, made from its own words and the first pattern of each set.
  func plainText(sets: [String: [String]]) -> String {
    func text(_ element: PatternElement) -> String {
      switch element {
      case .term(let term): return term.isLowerCase ? term.text.lowercased() : term.text
      case .either(let elements): return elements.first.map(text) ?? ""
      case .set(let name):
        guard let first = sets[name]?.first, let pattern = try? CuePattern(first) else { return "" }
        return pattern.plainText(sets: [:])
      }
    }
    let runs = sequences.map { $0.elements.map(text).joined(separator: " ") }
    return runs.joined(separator: ", ") + (asks ? "?" : "")
  }
}
