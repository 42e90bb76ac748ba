import Foundation

/// An original, opened for reading only.
struct OriginalFile {
  /// Absolute path.
  let path: String

  /// All bytes, at most `limit`; devices, pipes and folders are refused.
  func bytes(limit: Int) throws(IngestError) -> [UInt8] { try read(upTo: limit, whole: true) }

  /// The first `count` bytes, or fewer where the file is shorter.
  func beginning(_ count: Int) throws(IngestError) -> [UInt8] { try read(upTo: count, whole: false) }

  private func read(upTo limit: Int, whole: Bool) throws(IngestError) -> [UInt8] {
    // O_NONBLOCK: opening a pipe without a writer would otherwise wait for ever.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(Self.reason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(Self.reason()) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("no ordinary file") }
    let size = Int(status.st_size)
    guard !whole || size <= limit else { throw .tooManyBytes(limit: limit) }
    let wanted = min(size, limit)
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      count = 0
      while count < wanted, let base = buffer.baseAddress {
        let got = Foundation.read(descriptor, base + count, wanted - count)
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    guard !failed else { throw .unreadable(Self.reason()) }
    return bytes
  }

  /// What the system says of the last call, in English whatever the locale.
  private static func reason() -> String {
    switch errno {
    case EACCES, EPERM: "permission denied"
    case ENOENT: "it is gone"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "the disk has an error"
    default: "system error \(errno)"
    }
  }
}
