/// Reads a page as strictly as the renderer writes it, and finds what a browser would silently mend.
struct PageCheck {
  private(set) var problems: [String] = []
  /// Names of the tags, in order.
  private(set) var tags: [String] = []
  /// Names of all attributes.
  private(set) var names: Set<String> = []
  /// Words of the text, without punctuation at their ends.
  private(set) var words: Set<String> = []
  private var values: [String: [String]] = [:]

  /// Tags without a closing one.
  private static let void: Set<String> = ["meta", "img", "br", "hr"]

  /// Opening and closing tags with the names of their attributes: what hostile text must not change.
  private(set) var skeleton: [String] = []

  init(_ page: String) {
    var rest = Substring(page)
    var open: [String] = []
    var level = 0
    while let start = rest.firstIndex(of: "<") {
      collect(rest[..<start], in: open.last)
      guard let end = rest[start...].firstIndex(of: ">") else {
        problems.append("a tag never ends")
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        skeleton.append(String(tag))
        if open.popLast() != String(tag.dropFirst()) { problems.append("<\(tag)> closes nothing") }
        continue
      }
      let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
      tags.append(name)
      skeleton.append(name + " " + attributes(tag.dropFirst(name.count)).joined(separator: " "))
      if name.count == 2, name.first == "h", let now = Int(name.dropFirst()) {
        if now > level + 1 { problems.append("<\(name)> skips a level") }
        level = now
      }
      if !Self.void.contains(name), !tag.hasSuffix("/") { open.append(name) }
      if name == "style", let close = rest.range(of: "</style>") { rest = rest[close.lowerBound...] }
    }
    if !open.isEmpty { problems.append("never closed: \(open)") }
    if tags.count(where: { $0 == "h1" }) != 1 { problems.append("not one h1") }
    let ids = values["id"] ?? []
    if Set(ids).count != ids.count { problems.append("an id is there twice") }
    for link in attributes("href") where link.hasPrefix("#") && !ids.contains(String(link.dropFirst())) {
      problems.append("\(link) leads nowhere")
    }
  }

  /// The values of an attribute, in order.
  func attributes(_ name: String) -> [String] { values[name] ?? [] }

  private mutating func attributes(_ text: Substring) -> [String] {
    var found: [String] = []
    var rest = text.drop { $0.isWhitespace }
    while let equals = rest.firstIndex(of: "=") {
      let name = String(rest[..<equals])
      let value = rest[equals...].dropFirst()
      guard value.first == "\"", let end = value.dropFirst().firstIndex(of: "\"") else {
        problems.append("'\(name)' is not quoted")
        return found
      }
      found.append(name)
      names.insert(name)
      values[name, default: []].append(String(value[..<end].dropFirst()))
      rest = value[end...].dropFirst().drop { $0.isWhitespace }
    }
    if !rest.isEmpty, rest != "/" { problems.append("'\(rest)' stands in a tag") }
    return found
  }

  private mutating func collect(_ text: Substring, in tag: String?) {
    if tag == "style" { return }
    if text.contains(">") || text.contains("\"") { problems.append("'\(text)' is not escaped") }
    for word in text.split(whereSeparator: { $0.isWhitespace || "„“”:;,()".contains($0) }) {
      words.insert(String(word))
    }
  }
}
