import Foundation
public import Testing

/// Compares a text with a file under `Golden` beside the test; `UPDATE_GOLDEN=1 swift test` accepts what is new.
public func expectGolden(
  _ text: String, _ name: String, testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: testFile).deletingLastPathComponent()
    .appendingPathComponent("Golden").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return
  }
  guard let bytes = try? Data(contentsOf: file) else {
    Issue.record("Golden/\(name) is missing; UPDATE_GOLDEN=1 swift test writes it", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: bytes, as: UTF8.self)
  if expected.utf8.elementsEqual(text.utf8) { return }
  Issue.record(
    "Golden/\(name) differs; UPDATE_GOLDEN=1 swift test accepts this:\n\(unifiedDifference(expected, text))",
    sourceLocation: sourceLocation)
}

/// The lines in which two texts differ, with three lines around each change.
public func unifiedDifference(_ old: String, _ new: String) -> String {
  let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  var removed: Set<Int> = []
  var inserted: Set<Int> = []
  for change in after.difference(from: before) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var rows: [(mark: String, line: String, old: Int, new: Int)] = []
  var i = 0
  var j = 0
  while i < before.count || j < after.count {
    if i < before.count, removed.contains(i) {
      rows.append(("-", before[i], i, j))
      i += 1
    } else if j < after.count, inserted.contains(j) {
      rows.append(("+", after[j], i, j))
      j += 1
    } else {
      rows.append((" ", i < before.count ? before[i] : "", i, j))
      i += 1
      j += 1
    }
  }
  let near = Set(rows.indices.filter { rows[$0].mark != " " }.flatMap { ($0 - 3)...($0 + 3) })
  var text = ""
  var last = -2
  for place in rows.indices where near.contains(place) {
    if place != last + 1 { text += "@@ -\(rows[place].old + 1) +\(rows[place].new + 1) @@\n" }
    text += rows[place].mark + String(rows[place].line.prefix(300)) + "\n"
    last = place
  }
  return text
}
