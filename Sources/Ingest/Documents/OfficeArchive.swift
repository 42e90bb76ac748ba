import CZip

/// A PPTX or DOCX as the zip archive that it is, opened for reading only; closed in `deinit`, never shared.
struct OfficeArchive: ~Copyable {
  private let archive: OpaquePointer

  /// One file inside.
  struct Entry: Hashable {
    /// Its name in the archive.
    var name: String
    /// Bytes when unpacked, as the archive says.
    var size: Int
    /// Bytes as packed.
    var packedSize: Int
    /// Its place in the archive.
    var index: UInt64
    /// Whether a password is needed.
    var isEncrypted: Bool
  }

  /// Opens the archive at `path`.
  init(path: String) throws(IngestError) {
    var code: Int32 = 0
    guard let opened = zip_open(path, ZIP_RDONLY, &code) else {
      throw .damagedDocument("it is no whole zip archive")
    }
    archive = opened
  }

  /// What is inside, in the order of the archive, at most `limit`.
  func entries(limit: Int) -> [Entry] {
    let count = min(Int(zip_get_num_entries(archive, 0)), limit)
    return (0..<max(0, count)).compactMap { index in
      var status = zip_stat()
      zip_stat_init(&status)
      guard zip_stat_index(archive, UInt64(index), 0, &status) == 0, let name = status.name else { return nil }
      return Entry(
        name: String(cString: name), size: Int(clamping: status.size), packedSize: Int(clamping: status.comp_size),
        index: UInt64(index), isEncrypted: status.encryption_method != 0)
    }
  }

  /// The unpacked bytes of `entry`; never more than it says of itself.
  func bytes(of entry: Entry) throws(IngestError) -> [UInt8] {
    guard let file = zip_fopen_index(archive, entry.index, 0) else { throw .damagedDocument("a part does not open") }
    defer { zip_fclose(file) }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { buffer, count in
      count = 0
      while count < entry.size, let base = buffer.baseAddress {
        let got = Int(zip_fread(file, base + count, UInt64(entry.size - count)))
        if got <= 0 {
          failed = got < 0
          break
        }
        count += got
      }
    }
    // The checksum is compared when the end is met, which takes one read more.
    var rest: UInt8 = 0
    guard !failed, bytes.count == entry.size, zip_fread(file, &rest, 1) == 0 else {
      throw .damagedDocument("a part does not unpack")
    }
    return bytes
  }

  deinit { zip_discard(archive) }
}
