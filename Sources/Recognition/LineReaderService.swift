package import Imaging

/// What was read on the picture of one line.
package struct LineText: Hashable, Sendable {
  /// The best reading, even below the threshold; empty without ink.
  package var text: String
  /// P(the line is right), calibrated, 0...1.
  package var confidence: Double
  /// Which reader won.
  package var reader: String
  /// Whether the reading may be shown as text.
  package var legible: Bool
  /// How many looks at the line it took, of all readers.
  package var looks: Int
}

/// Reads pictures of single lines, whatever the tightness of their crop, as the lines of a note are read.
package struct LineReaderService: Sendable {
  private let decision: LineDecision
  private let calibration: Calibration

  /// Creates a service that asks `readers` in their order.
  package init(readers: [any TextRecognizer]) throws(RecognitionError) {
    calibration = try Calibration.bundled()
    decision = LineDecision(readers: readers, calibration: calibration)
  }

  /// Reads a PNG, JPEG, TIFF or WebP of one line; what is transparent lies on white.
  package func read(_ pictureBytes: [UInt8], deadline: Duration? = .seconds(8)) throws(RecognitionError) -> LineText {
    try read(Self.picture(pictureBytes), deadline: deadline)
  }

  /// Decodes a picture; what is transparent lies on white.
  package static func picture(_ bytes: [UInt8]) throws(RecognitionError) -> ColorImage {
    do throws(ImageError) {
      return try Raster.flattened(decoding: bytes).colorImage()
    } catch {
      throw .unusableImage
    }
  }

  /// Reads a picture of one line.
  package func read(_ picture: ColorImage, deadline: Duration? = .seconds(8)) throws(RecognitionError) -> LineText {
    guard let line = try Self.tightLine(in: picture) else {
      return LineText(text: "", confidence: 0, reader: "none", legible: false, looks: 0)
    }
    let decided = try decision.decide(line, deadline: deadline.map { ReadingDeadline($0) })
    return LineText(
      text: decided.text, confidence: decided.right, reader: decided.reader,
      legible: !decided.text.isEmpty && decided.usable >= calibration.legibleFrom,
      looks: decided.looks)
  }

  /// The tight line in `picture`; `nil` where it holds no ink.
  package static func tightLine(in picture: ColorImage) throws(RecognitionError) -> LineImage? {
    do throws(ImageError) {
      let ink = WritingInk(in: picture, widestStroke: max(8, picture.height / 3))
      return try LineCutter().line(of: ink.pieces, in: ink, image: picture)?.image
    } catch {
      throw .unusableImage
    }
  }
}
