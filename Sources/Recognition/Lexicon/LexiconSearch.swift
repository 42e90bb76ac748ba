import Foundation

/// What the network believes about letters without their case, for the columns of one line.
struct LetterPosteriors {
  /// What taking a letter for one that looks like it costs: one in seven.
  private static let lookalikeCost = 2.0

  /// `columns` x ``Letter/count`` log-probabilities; 0 is the blank. A letter also has a share of its lookalikes.
  let values: [Double]
  /// The same without the lookalikes, for words as they were read.
  private let strict: [Double]
  let columns: Int

  init(_ posteriors: CharacterPosteriors) {
    columns = posteriors.columns
    var codes = [UInt8?](repeating: nil, count: posteriors.classes)
    codes[0] = 0
    for (index, scalar) in posteriors.alphabet.enumerated() {
      codes[index + 1] = scalar == " " ? Letter.space : Letter.codeOrDigit(scalar)
    }
    let lookalikes = Letter.lookalikes.compactMap { scalar, code in
      posteriors.label(of: scalar).map { (label: $0, code: Int(code)) }
    }
    var values = [Double](repeating: -.infinity, count: columns * Letter.count)
    for column in 0..<columns {
      for label in 0..<posteriors.classes {
        guard let code = codes[label] else { continue }
        let place = column * Letter.count + Int(code)
        values[place] = logSum(values[place], posteriors.value(column, label))
      }
    }
    strict = values
    for column in 0..<columns {
      for (label, code) in lookalikes {
        let place = column * Letter.count + code
        values[place] = logSum(values[place], posteriors.value(column, label) - Self.lookalikeCost)
      }
    }
    self.values = values
  }

  @inline(__always)
  func value(_ column: Int, _ code: UInt8) -> Double { values[column * Letter.count + Int(code)] }

  /// Log-probability of the letters in the columns as read, summed over all placements.
  func logProbability(of word: [UInt8], in range: Range<Int>) -> Double {
    guard !word.isEmpty, !range.isEmpty else { return -.infinity }
    func value(_ column: Int, _ code: UInt8) -> Double { strict[column * Letter.count + Int(code)] }
    let states = 2 * word.count + 1
    var alpha = [Double](repeating: -.infinity, count: states)
    alpha[0] = value(range.lowerBound, 0)
    alpha[1] = value(range.lowerBound, word[0])
    for column in range.dropFirst() {
      var state = states - 1
      while state >= 0 {
        let code = state % 2 == 0 ? 0 : word[state / 2]
        var sum = alpha[state]
        if state > 0 { sum = logSum(sum, alpha[state - 1]) }
        if state > 1, code != 0, code != word[state / 2 - 1] { sum = logSum(sum, alpha[state - 2]) }
        alpha[state] = sum == -.infinity ? sum : sum + value(column, code)
        state -= 1
      }
    }
    return logSum(alpha[states - 1], alpha[states - 2])
  }
}

/// Finds the words of a lexicon that a stretch of a line may hold: a prefix beam search that can only take the tree's
/// ways, so a word is found by what the network saw and not by its distance from a first reading.
struct LexiconSearch {
  /// Letters of a compound's part at least; below, any line of letters can be made of words.
  static let shortestPart = 4

  let lexicon: GermanLexicon
  var weights: LexiconWeights

  /// A word or compound, what it costs to believe in it, and what the network says.
  struct Candidate {
    var codes: [UInt8]
    var logProbability: Double
    var cost: Double
    var forms: WordForms
    /// Where a word of the tree ends, `nil` for a compound.
    var node: Int?
    /// What candidates are compared by.
    var score: Double { logProbability - cost }
  }

  /// One way through the tree so far.
  private struct Path {
    var parent: Int32
    var node: Int32
    var code: UInt8
    /// Letters of the current part; 0 after a linking s.
    var part: UInt8
    var parts: UInt8
    var cost: Double
    /// The ways one letter further, as a list: the newest, and the next of its parent's.
    var newest: Int32 = -1
    var next: Int32 = -1
    /// The column whose beams have this way last, and its place among them.
    var column: Int32 = -1
    var place: Int32 = 0
  }

  private struct Beam {
    var path: Int
    var blank = -Double.infinity
    var label = -Double.infinity
    var score = -Double.infinity
    var total: Double { logSum(blank, label) }
  }

  /// The best words for `range` of the columns, best first, at most `count`.
  func candidates(_ posteriors: LetterPosteriors, in range: Range<Int>, count: Int) -> [Candidate] {
    let trie = lexicon.trie
    var paths = [Path(parent: -1, node: 0, code: 0, part: 0, parts: 1, cost: 0)]
    func extend(_ path: Int, to node: Int, _ code: UInt8, part: UInt8, newPart: Bool, cost: Double) -> Int {
      let before = paths[path]
      // The node tells the letter, and the root is the linking s.
      var known = before.newest
      while known >= 0 {
        if paths[Int(known)].node == node { return Int(known) }
        known = paths[Int(known)].next
      }
      paths.append(
        Path(
          parent: Int32(path), node: Int32(node), code: code, part: part, parts: before.parts + (newPart ? 1 : 0),
          cost: before.cost + cost, next: before.newest))
      paths[path].newest = Int32(paths.count - 1)
      return paths.count - 1
    }
    var beams = [Beam(path: 0, blank: 0)]
    for column in range {
      var next: [Beam] = []
      func add(_ path: Int, blank: Double, label: Double) {
        if paths[path].column == column {
          let place = Int(paths[path].place)
          next[place].blank = logSum(next[place].blank, blank)
          next[place].label = logSum(next[place].label, label)
        } else {
          paths[path].column = Int32(column)
          paths[path].place = Int32(next.count)
          next.append(Beam(path: path, blank: blank, label: label))
        }
      }
      for beam in beams {
        let path = paths[beam.path]
        let total = beam.total
        add(
          beam.path, blank: total + posteriors.value(column, 0),
          label: path.code == 0 ? -.infinity : beam.label + posteriors.value(column, path.code))
        func step(_ node: Int, _ code: UInt8, part: UInt8, newPart: Bool, cost: Double) {
          let value = posteriors.value(column, code)
          let before = code == path.code ? beam.blank : total
          guard value > weights.leastLetter, before > -.infinity else { return }
          add(
            extend(beam.path, to: node, code, part: part, newPart: newPart, cost: cost), blank: -.infinity,
            label: before + value)
        }
        trie.forEachChild(of: Int(path.node)) { child, code in
          let isNewPart = path.node == 0 && path.parent >= 0
          step(child, code, part: path.part + 1, newPart: isNewPart, cost: isNewPart ? weights.compound : 0)
        }
        guard Int(path.part) >= Self.shortestPart, path.parts < 3, !trie.forms(at: Int(path.node)).isEmpty else {
          continue
        }
        trie.forEachChild(of: 0) { child, code in
          step(child, code, part: 1, newPart: true, cost: weights.compound)
        }
        // A linking s, and the next part after it.
        let value = posteriors.value(column, Letter.s)
        let before = path.code == Letter.s ? beam.blank : total
        if value > weights.leastLetter, before > -.infinity {
          let linked = extend(beam.path, to: 0, Letter.s, part: 0, newPart: false, cost: 0)
          add(linked, blank: -.infinity, label: before + value)
        }
      }
      var best = -Double.infinity
      for index in next.indices {
        next[index].score = next[index].total - paths[next[index].path].cost
        best = max(best, next[index].score)
      }
      next.removeAll { $0.score < best - weights.beamDepth }
      next.sort { ($1.score, $0.path) < ($0.score, $1.path) }
      beams = Array(next.prefix(weights.beamWidth))
    }
    var found: [Candidate] = []
    for beam in beams {
      let path = paths[beam.path]
      let forms = trie.forms(at: Int(path.node))
      guard !forms.isEmpty, path.parts == 1 || Int(path.part) >= Self.shortestPart else { continue }
      let codes = letters(beam.path, paths)
      guard !found.contains(where: { $0.codes == codes }) else { continue }
      let word = path.parts == 1 ? Int(path.node) : nil
      let cost = word.map { self.cost(ofWordAt: $0, smallness: 0) } ?? path.cost
      found.append(Candidate(codes: codes, logProbability: beam.total, cost: cost, forms: forms, node: word))
    }
    found.sort { ($1.score, $1.codes.count) < ($0.score, $0.codes.count) }
    return Array(found.prefix(count))
  }

  private func letters(_ path: Int, _ paths: [Path]) -> [UInt8] {
    var codes: [UInt8] = []
    var index = path
    while index > 0 {
      codes.append(paths[index].code)
      index = Int(paths[index].parent)
    }
    return codes.reversed()
  }
}
