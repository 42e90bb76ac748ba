/// The base words that compounds are made of, by the hash of their letters.
struct WordList: Sendable {
  /// What a word may be in a compound.
  struct Role: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    /// Stands alone as a word of the language.
    static let standalone = Role(rawValue: 1)
    /// The dictionary marks it as the first or a middle part, with its linking element (`Arbeits`).
    static let leading = Role(rawValue: 2)
    /// Written with a capital: a noun or a name.
    static let noun = Role(rawValue: 4)
    /// Written small: any word that is no noun.
    static let small = Role(rawValue: 8)
    /// Only ever the last part of a compound.
    static let trailing = Role(rawValue: 16)
  }

  private var roles: [LetterHash: Role] = [:]
  /// Every base word of five letters or more, for the search that forgives reading errors.
  private(set) var words: [[UInt8]] = []

  /// How many letter runs it knows.
  var count: Int { roles.count }

  /// The role of the word with this hash; empty where it is none.
  subscript(hash: LetterHash) -> Role { roles[hash] ?? [] }

  /// Adds one word.
  mutating func insert(_ word: PlainWord, _ role: Role) {
    let hash = LetterHash.of(word.bytes)
    let before = roles[hash]
    roles[hash] = (before ?? []).union(role)
    if role.contains(.standalone), !(before ?? []).contains(.standalone), word.bytes.count >= 5 {
      words.append(word.bytes)
    }
  }

  /// Reads the bytes of a hunspell word list: one `word/FLAGS` a line, the count first, UTF-8.
  ///
  /// The flags are those of igerman98: `h` needs an affix and `o` is only for compounds, so both do not stand alone;
  /// `h i j k e g` lead a compound, `z` ends one, `d` is forbidden. Its first lines are a licence, indented.
  mutating func read(_ bytes: some Collection<UInt8>) {
    roles.reserveCapacity(120_000)
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() { read(line: line) }
  }

  private mutating func read(line: some Collection<UInt8>) {
    guard let first = line.first, first != UInt8(ascii: "\t"), first != UInt8(ascii: "#") else { return }
    let word = line.prefix { $0 != UInt8(ascii: "/") }
    // An abbreviation in capitals is no part of a compound without a hyphen.
    guard word.count >= 2, !word.dropFirst().contains(where: { (0x41...0x5A).contains($0) }),
      let plain = PlainWord(utf8: word)
    else { return }
    var role: Role = []
    var isBound = false
    for flag in line.dropFirst(word.count + 1) {
      switch flag {
      case UInt8(ascii: "d"): return
      case UInt8(ascii: "h"):
        isBound = true
        role.insert(.leading)
      case UInt8(ascii: "o"): isBound = true
      case UInt8(ascii: "i"), UInt8(ascii: "j"), UInt8(ascii: "k"), UInt8(ascii: "e"), UInt8(ascii: "g"):
        role.insert(.leading)
      case UInt8(ascii: "z"): role.insert(.trailing)
      default: break
      }
    }
    if !isBound {
      // Ä, Ö and Ü are C3 84, C3 96 and C3 9C.
      let second = word.dropFirst().first ?? 0
      let isCapital = (0x41...0x5A).contains(first) || first == 0xC3 && (0x80...0x9E).contains(second)
      role.formUnion([.standalone, isCapital ? .noun : .small])
    }
    insert(plain, role)
  }
}
