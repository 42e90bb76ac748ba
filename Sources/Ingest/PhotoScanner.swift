import Foundation
import Hashing
import Imaging
import ProtocolModel

/// Finds the photos in folders and files, without decoding them.
package struct PhotoScanner: Sendable {
  private let limits: IngestLimits

  /// Creates a scanner.
  package init(limits: IngestLimits = .standard) { self.limits = limits }

  /// Looks at every file of `inputs` (folders recursively, or single files).
  ///
  /// What cannot be read is listed with one diagnostic each and never stops the scan.
  package func scan(inputs: [String]) -> ScanResult {
    let walk = FileWalk(inputs)
    var found = Findings(skipped: walk.skipped, leftOut: walk.leftOut, diagnostics: walk.diagnostics)
    for file in walk.files { look(at: file, into: &found) }
    if found.photos.isEmpty {
      found.diagnostics.append(
        Diagnostic(
          .error, .noPictures, "no picture was found",
          hint: "JPEG, PNG, TIFF, WebP, HEIC, PDF, PPTX and DOCX are read"))
    }
    return found.result
  }

  /// What was found so far.
  struct Findings {
    var photos: [ScannedPhoto] = []
    var skipped: [ProtocolDocument.SkippedFile]
    var diagnostics: [Diagnostic]
    private let leftOut: [String]
    private var places: [Digest: Int] = [:]

    init(skipped: [ProtocolDocument.SkippedFile], leftOut: [String], diagnostics: [Diagnostic]) {
      self.skipped = skipped
      self.leftOut = leftOut
      self.diagnostics = diagnostics
    }

    /// Adds a photo, or another name to the photo with the same bytes.
    mutating func add(_ photo: ScannedPhoto) {
      if let place = places[photo.photo.sha256] {
        photos[place].photo.otherNames.append(photo.photo.file)
      } else {
        places[photo.photo.sha256] = photos.count
        photos.append(photo)
      }
    }

    /// Lists a file that gave no photo.
    mutating func refuse(_ file: String, _ error: IngestError) {
      let diagnostic = error.diagnostic(at: file)
      diagnostics.append(diagnostic)
      skipped.append(ProtocolDocument.SkippedFile(file: file, code: diagnostic.code))
    }

    var result: ScanResult {
      ScanResult(
        photos: photos, skipped: skipped.sorted { $0.file < $1.file }, leftOut: leftOut.sorted(),
        diagnostics: diagnostics.sorted { ($0.location ?? "", $0.code) < ($1.location ?? "", $1.code) })
    }
  }

  private func look(at file: FileWalk.Entry, into found: inout Findings) {
    let original = OriginalFile(path: file.path)
    let ending = (file.name as NSString).pathExtension.lowercased()
    do throws(IngestError) {
      let signature = try original.beginning(64)
      let format = FileFormat(signature: signature)
      guard !signature.isEmpty else {
        guard FileFormat.expectedEndings.contains(ending) else { return found.list(file.name) }
        throw .empty
      }
      if FileFormat.rawEndings.contains(ending) { throw .unsupported("camera raw") }
      switch format {
      case .jpeg, .png, .tiff, .webp, .heif:
        try addPicture(file, original, format: format, ending: ending, into: &found)
      case .pdf: try addPages(file, original, ending: ending, into: &found)
      case .zip: try addEmbedded(file, ending: ending, into: &found)
      case .unsupported(let name): throw .unsupported(name)
      case .compoundFile:
        guard FileFormat.zip.endings.contains(ending) else { return found.list(file.name) }
        throw .damagedDocument("it has a password or is older than its name says")
      case .other:
        guard FileFormat.expectedEndings.contains(ending) else { return found.list(file.name) }
        throw .notAPicture
      }
    } catch {
      found.refuse(file.name, error)
    }
  }

  private func addPicture(
    _ file: FileWalk.Entry, _ original: OriginalFile, format: FileFormat, ending: String, into found: inout Findings
  ) throws(IngestError) {
    let bytes = try original.bytes(limit: limits.fileBytes)
    let header = try PictureHeader(of: bytes, limits: limits)
    let digest = ContentDigest.sha256(bytes)
    found.noteName(file.name, ending: ending, is: format)
    if header.hasFurtherPages {
      found.diagnostics.append(
        Diagnostic(
          .warning, .furtherPages, "only the first picture in the file is read", at: file.name,
          hint: "save each page as a file of its own, or all as PDF"))
    }
    let reduction = header.workingReduction(limits: limits)
    if reduction > 1 {
      found.diagnostics.append(
        Diagnostic(
          .note, .reducedDecoding,
          "\(header.width) x \(header.height) pixels are read at 1/\(reduction) of width and height", at: file.name))
    }
    found.add(
      ScannedPhoto(
        photo: Photo(
          id: PhotoID(digest), file: file.name, sha256: digest, width: header.width, height: header.height,
          capturedAt: header.capturedAt),
        origin: .file(path: file.path), workingReduction: reduction,
        isOrientationTold: header.isOrientationTold))
  }
}

extension PhotoScanner {
  private func addPages(
    _ file: FileWalk.Entry, _ original: OriginalFile, ending: String, into found: inout Findings
  ) throws(IngestError) {
    let digest = ContentDigest.sha256(try original.bytes(limit: limits.fileBytes))
    let (photos, diagnostics) = try PDFPhotos(path: file.path, name: file.name, digest: digest, limits: limits).scan()
    found.noteName(file.name, ending: ending, is: .pdf)
    found.diagnostics += diagnostics
    for photo in photos { found.add(photo) }
  }

  private func addEmbedded(
    _ file: FileWalk.Entry, ending: String, into found: inout Findings
  ) throws(IngestError) {
    let isExpected = FileFormat.zip.endings.contains(ending)
    // Zip archives of other kinds are simply no pictures, damaged or not.
    guard isExpected || FileFormat.expectedEndings.contains(ending) || ending.isEmpty else {
      return found.list(file.name)
    }
    let inside = try OfficePhotos(path: file.path, name: file.name, limits: limits).scan()
    guard inside.isOffice else {
      guard isExpected else { throw .notAPicture }
      throw .damagedDocument("it is a zip archive, but no PPTX or DOCX")
    }
    found.noteName(file.name, ending: ending, is: .zip)
    found.diagnostics += inside.diagnostics
    found.skipped += inside.skipped
    for photo in inside.photos { found.add(photo) }
    if inside.photos.isEmpty, inside.skipped.isEmpty { found.list(file.name) }
  }
}

extension PhotoScanner.Findings {
  /// Notes a name that claims another format than the content has.
  mutating func noteName(_ file: String, ending: String, is format: FileFormat) {
    guard !format.endings.contains(ending) else { return }
    let claim = ending.isEmpty ? "without an ending" : "named '.\(ending)'"
    let kind = format == .zip ? "PPTX or DOCX" : format.name
    diagnostics.append(
      Diagnostic(
        .note, .wronglyNamed, "a \(kind) file \(claim); it is read by its content", at: file,
        hint: "rename it, so that other programs open it too"))
  }

  /// Lists a file that is simply no picture.
  mutating func list(_ file: String) { skipped.append(ProtocolDocument.SkippedFile(file: file, code: nil)) }
}
