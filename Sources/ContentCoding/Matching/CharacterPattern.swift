/// A pattern over characters: `#` stands for one or more digits, `@` for one letter, a blank for any blanks, the rest
/// for itself without regard to case. It matches where no letter or digit touches its ends.
struct CharacterPattern: Hashable, Sendable {
  private let signs: [Unicode.Scalar]
  /// A sign that stands for itself and is rarest in German: texts without it are not looked at twice.
  private let rarest: Unicode.Scalar?
  private let needsDigit: Bool

  init(_ source: String) {
    signs = Array(source.lowercased().unicodeScalars)
    needsDigit = signs.contains("#")
    rarest = signs.first { $0 != "#" && $0 != "@" && $0 != " " && !Self.isWordSign($0) }
  }

  /// A shortest text that it matches.
  var example: String {
    var text = ""
    for sign in signs {
      switch sign {
      case "#": text += "1"
      case "@": text += "a"
      default: text.unicodeScalars.append(sign)
      }
    }
    return text
  }

  /// The first place where it matches, as scalar offsets; `scalars` are lower case.
  func firstMatch(in scalars: [Unicode.Scalar]) -> Range<Int>? {
    if let rarest, !scalars.contains(rarest) { return nil }
    if needsDigit, !scalars.contains(where: Self.isDigit) { return nil }
    for start in scalars.indices where start == 0 || !Self.isWordSign(scalars[start - 1]) || !startsWithWordSign {
      if let end = match(scalars, start), end > start,
        end == scalars.count || !Self.isWordSign(scalars[end]) || !Self.isWordSign(scalars[end - 1])
      {
        return start..<end
      }
    }
    return nil
  }

  private var startsWithWordSign: Bool {
    guard let first = signs.first else { return false }
    return first == "#" || first == "@" || Self.isWordSign(first)
  }

  private func match(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    var position = start
    for sign in signs {
      switch sign {
      case "#":
        let first = position
        while position < scalars.count, Self.isDigit(scalars[position]) { position += 1 }
        if position == first { return nil }
      case "@":
        guard position < scalars.count, scalars[position].properties.isAlphabetic else { return nil }
        position += 1
      case " ":
        while position < scalars.count, scalars[position] == " " { position += 1 }
      default:
        guard position < scalars.count, scalars[position] == sign else { return nil }
        position += 1
      }
    }
    return position
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 ? (0x30...0x39).contains(scalar.value) : scalar.properties.numericType != nil
  }

  private static func isWordSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0...0x7F: false
    default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }
}
