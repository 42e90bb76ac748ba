/// What a file is, by its first bytes; names are not believed.
enum FileFormat: Hashable {
  case jpeg, png, tiff, webp, heif, pdf, zip
  /// What Office wrote before 2007, and what it wraps around documents with a password.
  case compoundFile
  /// A picture that is not read, such as `GIF`.
  case unsupported(String)
  /// Anything else.
  case other

  /// Reads the signature; 64 bytes are enough.
  init(signature bytes: [UInt8]) {
    let view = ByteView(bytes: bytes)
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      self = .png
    } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0x00]) || bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
      self = .tiff
    } else if bytes.starts(with: [0x49, 0x49, 0x2B, 0x00]) || bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2B]) {
      self = .unsupported("BigTIFF")
    } else if view.holds("RIFF", at: 0), view.holds("WEBP", at: 8) {
      self = .webp
    } else if view.holds("ftyp", at: 4) {
      self = Self.ofBrands(view)
    } else if view.holds("%PDF-", at: 0) {
      self = .pdf
    } else if view.holds("PK", at: 0), bytes.count >= 4, bytes[2] < 9, bytes[3] < 9 {
      self = .zip
    } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .compoundFile
    } else if view.holds("GIF8", at: 0) {
      self = .unsupported("GIF")
    } else if view.holds("BM", at: 0), view.number(6, size: 4) == 0 {
      self = .unsupported("BMP")
    } else if view.holds("8BPS", at: 0) {
      self = .unsupported("PSD")
    } else if bytes.starts(with: [0, 0, 0, 12, 0x6A, 0x50]) {
      self = .unsupported("JPEG 2000")
    } else if bytes.starts(with: [0xFF, 0x0A]) || bytes.starts(with: [0, 0, 0, 12, 0x4A, 0x58]) {
      self = .unsupported("JPEG XL")
    } else {
      self = .other
    }
  }

  /// ISO media files share one box structure; the brand says whether a still picture is inside (ISO/IEC 23008-12).
  private static func ofBrands(_ view: ByteView) -> FileFormat {
    let still: Set<String> = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"]
    let size = min(view.number(0, size: 4) ?? 0, view.count)
    for offset in stride(from: 8, to: max(size, 12), by: 4) where offset != 12 {
      if let brand = view.text(offset, size: 4), still.contains(brand) { return .heif }
    }
    return .other
  }

  /// Endings that a file of this format may have.
  var endings: Set<String> {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif", "mpo"]
    case .png: ["png"]
    case .tiff: ["tif", "tiff"]
    case .webp: ["webp"]
    case .heif: ["heic", "heif", "hif", "avif"]
    case .pdf: ["pdf"]
    case .zip: ["pptx", "docx", "pptm", "docm", "ppsx", "potx", "dotx"]
    case .compoundFile, .unsupported, .other: []
    }
  }

  /// Name in messages.
  var name: String {
    switch self {
    case .jpeg: "JPEG"
    case .png: "PNG"
    case .tiff: "TIFF"
    case .webp: "WebP"
    case .heif: "HEIC"
    case .pdf: "PDF"
    case .zip: "zip"
    case .compoundFile: "old Office"
    case .unsupported(let name): name
    case .other: "unknown"
    }
  }

  /// Endings under which people expect a picture or document that is read.
  static let expectedEndings: Set<String> = [
    FileFormat.jpeg, .png, .tiff, .webp, .heif, .pdf, .zip,
  ].reduce(into: []) { $0.formUnion($1.endings) }

  /// Camera raw files look like TIFF, but what a TIFF reader finds in them is a thumbnail.
  static let rawEndings: Set<String> = ["dng", "nef", "arw", "cr2", "cr3", "orf", "rw2", "raf", "pef", "srw"]
}
