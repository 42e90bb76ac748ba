/// What it costs to take some letters for others: 1 for unlike letters, less for those that readers mix up.
package struct ConfusionTable: Sendable {
  /// Letters of the word that was meant, letters that were read instead, and the cost.
  struct Pair: Hashable, Sendable {
    var meant: [Unicode.Scalar]
    var read: [Unicode.Scalar]
    var cost: Double
  }
  var substitution = 1.0
  var insertion = 1.0
  var deletion = 1.0
  var doubling = 1.0
  /// By the last letter that was meant.
  private(set) var pairs: [Unicode.Scalar: [Pair]] = [:]

  /// A table in which all mistakes cost the same.
  init() {}

  /// Reads the table from its JSON; `nil` where it is not one.
  package init?(json bytes: [UInt8]) {
    guard case .object(let object)? = JSONValue.parse(bytes), case .array(let entries)? = object["pairs"] else {
      return nil
    }
    func cost(_ key: String) -> Double {
      if case .number(let value)? = object[key] { return value }
      return 1
    }
    substitution = cost("substitution")
    insertion = cost("insertion")
    deletion = cost("deletion")
    doubling = cost("doubling")
    for entry in entries {
      guard case .object(let pair) = entry, case .string(let a)? = pair["a"], case .string(let b)? = pair["b"],
        case .number(let value)? = pair["cost"]
      else { return nil }
      let one = Array(a.unicodeScalars)
      let two = Array(b.unicodeScalars)
      for (meant, read) in [(one, two), (two, one)] {
        guard let last = meant.last else { return nil }
        pairs[last, default: []].append(Pair(meant: meant, read: read, cost: value))
      }
    }
  }

  /// The same table for words written backwards.
  var reversed: ConfusionTable {
    var result = self
    result.pairs = [:]
    for pair in pairs.values.joined() {
      guard let last = pair.meant.first else { continue }
      result.pairs[last, default: []].append(
        Pair(meant: pair.meant.reversed(), read: pair.read.reversed(), cost: pair.cost))
    }
    for key in result.pairs.keys {
      result.pairs[key]?.sort { ($0.meant.count, $0.read.count, $0.cost) < ($1.meant.count, $1.read.count, $1.cost) }
    }
    return result
  }

  /// The table that ships with the program.
  package static let bundled =
    Resource.bytes("confusions.json").flatMap { ConfusionTable(json: $0) } ?? ConfusionTable()
}
