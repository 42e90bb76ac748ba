package import Foundation

/// Why a table that this target brings could not be used.
package enum TableError: Error, Equatable {
  /// The file is not where it belongs.
  case missing(file: String)
  /// A line or key of the file breaks its format; `line` counts from 1, 0 for the file as a whole.
  case malformed(file: String, line: Int)
}

/// Which table a piece of data came from: every table carries these four.
package struct TableIdentity: Hashable, Codable, Sendable {
  /// Short and unique, such as `lemmas`.
  package var id: String
  /// Version of the content.
  package var version: String
  /// BCP 47, such as `de`.
  package var language: String
  /// Where the rows come from.
  package var source: String
}

/// A table of tab-separated rows under `Resources/`: `# key: value` lines first, then one row a line.
package struct TableFile: Sendable {
  /// Which table it is.
  package let identity: TableIdentity
  /// The cells of every row, in file order.
  package let rows: [[String]]

  /// Reads a bundled table by its file name.
  package init(resource name: String) throws(TableError) {
    try self.init(text: String(decoding: Self.bytes(ofResource: name), as: UTF8.self), file: name)
  }

  /// Parses the text of a table; `file` only names it in errors.
  package init(text: String, file: String) throws(TableError) {
    var keys: [String: String] = [:]
    var rows: [[String]] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty { continue }
      if line.hasPrefix("#") {
        let pair = line.dropFirst().split(separator: ":", maxSplits: 1)
        if pair.count == 2 {
          keys[pair[0].trimmingCharacters(in: .whitespaces)] = pair[1].trimmingCharacters(in: .whitespaces)
        }
        continue
      }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= 2, !cells[0].isEmpty else { throw .malformed(file: file, line: index + 1) }
      rows.append(cells)
    }
    guard let id = keys["id"], let version = keys["version"], let language = keys["language"],
      let source = keys["source"]
    else { throw .malformed(file: file, line: 0) }
    identity = TableIdentity(id: id, version: version, language: language, source: source)
    self.rows = rows
  }

  /// The bytes of a bundled resource.
  package static func bytes(ofResource name: String) throws(TableError) -> Data {
    let place = Bundle.module.bundleURL.appendingPathComponent("Resources").appendingPathComponent(name)
    guard let bytes = try? Data(contentsOf: place) else { throw .missing(file: name) }
    return bytes
  }
}
