import Foundation

/// Checks a value against the part of JSON Schema that the contract uses: type, const, enum, required, properties,
/// additionalProperties, items, minItems, maxItems, minimum, maximum, pattern, minLength, anyOf and local references.
struct SchemaCheck {
  let root: [String: Any]

  func problems(_ value: Any) -> [String] { problems(value, root, "") }

  private func problems(_ value: Any, _ schema: [String: Any], _ at: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
        return ["\(at): no definition '\(name)'"]
      }
      return problems(value, target, at)
    }
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let found = choices.map { problems(value, $0, at) }
      return found.contains { $0.isEmpty } ? [] : found.first ?? []
    }
    var found: [String] = []
    if let allowed = schema["enum"] as? [Any], !allowed.contains(where: { Self.equal($0, value) }) {
      found.append("\(at): not in the list")
    }
    if let constant = schema["const"], !Self.equal(constant, value) { found.append("\(at): not \(constant)") }
    if let type = schema["type"] {
      let types = type as? [String] ?? [type as? String ?? ""]
      if !types.contains(where: { Self.has(value, type: $0) }) { return found + ["\(at): no \(types)"] }
    }
    return found + objectProblems(value, schema, at) + listProblems(value, schema, at)
      + valueProblems(value, schema, at)
  }

  private func objectProblems(_ value: Any, _ schema: [String: Any], _ at: String) -> [String] {
    guard let object = value as? [String: Any], let properties = schema["properties"] as? [String: [String: Any]] else {
      return []
    }
    var found: [String] = []
    for key in schema["required"] as? [String] ?? [] where object[key] == nil { found.append("\(at): no '\(key)'") }
    for key in object.keys.sorted() {
      if let property = properties[key], let member = object[key] {
        found += problems(member, property, "\(at)/\(key)")
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(at): unknown '\(key)'")
      }
    }
    return found
  }

  private func listProblems(_ value: Any, _ schema: [String: Any], _ at: String) -> [String] {
    guard let list = value as? [Any] else { return [] }
    var found: [String] = []
    if let least = schema["minItems"] as? Int, list.count < least { found.append("\(at): too short") }
    if let most = schema["maxItems"] as? Int, list.count > most { found.append("\(at): too long") }
    if let items = schema["items"] as? [String: Any] {
      for (place, element) in list.enumerated() { found += problems(element, items, "\(at)/\(place)") }
    }
    return found
  }

  private func valueProblems(_ value: Any, _ schema: [String: Any], _ at: String) -> [String] {
    var found: [String] = []
    if let text = value as? String {
      if let least = schema["minLength"] as? Int, text.count < least { found.append("\(at): too short") }
      if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil {
        found.append("\(at): does not match \(pattern)")
      }
    } else if let number = value as? NSNumber, !Self.has(value, type: "boolean") {
      if let least = schema["minimum"] as? NSNumber, number.doubleValue < least.doubleValue {
        found.append("\(at): too small")
      }
      if let most = schema["maximum"] as? NSNumber, number.doubleValue > most.doubleValue {
        found.append("\(at): too large")
      }
    }
    return found
  }

  private static func equal(_ one: Any, _ other: Any) -> Bool {
    if one is NSNull || other is NSNull { return one is NSNull && other is NSNull }
    if let one = one as? String { return one == other as? String }
    if let one = one as? NSNumber, let other = other as? NSNumber { return one == other }
    return false
  }

  private static func has(_ value: Any, type: String) -> Bool {
    switch type {
    case "null": return value is NSNull
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "boolean": return (value as? NSNumber).map { isBoolean($0) } ?? false
    case "number": return (value as? NSNumber).map { !isBoolean($0) } ?? false
    case "integer":
      return (value as? NSNumber).map { !isBoolean($0) && $0.doubleValue == $0.doubleValue.rounded() } ?? false
    default: return false
    }
  }

  private static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
