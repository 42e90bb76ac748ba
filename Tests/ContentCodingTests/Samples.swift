import ProtocolModel

import ContentCoding

/// A small code book and a small analyzer, so that these tests need no dictionary.
enum Samples {
  static let codes = """
    [{"id": "cause", "label": {"de": "Ursachen"}, "isCodable": false},
     {"id": "cause.money", "label": {"de": "Geld"}, "parent": "cause", "definition": "Es fehlt.", "anchors": ["kein Geld"]},
     {"id": "cause.skill", "label": {"de": "Können & Wissen"}, "parent": "cause"},
     {"id": "cause.other", "label": {"de": "Weitere"}, "parent": "cause"},
     {"id": "measure", "label": {"de": "Maßnahmen"}, "isCodable": false},
     {"id": "measure.money", "label": {"de": "Geld"}, "parent": "measure"},
     {"id": "measure.training", "label": {"de": "Schulen"}, "parent": "measure"},
     {"id": "measure.training.short", "label": {"de": "Kurz"}, "parent": "measure.training"},
     {"id": "fear", "label": {"de": "Ängste"}, "isCodable": false},
     {"id": "fear.loss", "label": {"de": "Verlust"}, "parent": "fear", "mayBePrimary": false},
     {"id": "off-topic", "label": {"de": "Anderes"}, "isCodable": false, "mayBePrimary": false}]
    """

  static let bookText = """
    {"schema": 1, "id": "sample", "version": "1", "title": "Probe", "source": "Test", "codes": \(codes),
     "sets": {"negation": ["=kein", "=keine", "=ohne", "=nicht"], "lacking": ["=fehlt", "*mangel"]},
     "cues": [
      {"id": "money", "code": "cause.money", "weight": 2.1, "patterns": ["Budget", "Kasse", "zu teuer"]},
      {"id": "train", "code": "measure.training", "weight": 2.3, "polarity": "affirmed", "patterns": ["Schulung"]},
      {"id": "untrained", "code": "cause.skill", "weight": 2.7, "kind": "negated", "patterns": ["Schulung"]},
      {"id": "short", "code": "measure.training.short", "weight": 2, "patterns": ["Häppchen"]},
      {"id": "loss", "codes": {"cause.skill": 1.5, "fear.loss": 2}, "patterns": ["wegrationalisiert"]},
      {"id": "even", "codes": {"cause.money": 2, "cause.skill": 2}, "patterns": ["Zwickmühle"]},
      {"id": "coffee", "code": "off-topic", "weight": 2.5, "patterns": ["Kaffee"]},
      {"id": "clock", "code": "off-topic", "weight": 1.5, "kind": "pattern", "patterns": ["#:#"]},
      {"id": "yellow", "code": "cause", "weight": 0.25, "kind": "colour", "patterns": ["yellow"]},
      {"id": "b/causes", "codes": {"cause": 1.5, "measure": -3}, "kind": "board", "patterns": ["Ursachen"]},
      {"id": "b/measures", "codes": {"cause": -3, "measure": 1.5}, "kind": "board", "patterns": ["Maßnahmen"]},
      {"id": "b/rest", "code": "cause.other", "weight": 1, "kind": "rest", "patterns": ["Ursachen"]}]}
    """

  static func book() throws -> CodeBook { try CodeBookLoader.load(Array(bookText.utf8), file: "sample.json") }

  static func coder(_ parameters: CodingParameters = CodingParameters()) throws -> NoteCoder {
    NoteCoder(codeBook: try book(), analyzer: PlainAnalyzer(), parameters: parameters)
  }

  static func note(_ text: String?, board: String? = nil) -> NoteInput {
    NoteInput(region: RegionID(rawValue: "r1"), text: text, boardHeading: board)
  }
}

/// Splits at everything that is no letter, digit or hyphen; the stem is the word without its commonest endings.
struct PlainAnalyzer: TextAnalyzer {
  func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      var end = index
      while end < scalars.count, isWord(scalars[end]) { end += 1 }
      if end > index {
        let word = String(String.UnicodeScalarView(scalars[index..<end]))
        let folded = fold(word)
        tokens.append(Token(text: word, start: index, end: end, folded: folded, stem: stem(folded), isKnown: nil))
      }
      index = max(end, index + 1)
    }
    return tokens
  }

  private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
  }

  private func fold(_ word: String) -> String {
    var folded = ""
    for character in word.lowercased() {
      switch character {
      case "ä": folded += "ae"
      case "ö": folded += "oe"
      case "ü": folded += "ue"
      case "ß": folded += "ss"
      default: folded.append(character)
      }
    }
    return folded
  }

  private func stem(_ folded: String) -> String {
    for ending in ["en", "er", "es", "e", "n", "s"] where folded.count > ending.count + 3 && folded.hasSuffix(ending) {
      return String(folded.dropLast(ending.count))
    }
    return folded
  }
}
