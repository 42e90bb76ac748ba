import ProtocolModel

/// Links fears, consequences and measures, and tells what the boards joined from what the code book pairs.
struct ChainBuilder {
  private let notes: NoteIndex
  private let order: CodeOrder
  private let observed: [Link: Set<RegionID>]
  /// Notes by the families of their codes.
  private let named: [String: [RegionID]]
  /// Every code that some note has, with the codes above it.
  private let mentioned: Set<String>

  private struct Link: Hashable {
    let from: String
    let to: String
  }

  init(notes: NoteIndex, links: ObservedLinks, order: CodeOrder) {
    self.notes = notes
    self.order = order
    var named: [String: [RegionID]] = [:]
    var mentioned: Set<String> = []
    for note in notes.notes {
      for code in Set(note.codings.map { order.family(of: $0.code) }) { named[code, default: []].append(note.id) }
      for code in note.codings.map(\.code) {
        let segments = code.split(separator: ".")
        for count in segments.indices { mentioned.insert(segments[...count].joined(separator: ".")) }
      }
    }
    self.named = named
    self.mentioned = mentioned
    var observed: [Link: Set<RegionID>] = [:]
    for pair in links.bonds.keys {
      guard let first = notes.note(pair.from), let second = notes.note(pair.to) else { continue }
      for from in Self.finest(first) {
        for to in Self.finest(second) where Self.leads(from, to, order) {
          observed[Link(from: from, to: to), default: []].formUnion([pair.from, pair.to])
        }
      }
    }
    self.observed = observed
  }

  /// The codes of a note without those that another of its codes refines.
  private static func finest(_ note: ProtocolDocument.RegionEntry) -> Set<String> {
    let codes = Set(note.codings.map(\.code))
    return codes.filter { code in !codes.contains { $0.hasPrefix(code + ".") } }
  }

  /// Fear to consequence, fear to measure, consequence to measure: the directions a chain has.
  private static func leads(_ from: String, _ to: String, _ order: CodeOrder) -> Bool {
    if order.section(of: to) == .measures { return order.section(of: from) == .chains }
    return order.isFear(from) && order.isConsequence(to)
  }

  /// What the boards joined first, then the code book's pairings for what was named on them, and on from there.
  func chains() -> [ProtocolDocument.Chain] {
    let seen = sorted(Array(observed.keys)).map { link in
      ProtocolDocument.Chain(
        from: link.from, to: link.to, origin: .observed, regions: notes.primaries(observed[link] ?? []))
    }
    var reachable = Set(named.keys.filter { order.section(of: $0) == .chains })
    var pairings: [ProtocolDocument.Chain] = []
    var open = true
    while open {
      open = false
      for link in order.book.chains where reachable.contains(link.from) {
        if reachable.insert(link.to).inserted { open = true }
      }
    }
    for link in order.book.chains where reachable.contains(link.from) {
      pairings.append(
        ProtocolDocument.Chain(from: link.from, to: link.to, origin: .codebook, regions: [], label: link.label))
    }
    return seen + pairings
  }

  private func sorted(_ links: [Link]) -> [Link] {
    let places = Dictionary(
      order.sorted(Set(links.flatMap { [$0.from, $0.to] })).enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first })
    return links.sorted { (places[$0.from] ?? 0, places[$0.to] ?? 0) < (places[$1.from] ?? 0, places[$1.to] ?? 0) }
  }

  /// Fears that nothing joins to a measure; then, where fears were named at all, measures that nothing joins to one.
  func gaps() -> [ProtocolDocument.Gap] {
    let fears = order.sorted(named.keys.filter(order.isFear))
    guard !fears.isEmpty else { return [] }
    let answered = Set(fears.filter { leadsToMeasure($0) })
    let linked = Set(observed.keys.map { order.family(of: $0.to) })
    let measures = order.sorted(named.keys.filter { order.section(of: $0) == .measures })
    return fears.filter { !answered.contains($0) }.map { fear in
      ProtocolDocument.Gap(
        kind: .fearWithoutMeasure, code: fear, regions: named[fear] ?? [], namedElsewhere: pairedAndNamed(fear))
    }
      + measures.filter { !linked.contains($0) }.map { measure in
        ProtocolDocument.Gap(kind: .measureWithoutFear, code: measure, regions: named[measure] ?? [])
      }
  }

  /// Whether the boards lead from a fear to a measure, at once or over a consequence.
  private func leadsToMeasure(_ fear: String) -> Bool {
    let targets = observed.keys.filter { $0.from == fear }.map(\.to)
    return targets.contains { target in
      order.section(of: target) == .measures
        || observed.keys.contains { $0.from == target && order.section(of: $0.to) == .measures }
    }
  }

  /// Measures that the code book pairs with a fear, at once or over a consequence, and that some note names.
  private func pairedAndNamed(_ fear: String) -> [String] {
    var reached: Set<String> = [fear]
    for _ in 0..<2 {
      for link in order.book.chains where reached.contains(link.from) { reached.insert(link.to) }
    }
    return order.sorted(reached.filter { order.section(of: $0) == .measures && mentioned.contains($0) })
  }
}
