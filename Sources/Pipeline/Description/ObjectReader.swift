package import ProtocolModel

/// Reads one JSON object key by key, and reports what is wrong with its place as a JSON pointer (RFC 6901).
package struct ObjectReader {
  /// The file, for messages.
  package let file: String
  /// Pointer to the object.
  package let pointer: String
  private let object: [String: JSONValue]
  private let report: (Diagnostic) -> Void

  /// Reads `value` as an object; anything else is reported and read as empty.
  package init(_ value: JSONValue, file: String, pointer: String, report: @escaping (Diagnostic) -> Void) {
    self.file = file
    self.pointer = pointer
    self.report = report
    if case .object(let object) = value {
      self.object = object
    } else {
      object = [:]
      report(
        Diagnostic(
          .error, .invalidValue, "an object is wanted here, not \(value.typeName)",
          at: file + ":" + (pointer.isEmpty ? "/" : pointer)))
    }
  }

  /// The keys, sorted.
  package var keys: [String] { object.keys.sorted() }

  /// Reports every key that is not in `known`, with the nearest that is.
  package func expectOnly(_ known: [String]) {
    for key in keys where !known.contains(key) {
      let near = NearestName.nearest(to: key, in: known)
      report(
        Diagnostic(
          .error, .unknownKey, "nothing reads the key '\(key)'", at: place(key),
          hint: near.map { "did you mean '\($0)'?" } ?? "known keys: \(known.sorted().joined(separator: ", "))"))
    }
  }

  /// The value of a key as it is.
  package func value(_ key: String) -> JSONValue? {
    if case .null? = object[key] { return nil }
    return object[key]
  }

  /// A text, or `nil` where the key is missing (reported when `required`) or of another type (reported).
  package func string(_ key: String, required: Bool = false) -> String? {
    guard let value = value(key) else {
      if required { wrong(key, "the key '\(key)' is missing") }
      return nil
    }
    if case .string(let text) = value { return text }
    wrong(key, "a text is wanted here, not \(value.typeName)")
    return nil
  }

  /// A list of texts; empty where the key is missing.
  package func strings(_ key: String) -> [String] {
    guard let value = value(key) else { return [] }
    if case .array(let items) = value {
      let texts = items.compactMap { item in if case .string(let text) = item { text } else { String?.none } }
      if texts.count == items.count { return texts }
    }
    wrong(key, "a list of texts is wanted here")
    return []
  }

  /// A list of objects, each with a reader of its own.
  package func objects(_ key: String) -> [ObjectReader] {
    guard let value = value(key) else { return [] }
    guard case .array(let items) = value else {
      wrong(key, "a list is wanted here, not \(value.typeName)")
      return []
    }
    return items.enumerated().map { index, item in
      ObjectReader(item, file: file, pointer: "\(pointer)/\(key)/\(index)", report: report)
    }
  }

  /// An object with a reader of its own, or `nil` where the key is missing.
  package func object(_ key: String) -> ObjectReader? {
    value(key).map { ObjectReader($0, file: file, pointer: "\(pointer)/\(key)", report: report) }
  }

  /// Reports something about a key.
  package func wrong(_ key: String, _ message: String, hint: String? = nil, code: DiagnosticCode = .invalidValue) {
    report(Diagnostic(.error, code, message, at: place(key), hint: hint))
  }

  private func place(_ key: String) -> String {
    let escaped = key.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    return "\(file):\(pointer)/\(escaped)"
  }
}
