import Imaging
import ProtocolModel

/// One line with its place and what was decided of it.
struct ReadLine: Sendable {
  var place: RegionLines.Place
  var decided: DecidedLine
}

/// Puts the lines of a region together and decides whether they may be shown as text.
struct RegionDecision: Sendable {
  /// Thresholds.
  var calibration: Calibration
  /// Replaces the calibrated threshold.
  var legibleFrom: Double?

  /// Mean P(usable) of the lines, each weighing as much as it has characters; 0 without any.
  func usability(of lines: [ReadLine]) -> Double { Self.mean(of: lines) { $0.decided.usable } }

  /// Whether the lines of a note may have been cut wrongly: hardly readable, letters that stand alone, or one line in the
  /// rows of another.
  func isDoubtful(_ lines: [ReadLine]) -> Bool {
    usability(of: lines) < max(calibration.askNextBelow, calibration.legibleFrom)
      || lines.contains(where: Self.isLetter) || lines.contains { $0.decided.text.isEmpty }
      || RegionLines.areTangled(lines.map(\.place.line.quad))
  }

  /// How well lines are read, to compare ways to cut a note: their usability, where a letter that stands alone counts
  /// nothing. Notes have lines of one digit, of one letter hardly ever.
  func merit(of lines: [ReadLine]) -> Double {
    Self.mean(of: lines) { Self.isLetter($0) ? 0 : $0.decided.usable }
  }

  /// The merit of lines in the place of others; 0 where a good part of what those say would be lost.
  func merit(of lines: [ReadLine], beside others: [ReadLine]) -> Double {
    func said(_ lines: [ReadLine]) -> Int {
      lines.filter { !Self.isLetter($0) }.reduce(0) { $0 + $1.decided.text.filter { !$0.isWhitespace }.count }
    }
    guard 4 * said(lines) < 3 * said(others) else { return merit(of: lines) }
    // Two halves of a letter say more than the letter, and the torn letters of a word more than the word, but nothing that
    // is so. Where little is written, or none of it can be read, the place counts that the lines take.
    let isWhole =
      (Self.areFewSigns(others) || others.allSatisfy { $0.decided.usable < Self.readable })
      && Self.share(of: others.map(\.place.line.quad), in: lines.map(\.place.line.quad)) >= 0.75
    return isWhole ? merit(of: lines) : 0
  }

  /// P(usable) from which on a line says something.
  private static let readable = 0.5

  /// Whether a note says so little that its lines cannot be told by their letters: a code of three capitals has more bars
  /// than stems, and the bar of a T may lie apart.
  static func areFewSigns(_ lines: [ReadLine]) -> Bool {
    lines.reduce(0) { $0 + $1.decided.text.filter { !$0.isWhitespace }.count } <= fewSigns
  }

  /// Share of the area of some lines that lies in others; what lies in two of these counts twice.
  private static func share(of lines: [Quad<CropSpace>], in others: [Quad<CropSpace>]) -> Double {
    func area(_ box: Box<CropSpace>) -> Int { max(0, box.width) * max(0, box.height) }
    var whole = 0, covered = 0
    for box in lines.map(\.polygon.bounds) {
      whole += area(box)
      covered += others.map(\.polygon.bounds).reduce(0) { sum, other in
        let x = max(box.x, other.x), y = max(box.y, other.y)
        let right = min(box.x + box.width, other.x + other.width)
        let bottom = min(box.y + box.height, other.y + other.height)
        return sum + area(Box(x: x, y: y, width: right - x, height: bottom - y))
      }
    }
    return whole > 0 ? Double(covered) / Double(whole) : 1
  }

  /// A code and a number.
  private static let fewSigns = 8

  private static func isLetter(_ line: ReadLine) -> Bool {
    line.decided.text.count == 1 && line.decided.text.allSatisfy(\.isLetter)
  }

  /// The text of `region`.
  func text(of region: NoteRegion, lines: [ReadLine], of found: RegionLines, timedOut: Bool) -> RecognizedText {
    let ink = found.ink
    let read = Self.withoutSketches(lines.filter { !$0.decided.text.isEmpty })
    let usable = Self.mean(of: read) { $0.decided.usable }
    var legible = !read.isEmpty && !timedOut && usable >= legibleFrom ?? calibration.legibleFrom
    var content = region.content
    if ink.pieces == 0 {
      content = .empty
    } else if region.content == .text, usable < 0.3, ink.pieces <= 12, ink.widest > 0.4, ink.highest > 0.4 {
      // Few large pieces that no reader can read: a sketch. Writing has many small ones.
      content = .drawing
    }
    if content == .drawing || content == .empty { legible = false }
    // A note is right where all of its lines are. On the dev photos this says 0.776 where 0.777 are right, the least
    // sure line alone 0.805.
    let right = read.isEmpty ? 0 : read.reduce(1) { $0 * $1.decided.right }
    return RecognizedText(
      region: region.id,
      lines: read.map { line(of: region, $0, isFirst: $0.place.line.quad == read[0].place.line.quad) },
      legible: legible, confidence: Confidence(clamping: right), content: content, timedOut: timedOut,
      struckOut: found.struckOut)
  }

  /// P(right) below which a line of nothing but signs is a sketch beside the writing.
  private static let sureOfSigns = 0.5

  /// The lines but for sketches that a reader took for a dash or the like: they say nothing, and the note is no less certain
  /// for them.
  private static func withoutSketches(_ lines: [ReadLine]) -> [ReadLine] {
    func says(_ line: ReadLine) -> Bool { line.decided.text.contains { $0.isLetter || $0.isNumber } }
    guard lines.contains(where: says) else { return lines }
    return lines.filter { says($0) || $0.decided.right >= sureOfSigns }
  }

  /// The mean of a value over lines, each weighing as much as it has characters.
  private static func mean(of lines: [ReadLine], _ value: (ReadLine) -> Double) -> Double {
    let weights = lines.map { Double($0.decided.text.unicodeScalars.count) }
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return 0 }
    return zip(lines, weights).reduce(0) { $0 + value($1.0) * $1.1 } / sum
  }

  private func line(of region: NoteRegion, _ read: ReadLine, isFirst: Bool) -> TextLine {
    let decided = read.decided
    let stripped = region.kind == .listItem && isFirst ? BulletStripper.split(reading: decided.text) : nil
    let dropped = stripped?.dropped ?? 0
    func cut(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(dropped))) }
    let raw = cut(decided.text)
    let toPhoto = read.place.toPhoto
    let words = WordPlaces.words(of: raw, spans: Array(decided.characters.dropFirst(dropped))) { start, end in
      toPhoto(read.place.line.quad(from: start, to: end).polygon)
    }
    let alternatives = decided.alternatives.map { alternative in
      var alternative = alternative
      if stripped != nil, let own = BulletStripper.split(reading: alternative.text) {
        alternative.text = String(String.UnicodeScalarView(alternative.text.unicodeScalars.dropFirst(own.dropped)))
      }
      return alternative
    }
    return TextLine(
      polygon: toPhoto(read.place.line.quad.polygon), raw: raw, confidence: Confidence(clamping: decided.right),
      reader: decided.reader, alternatives: alternatives, words: words,
      bullet: read.place.bullet ?? stripped?.bullet)
  }
}
