/// How a word of a note matched a word of a cue, in the order in which they are tried.
package enum MatchRule: String, Comparable, Sendable {
  case exact, inflected, compound, phrase, pattern, negated, synonym, fuzzy

  private var order: Int {
    switch self {
    case .exact: 0
    case .inflected: 1
    case .compound: 2
    case .phrase: 3
    case .pattern: 4
    case .negated: 5
    case .synonym: 6
    case .fuzzy: 7
    }
  }

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.order < rhs.order }
}

/// Words of a note, by index, that matched something, with how sure that match is.
struct Span: Hashable {
  var first: Int
  var last: Int
  var rule: MatchRule
  /// 1 for a sure match, less for synonyms and misreadings.
  var certainty: Double
}
