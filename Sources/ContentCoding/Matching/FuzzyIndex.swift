/// Finds the words of the cues that a misread word may have been.
///
/// A trie is walked with one row of weighted edit distances per letter (Oflazer 1996); a branch ends as soon as every
/// distance in its row is above the limit. Words of compounds are found by their beginning, and by their end in a
/// second trie of reversed words.
struct FuzzyIndex: Sendable {
  /// A cue word that is near enough.
  struct Guess: Hashable {
    var word: String
    var certainty: Double
    /// Whether only one end of the word that was read resembles it.
    var isPartial: Bool
  }

  /// Words below five letters have too many neighbours one letter away.
  static let shortestWord = 5
  /// Letters that a word needs to be looked for at one end of another.
  static let shortestPart = 6

  private let forward: Trie
  private let backward: Trie

  private let tolerance: Double

  /// - Parameter tolerance: factor on ``limit(length:isKnownWrong:)``.
  init(words: [String], confusions: ConfusionTable, tolerance: Double = 1) {
    self.tolerance = tolerance
    let long = Set(words.filter { $0.unicodeScalars.count >= Self.shortestWord }).sorted()
    forward = Trie(words: long.map { Array($0.unicodeScalars) }, names: long, confusions: confusions)
    let parts = long.filter { $0.unicodeScalars.count >= Self.shortestPart }
    backward = Trie(
      words: parts.map { Array($0.unicodeScalars.reversed()) }, names: parts, confusions: confusions.reversed)
  }

  /// The largest weighted distance for a cue word of `length` letters: about a fifth of the letters wrong, a quarter in
  /// long words; two thirds of it where no lexicon says that the word read is none.
  static func limit(length: Int, isKnownWrong: Bool) -> Double {
    let limit: Double =
      switch length {
      case ..<5: 0
      case 5: 1
      case 6...7: 1.4
      case 8...9: 2
      case 10...12: 2.5
      default: 3.2
      }
    return isKnownWrong ? limit : limit * 2 / 3
  }

  /// The nearest cue words to `folded`, by name; several where they are equally near.
  func nearest(to folded: String, isKnownWrong: Bool) -> [Guess] {
    let scalars = Array(folded.unicodeScalars)
    guard scalars.count >= Self.shortestWord else { return [] }
    var best: [Guess] = []
    var bestCost = Double.infinity
    func take(_ found: [Trie.Found], isPartial: Bool) {
      for item in found {
        let limit = Self.limit(length: item.length, isKnownWrong: isKnownWrong) * tolerance
        let share = (item.cost + (isPartial ? Self.partialCost : 0)) / max(limit, 0.001)
        guard share <= 1 else { continue }
        let guess = Guess(word: item.name, certainty: 1 - Self.doubt * share, isPartial: isPartial)
        if share < bestCost - 0.02 {
          bestCost = share
          best = [guess]
        } else if share <= bestCost + 0.02, !best.contains(guess) {
          best.append(guess)
        }
      }
    }
    take(forward.search(scalars, isKnownWrong: isKnownWrong, isPartial: false, tolerance: tolerance), isPartial: false)
    if scalars.count >= Self.shortestPart + 3 {
      take(forward.search(scalars, isKnownWrong: isKnownWrong, isPartial: true, tolerance: tolerance), isPartial: true)
      take(
        backward.search(scalars.reversed(), isKnownWrong: isKnownWrong, isPartial: true, tolerance: tolerance),
        isPartial: true)
    }
    return best.sorted { $0.word < $1.word }
  }

  /// The cue words that `folded` may be as a whole, likeliest first, with what each is of all of them together.
  ///
  /// A letter that is wrong by no confusion is twenty times less likely than one that is right: recorded readings have
  /// one in a hundred such.
  func probable(_ folded: String) -> [(guess: Guess, share: Double)] {
    let scalars = Array(folded.unicodeScalars)
    guard scalars.count >= Self.shortestWord else { return [] }
    let found = forward.search(scalars, isKnownWrong: true, isPartial: false, tolerance: tolerance)
      .sorted { ($0.cost, $0.name) < ($1.cost, $1.name) }.prefix(Self.mostProbable)
    guard let least = found.first?.cost else { return [] }
    let odds = found.map { Self.oddsOfALetter($0.cost - least) }
    let all = odds.reduce(0, +)
    return zip(found, odds).map { item, odds in
      let limit = Self.limit(length: item.length, isKnownWrong: true) * tolerance
      let certainty = 1 - Self.doubt * item.cost / max(limit, 0.001)
      return (Guess(word: item.name, certainty: certainty, isPartial: false), odds / all)
    }
  }

  private static let mostProbable = 5

  /// A twentieth for every letter of distance, in steps of an eighth of a letter: 0.6876 is its eighth root.
  private static func oddsOfALetter(_ distance: Double) -> Double {
    var odds = 1.0
    for _ in 0..<Int((distance * 8).rounded()) { odds *= 0.6876 }
    return odds
  }

  /// What is added to the distance where only one end of a word matches.
  private static let partialCost = 0.4
  /// What a match at the limit loses of its certainty.
  private static let doubt = 0.4
}

/// Words by their letters, searched by weighted edit distance.
struct Trie: Sendable {
  struct Found {
    var name: String
    var length: Int
    var cost: Double
  }

  private var children: [[(letter: Unicode.Scalar, node: Int)]] = [[]]
  private var word: [Int] = [-1]
  private var depthBelow: [Int] = [0]
  private let names: [String]
  private let confusions: ConfusionTable

  init(words: [[Unicode.Scalar]], names: [String], confusions: ConfusionTable) {
    self.names = names
    self.confusions = confusions
    for (index, letters) in words.enumerated() {
      var node = 0
      depthBelow[0] = max(depthBelow[0], letters.count)
      for (place, letter) in letters.enumerated() {
        if let next = children[node].first(where: { $0.letter == letter })?.node {
          node = next
        } else {
          children.append([])
          word.append(-1)
          depthBelow.append(0)
          children[node].append((letter, children.count - 1))
          node = children.count - 1
        }
        depthBelow[node] = max(depthBelow[node], letters.count - place - 1)
      }
      word[node] = index
    }
  }

  /// The words within their limit of `text`; with `isPartial` of any beginning of it that leaves three letters over.
  func search(_ text: [Unicode.Scalar], isKnownWrong: Bool, isPartial: Bool, tolerance: Double) -> [Found] {
    var found: [Found] = []
    let count = text.count
    let first = (0...count).map { Double($0) * confusions.insertion }
    var rows: [[Double]] = [first]
    var path: [Unicode.Scalar] = []
    let readings = readings(in: text)

    func visit(_ node: Int) {
      if word[node] >= 0 {
        let row = rows[rows.count - 1]
        let length = path.count
        let limit = FuzzyIndex.limit(length: length, isKnownWrong: isKnownWrong) * tolerance
        let cost = isPartial ? Self.partial(row, length) : Self.whole(row, text)
        if cost <= limit { found.append(Found(name: names[word[node]], length: length, cost: cost)) }
      }
      for (letter, next) in children[node] {
        path.append(letter)
        let row = self.row(letter, text, rows, path, readings)
        let longest = path.count + depthBelow[next]
        let limit = FuzzyIndex.limit(length: longest, isKnownWrong: isKnownWrong) * tolerance
        if let least = row.min(), least <= limit {
          rows.append(row)
          visit(next)
          rows.removeLast()
        }
        path.removeLast()
      }
    }
    visit(0)
    return found
  }

  /// A confusion whose misreading stands in a text.
  private struct Reading {
    var meant: [Unicode.Scalar]
    var width: Int
    var cost: Double
    /// Where it ends in the text.
    var ends: [Int]
  }

  /// The confusions that a text shows at all, by the last letter that was meant: few of all, and looked for once.
  private func readings(in text: [Unicode.Scalar]) -> [Unicode.Scalar: [Reading]] {
    confusions.pairs.compactMapValues { pairs in
      let shown = pairs.compactMap { pair -> Reading? in
        let width = pair.read.count
        guard width <= text.count else { return nil }
        let ends = (width...text.count).filter { pair.read.elementsEqual(text[($0 - width)..<$0]) }
        return ends.isEmpty ? nil : Reading(meant: pair.meant, width: width, cost: pair.cost, ends: ends)
      }
      return shown.isEmpty ? nil : shown
    }
  }

  private func row(
    _ letter: Unicode.Scalar, _ text: [Unicode.Scalar], _ rows: [[Double]], _ path: [Unicode.Scalar],
    _ readings: [Unicode.Scalar: [Reading]]
  ) -> [Double] {
    let above = rows[rows.count - 1]
    let isDouble = path.count > 1 && path[path.count - 2] == letter
    let missing = isDouble ? confusions.doubling : confusions.deletion
    var row = Array(repeating: 0.0, count: text.count + 1)
    row[0] = above[0] + missing
    for j in 1...text.count {
      var best = above[j - 1] + (text[j - 1] == letter ? 0 : confusions.substitution)
      best = min(best, above[j] + missing)
      let extra = j > 1 && text[j - 1] == text[j - 2] ? confusions.doubling : confusions.insertion
      row[j] = min(best, row[j - 1] + extra)
    }
    for reading in readings[letter] ?? [] {
      let depth = reading.meant.count
      guard depth <= path.count, reading.meant.elementsEqual(path[(path.count - depth)...]) else { continue }
      let base = rows[rows.count - depth]
      for end in reading.ends { row[end] = min(row[end], base[end - reading.width] + reading.cost) }
    }
    return row
  }

  /// Distance to the whole word, an inflection at its end (up to two letters) for little.
  private static func whole(_ row: [Double], _ text: [Unicode.Scalar]) -> Double {
    var cost = row[text.count]
    for extra in 1...2 where text.count - extra > 0 {
      let ending = String(String.UnicodeScalarView(text[(text.count - extra)...]))
      if inflections.contains(ending) { cost = min(cost, row[text.count - extra] + 0.2) }
    }
    return cost
  }

  private static let inflections: Set<String> = [
    "e", "n", "s", "r", "m", "t", "en", "er", "es", "em", "et", "te", "st",
  ]

  private static func partial(_ row: [Double], _ length: Int) -> Double {
    guard length >= FuzzyIndex.shortestPart, row.count > 4 else { return .infinity }
    return row[..<(row.count - 3)].min() ?? .infinity
  }
}
