package import ProtocolModel

/// Gives each word of a line its place.
package enum WordPlaces {
  /// The words of `text`; `spans` has one span per Unicode scalar of it, or is empty: then every character is taken to
  /// be as wide as the others. `place` turns shares of the line's width into a polygon.
  package static func words(
    of text: String, spans: [CharacterSpan], place: (Double, Double) -> Polygon<PhotoSpace>
  ) -> [Word] {
    let scalars = Array(text.unicodeScalars)
    let known = spans.count == scalars.count
    var words: [Word] = []
    var index = 0
    while index < scalars.count {
      guard scalars[index] != " " else {
        index += 1
        continue
      }
      let first = index
      while index < scalars.count, scalars[index] != " " { index += 1 }
      let count = Double(scalars.count)
      let start = known ? spans[first..<index].map(\.start).min() ?? 0 : Double(first) / count
      let end = known ? spans[first..<index].map(\.end).max() ?? 1 : Double(index) / count
      var word = ""
      word.unicodeScalars.append(contentsOf: scalars[first..<index])
      words.append(Word(text: word, polygon: place(min(max(start, 0), 1), min(max(end, start), 1))))
    }
    return words
  }

  /// The part of `quad` from `start` to `end` of its width.
  package static func part<Space>(of quad: Quad<Space>, from start: Double, to end: Double) -> Quad<Space> {
    func along(_ a: Point<Space>, _ b: Point<Space>, _ share: Double) -> Point<Space> {
      Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    }
    return Quad(
      topLeft: along(quad.topLeft, quad.topRight, start), topRight: along(quad.topLeft, quad.topRight, end),
      bottomRight: along(quad.bottomLeft, quad.bottomRight, end),
      bottomLeft: along(quad.bottomLeft, quad.bottomRight, start))
  }
}
