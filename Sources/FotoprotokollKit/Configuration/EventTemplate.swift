import Foundation
import Pipeline
package import ProtocolModel

/// An `event.json` to fill in.
package enum EventTemplate {
  /// Writes it into a folder; an existing one stays. Returns its path and whether it is new.
  package static func write(into folder: String) throws(Diagnostic) -> (path: String, isNew: Bool) {
    let folderURL = URL(fileURLWithPath: folder, isDirectory: true)
    let file = folderURL.appendingPathComponent("event.json")
    if FileManager.default.fileExists(atPath: file.path) { return (file.relativePath, false) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Diagnostic(
        .error, .unreadableDescription, "there is no folder '\(folderURL.lastPathComponent)'",
        hint: "give the folder that holds the photos")
    }
    do {
      try AtomicFile.write(BundledFiles.data("event-template.json"), to: file, temporary: folderURL)
    } catch {
      throw Diagnostic(
        .error, .unwritableOutput, "'event.json' cannot be written (\(AtomicFile.reason(error)))",
        hint: "choose a folder you may write")
    }
    return (file.relativePath, true)
  }
}
