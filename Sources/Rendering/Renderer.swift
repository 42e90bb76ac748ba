package import ProtocolModel

/// A file that a renderer wrote.
package struct RenderedFile: Hashable, Sendable {
  /// Name in the output folder, such as `protocol.html`.
  package var path: String
  /// Content.
  package var bytes: [UInt8]

  /// Creates a file.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Creates a text file in UTF-8.
  package init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}

/// Turns a protocol into files. The same protocol, pictures and options give the same bytes.
package protocol Renderer: Sendable {
  /// The name under which pipelines ask for it, such as `html`.
  static var name: String { get }
  /// Renders; never fails: what a picture source cannot give is printed without a picture.
  func render(_ document: ProtocolDocument, pictures: any PictureSource, options: RenderingOptions) -> [RenderedFile]
}

/// What may be chosen about a protocol's form.
package struct RenderingOptions: Sendable {
  /// The words of the protocol.
  package var texts: DocumentTexts
  /// Whether `notes.csv` is made for a German Excel: `;` between the columns, a byte order mark in front and the line
  /// ends of Windows.
  package var csvForGermanExcel: Bool
  /// Bytes that `protocol.html` may have. Where crops would exceed it those of the surest readings are left out, and the
  /// protocol says so.
  package var maximumHTMLBytes: Int

  /// 10 MB, as `protocol.html` promises for 30 photos.
  package static let promisedHTMLBytes = 10_000_000
  /// Longer side in pixels at which a crop still reads well and 30 photos with 20 notes each fit (about 6 KB each at
  /// JPEG quality 70).
  package static let suggestedCropSide = 360
  /// Longer side in pixels of a sheet's picture (about 120 KB each at JPEG quality 60).
  package static let suggestedSheetSide = 1400

  /// Chooses the form.
  package init(
    texts: DocumentTexts, csvForGermanExcel: Bool = false, maximumHTMLBytes: Int = RenderingOptions.promisedHTMLBytes
  ) {
    self.texts = texts
    self.csvForGermanExcel = csvForGermanExcel
    self.maximumHTMLBytes = maximumHTMLBytes
  }
}
