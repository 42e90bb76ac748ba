/// Finds nouns that differ from a misread one by a letter or two.
///
/// Words are kept by their first and by their last three letters: two errors seldom hit both ends, and a bucket holds a
/// few dozen words of 43,000.
struct NearWords: Sendable {
  private let words: [[UInt8]]
  private var byStart: [UInt32: [Int32]] = [:]
  private var byEnd: [UInt32: [Int32]] = [:]

  /// Pairs of letters that readers take for each other.
  private let confusable: Set<UInt16>

  /// Sorts the nouns of a list, those of five letters or more, and the nouns in -ung that its verbs make.
  init(_ list: WordList, confusions: ConfusionTable) {
    var nouns: [[UInt8]] = []
    for word in list.words {
      let role = list[LetterHash.of(word)]
      if role.contains(.noun) { nouns.append(word) }
      // `Abteilung` is not in the list, `abteilen` is.
      if role.contains(.small), word.count >= 6, word.suffix(2).elementsEqual("en".utf8) {
        nouns.append(word.dropLast(2) + Array("ung".utf8))
      }
    }
    var pairs: Set<UInt16> = []
    for pair in confusions.pairs {
      guard let read = PlainWord(pair.read)?.bytes, let meant = PlainWord(pair.meant)?.bytes, read.count == 1,
        meant.count == 1
      else { continue }
      pairs.insert(UInt16(read[0]) << 8 | UInt16(meant[0]))
    }
    confusable = pairs
    words = nouns
    for (index, word) in nouns.enumerated() where word.count >= 5 {
      byStart[Self.key(word.prefix(3)), default: []].append(Int32(index))
      byEnd[Self.key(word.suffix(3)), default: []].append(Int32(index))
    }
  }

  /// The nearest word, or `nil` where none is near or two are equally near.
  ///
  /// - Parameter word: five letters or more; up to seven may differ by one letter, longer ones by two.
  func nearest(_ word: ArraySlice<UInt8>) -> [UInt8]? {
    guard word.count >= 5 else { return nil }
    let reach = (word.count < 8 ? 1 : 2) * Self.letter
    var best: (distance: Int, index: Int32)?
    var isTied = false
    for bucket in [byStart[Self.key(word.prefix(3))] ?? [], byEnd[Self.key(word.suffix(3))] ?? []] {
      for index in bucket where best?.index != index {
        let other = words[Int(index)]
        guard abs(other.count - word.count) * Self.letter <= reach else { continue }
        let distance = distance(word, other, reach: best?.distance ?? reach)
        guard distance <= (best?.distance ?? reach) else { continue }
        isTied = distance == best?.distance && best.map { words[Int($0.index)] } != other
        best = (distance, index)
      }
    }
    guard let best, !isTied else { return nil }
    return words[Int(best.index)]
  }

  private static func key(_ letters: ArraySlice<UInt8>) -> UInt32 { letters.reduce(0) { $0 << 8 | UInt32($1) } }

  /// What one wrong letter costs; one that readers often take for the other costs seven tenths, so that it wins a tie.
  private static let letter = 10

  /// Levenshtein's distance times ten, or `reach + 1` as soon as it is more than `reach`.
  private func distance(_ a: ArraySlice<UInt8>, _ b: [UInt8], reach: Int) -> Int {
    var row = (0...b.count).map { $0 * Self.letter }
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = (i + 1) * Self.letter
      var least = row[0]
      for j in b.indices {
        let above = row[j + 1]
        let isConfusable = confusable.contains(UInt16(letter) << 8 | UInt16(b[j]))
        let change = letter == b[j] ? 0 : isConfusable ? Self.letter * 7 / 10 : Self.letter
        row[j + 1] = min(above + Self.letter, row[j] + Self.letter, diagonal + change)
        least = min(least, row[j + 1])
        diagonal = above
      }
      if least > reach { return reach + 1 }
    }
    return row[b.count]
  }
}
