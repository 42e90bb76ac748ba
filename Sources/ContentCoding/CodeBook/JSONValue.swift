import Foundation

/// A JSON value as read, with nothing known of its meaning yet.
package enum JSONValue: Decodable, Hashable, Sendable {
  /// A text.
  case string(String)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// A list.
  case array([JSONValue])
  /// Keys and values.
  case object([String: JSONValue])
  /// Nothing.
  case null

  /// Reads whichever type is there; texts are tried first because code books are mostly texts.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else if let value = try? container.decode([String: JSONValue].self) {
      self = .object(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .null
    }
  }

  /// Reads JSON bytes; `nil` where they are none.
  package static func parse(_ bytes: [UInt8]) -> JSONValue? {
    try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// The value as compact JSON with sorted keys, the same bytes every time.
  package var compact: String {
    switch self {
    case .string(let value): return JSONValue.quoted(value)
    case .number(let value):
      return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    case .boolean(let value): return value ? "true" : "false"
    case .null: return "null"
    case .array(let values): return "[" + values.map(\.compact).joined(separator: ",") + "]"
    case .object(let values):
      let pairs = values.sorted { $0.key < $1.key }.map { JSONValue.quoted($0.key) + ":" + $0.value.compact }
      return "{" + pairs.joined(separator: ",") + "}"
    }
  }

  /// `text` in quotes, escaped as RFC 8259 asks.
  package static func quoted(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) { return "\"" + text + "\"" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let control where control.value < 0x20:
        let hex = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
