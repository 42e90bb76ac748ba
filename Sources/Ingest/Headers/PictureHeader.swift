/// What a picture says of itself before anything is decoded.
struct PictureHeader: Hashable {
  var format: FileFormat
  /// Width in pixels as stored.
  var storedWidth: Int
  /// Height in pixels as stored.
  var storedHeight: Int
  /// The turn that we apply (EXIF 1...8); 1 where the decoder turns by itself (HEIC).
  var orientation = 1
  /// Whether the file says how the picture lies.
  var isOrientationTold = false
  /// Whether the file holds more pictures than the one that is read (TIFF).
  var hasFurtherPages = false
  /// Local capture time, ISO 8601 without zone.
  var capturedAt: String?

  /// Width after orientation.
  var width: Int { swaps ? storedHeight : storedWidth }
  /// Height after orientation.
  var height: Int { swaps ? storedWidth : storedHeight }
  private var swaps: Bool { orientation >= 5 }

  /// Checks structure and size without decoding: what ends early, lies or is too large never meets a decoder.
  init(of bytes: [UInt8], limits: IngestLimits) throws(IngestError) {
    guard !bytes.isEmpty else { throw .empty }
    let format = FileFormat(signature: Array(bytes.prefix(64)))
    switch format {
    case .jpeg: self = try JPEGHeader.read(bytes)
    case .png: self = try PNGHeader.read(bytes)
    case .tiff: self = try TIFFHeader.read(bytes)
    case .webp: self = try WebPHeader.read(bytes)
    case .heif: self = try HEIFPicture.header(of: bytes)
    case .unsupported(let name): throw .unsupported(name)
    case .pdf, .zip, .compoundFile, .other: throw .notAPicture
    }
    guard storedWidth > 0, storedHeight > 0 else { throw .zeroSize }
    let limit = format == .jpeg ? limits.jpegMegapixels : limits.otherMegapixels
    // Divided before multiplied: both sides may be near 2^32.
    guard storedWidth <= limit * 1_000_000 / storedHeight else {
      let megapixels = Double(storedWidth) * Double(storedHeight) / 1_000_000
      throw .tooLarge(megapixels: Int(megapixels.rounded(.up)), limit: limit)
    }
  }

  /// Creates a header.
  init(
    format: FileFormat, storedWidth: Int, storedHeight: Int, orientation: Int? = nil,
    hasFurtherPages: Bool = false, capturedAt: String? = nil
  ) {
    self.format = format
    self.storedWidth = storedWidth
    self.storedHeight = storedHeight
    self.orientation = orientation ?? 1
    isOrientationTold = orientation != nil
    self.hasFurtherPages = hasFurtherPages
    self.capturedAt = capturedAt
  }

  /// 1, or 2 where the picture has more pixels than are worked on.
  func workingReduction(limits: IngestLimits) -> Int {
    storedWidth * storedHeight > limits.workingMegapixels * 1_000_000 ? 2 : 1
  }
}
