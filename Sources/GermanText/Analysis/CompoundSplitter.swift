/// Cuts compounds into the base words of the dictionary: `Schulungsangebote` into `schulung` and `angebote`.
struct CompoundSplitter: Sendable {
  /// What the dictionary cannot say about compounds.
  struct Rules: Sendable {
    /// Linking elements with what each costs; the empty one is free.
    var links: [(letters: [UInt8], cost: Double)]
    /// Words of two or three letters that are parts.
    var shortParts: Set<[UInt8]>
    /// Words that are no part: verb prefixes, endings.
    var noParts: Set<[UInt8]>
    /// Words that look like a compound and are none.
    var wholes: Set<[UInt8]>

    /// Reads the bundled table; each row is a kind and a word, a link its cost too.
    init() throws(TableError) {
      links = []
      shortParts = []
      noParts = []
      wholes = []
      for row in try TableFile(resource: "compounds.tsv").rows {
        let letters = PlainWord(row[1])?.bytes ?? []
        switch row[0] {
        case "link": links.append((letters, row.count > 2 ? Double(row[2]) ?? 0 : 0))
        case "short": shortParts.insert(letters)
        case "no-part": noParts.insert(letters)
        case "whole": wholes.insert(letters)
        default: throw .malformed(file: "compounds.tsv", line: 0)
        }
      }
    }
  }

  /// One part of a split, by its letters in the compound; the linking element is not part of it.
  struct Part: Equatable, Sendable {
    var letters: [UInt8]
  }

  private let lexicon: Lexicon
  private let rules: Rules
  private let near: NearWords?
  private var words: WordList { lexicon.words }

  /// Splits by the words of a lexicon.
  init(lexicon: Lexicon, rules: Rules, near: NearWords? = nil) {
    self.lexicon = lexicon
    self.rules = rules
    self.near = near
  }

  /// The parts of a misread compound: one part as it stands, the other by the nearest base word; none where the word is
  /// right, simple, or two readings are equally near.
  func tolerantParts(of word: PlainWord) -> [Part] {
    let letters = word.bytes
    // Nine letters: a part of four and one of five.
    guard let near, (9...40).contains(letters.count) else { return [] }
    for cut in stride(from: letters.count - 5, through: 4, by: -1) {
      let lead = Array(letters[..<cut])
      let role = words[LetterHash.of(lead)]
      guard !role.isDisjoint(with: [.leading, .noun]), !rules.noParts.contains(lead) else { continue }
      for link in rules.links where letters[cut...].starts(with: link.letters) {
        guard link.letters.isEmpty || role.contains(.standalone) else { continue }
        if let end = near.nearest(letters[(cut + link.letters.count)...]), !rules.noParts.contains(end) {
          return [Part(letters: bare(lead)), Part(letters: end)]
        }
      }
    }
    for cut in 5...(letters.count - 4) {
      let end = letters[cut...]
      let role = words[LetterHash.of(end)]
      guard role.isSuperset(of: [.standalone, .noun]), !rules.noParts.contains(Array(end)) else { continue }
      for link in rules.links where letters[..<cut].reversed().starts(with: link.letters.reversed()) {
        let rest = letters[..<(cut - link.letters.count)]
        // Four and five letters are too few to be sure: `mentoring` is no ring.
        guard rest.count >= 6 || end.count >= 5 else { continue }
        if let lead = near.nearest(rest), !rules.noParts.contains(lead) {
          return [Part(letters: lead), Part(letters: Array(end))]
        }
      }
    }
    return []
  }

  /// The parts of a word, left to right, or none where it is simple or nothing fits.
  func parts(of word: PlainWord) -> [Part] {
    let n = word.bytes.count
    // Five letters at least: `Notruf` has six, and shorter words split by accident only.
    guard n >= 6, n <= 60, words.count > 0, !isWhole(word.bytes) else { return [] }
    return best(word.bytes) ?? []
  }

  /// Whether the word is one of the list or an inflected form of one.
  func isSimple(_ word: PlainWord) -> Bool { isEntry(word.bytes[...]) }

  /// Whether the word splits into two or three parts of four letters or more: compounds by chance have shorter ones.
  func isClean(_ word: PlainWord) -> Bool {
    let parts = parts(of: word)
    return (2...3).contains(parts.count) && parts.allSatisfy { $0.letters.count >= 4 }
  }

  private func isWhole(_ letters: [UInt8]) -> Bool {
    Self.endings.contains { ending in
      letters.count > ending.count && letters.suffix(ending.count).elementsEqual(ending)
        && rules.wholes.contains(Array(letters.dropLast(ending.count)))
    }
  }

  private func isEntry(_ letters: ArraySlice<UInt8>) -> Bool {
    Self.endings.contains { ending in
      letters.count > ending.count + 2 && letters.suffix(ending.count).elementsEqual(ending)
        && words[LetterHash.of(letters.dropLast(ending.count))].contains(.standalone)
    }
  }

  /// What inflection adds to a last part.
  private static let endings = [
    "", "n", "en", "e", "s", "es", "er", "ern", "em", "nen", "in", "innen", "t", "te", "ten",
  ]
  .map { Array($0.utf8) }

  /// The cheapest way to cover the word with two parts or more.
  ///
  /// A part costs 1, so the fewest parts win; short ones and those the dictionary does not mark as leading cost more,
  /// because accidents are short (`Bed` + `enken`).
  private func best(_ word: [UInt8]) -> [Part]? {
    let n = word.count
    var cost = [Double](repeating: .infinity, count: n + 1)
    var from = [(start: Int, end: Int)](repeating: (0, 0), count: n + 1)
    cost[0] = 0
    var bestEnd: (cost: Double, start: Int)?
    for i in 0..<(n - 2) where cost[i].isFinite {
      var hash = LetterHash()
      for j in i..<n {
        hash.add(word[j])
        let length = j + 1 - i
        if length < 2 { continue }
        let letters = word[i...j]
        if j + 1 == n {
          if i > 0, let end = endCost(letters), cost[i] + end < bestEnd?.cost ?? .infinity {
            bestEnd = (cost[i] + end, i)
          }
          continue
        }
        let role = words[hash]
        guard let part = leadCost(letters, role, hash) else { continue }
        for link in rules.links {
          let next = j + 1 + link.letters.count
          guard next <= n - 2, link.letters.isEmpty || role.contains(.standalone),
            word[(j + 1)..<next].elementsEqual(link.letters)
          else { continue }
          // The dictionary's own form with its link costs no more than ours without one.
          let total = cost[i] + part + link.cost
          if total < cost[next] {
            cost[next] = total
            from[next] = (i, j + 1)
          }
        }
      }
    }
    guard let bestEnd else { return nil }
    var parts = [Part(letters: Array(word[bestEnd.start...]))]
    var end = bestEnd.start
    while end > 0 {
      let (start, stop) = from[end]
      parts.append(Part(letters: bare(Array(word[start..<stop]))))
      end = start
    }
    let whole = isEntry(word[...])
    let limit = whole ? Double(parts.count) + 0.45 : Double(parts.count) + 1.2
    guard bestEnd.cost <= limit, parts.count <= 5 else { return nil }
    return parts.reversed()
  }

  private func leadCost(_ letters: ArraySlice<UInt8>, _ role: WordList.Role, _ hash: LetterHash) -> Double? {
    if role.isEmpty {
      // The core of a verb: `anlern` in `Anlernzeit`, `vorzeige` in `Vorzeigeprojekt`.
      guard letters.count >= 4, let last = letters.last else { return nil }
      var infinitive = hash
      if last != UInt8(ascii: "e") { infinitive.add(UInt8(ascii: "e")) }
      infinitive.add(UInt8(ascii: "n"))
      return words[infinitive].contains(.small) ? 1.4 : nil
    }
    if letters.count <= 3, !rules.shortParts.contains(Array(letters)) { return nil }
    if rules.noParts.contains(Array(letters)) { return nil }
    return 1 + (letters.count <= 3 ? 0.25 : 0) + (role.contains(.leading) ? 0 : role.contains(.noun) ? 0.15 : 0.4)
  }

  private func endCost(_ letters: ArraySlice<UInt8>) -> Double? {
    if letters.count <= 3 { return rules.shortParts.contains(Array(letters)) ? 1.25 : nil }
    if rules.noParts.contains(Array(letters)) { return nil }
    for ending in Self.endings where letters.count > ending.count + 2 {
      guard letters.suffix(ending.count).elementsEqual(ending) else { continue }
      let base = letters.dropLast(ending.count)
      let role = words[LetterHash.of(base)]
      guard !role.isDisjoint(with: [.standalone, .trailing]), !rules.noParts.contains(Array(base)) else { continue }
      if base.count <= 3, !rules.shortParts.contains(Array(base)) { continue }
      return 1 + (base.count <= 3 ? 0.25 : 0) + (role.contains(.noun) ? 0 : 0.15) + (ending.isEmpty ? 0 : 0.05)
    }
    // The word list leaves out what its affixes make (`Vereinbarung` from `vereinbaren`): the dictionary knows it.
    guard letters.count >= 5 else { return nil }
    let text = PlainWord.text(letters)
    let noun = text.prefix(1).uppercased() + text.dropFirst()
    if lexicon.knows(noun) { return 1.2 }
    return noun.contains("ss") && lexicon.knows(noun.replacing("ss", with: "ß")) ? 1.2 : nil
  }

  /// Takes the linking element off a form that stands only before others: `arbeits` as `arbeit`; `anlern` as `anlernen`.
  private func bare(_ letters: [UInt8]) -> [UInt8] {
    let role = words[LetterHash.of(letters)]
    if role.isEmpty { return letters + (letters.last == UInt8(ascii: "e") ? "n" : "en").utf8 }
    guard !role.contains(.standalone) else { return letters }
    for link in rules.links where !link.letters.isEmpty && letters.count > link.letters.count + 2 {
      guard letters.suffix(link.letters.count).elementsEqual(link.letters) else { continue }
      let base = letters.dropLast(link.letters.count)
      if words[LetterHash.of(base)].contains(.standalone) { return Array(base) }
    }
    return letters
  }
}
