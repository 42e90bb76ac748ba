import Foundation

/// One `.traineddata` file.
package struct LanguageData: Hashable, Sendable {
  /// Its name without the ending, such as `deu`.
  package var language: String
  /// The folder it lies in.
  package var folder: String

  /// Finds the data of `language` in `folders`, in their order.
  package init(_ language: String, in folders: [String] = LanguageData.searchedFolders) throws(RecognitionError) {
    let found = folders.first { FileManager.default.isReadableFile(atPath: "\($0)/\(language).traineddata") }
    guard let found else { throw .missingLanguage(language, searched: folders) }
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
    guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(language).traineddata") else { return "none" }
    return Fingerprint.of(bytes)
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
