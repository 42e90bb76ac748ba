/// Letters that stand apart, put together from their strokes: `T` and `5` are often a bar and a stem that do not touch.
struct SeparateLetters {
  /// Middle height of the letters; `nil` where most writing is joined or there is none.
  let height: Double?

  /// Measures `pieces`.
  init(_ pieces: [InkComponent]) {
    var letters: [InkBox] = []
    for piece in pieces.sorted(by: { ($1.height, $0.left, $0.top) < ($0.height, $1.left, $1.top) }) {
      let box = InkBox(left: piece.left, top: piece.top, right: piece.right, bottom: piece.bottom)
      // A bar or a stem is one stroke from end to end; an o goes round, which is three times as long.
      let length = Double(box.width * box.width + box.height * box.height).squareRoot()
      let isStroke = Double(piece.area) <= 1.5 * piece.strokeWidth * length
      let stem = letters.firstIndex { letter in
        isStroke && 2 * box.height <= letter.height && Self.isOver(box, letter)
      }
      if let stem { letters[stem] = letters[stem].union(box) } else { letters.append(box) }
    }
    let tall = letters.filter { $0.height >= 6 }
    let joined = InkSlices.weightedMiddle(tall.map { (Double($0.width) / Double($0.height), Double($0.width)) })
    // A letter is at most 1.3 times as wide as it is high (M, W); two joined ones are wider.
    guard let joined, joined < 1.4 else {
      height = nil
      return
    }
    // By number: a piece that joins two lines is as wide as it is high.
    height = InkSlices.weightedMiddle(tall.map { (Double($0.height), 1) })
  }

  /// Whether a bar lies over, under or in a letter, no farther away than a third of the letter's height.
  private static func isOver(_ bar: InkBox, _ letter: InkBox) -> Bool {
    let shared = min(bar.right, letter.right) - max(bar.left, letter.left)
    let gap = max(bar.top - letter.bottom, letter.top - bar.bottom)
    return 2 * shared >= min(bar.width, letter.width) && 3 * gap <= letter.height
  }
}
