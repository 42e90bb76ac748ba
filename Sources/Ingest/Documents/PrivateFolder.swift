import Foundation

/// A temporary folder that only this user may enter; removed with everything in it when the owner goes.
final class PrivateFolder: Sendable {
  /// Absolute path.
  let path: String

  init() throws(IngestError) {
    // mkdtemp makes a name that did not exist, with mode 0700.
    var template = Array((NSTemporaryDirectory() + "/fotoprotokoll-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else { throw .unreadable("no temporary folder can be made") }
    path = String(cString: made)
  }

  /// Absolute paths of the files in it, sorted.
  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().map { path + "/" + $0 }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
