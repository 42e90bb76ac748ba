/// The runs of three letters that the words of a list are made of, their beginnings and ends included.
///
/// They tell writing that no dictionary knows (`Dashboard`, `Krankensthand`) from what a reader makes of an edge
/// (`fzvw`), and which misreadings are worth a look into the dictionary.
struct LetterRuns: Sendable {
  /// How many words of the list have a run; by the letters, five bits each.
  private var counts = [UInt16](repeating: 0, count: 1 << 15)

  /// Counts the runs of every base word.
  init(_ words: [[UInt8]]) {
    for word in words { Self.forEach(in: word) { counts[$0] = counts[$0] == .max ? .max : counts[$0] + 1 } }
  }

  /// A run is of the language where this many words have it: a loan word or a name alone makes none.
  private static let enough = 3

  /// Whether all runs are of the language but `strange` at most.
  func allow(_ word: PlainWord, strange: Int = 0) -> Bool {
    var left = strange
    Self.forEach(in: word.bytes) { if counts[$0] < Self.enough { left -= 1 } }
    return left >= 0
  }

  private static func forEach(in word: [UInt8], _ body: (Int) -> Void) {
    var run = 0
    for (place, byte) in word.enumerated() {
      run = (run << 5 | code(byte)) & 0x7FFF
      if place >= 1 { body(run) }
    }
    body(run << 5 & 0x7FFF)
  }

  /// 1 to 26, umlauts behind them, 30 for any other letter; 0 is the blank before and behind a word.
  private static func code(_ byte: UInt8) -> Int {
    switch byte {
    case 0x61...0x7A: Int(byte) - 0x60
    case 0xE4: 27
    case 0xF6: 28
    case 0xFC: 29
    default: 30
    }
  }
}
