import ProtocolModel

/// The words of the language by their letters, each with what it costs to expect it: an editable table.
///
/// A cost is the negative decimal logarithm of the word's share in running text. Nodes lie in arrays: 84,000 words make
/// some 250,000 of them.
struct WordTree: Sendable {
  /// A place in the tree: the letters from the root to it.
  typealias Node = Int32

  /// Where every word begins.
  static let root: Node = 0

  private var letters: [UInt8] = [0]
  private var parent: [Node] = [-1]
  private var firstChild: [Node] = [-1]
  private var sibling: [Node] = [-1]
  private var costs: [Float] = [.infinity]
  private var least: [Float] = [.infinity]
  private var isNoun: [Bool] = [false]

  /// Reads the bundled table.
  init() throws(TableError) { try self.init(TableFile(resource: "word-costs.tsv")) }

  /// Takes the rows of a table: a cost and its words, blanks between, nouns with a capital.
  init(_ table: TableFile) throws(TableError) {
    var words: [(codes: [UInt8], cost: Float, isNoun: Bool)] = []
    for band in try WordFrequencies.bands(of: table) {
      for word in band.words.utf8.split(separator: UInt8(ascii: " ")) {
        let scalars = Substring(word).unicodeScalars
        let codes = scalars.compactMap { Self.code(of: $0) }
        guard codes.count == scalars.count else { continue }
        words.append((codes, Float(band.rarity), scalars.first?.properties.isUppercase == true))
      }
    }
    words.sort { $0.codes.lexicographicallyPrecedes($1.codes) }
    var path: [Node] = [Self.root]
    var before: [UInt8] = []
    for word in words {
      let common = zip(before, word.codes).prefix { $0 == $1 }.count
      path.removeLast(path.count - 1 - common)
      for letter in word.codes[common...] { path.append(add(letter, under: path[path.count - 1])) }
      let node = Int(path[path.count - 1])
      costs[node] = min(costs[node], word.cost)
      isNoun[node] = word.isNoun
      for place in path { least[Int(place)] = min(least[Int(place)], word.cost) }
      before = word.codes
    }
  }

  private mutating func add(_ letter: UInt8, under parent: Node) -> Node {
    let node = Node(letters.count)
    letters.append(letter)
    self.parent.append(parent)
    // The newest child stands first: siblings need no order.
    sibling.append(firstChild[Int(parent)])
    firstChild[Int(parent)] = node
    firstChild.append(-1)
    costs.append(.infinity)
    least.append(.infinity)
    isNoun.append(false)
    return node
  }

  /// The letter that leads to a node.
  func letter(of node: Node) -> UInt8 { letters[Int(node)] }

  /// The letters from the root to a node.
  func letters(to node: Node) -> [UInt8] {
    var letters: [UInt8] = []
    var place = node
    while place > 0 {
      letters.append(self.letters[Int(place)])
      place = parent[Int(place)]
    }
    return letters.reversed()
  }

  /// What the word that ends here costs; infinite where none does.
  func cost(of node: Node) -> Double { Double(costs[Int(node)]) }
  /// What the commonest word with these first letters costs.
  func leastCost(under node: Node) -> Double { Double(least[Int(node)]) }
  /// Whether a noun ends here.
  func endsNoun(_ node: Node) -> Bool { isNoun[Int(node)] }

  /// Calls `body` with every node one letter further.
  @inline(__always) func forEachChild(of node: Node, _ body: (Node) -> Void) {
    var child = firstChild[Int(node)]
    while child >= 0 {
      body(child)
      child = sibling[Int(child)]
    }
  }

  /// The node that some letters lead to.
  func node(_ letters: some Sequence<UInt8>, from start: Node = root) -> Node? {
    var node = start
    for letter in letters {
      var next: Node?
      forEachChild(of: node) { if self.letters[Int($0)] == letter { next = $0 } }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// What a word costs, or `nil` where the table does not have it.
  func cost(of word: String) -> Double? {
    let codes = word.unicodeScalars.compactMap { Self.code(of: $0) }
    guard codes.count == word.unicodeScalars.count, let node = node(codes), costs[Int(node)].isFinite else {
      return nil
    }
    return cost(of: node)
  }

  /// 1 to 30 for a letter of the German alphabet, small or capital.
  static func code(of scalar: Unicode.Scalar) -> UInt8? { GermanLetter.code(of: scalar) }

  /// The text of codes, small; 0 is a blank.
  static func text(_ codes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for code in codes { text.append(alphabet[Int(code)]) }
    return String(text)
  }

  private static let alphabet = Array(" abcdefghijklmnopqrstuvwxyzäöüß".unicodeScalars)
}
