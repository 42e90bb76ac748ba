/// Words as a tree of letters, four bytes a node: about 4 MB for the 356,000 words of the German list.
struct LetterTrie: Sendable {
  /// Nodes in depth-first order; node 0 is the root. A node's first child follows it; each node knows how far on its
  /// next sibling lies. Bits: 0...4 letter, 5...8 forms of the word that ends here, 9 has children, 10...31 distance.
  private let nodes: [UInt32]

  /// Builds the tree; the same word may come several times, its forms are joined.
  init(_ words: WordTable) {
    let order = words.sorted()
    var nodes: [UInt32] = [0]
    nodes.reserveCapacity(order.count * 3)
    var path: [Int] = []  // nodes of the word before, by depth
    words.letters.withUnsafeBufferPointer { letters in
      var before = 0..<0
      for index in order {
        let word = words.range(index)
        var shared = 0
        while shared < before.count, shared < word.count,
          letters[before.lowerBound + shared] == letters[word.lowerBound + shared]
        {
          shared += 1
        }
        for depth in shared..<max(shared, word.count) {
          let node = nodes.count
          if depth < path.count {
            nodes[path[depth]] |= UInt32(node - path[depth]) << 10
            path.removeSubrange(depth...)
          } else {
            nodes[depth == 0 ? 0 : path[depth - 1]] |= 1 << 9
          }
          nodes.append(UInt32(letters[word.lowerBound + depth]))
          path.append(node)
        }
        if path.count > word.count { path.removeSubrange(word.count...) }
        if let last = path.last { nodes[last] |= UInt32(words.forms[index].rawValue) << 5 }
        before = word
      }
    }
    self.nodes = nodes
  }

  /// Bytes of memory.
  var byteCount: Int { 4 * nodes.count }
  /// Number of nodes.
  var count: Int { nodes.count }

  /// Calls `body` with each child of a node and its letter, in the order of the letters.
  @inline(__always)
  func forEachChild(of node: Int, _ body: (Int, UInt8) -> Void) {
    guard nodes[node] & (1 << 9) != 0 else { return }
    var child = node + 1
    while true {
      let value = nodes[child]
      body(child, UInt8(value & 31))
      let distance = Int(value >> 10)
      if distance == 0 { return }
      child += distance
    }
  }

  /// The forms of the word that ends at a node; empty where none does.
  @inline(__always)
  func forms(at node: Int) -> WordForms { WordForms(rawValue: UInt8(nodes[node] >> 5 & 15)) }

  /// The child of a node by a letter.
  func child(of node: Int, by letter: UInt8) -> Int? {
    var found: Int?
    forEachChild(of: node) { child, code in
      if code == letter { found = child }
    }
    return found
  }

  /// The node that some letters lead to.
  func node(of letters: some Sequence<UInt8>) -> Int? {
    var node = 0
    for letter in letters {
      guard let next = child(of: node, by: letter) else { return nil }
      node = next
    }
    return node
  }

  /// The forms of a word; empty where it is not in the tree.
  func forms(of word: some Sequence<UInt8>) -> WordForms { node(of: word).map(forms(at:)) ?? [] }
}

/// Words on their way into a tree: letters one after another in one buffer.
struct WordTable: Sendable {
  private(set) var letters: [UInt8] = []
  private var ends: [Int] = []
  private(set) var forms: [WordForms] = []

  /// Longest word taken; the longest in the German list has 39 letters.
  static let longest = 48

  /// Adds a word; with ß also as it is written in capitals and in Switzerland, with ss.
  mutating func add(_ word: [UInt8], _ written: WordForms) {
    guard (2...Self.longest).contains(word.count) else { return }
    letters += word
    ends.append(letters.count)
    forms.append(written)
    guard word.contains(Letter.sharpS) else { return }
    for letter in word {
      if letter == Letter.sharpS { letters += [Letter.s, Letter.s] } else { letters.append(letter) }
    }
    ends.append(letters.count)
    forms.append(written)
  }

  /// Number of words.
  var count: Int { ends.count }

  /// The letters of a word.
  func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  /// The words in the order of their letters.
  func sorted() -> [Int] {
    // Twelve letters of five bits make one number; what is equal in them is compared letter by letter.
    struct Key {
      var head: UInt64
      var index: Int32
    }
    var keys: [Key] = []
    keys.reserveCapacity(ends.count)
    letters.withUnsafeBufferPointer { letters in
      for index in ends.indices {
        let range = range(index)
        var head: UInt64 = 0
        for offset in 0..<12 {
          head = head << 5 | (offset < range.count ? UInt64(letters[range.lowerBound + offset]) : 0)
        }
        keys.append(Key(head: head, index: Int32(index)))
      }
      keys.sort { left, right in
        if left.head != right.head { return left.head < right.head }
        let first = range(Int(left.index)), second = range(Int(right.index))
        for offset in 12..<max(12, min(first.count, second.count)) {
          let a = letters[first.lowerBound + offset], b = letters[second.lowerBound + offset]
          if a != b { return a < b }
        }
        return (first.count, left.index) < (second.count, right.index)
      }
    }
    return keys.map { Int($0.index) }
  }
}
