package import ProtocolModel

/// Groups the notes that no code explains by their own words, the same way every time.
///
/// Every note is a bag of stems and compound parts, weighted by how rare they are among the notes (tf-idf, Spärck Jones
/// 1972) and compared by the cosine. The most similar groups are joined as long as the average similarity of their
/// members is high enough (average linkage, UPGMA; Sokal and Michener 1958). Meant for 2 to some hundred notes.
package struct KeywordClusterer: Sendable {
  /// A note of the open rest.
  package struct Note: Sendable {
    /// The region.
    package var region: RegionID
    /// Its cleaned text.
    package var text: String
    /// Creates a note.
    package init(region: RegionID, text: String) {
      self.region = region
      self.text = text
    }
  }

  /// Least average similarity of two groups that are joined: one shared rare word out of about five.
  package var minimumSimilarity = 0.18
  /// Words that name a cluster.
  package var keywordCount = 4
  /// Share of the notes from which on a word says nothing about any of them; asked from eight notes on.
  package var commonShare = 0.5
  private let analyzer: any TextAnalyzer

  /// Creates a clusterer.
  package init(analyzer: any TextAnalyzer) { self.analyzer = analyzer }

  /// The clusters of `notes`, which come in order of photo and reading.
  package func clusters(of notes: [Note]) -> ClusterLayer {
    let bags = notes.map { bag(of: $0.text) }
    let vectors = weighted(bags)
    let groups = join(vectors)
    var clusters: [Cluster] = []
    var singles: [RegionID] = []
    for group in groups {
      if group.count == 1 {
        singles.append(notes[group[0]].region)
      } else {
        clusters.append(cluster(group, notes, bags, vectors))
      }
    }
    let place = Dictionary(notes.enumerated().map { ($1.region, $0) }, uniquingKeysWith: { first, _ in first })
    func start(_ cluster: Cluster) -> Int { cluster.members.first.flatMap { place[$0] } ?? Int.max }
    clusters.sort { ($1.members.count, start($0)) < ($0.members.count, start($1)) }
    for index in clusters.indices { clusters[index].id = "c\(index + 1)" }
    return ClusterLayer(clusters: clusters, singles: singles)
  }

  private struct Bag {
    /// Weight by stem.
    var counts: [String: Double] = [:]
    /// The word as written, by stem.
    var written: [String: String] = [:]
  }

  /// Letters of the shortest word that carries meaning by itself.
  private static let shortestWord = 4
  /// What a part of a compound counts beside the whole word.
  private static let partShare = 0.7

  private func bag(of text: String) -> Bag {
    var bag = Bag()
    for token in analyzer.tokens(of: text) {
      guard token.folded.unicodeScalars.count >= Self.shortestWord,
        token.text.unicodeScalars.contains(where: \.properties.isAlphabetic), !FunctionWords.contain(token)
      else { continue }
      // German nouns carry the subject; everything written small is grammar or doing, and counts less.
      let isNoun = token.text.unicodeScalars.first?.properties.isUppercase ?? false
      let weight = isNoun ? 1.0 : 0.5
      bag.counts[token.stem, default: 0] += weight
      if bag.written[token.stem] == nil { bag.written[token.stem] = token.text }
      for part in token.parts where part.unicodeScalars.count >= Self.shortestWord && part != token.stem {
        bag.counts[part, default: 0] += weight * Self.partShare
        if bag.written[part] == nil { bag.written[part] = token.text }
      }
    }
    return bag
  }

  private func weighted(_ bags: [Bag]) -> [[String: Double]] {
    var documents: [String: Int] = [:]
    for bag in bags { for stem in bag.counts.keys { documents[stem, default: 0] += 1 } }
    let total = Double(bags.count)
    return bags.map { bag in
      var vector: [String: Double] = [:]
      for (stem, count) in bag.counts {
        let frequency = Double(documents[stem] ?? 1)
        if bags.count >= 8, frequency > commonShare * total { continue }
        vector[stem] = count * (1 + Logarithm.natural(total / frequency))
      }
      let length = vector.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      return length > 0 ? vector.mapValues { $0 / length } : [:]
    }
  }

  private func similarity(_ a: [String: Double], _ b: [String: Double]) -> Double {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    var sum = 0.0
    for (stem, weight) in short.sorted(by: { $0.key < $1.key }) { sum += weight * (long[stem] ?? 0) }
    return min(sum, 1)
  }

  private func join(_ vectors: [[String: Double]]) -> [[Int]] {
    let count = vectors.count
    var groups: [[Int]?] = (0..<count).map { [$0] }
    var links = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    for i in 0..<count {
      for j in 0..<i {
        links[i][j] = similarity(vectors[i], vectors[j])
        links[j][i] = links[i][j]
      }
    }
    while true {
      var best: (i: Int, j: Int, value: Double)?
      for i in 0..<count where groups[i] != nil {
        for j in (i + 1)..<max(count, i + 1) where groups[j] != nil {
          if links[i][j] > best?.value ?? minimumSimilarity - 1e-12 { best = (i, j, links[i][j]) }
        }
      }
      guard let best, let a = groups[best.i], let b = groups[best.j] else { break }
      for k in 0..<count where groups[k] != nil && k != best.i && k != best.j {
        let joined =
          (links[best.i][k] * Double(a.count) + links[best.j][k] * Double(b.count)) / Double(a.count + b.count)
        links[best.i][k] = joined
        links[k][best.i] = joined
      }
      groups[best.i] = (a + b).sorted()
      groups[best.j] = nil
    }
    return groups.compactMap { $0 }
  }

  private func cluster(_ group: [Int], _ notes: [Note], _ bags: [Bag], _ vectors: [[String: Double]]) -> Cluster {
    var weights: [String: Double] = [:]
    var holders: [String: Int] = [:]
    for member in group {
      for (stem, weight) in vectors[member].sorted(by: { $0.key < $1.key }) {
        weights[stem, default: 0] += weight
        holders[stem, default: 0] += 1
      }
    }
    // A word that only one member has names that note, not the cluster.
    let shared = weights.filter { holders[$0.key, default: 0] > 1 }
    let ranked = shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var keywords: [ClusterKeyword] = []
    for (stem, weight) in ranked {
      guard let written = group.compactMap({ bags[$0].written[stem] }).min(by: { $0.count < $1.count }) else {
        continue
      }
      if keywords.contains(where: { $0.text == written }) { continue }
      keywords.append(ClusterKeyword(text: written, weight: (weight / Double(group.count)).rounded(toPlaces: 3)))
      if keywords.count == keywordCount { break }
    }
    var sum = 0.0
    var pairs = 0
    for (place, i) in group.enumerated() {
      for j in group[(place + 1)...] {
        sum += similarity(vectors[i], vectors[j])
        pairs += 1
      }
    }
    return Cluster(
      id: "", label: keywords.prefix(2).map(\.text).joined(separator: " · "),
      members: group.map { notes[$0].region }, keywords: keywords,
      cohesion: (sum / Double(max(pairs, 1))).rounded(toPlaces: 3))
  }
}

/// Words that carry no subject: they neither join clusters nor become cues.
enum FunctionWords {
  private static let words: Set<String> = {
    guard let bytes = Resource.bytes("function-words.json"), case .object(let object)? = JSONValue.parse(bytes),
      case .array(let values)? = object["words"]
    else { return [] }
    return Set(values.compactMap { if case .string(let word) = $0 { word } else { nil } })
  }()

  /// Whether a token is one of them.
  static func contain(_ token: Token) -> Bool { words.contains(token.text.lowercased()) }
}

/// The natural logarithm, without the C library's header.
enum Logarithm {
  /// ln x for x > 0, by halving to 1...2 and the series of artanh; exact to the last digits and the same everywhere.
  static func natural(_ x: Double) -> Double {
    let exponent = Double(x.exponent)
    let y = (x.significand - 1) / (x.significand + 1)
    var term = y
    var sum = 0.0
    var n = 1.0
    while abs(term) > 1e-18 {
      sum += term / n
      term *= y * y
      n += 2
    }
    return 2 * sum + exponent * 0.693_147_180_559_945_3
  }
}
