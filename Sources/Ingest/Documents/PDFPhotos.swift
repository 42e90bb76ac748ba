import Hashing
import Imaging
import ProtocolModel

/// Chooses what of a PDF is a photo: the pictures themselves where a page is mostly pictures, else the drawn page.
struct PDFPhotos {
  private let document: PDFDocument
  private let limits: IngestLimits
  private let name: String
  private let digest: Digest

  /// Dots per inch of a drawn page: 12-point type is then some 33 pixels high, what Tesseract reads best.
  static let resolution = 200
  /// Share of a page from which on one picture is the page, whatever text a scanner's own reading laid under it.
  static let wholePage = 0.85
  /// Share of a page below which a picture is decoration.
  static let leastShare = 0.15
  /// Letters beside pictures that are no more than a caption or page number.
  static let captionLetters = 60

  init(path: String, name: String, digest: Digest, limits: IngestLimits) {
    document = PDFDocument(path: path, limits: limits)
    self.limits = limits
    self.name = name
    self.digest = digest
  }

  /// The digest that stands for a page or picture that has no bytes of its own in the file.
  static func digest(of document: Digest, part: String) -> Digest {
    ContentDigest.sha256(document.rawValue + "#" + part)
  }

  /// The photos in the order of the pages, and what a person should know.
  func scan() throws(IngestError) -> (photos: [ScannedPhoto], diagnostics: [Diagnostic]) {
    let (count, pages) = try document.pages(limit: limits.pages)
    guard !pages.isEmpty else { throw .damagedDocument("it has no pages") }
    var diagnostics: [Diagnostic] = []
    if count > limits.pages {
      diagnostics.append(
        Diagnostic(
          .warning, .tooLarge, "\(count) pages are more than the \(limits.pages) that are read", at: name,
          hint: "split the document"))
    }
    let pictures = Dictionary(grouping: try document.pictures(limit: limits.pages), by: \.page)
    let lines = try document.lines(limit: limits.pages)
    var photos: [ScannedPhoto] = []
    for (place, page) in pages.enumerated() {
      let text = place < lines.count ? lines[place] : []
      let shown = try embedded(pictures[page.number] ?? [], on: page, letters: text.reduce(0) { $0 + $1.text.count })
      photos += shown ?? [drawn(page, text: text, pictures: pictures[page.number] ?? [])]
    }
    return (photos, diagnostics)
  }

  /// The page's large pictures, or `nil` where the page says more than they do.
  private func embedded(
    _ pictures: [PDFListing.Picture], on page: PDFListing.Page, letters: Int
  ) throws(IngestError) -> [ScannedPhoto]? {
    let area = page.width / 72 * page.height / 72
    func share(_ picture: PDFListing.Picture) -> Double { picture.shownWidth * picture.shownHeight / area }
    let large = pictures.filter { share($0) >= Self.leastShare }
    guard !large.isEmpty else { return nil }
    let chosen: [PDFListing.Picture]
    if let whole = large.first(where: { share($0) >= Self.wholePage }) {
      chosen = [whole]
    } else if letters <= Self.captionLetters {
      chosen = large
    } else {
      return nil
    }
    let bytes = try document.pictureBytes(page: page.number, limit: limits.fileBytes)
    let scale = Double(PicturePlacement.pageSide) / max(page.width, page.height)
    let side = (max(1, Int(page.width * scale)), max(1, Int(page.height * scale)))
    let small = try document.raster(page: page.number, width: side.0, height: side.1).colorImage().gray
    var photos: [ScannedPhoto] = []
    for picture in chosen {
      guard picture.index < bytes.count,
        let photo = try self.photo(
          picture, bytes: bytes[picture.index], on: page, small: small, scale: scale,
          suffix: chosen.count > 1 ? "-\(photos.count + 1)" : "")
      else { return nil }
      photos.append(photo)
    }
    return photos
  }

  private func photo(
    _ picture: PDFListing.Picture, bytes: [UInt8], on page: PDFListing.Page, small: GrayImage, scale: Double,
    suffix: String
  ) throws(IngestError) -> ScannedPhoto? {
    var header = try PictureHeader(of: bytes, limits: limits)
    header.orientation = 1
    let width = Int((picture.shownWidth * 72 * scale).rounded())
    let height = Int((picture.shownHeight * 72 * scale).rounded())
    let reduction = [8, 4, 2].first { header.width / $0 > width && header.height / $0 > height } ?? 1
    let gray = try PictureDecoder.decode(bytes, header: header, reduction: reduction).colorImage().gray
    let orientation = PicturePlacement.orientation(of: gray, width: width, height: height, on: small)
    guard let orientation else { return nil }
    header.orientation = orientation
    let part = "page-\(page.number)\(suffix)"
    let digest = picture.isJPEG ? ContentDigest.sha256(bytes) : Self.digest(of: self.digest, part: part)
    return ScannedPhoto(
      photo: Photo(
        id: PhotoID(digest), file: name + "#" + part, sha256: digest, width: header.width, height: header.height,
        capturedAt: header.capturedAt, source: .pdfPage),
      origin: .pagePicture(
        path: document.path, page: page.number, index: picture.index, orientation: orientation, digest: self.digest),
      workingReduction: header.workingReduction(limits: limits))
  }

  private func drawn(
    _ page: PDFListing.Page, text: [(text: String, box: [Double])], pictures: [PDFListing.Picture]
  ) -> ScannedPhoto {
    // As fine as the finest large picture on the page, within what is worked on.
    let finest = pictures.map { Double($0.width) / $0.shownWidth }.max() ?? 0
    let inches = page.width / 72 * page.height / 72
    let most = (Double(limits.workingMegapixels) * 1_000_000 / max(inches, 1e-6)).squareRoot()
    let resolution = min(max(Double(Self.resolution), min(finest, 2 * Double(Self.resolution))), most).rounded(.down)
    let scale = resolution / 72
    let width = max(1, Int((page.width * scale).rounded())), height = max(1, Int((page.height * scale).rounded()))
    let part = "page-\(page.number)"
    let digest = Self.digest(of: self.digest, part: part)
    return ScannedPhoto(
      photo: Photo(
        id: PhotoID(digest), file: name + "#" + part, sha256: digest, width: width, height: height, source: .pdfPage,
        textLayer: text.map { line in
          let left = Int((line.box[0] * scale).rounded(.down)), top = Int((line.box[1] * scale).rounded(.down))
          return Photo.EmbeddedLine(
            text: line.text,
            box: Box(
              x: left, y: top, width: Int((line.box[2] * scale).rounded(.up)) - left,
              height: Int((line.box[3] * scale).rounded(.up)) - top))
        }),
      origin: .page(path: document.path, page: page.number, digest: self.digest))
  }
}
