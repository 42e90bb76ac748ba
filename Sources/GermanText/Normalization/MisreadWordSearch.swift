/// Finds what may have stood where a word was misread: the words, compounds and pairs of words of the language that a
/// reader most probably takes for it.
///
/// A search along the letters read and through the tree of words at once: at every letter only the most promising places
/// are kept. What a proposal costs is what its misreadings cost and what its words cost to expect.
struct MisreadWordSearch: Sendable {
  /// A proposal.
  struct Proposal: Equatable, Sendable {
    /// In small letters.
    var text: String
    /// Negative decimal logarithm of its probability together with the reading.
    var cost: Double
    /// Whether it is put together of nouns.
    var isCompound: Bool
    /// Whether it begins with a noun.
    var isNoun: Bool
    /// What the commonest of its words costs.
    var commonest: Double
  }

  /// Words before the one under way.
  private struct Head {
    var letters: [UInt8] = []
    var cost = 0.0
    var commonest = Double.infinity
    var compounds = 0
    var blanks = 0
    var isNoun = false
  }

  private struct State {
    var node: WordTree.Node
    var head: Int
    var cost: Double
    var score: Double
  }

  /// The places kept at one letter, each once.
  private struct Layer {
    var states: [State] = []
    var places: [UInt64: Int] = [:]

    mutating func put(_ state: State) {
      let key = UInt64(UInt32(bitPattern: state.node)) << 32 | UInt64(state.head)
      if let place = places[key] {
        if state.cost < states[place].cost { states[place] = state }
      } else {
        places[key] = states.count
        states.append(state)
      }
    }
  }

  let words: WordTree
  let costs: ReadingCosts
  private let links: [(letters: [UInt8], cost: Double)]

  /// Reads the bundled tables.
  static let bundled = Result<MisreadWordSearch, TableError> { () throws(TableError) in try MisreadWordSearch() }

  init() throws(TableError) { try self.init(words: WordTree(), costs: ReadingCosts()) }

  init(words: WordTree, costs: ReadingCosts) {
    self.words = words
    self.costs = costs
    links = Self.linkCosts.map { ($0.0.unicodeScalars.compactMap { WordTree.code(of: $0) }, $0.1) }
  }

  /// What linking elements cost: roughly their shares among compounds.
  private static let linkCosts = [("", 0.6), ("s", 0.8), ("es", 1.5), ("n", 1.0), ("en", 1.2), ("e", 1.5), ("er", 1.8)]
  /// That a noun goes on as a compound: one in ten.
  private static let compound = 1.0
  /// That a blank is not read.
  private static let lostBlank = 2.2
  /// Places kept at a letter at most, and how much dearer than the best they may be. Doubling both changed no proposal.
  private static let beam = 300
  private static let width = 6.5
  /// The last letter of a compound's part needs two behind it.
  private static let leastPart = 4

  /// What it costs that the letters read are right and no word we know: a tenth of all words, and by the letter. One that
  /// is spelled as words of the language are (`isPlain`) is a name or a loan word more often than one that is not.
  ///
  /// Chosen on stock Tesseract readings of drawn lines of two writers: 2 and 1.2 without a difference mends more (ratio of
  /// errors 0.88, not 0.93), but spoils 1.9 % of the right words there, not 0.6, and 3.5 % of the names of places.
  static func unknownCost(_ length: Int, isPlain: Bool) -> Double { 1 + (isPlain ? 0.9 : 1.1) * Double(length) }

  /// The most probable proposals, best first, none twice; none that is less probable than an unknown word.
  func proposals(for run: some Sequence<Unicode.Scalar>, count: Int = 6) -> [Proposal] {
    let read = costs.codes(of: run)
    let limit = Self.unknownCost(read.count, isPlain: false)
    var heads = [Head()]
    var known: [[UInt8]: Int] = [:]
    var layers = [Layer](repeating: Layer(), count: read.count + 3)
    layers[0].put(State(node: WordTree.root, head: 0, cost: 0, score: words.leastCost(under: WordTree.root)))
    var found: [String: Proposal] = [:]
    for place in 0...read.count {
      var states = kept(layers[place].states)
      layers[place] = Layer()
      guard let best = states.first?.score else { continue }
      let bound = min(best + Self.width, limit)
      addLosses(to: &states, heads, bound)
      if place == read.count {
        for state in states { finish(state, heads[state.head], &found) }
        break
      }
      addBoundaries(to: &states, read, place, &heads, &known, &layers, bound)
      for state in states { advance(state, heads[state.head].cost, read, place, &layers, bound) }
    }
    return found.values.filter { $0.cost <= limit }
      .sorted { $0.cost != $1.cost ? $0.cost < $1.cost : $0.text < $1.text }.prefix(count).map { $0 }
  }

  private func kept(_ states: [State]) -> [State] {
    let sorted = states.sorted {
      $0.score != $1.score ? $0.score < $1.score : ($0.node, $0.head) < ($1.node, $1.head)
    }
    guard let best = sorted.first?.score else { return [] }
    return sorted.prefix(Self.beam).prefix { $0.score <= best + Self.width }.map { $0 }
  }

  /// Places behind a letter that was not read.
  private func addLosses(to states: inout [State], _ heads: [Head], _ bound: Double) {
    for state in states[...] {
      words.forEachChild(of: state.node) { child in
        let cost = state.cost + costs.loss(of: words.letter(of: child))
        let score = cost + heads[state.head].cost + words.leastCost(under: child)
        if score <= bound { states.append(State(node: child, head: state.head, cost: cost, score: score)) }
      }
    }
  }

  /// Places at the start of the next word or part, where one ends.
  private func addBoundaries(
    to states: inout [State], _ read: [UInt8], _ place: Int, _ heads: inout [Head], _ known: inout [[UInt8]: Int],
    _ layers: inout [Layer], _ bound: Double
  ) {
    let start = words.leastCost(under: WordTree.root)
    for state in states[...] where words.cost(of: state.node).isFinite {
      let head = heads[state.head]
      let word = letters(to: state)
      if head.blanks < 1, word.count >= 2, place >= 2, place + 2 <= read.count {
        let next = self.head(head, word, state.node, [0], Self.lostBlank, &heads, &known)
        let score = state.cost + heads[next].cost + start
        if score <= bound { states.append(State(node: WordTree.root, head: next, cost: state.cost, score: score)) }
      }
      guard head.compounds < 2, head.blanks == 0, words.endsNoun(state.node), word.count >= Self.leastPart, place >= 3
      else { continue }
      for link in links where read[place...].starts(with: link.letters) && place + link.letters.count + 2 < read.count {
        let next = self.head(head, word, state.node, link.letters, Self.compound + link.cost, &heads, &known)
        let score = state.cost + heads[next].cost + start
        if score > bound { continue }
        let begun = State(node: WordTree.root, head: next, cost: state.cost, score: score)
        if link.letters.isEmpty { states.append(begun) } else { layers[place + link.letters.count].put(begun) }
      }
    }
  }

  /// The head that a word and what joins it to the next make, the same for the same.
  private func head(
    _ head: Head, _ word: [UInt8], _ node: WordTree.Node, _ joint: [UInt8], _ cost: Double, _ heads: inout [Head],
    _ known: inout [[UInt8]: Int]
  ) -> Int {
    // 31 keeps the parts apart.
    let key = head.letters + [31] + word + [31] + joint
    if let index = known[key] { return index }
    var next = head
    next.letters += word + joint
    next.cost += words.cost(of: node) + cost
    next.commonest = min(head.commonest, words.cost(of: node))
    if joint == [0] { next.blanks += 1 } else { next.compounds += 1 }
    if head.letters.isEmpty { next.isNoun = words.endsNoun(node) }
    known[key] = heads.count
    heads.append(next)
    return heads.count - 1
  }

  private func letters(to state: State) -> [UInt8] { words.letters(to: state.node) }

  /// Goes on by what was read at a place: right, for another, nobody's, or together with the next.
  private func advance(
    _ state: State, _ before: Double, _ read: [UInt8], _ place: Int, _ layers: inout [Layer], _ bound: Double
  ) {
    let letter = read[place]
    words.forEachChild(of: state.node) { child in
      let cost = state.cost + costs.change(letter, for: words.letter(of: child))
      let score = cost + before + words.leastCost(under: child)
      if score <= bound { layers[place + 1].put(State(node: child, head: state.head, cost: cost, score: score)) }
    }
    var extra = state
    extra.cost += costs.extra(letter)
    extra.score += costs.extra(letter)
    if extra.score <= bound { layers[place + 1].put(extra) }
    for pair in costs.pairs(readFrom: letter) where read[place...].starts(with: pair.read) {
      guard let node = words.node(pair.meant, from: state.node) else { continue }
      let cost = state.cost + pair.cost
      let score = cost + before + words.leastCost(under: node)
      if score <= bound {
        layers[place + pair.read.count].put(State(node: node, head: state.head, cost: cost, score: score))
      }
    }
  }

  private func finish(_ state: State, _ head: Head, _ found: inout [String: Proposal]) {
    let word = words.cost(of: state.node)
    guard word.isFinite else { return }
    let text = WordTree.text(head.letters + letters(to: state))
    let cost = state.cost + head.cost + word
    guard cost < found[text]?.cost ?? .infinity else { return }
    found[text] = Proposal(
      text: text, cost: cost, isCompound: head.compounds > 0,
      isNoun: head.letters.isEmpty ? words.endsNoun(state.node) : head.isNoun, commonest: min(head.commonest, word))
  }
}
