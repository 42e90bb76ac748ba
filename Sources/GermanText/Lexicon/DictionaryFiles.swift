import Foundation

/// The two files of an installed hunspell dictionary. They are read where they lie and never shipped.
package struct DictionaryFiles: Hashable, Sendable {
  /// Path of the affix rules (`.aff`).
  package let affixes: String
  /// Path of the word list (`.dic`).
  package let words: String

  /// Names two files.
  package init(affixes: String, words: String) {
    self.affixes = affixes
    self.words = words
  }

  /// The German dictionary of this computer, or `nil` where none is installed.
  ///
  /// Looks where hunspell looks: the folders of `DICPATH`, then the usual places of Debian, Fedora, Homebrew and macOS.
  package static func installed() -> DictionaryFiles? {
    let named = ProcessInfo.processInfo.environment["DICPATH"]?.split(separator: ":").map(String.init) ?? []
    let folders =
      named + [
        "/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell",
        NSHomeDirectory() + "/Library/Spelling", "/Library/Spelling",
      ]
    for folder in folders {
      for name in ["de_DE", "de_DE_frami", "de-DE", "de_AT", "de_CH"] {
        let files = DictionaryFiles(affixes: "\(folder)/\(name).aff", words: "\(folder)/\(name).dic")
        let manager = FileManager.default
        if manager.isReadableFile(atPath: files.affixes), manager.isReadableFile(atPath: files.words) { return files }
      }
    }
    return nil
  }
}
