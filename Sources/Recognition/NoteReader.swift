import Foundation
package import Imaging
package import ProtocolModel

/// Reads the regions of one photo.
///
/// Each region is rectified from the full photo, its ink split into lines, each line read by the readers in turn. What
/// cannot be trusted comes back with `legible` unset, never as a guess.
package struct NoteReader: Sendable {
  /// Settings of the reading.
  package struct Settings: Hashable, Sendable {
    /// Longest processor time for one region; junk ink never costs more.
    package var deadline: Duration
    /// Legible from this mean usability on; `nil` takes the calibrated threshold.
    package var legibleFrom: Double?
    /// Whether notes whose lines cannot be read, or that say little, are cut into lines in other ways.
    package var segmentsAgain = true
    /// Paper around a line's ink as a share of the ink's height: the readers were trained on ink-tight lines.
    package var margin = LineCutter().margin
    /// Creates settings.
    package init(deadline: Duration = .seconds(8), legibleFrom: Double? = nil) {
      self.deadline = deadline
      self.legibleFrom = legibleFrom
    }
  }

  private let handwriting: LineDecision
  private let print: LineDecision
  private let calibration: Calibration
  private let settings: Settings

  /// Creates a reader; `handwriting` and `print` hold the line readers in the order in which they are asked.
  ///
  /// Throws where the calibration is missing.
  package init(
    handwriting: [any TextRecognizer], print: [any TextRecognizer], settings: Settings = Settings()
  ) throws(RecognitionError) {
    calibration = try Calibration.bundled()
    self.handwriting = LineDecision(readers: handwriting, calibration: calibration)
    self.print = LineDecision(readers: print, calibration: calibration)
    self.settings = settings
  }

  /// Reads `regions` of the upright `photo`, one text each, in their order.
  ///
  /// `sheets` say which way is up and what is printed; `textLayer` is the born-digital text of a PDF page.
  package func read(
    _ regions: [NoteRegion], in photo: borrowing Raster, sheets: [Sheet], textLayer: [Photo.EmbeddedLine] = []
  ) throws(RecognitionError) -> [RecognizedText] {
    var texts: [RecognizedText] = []
    for region in regions {
      let born = Self.embedded(textLayer, in: region)
      if born.isEmpty {
        let sheet = sheets.first { $0.id == region.sheet }
        texts.append(try read(region, of: regions, in: photo, sheet: sheet))
      } else {
        texts.append(RecognizedText(region: region.id, lines: born, legible: true, confidence: .certain))
      }
    }
    return texts
  }

  /// The line images of one region as the readers get them, for training data and measurements.
  package func lineImages(
    of region: NoteRegion, among all: [NoteRegion], in photo: borrowing Raster, sheet: Sheet?
  ) throws(ImageError) -> [LineImage] {
    try RegionLines(of: region, among: all, in: photo, sheet: sheet).lines.map(\.line.image)
  }

  private func read(
    _ region: NoteRegion, of all: [NoteRegion], in photo: borrowing Raster, sheet: Sheet?
  ) throws(RecognitionError) -> RecognizedText {
    let deadline = ReadingDeadline(settings.deadline)
    let decision = sheet?.medium == .slide ? print : handwriting
    let verdict = RegionDecision(calibration: calibration, legibleFrom: settings.legibleFrom)
    var found: RegionLines
    do throws(ImageError) {
      found = try RegionLines(
        of: region, among: all, in: photo, sheet: sheet, cutter: LineCutter(margin: settings.margin))
    } catch {
      return RecognizedText(region: region.id, lines: [], legible: false, confidence: Confidence(clamping: 0))
    }
    var (lines, timedOut) = try read(found.lines, by: decision, until: deadline)
    let isDoubtful = verdict.isDoubtful(lines)
    if !timedOut, settings.segmentsAgain, isDoubtful || RegionDecision.areFewSigns(lines) {
      let others: [RegionLines]
      do throws(ImageError) { others = try found.otherwise(isDoubtful: isDoubtful) } catch { others = [] }
      for other in others {
        let again = try read(other.lines, by: decision, until: deadline)
        // What there was no time for is no better.
        if again.timedOut { break }
        let least = verdict.merit(of: lines) + (isDoubtful ? 0 : Self.leastGain)
        if verdict.merit(of: again.lines, beside: lines) > least {
          (lines, timedOut) = again
          found = other
        }
        if isDoubtful, !verdict.isDoubtful(lines) { break }
      }
    }
    return verdict.text(of: region, lines: lines, of: found, timedOut: timedOut)
  }

  /// By how much better lines of a note must be that were read without a doubt: a bar that is lost makes an E an F, and no
  /// less certain.
  private static let leastGain = 0.05

  /// P(right) from which on a sign that stands alone is text; a stroke or a fold looks like a 1, the head of
  /// a pin like a 0, so of these more is asked.
  private static let sureOfMark = 0.85, sureOfPlainMark = 0.95

  /// A sign that stands alone, as the number it is for certain; `nil` where it is none. Its neighbours being no letters,
  /// S is the 5 and O the 0 that the reader thought of, too; the certainty stays that of the shape.
  private static func number(_ decided: DecidedLine) -> DecidedLine? {
    func looksLike(_ other: String) -> Bool {
      let (digits, letters) = (Array(other.unicodeScalars), Array(decided.text.unicodeScalars))
      return digits.count == letters.count
        && zip(digits, letters).allSatisfy { digit, letter in
          digit == letter || Letter.lookalikes.contains { $0.0 == digit && $0.1 == Letter.code(letter) }
        }
    }
    guard
      let index = decided.alternatives.firstIndex(where: { $0.text.contains(where: \.isNumber) && looksLike($0.text) })
    else { return nil }
    var number = decided
    number.text = decided.alternatives[index].text
    number.alternatives.insert(number.alternatives.remove(at: index), at: 0)
    let isPlain = number.text.allSatisfy { !$0.isNumber || "01".contains($0) }
    return number.right >= (isPlain ? Self.sureOfPlainMark : Self.sureOfMark) ? number : nil
  }

  private func read(
    _ places: [RegionLines.Place], by decision: LineDecision, until deadline: ReadingDeadline
  ) throws(RecognitionError) -> (lines: [ReadLine], timedOut: Bool) {
    var lines: [ReadLine] = []
    var timedOut = false
    for place in places {
      guard !deadline.isOver else { return (lines, true) }
      var decided = try decision.decide(place.line.image, deadline: deadline)
      timedOut = timedOut || decided.timedOut
      if place.isMark {
        guard let number = Self.number(decided) else { continue }
        decided = number
      }
      lines.append(ReadLine(place: place, decided: decided))
    }
    return (lines, timedOut)
  }

  /// The born-digital lines whose middle lies in `region`, top to bottom.
  private static func embedded(_ lines: [Photo.EmbeddedLine], in region: NoteRegion) -> [TextLine] {
    let inside = lines.filter { line in
      let box = line.box
      return region.polygon.contains(
        Point(Double(box.x) + Double(box.width) / 2, Double(box.y) + Double(box.height) / 2))
    }
    return inside.sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }.map { line in
      let box = line.box
      let left = Double(box.x), top = Double(box.y)
      let right = left + Double(box.width), bottom = top + Double(box.height)
      let quad = Quad<PhotoSpace>(
        topLeft: Point(left, top), topRight: Point(right, top), bottomRight: Point(right, bottom),
        bottomLeft: Point(left, bottom))
      let text = line.text.precomposedStringWithCanonicalMapping
      let stripped = region.kind == .listItem ? BulletStripper.split(reading: text) : nil
      let raw = stripped.map { String(String.UnicodeScalarView(text.unicodeScalars.dropFirst($0.dropped))) } ?? text
      return TextLine(
        polygon: quad.polygon, raw: raw, confidence: .certain, reader: "text-layer",
        alternatives: [AlternativeReading(text: raw, p: .certain)],
        words: WordPlaces.words(of: raw, spans: []) { WordPlaces.part(of: quad, from: $0, to: $1).polygon },
        bullet: stripped?.bullet)
    }
  }
}
