package import Foundation

/// Writes files whole or not at all.
package enum AtomicFile {
  /// Writes `bytes` under a temporary name in `temporary`, which must lie on the same volume, then renames.
  package static func write(_ bytes: Data, to target: URL, temporary: URL) throws {
    let part = temporary.appendingPathComponent(".\(UUID().uuidString).part")
    do {
      try bytes.write(to: part)
      guard rename(part.path, target.path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
  }

  /// What went wrong, in words without paths.
  package static func reason(_ error: any Error) -> String {
    let code =
      (error as? POSIXError)?.code
      ?? ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)
      .flatMap { POSIXErrorCode(rawValue: Int32($0.code)) }
    switch code {
    case .ENOSPC?: return "the disk is full"
    case .EACCES?, .EPERM?: return "no permission"
    case .EROFS?: return "the volume is read-only"
    case .ENOENT?: return "the folder is gone"
    case let code?: return String(cString: strerror(code.rawValue))
    case nil:
      switch (error as? CocoaError)?.code {
      case .fileWriteOutOfSpace?: return "the disk is full"
      case .fileWriteNoPermission?: return "no permission"
      case .fileWriteVolumeReadOnly?: return "the volume is read-only"
      default: return "the system refused"
      }
    }
  }
}
