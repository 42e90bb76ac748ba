import ProtocolModel

/// Reads a JSON object key by key and reports what does not belong there, each finding at its JSON pointer.
struct StrictReader {
  let file: String
  private(set) var findings: [Diagnostic] = []

  init(file: String) { self.file = file }

  /// Adds a finding.
  mutating func report(_ code: DiagnosticCode, _ message: String, at pointer: String, hint: String? = nil) {
    findings.append(Diagnostic(.error, code, message, at: "\(file):\(pointer)", hint: hint))
  }

  /// The object at `pointer` with no key but `known`; `nil` where another type stands.
  mutating func object(_ value: JSONValue, known: [String], at pointer: String) -> [String: JSONValue]? {
    guard case .object(let object) = value else {
      report(.codeBookType, "an object is expected", at: pointer)
      return nil
    }
    for key in object.keys.sorted() where !known.contains(key) {
      report(
        .codeBookUnknownKey, "no key is called '\(key)'", at: "\(pointer)/\(Self.escaped(key))",
        hint: Nearest.hint(for: key, among: known))
    }
    return object
  }

  /// The text under `key`; reports a missing one where `required`.
  mutating func text(
    _ object: [String: JSONValue], _ key: String, at pointer: String, required: Bool = false
  ) -> String? {
    switch object[key] {
    case .string(let value)?: return value
    case nil, .null?:
      if required { report(.codeBookMissing, "the key '\(key)' is missing", at: pointer) }
      return nil
    default:
      report(.codeBookType, "'\(key)' must be a text", at: "\(pointer)/\(key)")
      return nil
    }
  }

  /// The number under `key`.
  mutating func number(_ object: [String: JSONValue], _ key: String, at pointer: String) -> Double? {
    switch object[key] {
    case .number(let value)?: return value
    case nil: return nil
    default:
      report(.codeBookType, "'\(key)' must be a number", at: "\(pointer)/\(key)")
      return nil
    }
  }

  /// The truth value under `key`.
  mutating func boolean(_ object: [String: JSONValue], _ key: String, at pointer: String) -> Bool? {
    switch object[key] {
    case .boolean(let value)?: return value
    case nil: return nil
    default:
      report(.codeBookType, "'\(key)' must be true or false", at: "\(pointer)/\(key)")
      return nil
    }
  }

  /// The list under `key`; empty where there is none.
  mutating func list(_ object: [String: JSONValue], _ key: String, at pointer: String) -> [JSONValue] {
    switch object[key] {
    case .array(let values)?: return values
    case nil: return []
    default:
      report(.codeBookType, "'\(key)' must be a list", at: "\(pointer)/\(key)")
      return []
    }
  }

  /// The list of texts under `key`; empty where there is none.
  mutating func texts(_ object: [String: JSONValue], _ key: String, at pointer: String) -> [String] {
    var texts: [String] = []
    for (index, value) in list(object, key, at: pointer).enumerated() {
      if case .string(let text) = value {
        texts.append(text)
      } else {
        report(.codeBookType, "a text is expected", at: "\(pointer)/\(key)/\(index)")
      }
    }
    return texts
  }

  /// A key as RFC 6901 writes it in a pointer.
  static func escaped(_ key: String) -> String {
    var result = ""
    for character in key {
      switch character {
      case "~": result += "~0"
      case "/": result += "~1"
      default: result.append(character)
      }
    }
    return result
  }
}

/// Finds the valid name nearest to a mistaken one.
enum Nearest {
  /// The nearest of `names` within half the length of `name`, by plain edit distance; the first of equals.
  static func name(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = editDistance(wanted, Array(candidate.lowercased()))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, wanted.count / 2) else { return nil }
    return best.name
  }

  /// `did you mean '…'?`, or the valid names where none is near.
  static func hint(for name: String, among names: [String]) -> String {
    if let nearest = self.name(to: name, among: names) { return "did you mean '\(nearest)'?" }
    return "valid here: " + names.prefix(12).joined(separator: ", ")
  }

  /// Levenshtein's distance.
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
