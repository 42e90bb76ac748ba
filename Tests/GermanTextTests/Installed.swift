import Foundation
import GermanText

/// What only some computers have: the dictionary, and the development notes beside the clone.
enum Installed {
  static let lexicon = Lexicon()
  static let hasDictionary = lexicon.hasDictionary

  /// The texts of the development notes, or none where they are not beside the clone.
  static let notes: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for up in ["..", "../.."] {
      let file = root.appendingPathComponent("\(up)/shared/data/notes/notes.jsonl")
      guard let bytes = try? Data(contentsOf: file) else { continue }
      return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
        (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any]
      }.compactMap { $0["text"] as? String }
    }
    return []
  }()
}
