/// What is read at most: photos are untrusted input.
package struct IngestLimits: Hashable, Sendable {
  /// Megapixels of a JPEG, which can be decoded at a fraction of its size.
  package var jpegMegapixels: Int
  /// Megapixels of any other picture, which is decoded whole (4 bytes a pixel: 400 MB).
  package var otherMegapixels: Int
  /// Megapixels that are worked on; larger pictures are read at half their size. 52: a phone's "50 megapixels"
  /// (8192 x 6144) stay whole, 200 megapixels become 50.
  package var workingMegapixels: Int
  /// Bytes of one file.
  package var fileBytes: Int
  /// Pages of one PDF.
  package var pages: Int
  /// Seconds that a program which reads PDF may take for one call.
  package var programSeconds: Int
  /// Entries of one PPTX or DOCX that are looked at.
  package var archiveEntries: Int
  /// Bytes of one PPTX or DOCX when unpacked, pictures only.
  package var archiveBytes: Int
  /// How many times larger an entry may become when unpacked; pictures are packed already, so real ones stay below 2.
  package var archiveRatio: Int
  /// Pixels of the shorter side below which a picture in a document is a bullet or icon.
  package var embeddedSide: Int

  /// The limits of a run.
  package static let standard = IngestLimits(
    jpegMegapixels: 200, otherMegapixels: 100, workingMegapixels: 52, fileBytes: 512 * 1_048_576, pages: 500,
    programSeconds: 60, archiveEntries: 10_000, archiveBytes: 1024 * 1_048_576, archiveRatio: 100, embeddedSide: 64)
}
