/// The words of a protocol in one language, by key: headings, labels and sentences that no note wrote.
public struct DocumentTexts: Codable, Hashable, Sendable {
  /// Names the table.
  public var id: String
  /// Version of the table.
  public var version: String
  /// BCP 47, such as `de`.
  public var language: String
  /// Where the words come from.
  public var source: String
  /// By key, such as `section.causes`; `{name}` stands for a value.
  public var texts: [String: String]

  /// Creates a table.
  public init(id: String, version: String, language: String, source: String, texts: [String: String]) {
    self.id = id
    self.version = version
    self.language = language
    self.source = source
    self.texts = texts
  }

  /// The text of a key with its values filled in; a key that is missing stands for itself, so that it is seen.
  public func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
    guard let template = texts[key] else { return key }
    if values.isEmpty { return template }
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      result += rest[..<open]
      result += values.first { $0.key == name }?.value ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// The text for a count: `key.one` for 1, `key.other` for all others, with `{n}` filled in.
  public func counted(_ key: String, _ count: Int) -> String {
    self("\(key).\(count == 1 ? "one" : "other")", ["n": String(count)])
  }
}
