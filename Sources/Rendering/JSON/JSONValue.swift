/// A JSON value whose keys keep their order, written the same way every time.
package enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A number, written with as many digits as it takes to read the same number again.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object, its keys in this order.
  case object([Member])

  /// One key of an object with its value.
  package struct Member: Hashable, Sendable {
    let key: String
    let value: JSONValue
  }

  /// An object with its keys in the order given.
  static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// A text, or `null`.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// A number with so many decimals.
  static func rounded(_ value: Double, decimals: Int) -> JSONValue {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return .number((value * scale).rounded() / scale)
  }

  /// A list of texts.
  static func strings(_ texts: some Sequence<String>) -> JSONValue { .array(texts.map { .string($0) }) }

  /// The text of the value, indented by two spaces; lists of numbers and texts stand on one line.
  package func serialized() -> String {
    var text = ""
    write(to: &text, indentation: 0)
    return text + "\n"
  }

  private var isFlat: Bool {
    switch self {
    case .array(let elements):
      return elements.allSatisfy { element in
        if case .object = element { return false }
        return element.isFlat
      }
    case .object(let members): return members.isEmpty
    default: return true
    }
  }

  private func write(to text: inout String, indentation: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += Self.digits(value)
    case .string(let value): Self.write(value, to: &text)
    case .array(let elements):
      if isFlat {
        text += "["
        for (place, element) in elements.enumerated() {
          if place > 0 { text += ", " }
          element.write(to: &text, indentation: indentation)
        }
        text += "]"
      } else {
        writeBlock(elements.map { (nil, $0) }, brackets: ("[", "]"), to: &text, indentation: indentation)
      }
    case .object(let members):
      if members.isEmpty {
        text += "{}"
      } else {
        writeBlock(members.map { ($0.key, $0.value) }, brackets: ("{", "}"), to: &text, indentation: indentation)
      }
    }
  }

  private func writeBlock(
    _ entries: [(key: String?, value: JSONValue)], brackets: (String, String), to text: inout String, indentation: Int
  ) {
    let inner = String(repeating: " ", count: indentation + 2)
    text += brackets.0 + "\n"
    for (place, entry) in entries.enumerated() {
      text += inner
      if let key = entry.key {
        Self.write(key, to: &text)
        text += ": "
      }
      entry.value.write(to: &text, indentation: indentation + 2)
      text += place + 1 < entries.count ? ",\n" : "\n"
    }
    text += String(repeating: " ", count: indentation) + brackets.1
  }

  /// Whole numbers without a fraction; JSON has no infinity, which becomes 0.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return "\(value)"
  }

  /// Escapes what RFC 8259 demands, and `<` and U+2028/9 so that the text may stand in a web page.
  private static func write(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "<", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
