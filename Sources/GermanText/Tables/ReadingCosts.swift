/// How unlikely a reader without a lexicon is to read some letters as others: an editable table.
///
/// All costs are negative decimal logarithms of probabilities. Letters are compared small.
struct ReadingCosts: Sendable {
  /// Letters read for others, of unequal number.
  struct Pair: Sendable {
    var read: [UInt8]
    var meant: [UInt8]
    var cost: Double
  }

  /// By the code of what was read, then of what was meant.
  private var changes: [[Double]]
  private var extras: [Double]
  private var lost: [Double]
  private var pairs: [[Pair]]
  private var signs: [Unicode.Scalar: UInt8] = [:]

  /// A letter for another that the table does not have: one in 1,600.
  private static let unlisted = 3.2
  /// A letter that nobody wrote, and one that is not read: as the median of those counted.
  private static let unlistedExtra = 2.7
  private static let unlistedLost = 2.5
  /// What a letter costs that is read right.
  static let right = 0.03

  /// Reads the bundled table.
  init() throws(TableError) { try self.init(TableFile(resource: "reading-costs.tsv")) }

  /// Takes the rows of a table: read, meant (`nothing` for none), cost.
  init(_ table: TableFile) throws(TableError) {
    changes = (0..<Self.codeCount).map { read in
      (0..<Self.codeCount).map { $0 == read ? Self.right : Self.unlisted }
    }
    extras = Array(repeating: Self.unlistedExtra, count: Self.codeCount)
    lost = Array(repeating: Self.unlistedLost, count: Self.codeCount)
    pairs = Array(repeating: [], count: Self.codeCount)
    for (index, row) in table.rows.enumerated() {
      guard row.count == 3, let cost = Double(row[2]), cost > 0 else {
        throw .malformed(file: table.identity.id, line: index + 1)
      }
      let read = row[0] == "nothing" ? [] : row[0].unicodeScalars.map { register($0) }
      let meant = row[1] == "nothing" ? [] : row[1].unicodeScalars.compactMap { WordTree.code(of: $0) }
      switch (read.count, meant.count) {
      case (1, 1): changes[Int(read[0])][Int(meant[0])] = cost
      case (1, 0): extras[Int(read[0])] = cost
      case (0, 1): lost[Int(meant[0])] = cost
      case (0, _), (_, 0): throw .malformed(file: table.identity.id, line: index + 1)
      default: pairs[Int(read[0])].append(Pair(read: read, meant: meant, cost: cost))
      }
    }
  }

  /// Letters, 31 for any other sign, signs of the table behind it.
  private static let codeCount = 96
  private static let anySign: UInt8 = 31

  private mutating func register(_ scalar: Unicode.Scalar) -> UInt8 {
    if let code = WordTree.code(of: scalar) ?? signs[scalar] { return code }
    let code = UInt8(Int(Self.anySign) + 1 + signs.count)
    guard Int(code) < Self.codeCount else { return Self.anySign }
    signs[scalar] = code
    return code
  }

  /// The codes of what was read.
  func codes(of read: some Sequence<Unicode.Scalar>) -> [UInt8] {
    read.map { WordTree.code(of: $0) ?? signs[$0] ?? Self.anySign }
  }

  /// The cost of reading one letter as another, or right.
  func change(_ read: UInt8, for meant: UInt8) -> Double { changes[Int(read)][Int(meant)] }
  /// The cost of reading what nobody wrote.
  func extra(_ read: UInt8) -> Double { extras[Int(read)] }
  /// The cost of not reading a letter.
  func loss(of meant: UInt8) -> Double { lost[Int(meant)] }
  /// Groups of letters whose first is read so.
  func pairs(readFrom first: UInt8) -> [Pair] { pairs[Int(first)] }
}
