import Foundation

/// The files of this package as text, read once.
enum SourceTree {
  /// One Swift file.
  struct File: Sendable {
    /// Path from the root of the package, such as `Sources/Imaging/Raster.swift`.
    let path: String
    let lines: [Substring]
    /// The folder under `Sources` or `Tests`.
    var target: String { String(path.split(separator: "/")[1]) }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let sources = files(under: "Sources")
  static let tests = files(under: "Tests")
  static let manifest = (try? String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)) ?? ""

  /// Swift files below a folder, by path.
  private static func files(under folder: String) -> [File] {
    let base = root.appendingPathComponent(folder)
    let paths = FileManager.default.subpaths(atPath: base.path) ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOf: base.appendingPathComponent(path), encoding: .utf8) else { return nil }
      return File(path: "\(folder)/\(path)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  /// What the protocols of the package ask for, as declared: `func read(`, `var identity:`.
  static let requirements: Set<String> = {
    var found: Set<String> = []
    for file in sources {
      var isInside = false
      for line in file.lines {
        if line.contains("protocol "), !line.contains("//"), line.hasSuffix("{") { isInside = true }
        if line.hasPrefix("}") { isInside = false }
        if isInside, let member = line.firstMatch(of: #/^  (?:static )?((?:func \w+[<(])|(?:var \w+))/#) {
          found.insert(String(member.1))
          // A stored constant answers to `var ... { get }`.
          found.insert(String(member.1).replacing("var ", with: "let "))
        }
      }
    }
    return found
  }()

  /// The modules a file imports.
  static func imports(of file: File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(whereSeparator: { $0 == " " })
      guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else { return nil }
      if at == 1, !["package", "public", "internal", "private", "@testable", "@_exported"].contains(words[0]) {
        return nil
      }
      return String(words[at + 1].split(separator: ".")[0])
    }
  }
}
