import Foundation

/// The words of a hunspell dictionary, written out: its stems with what its affix rules make of them.
///
/// Libhunspell checks single words and lists none; the tree of words needs them all. Compounds are left to the tree. Of
/// the format (`man 5 hunspell`) are read `SFX` and `PFX`, one of each on a stem, and the flags of stems and forms that are
/// no words by themselves. Dictionaries that name flags by numbers or two letters are not read.
struct HunspellWords {
  /// One way to make a form of a stem.
  private struct Rule {
    var strip: [Unicode.Scalar]
    var add: [Unicode.Scalar]
    var condition: [LetterCondition]
    /// Whether it goes with an affix at the other end.
    var crosses: Bool

    /// Whether the stem's end (or beginning) is as the rule asks.
    func applies(to stem: [Unicode.Scalar], atStart: Bool) -> Bool {
      guard stem.count >= max(condition.count, strip.count + 1) else { return false }
      let part = atStart ? stem.prefix(condition.count) : stem.suffix(condition.count)
      let edge = atStart ? stem.prefix(strip.count) : stem.suffix(strip.count)
      return zip(condition, part).allSatisfy { $0.allows($1) } && edge.elementsEqual(strip)
    }
  }

  /// What a condition asks of one letter.
  private struct LetterCondition {
    var letters: Set<Unicode.Scalar>
    var excludes: Bool
    func allows(_ scalar: Unicode.Scalar) -> Bool { letters.contains(scalar) != excludes }
  }

  private var suffixes: [Unicode.Scalar: [Rule]] = [:]
  private var prefixes: [Unicode.Scalar: [Rule]] = [:]
  /// Flags of stems of which no form is a word by itself, and of those that need an affix.
  private var bound: Set<Unicode.Scalar> = []
  private var incomplete: Set<Unicode.Scalar> = []
  private let stems: [Substring]

  /// The dictionary in the two files; `nil` where either cannot be read.
  init?(affixes: String, words: String) {
    guard let rules = Self.text(of: affixes, latin: nil), let list = Self.text(of: words, latin: rules.isLatin) else {
      return nil
    }
    stems = list.text.split(whereSeparator: \.isNewline).dropFirst().map { $0 }
    for line in rules.text.split(whereSeparator: \.isNewline) {
      let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let keyword = fields.first, fields.count > 1 else { continue }
      switch keyword {
      case "FLAG": guard fields[1] == "UTF-8" else { return nil }
      case "ONLYINCOMPOUND", "FORBIDDENWORD": bound.formUnion(fields[1].unicodeScalars)
      case "NEEDAFFIX", "CIRCUMFIX": incomplete.formUnion(fields[1].unicodeScalars)
      default: break
      }
    }
    var crossing: Set<Unicode.Scalar> = []
    for line in rules.text.split(whereSeparator: \.isNewline) where line.hasPrefix("SFX") || line.hasPrefix("PFX") {
      let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard fields.count >= 4, let flag = fields[1].unicodeScalars.first else { continue }
      if fields.count == 4, fields[2] == "Y" || fields[2] == "N", Int(fields[3]) != nil {
        if fields[2] == "Y" { crossing.insert(flag) }
        continue
      }
      let parts = fields[3].split(separator: "/", maxSplits: 1)
      // A form with flags of its own that is no word by itself: the half of a compound, or of an affix at both ends.
      guard parts.count < 2 || bound.union(incomplete).isDisjoint(with: parts[1].unicodeScalars) else { continue }
      let rule = Rule(
        strip: fields[2] == "0" ? [] : Array(fields[2].unicodeScalars),
        add: parts.first.map { $0 == "0" ? [] : Array($0.unicodeScalars) } ?? [],
        condition: fields.count > 4 ? Self.condition(fields[4]) : [], crosses: crossing.contains(flag))
      if line.hasPrefix("SFX") {
        suffixes[flag, default: []].append(rule)
      } else {
        prefixes[flag, default: []].append(rule)
      }
    }
  }

  /// Calls `body` with every word; the same one may come several times.
  func forEach(_ body: ([Unicode.Scalar]) -> Void) {
    for entry in stems {
      // Behind a blank or tab stands what morphology says.
      let parts = entry.prefix { $0 != " " && $0 != "\t" }.split(separator: "/", maxSplits: 1)
      guard let first = parts.first else { continue }
      let stem = Array(first.unicodeScalars)
      let flags = parts.count > 1 ? Set(parts[1].unicodeScalars) : []
      guard bound.isDisjoint(with: flags) else { continue }
      let before = flags.sorted().flatMap { prefixes[$0] ?? [] }.filter { $0.applies(to: stem, atStart: true) }
      func add(_ word: [Unicode.Scalar], _ prefixes: [Rule]) {
        body(word)
        for rule in prefixes { body(rule.add + word.dropFirst(rule.strip.count)) }
      }
      if incomplete.isDisjoint(with: flags) { add(stem, before) }
      let own = flags.sorted().flatMap { suffixes[$0] ?? [] }
      for rule in own where rule.applies(to: stem, atStart: false) {
        add(stem.dropLast(rule.strip.count) + rule.add, rule.crosses ? before.filter(\.crosses) : [])
      }
    }
  }

  private static func condition(_ text: Substring) -> [LetterCondition] {
    var result: [LetterCondition] = []
    var letters: Set<Unicode.Scalar> = []
    var inside = false, excludes = false
    for scalar in text.unicodeScalars {
      switch (scalar, inside) {
      case ("[", false): (inside, excludes, letters) = (true, false, [])
      case ("]", true):
        inside = false
        result.append(LetterCondition(letters: letters, excludes: excludes))
      case ("^", true) where letters.isEmpty: excludes = true
      case (_, true): letters.insert(scalar)
      case (".", false): result.append(LetterCondition(letters: [], excludes: true))
      default: result.append(LetterCondition(letters: [scalar], excludes: false))
      }
    }
    // A single point asks nothing, not even for a letter.
    return text == "." ? [] : result
  }

  /// A file's text and whether it is in ISO 8859-1, as `SET` says where `latin` does not.
  private static func text(of path: String, latin: Bool?) -> (text: String, isLatin: Bool)? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    let isLatin = latin ?? (data.firstRange(of: Data("SET ISO8859-1".utf8)) != nil)
    guard let text = String(data: data, encoding: isLatin ? .isoLatin1 : .utf8) else { return nil }
    return (text, isLatin)
  }
}
