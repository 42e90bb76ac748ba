import Foundation
import ProtocolModel

/// Walks the inputs and names every file in them, without ever walking in a circle.
///
/// Left out without a word: hidden files, what macOS and Windows leave behind, and the program's own event and
/// pipeline files. Listed apart: output folders of earlier runs. They are no finding, because a second run must say what
/// the first one said.
struct FileWalk {
  /// A file with its name in the protocol.
  struct Entry: Hashable {
    /// Relative to the inputs' common folder, "/"-separated.
    var name: String
    /// Absolute.
    var path: String
  }

  /// Sorted by name.
  private(set) var files: [Entry] = []
  /// In the order found.
  private(set) var diagnostics: [Diagnostic] = []
  /// Folders that were not read because of an error, and links that point nowhere.
  private(set) var skipped: [ProtocolDocument.SkippedFile] = []

  /// Output folders of earlier runs, in the order found.
  private(set) var leftOut: [String] = []

  /// Device and inode: what a folder is, whatever its name.
  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }
  private var entered: Set<Identity> = []
  private var linkedFolders: [Entry] = []

  /// Files that belong to the program or to the desktop, not to the workshop.
  static let ownFiles: Set<String> = ["event.json", "pipeline.json"]
  static let litter: Set<String> = ["thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "icon\r"]

  /// Walks `inputs`: folders recursively, or single files.
  init(_ inputs: [String]) {
    let paths = inputs.map(Self.absolute)
    let root = Self.commonFolder(of: paths)
    var seen: Set<String> = []
    for (input, path) in zip(inputs, paths) where seen.insert(path).inserted {
      let entry = Entry(name: Self.name(of: path, below: root), path: path)
      switch Self.kind(of: path) {
      case .folder: walk(entry, isInput: true)
      case .file: files.append(entry)
      default:
        diagnostics.append(
          Diagnostic(
            .error, .missingInput, "the input does not exist", at: (input as NSString).lastPathComponent,
            hint: "check the path; a folder or single files are possible"))
      }
    }
    // Links come last, so that a folder is called by its real name wherever it has one in the input.
    while !linkedFolders.isEmpty {
      let link = linkedFolders.removeFirst()
      walk(link, isInput: false)
    }
    var names: Set<String> = []
    files = files.sorted { $0.name < $1.name }.filter { names.insert($0.name).inserted }
  }

  private mutating func walk(_ folder: Entry, isInput: Bool) {
    guard let identity = Self.identity(of: folder.path) else { return }
    guard entered.insert(identity).inserted else {
      diagnostics.append(
        Diagnostic(
          .note, .folderLoop, "a link to a folder that is read already; it is not entered again", at: folder.name))
      return
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch {
      let place = folder.name.isEmpty ? "." : folder.name
      diagnostics.append(
        Diagnostic(
          .error, .unreadableFile, "the folder may not be read", at: place, hint: "give yourself the right to read it"))
      skipped.append(ProtocolDocument.SkippedFile(file: place, code: .unreadableFile))
      return
    }
    if !isInput, names.contains(".store") || names.contains("protocol.json") {
      leftOut.append(folder.name)
      return
    }
    for name in names where !name.hasPrefix(".") && !Self.litter.contains(name.lowercased()) {
      if isInput, Self.ownFiles.contains(name) { continue }
      let entry = Entry(
        name: folder.name.isEmpty ? name : folder.name + "/" + name,
        path: folder.path == "/" ? "/" + name : folder.path + "/" + name)
      switch Self.kind(of: entry.path) {
      case .folder: walk(entry, isInput: false)
      case .linkedFolder: linkedFolders.append(entry)
      case .file: files.append(entry)
      case .danglingLink:
        diagnostics.append(
          Diagnostic(
            .warning, .danglingLink, "the link points nowhere", at: entry.name,
            hint: "copy the file itself into the folder"))
        skipped.append(ProtocolDocument.SkippedFile(file: entry.name, code: .danglingLink))
      case .other: skipped.append(ProtocolDocument.SkippedFile(file: entry.name, code: nil))
      }
    }
  }

  private enum Kind { case folder, linkedFolder, file, danglingLink, other }

  private static func kind(of path: String) -> Kind {
    var own = stat(), target = stat()
    guard lstat(path, &own) == 0 else { return .other }
    let isLink = own.st_mode & S_IFMT == S_IFLNK
    guard stat(path, &target) == 0 else { return isLink ? .danglingLink : .other }
    switch target.st_mode & S_IFMT {
    case S_IFDIR: return isLink ? .linkedFolder : .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  private static func identity(of path: String) -> Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
  }

  private static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/") {
      if part == "." { continue }
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The deepest folder that holds every input: a folder itself, the parent of a file.
  private static func commonFolder(of paths: [String]) -> [Substring] {
    let folders = paths.map { path -> [Substring] in
      let parts = path.split(separator: "/")
      var status = stat()
      let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return isFolder ? parts : parts.dropLast()
    }
    guard var common = folders.first else { return [] }
    for folder in folders.dropFirst() {
      common = Array(zip(common, folder).prefix { $0 == $1 }.map(\.0))
    }
    return common
  }

  private static func name(of path: String, below root: [Substring]) -> String {
    path.split(separator: "/").dropFirst(root.count).joined(separator: "/")
  }
}
