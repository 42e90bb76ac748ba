import Foundation
import Hashing
import ProtocolModel

/// The pictures inside a PPTX or DOCX.
///
/// Nothing is ever unpacked to disk. Entries that try to leave the archive, or that unpack to many times their size,
/// are refused by name; the others are read.
struct OfficePhotos {
  /// Absolute path of the document.
  let path: String
  /// Relative to the input.
  let name: String
  let limits: IngestLimits

  /// Folders of the two formats that hold pictures (ECMA-376, part 1, as every known program writes them).
  static let pictureFolders = ["ppt/media/", "word/media/"]

  /// What the archive holds.
  struct Findings {
    var photos: [ScannedPhoto] = []
    var diagnostics: [Diagnostic] = []
    var skipped: [ProtocolDocument.SkippedFile] = []
    /// Whether it is a PPTX or DOCX at all.
    var isOffice = false
  }

  /// Looks at every picture.
  func scan() throws(IngestError) -> Findings {
    let archive = try OfficeArchive(path: path)
    let entries = archive.entries(limit: limits.archiveEntries)
    var found = Findings()
    found.isOffice = entries.contains { $0.name == "[Content_Types].xml" || Self.isPicture($0.name) }
    guard found.isOffice else { return found }
    var unpacked = 0
    for entry in entries.sorted(by: Self.inOrder) where Self.looksLikeMedia(entry.name) {
      if let reason = refusal(of: entry, unpacked: unpacked) {
        refuse(entry, reason, in: &found)
        continue
      }
      unpacked += entry.size
      do throws(IngestError) {
        let bytes = try archive.bytes(of: entry)
        if let photo = try photo(entry, bytes) { found.photos.append(photo) }
      } catch .notAPicture {
        continue  // sound, film or a vector drawing
      } catch {
        let diagnostic = error.diagnostic(at: part(entry))
        found.diagnostics.append(diagnostic)
        found.skipped.append(ProtocolDocument.SkippedFile(file: part(entry), code: diagnostic.code))
      }
    }
    return found
  }

  /// The bytes of one entry.
  func bytes(of entryName: String) throws(IngestError) -> [UInt8] {
    let archive = try OfficeArchive(path: path)
    guard let entry = archive.entries(limit: limits.archiveEntries).first(where: { $0.name == entryName }),
      refusal(of: entry, unpacked: 0) == nil
    else { throw .changed }
    return try archive.bytes(of: entry)
  }

  private func photo(_ entry: OfficeArchive.Entry, _ bytes: [UInt8]) throws(IngestError) -> ScannedPhoto? {
    let header = try PictureHeader(of: bytes, limits: limits)
    guard min(header.width, header.height) >= limits.embeddedSide else { return nil }
    let digest = ContentDigest.sha256(bytes)
    return ScannedPhoto(
      photo: Photo(
        id: PhotoID(digest), file: part(entry), sha256: digest, width: header.width, height: header.height,
        capturedAt: header.capturedAt, source: .embedded),
      origin: .archiveEntry(path: path, entry: entry.name),
      workingReduction: header.workingReduction(limits: limits), isOrientationTold: header.isOrientationTold)
  }

  /// Why an entry is not unpacked; `nil` where nothing speaks against it.
  private func refusal(of entry: OfficeArchive.Entry, unpacked: Int) -> String? {
    let parts = entry.name.split(separator: "/", omittingEmptySubsequences: false)
    if entry.name.hasPrefix("/") || entry.name.contains("\\") || parts.contains("..") || entry.name.contains(":") {
      return "a part's name leads out of the document"
    }
    if entry.isEncrypted { return "a part is encrypted" }
    if entry.size > limits.fileBytes || unpacked + entry.size > limits.archiveBytes {
      return "a part unpacks to more than is read"
    }
    // Small parts may be packed well; a bomb needs size.
    if entry.size > 1_048_576, entry.size / max(1, entry.packedSize) > limits.archiveRatio {
      return "a part unpacks to more than \(limits.archiveRatio) times its size"
    }
    return nil
  }

  private func refuse(_ entry: OfficeArchive.Entry, _ reason: String, in found: inout Findings) {
    // The entry's own name is not repeated: it may be anything.
    found.diagnostics.append(
      Diagnostic(
        .error, .refusedEntry, reason, at: name, hint: "save the document again, or give its pictures as files"))
    found.skipped.append(ProtocolDocument.SkippedFile(file: name, code: .refusedEntry))
  }

  private func part(_ entry: OfficeArchive.Entry) -> String {
    name + "#" + (entry.name.split(separator: "/").last.map(String.init) ?? entry.name)
  }

  private static func isPicture(_ name: String) -> Bool { pictureFolders.contains { name.hasPrefix($0) } }

  /// Pictures, and names that only pretend not to lie among them.
  private static func looksLikeMedia(_ name: String) -> Bool {
    let plain = name.replacing("\\", with: "/")
    return !plain.hasSuffix("/") && pictureFolders.contains { plain.contains($0) }
  }

  /// `image2.png` before `image10.png`.
  private static func inOrder(_ first: OfficeArchive.Entry, _ second: OfficeArchive.Entry) -> Bool {
    func key(_ name: String) -> (String, Int, String) {
      let stem = name.prefix { !$0.isASCII || !$0.isNumber }
      let digits = name.dropFirst(stem.count).prefix { $0.isASCII && $0.isNumber }
      return (String(stem), Int(digits) ?? 0, name)
    }
    return key(first.name) < key(second.name)
  }
}
