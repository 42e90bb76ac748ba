import Foundation

/// One `.traineddata` file.
package struct LanguageData: Hashable, Sendable {
  /// Its name without the ending, such as `deu`.
  package var language: String
  /// The folder it lies in.
  package var folder: String

  /// Finds the data of `language` (or of several, `deu+eng`) in `folders`, in their order.
  package init(_ language: String, in folders: [String] = LanguageData.searchedFolders) throws(RecognitionError) {
    func isIn(_ folder: String, _ part: some StringProtocol) -> Bool {
      FileManager.default.isReadableFile(atPath: "\(folder)/\(part).traineddata")
    }
    // Tesseract loads `deu+eng` from one folder.
    let parts = language.split(separator: "+")
    guard !parts.isEmpty, let found = folders.first(where: { folder in parts.allSatisfy { isIn(folder, $0) } }) else {
      let missing = parts.first { part in !folders.contains { isIn($0, part) } }
      throw .missingLanguage(missing.map(String.init) ?? language, searched: folders)
    }
    self.language = language
    folder = found
  }

  /// The folder of this module's own data, then those where Tesseract's own programs look on Debian, Fedora, macOS and
  /// where `TESSDATA_PREFIX` points.
  package static var searchedFolders: [String] {
    var folders: [String] = []
    folders.append(Bundle.module.bundleURL.appendingPathComponent("Resources").path)
    if let prefix = ProcessInfo.processInfo.environment["TESSDATA_PREFIX"], !prefix.isEmpty {
      folders += [prefix, prefix + "/tessdata"]
    }
    folders += [
      "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
      "/usr/share/tesseract/tessdata", "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata",
    ]
    return folders
  }

  /// FNV-1a over the file, 16 hexadecimal digits: tells one version of the data from another, nothing more.
  package var fingerprint: String {
    var bytes = Data()
    for part in language.split(separator: "+") {
      bytes += FileManager.default.contents(atPath: "\(folder)/\(part).traineddata") ?? Data()
    }
    return bytes.isEmpty ? "none" : Fingerprint.of(bytes)
  }
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo), for telling versions of data files apart.
package enum Fingerprint {
  /// The sum over `bytes` as 16 hexadecimal digits.
  package static func of(_ bytes: some Sequence<UInt8>) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
