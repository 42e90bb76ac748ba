import Foundation
import Testing

/// What every Swift file keeps to, whatever it does.
@Suite struct SourceRuleTests {
  @Test func noFileIsLongAndMostAreShort() {
    for file in SourceTree.sources { #expect(file.lines.count <= 450, "\(file.path): \(file.lines.count) lines") }
    let lengths = SourceTree.sources.map(\.lines.count).sorted()
    #expect(lengths[lengths.count / 2] <= 120, "median")
  }

  /// Each needs a reason on its line: `// ...`.
  @Test(arguments: ["try!", "fatalError(", " as! ", "@unchecked Sendable", "nonisolated(unsafe)", "TODO", "FIXME"])
  func nothingUnsafeWithoutAReason(_ sign: String) {
    for file in SourceTree.sources {
      for (number, line) in file.lines.enumerated() where line.contains(sign) {
        let isReasoned = line.firstRange(of: "// ").map {
          $0.lowerBound > (line.firstRange(of: sign)?.lowerBound ?? line.endIndex)
        }
        #expect(isReasoned == true, "\(file.path):\(number + 1) \(sign)")
      }
    }
  }

  @Test func namesSayWhatThingsAre() {
    for file in SourceTree.sources {
      let name = file.path.split(separator: "/").last.map(String.init) ?? ""
      for word in ["Manager", "Helper", "Util"] { #expect(!name.contains(word), "\(file.path)") }
    }
  }

  /// Every public or package declaration has a sentence above it; what a protocol asks for says it there.
  @Test func everythingSharedIsDocumented() {
    let declaration =
      /^\s*(?:public|package)\s+(?!import|extension)(?:private\(set\)\s+|static\s+|final\s+|mutating\s+|borrowing\s+|consuming\s+|nonisolated\s+|indirect\s+|override\s+|convenience\s+)*(?:func|var|let|struct|enum|class|actor|protocol|init|subscript|typealias|case|associatedtype)\b/
    for file in SourceTree.sources {
      for (number, line) in file.lines.enumerated() {
        guard line.contains("public ") || line.contains("package "), line.firstMatch(of: declaration) != nil else {
          continue
        }
        var above = number - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        let isDocumented = above >= 0 && file.lines[above].drop(while: { $0 == " " }).hasPrefix("///")
        let isAskedFor =
          SourceTree.requirements.contains { line.contains(" \($0)") }
          || line.contains("static func ")
            && line.contains(" (lhs: ")
        #expect(isDocumented || isAskedFor, "\(file.path):\(number + 1)")
      }
    }
  }

  @Test func noFileNamesAMachine() {
    for file in SourceTree.sources {
      for (number, line) in file.lines.enumerated() {
        for place in ["/home/", "/Users/", "/tmp/", "/root/"] {
          #expect(!line.contains(place), "\(file.path):\(number + 1)")
        }
      }
    }
  }

  /// Codes are data: a code's id in a Swift string would tie the program to one code book.
  @Test func noCodeOfABundledBookStandsInCode() throws {
    let folder = SourceTree.root.appendingPathComponent("Sources/ContentCoding/Resources")
    let books = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".json") }
    var words: Set<String> = []
    for book in books.sorted() {
      let bytes = try Data(contentsOf: folder.appendingPathComponent(book))
      guard let root = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] else { continue }
      for code in root["codes"] as? [[String: Any]] ?? [] {
        if let id = code["id"] as? String, id.contains(".") { words.insert(id) }
      }
      for cue in root["cues"] as? [[String: Any]] ?? [] where cue["kind"] as? String == "word" {
        if let pattern = cue["pattern"] as? String, pattern.count >= 8 { words.insert(pattern) }
      }
    }
    for file in SourceTree.sources {
      for (number, line) in file.lines.enumerated()
      where line.contains("\"") && !line.drop(while: { $0 == " " }).hasPrefix("//") {
        for literal in line.matches(of: /"([^"\\]+)"/) where words.contains(String(literal.1)) {
          Issue.record("\(file.path):\(number + 1) \(literal.1)")
        }
      }
    }
  }
}
