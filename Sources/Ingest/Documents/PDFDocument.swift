import Imaging
import ProtocolModel

/// A PDF, read through the programs of poppler-utils.
///
/// They run as processes of their own: poppler's licence allows no linking here, and a damaged file can only end them.
struct PDFDocument {
  /// Absolute path.
  let path: String
  private let process: ChildProcess

  init(path: String, limits: IngestLimits) {
    self.path = path
    process = ChildProcess(seconds: limits.programSeconds)
  }

  /// How many pages there are, and the first `limit` of them.
  func pages(limit: Int) throws(IngestError) -> (count: Int, pages: [PDFListing.Page]) {
    let output = try text(of: "pdfinfo", ["-f", "1", "-l", String(limit), path])
    return (PDFListing.pageCount(output), PDFListing.pages(output))
  }

  /// All pictures of the first `limit` pages.
  func pictures(limit: Int) throws(IngestError) -> [PDFListing.Picture] {
    PDFListing.pictures(try text(of: "pdfimages", ["-list", "-l", String(limit), path]))
  }

  /// Born-digital lines of the first `limit` pages, boxes in points (left, top, right, bottom).
  func lines(limit: Int) throws(IngestError) -> [[(text: String, box: [Double])]] {
    PDFListing.lines(try text(of: "pdftotext", ["-bbox-layout", "-cropbox", "-l", String(limit), path, "-"]))
  }

  /// The bytes of a page's pictures in the order of the listing: JPEG as it lies in the file, all others as PNG.
  func pictureBytes(page: Int, limit: Int) throws(IngestError) -> [[UInt8]] {
    let folder = try PrivateFolder()
    _ = try process.output(of: "pdfimages", ["-j", "-png", "-f", "\(page)", "-l", "\(page)", path, folder.path + "/p"])
    var result: [[UInt8]] = []
    for file in folder.files { result.append(try OriginalFile(path: file).bytes(limit: limit)) }
    return result
  }

  /// The page, drawn at exactly this size. (The flag is named the other way round: without it, a turned page comes with
  /// width and height exchanged.)
  func raster(page: Int, width: Int, height: Int) throws(IngestError) -> Raster {
    let bytes = try process.output(
      of: "pdftoppm",
      [
        "-f", "\(page)", "-l", "\(page)", "-singlefile", "-cropbox", "-scale-dimension-before-rotation", "-scale-to-x",
        "\(width)", "-scale-to-y",
        "\(height)", path,
      ])
    do {
      return try Raster(decoding: bytes)
    } catch { throw .undecodable }
  }

  private func text(of program: String, _ arguments: [String]) throws(IngestError) -> String {
    String(decoding: try process.output(of: program, arguments), as: UTF8.self)
  }
}
