public import ProtocolModel

/// The layers of one photo of the sample workshop.
public struct SamplePhoto: Sendable {
  /// The photo.
  public var photo: Photo
  /// Its sheets.
  public var sheets: SheetLayer
  /// What was found.
  public var regions: RegionLayer
  /// What was read.
  public var readings: ReadingLayer
  /// What cleaning made of it.
  public var texts: TextLayer
  /// The codes.
  public var codings: CodingLayer
}

/// One note of a sample board, in short.
public struct SampleNote: Sendable {
  var kind: RegionKind = .note
  var content: RegionContent = .text
  var colour: String? = "yellow"
  /// What was read, lines parted by `\n`.
  var raw: String
  /// What cleaning made of it where that differs from the lines joined by blanks.
  var cleaned: String?
  var legible = true
  var confidence = 0.9
  var votes: Int?
  var group: Int?
  var occluded = 0.0
  /// Codes by rank, each with the word it was given for.
  var codes: [(code: String, cue: String, match: String, weight: Double)] = []
  var reason: UnassignedReason?

  init(_ raw: String, kind: RegionKind = .note, colour: String? = "yellow") {
    self.raw = raw
    self.kind = kind
    self.colour = colour
  }

  func with(_ change: (inout SampleNote) -> Void) -> SampleNote {
    var note = self
    change(&note)
    return note
  }

  func coded(_ code: String, _ match: String, weight: Double = 1.5) -> SampleNote {
    with { $0.codes.append((code, "\(code.split(separator: ".").last ?? "")-\(match.lowercased())", match, weight)) }
  }
}

/// Lays the notes of a photo out in a grid and makes its layers.
public struct SampleBoard: Sendable {
  var file: String
  var seed: Character
  var medium: SheetMedium
  var capturedAt: String?
  var notes: [SampleNote]
  var groups: [(heading: Int?, members: [Int])] = []
  var links: [(from: Int, to: Int)] = []
  var quality: [QualityFinding.Reason] = []

  /// The layers; note `n` of the list becomes region `n + 1`.
  public func layers() -> SamplePhoto {
    let digest = Digest(rawValue: String(repeating: seed, count: 64)) ?? SampleWorkshop.digest("0")
    let id = PhotoID(digest)
    let photo = Photo(
      id: id, file: file, sha256: digest, width: 3000, height: 4000, capturedAt: capturedAt)
    let sheet = Sheet(
      id: SheetID(id, number: 1),
      outline: Quad(
        topLeft: Point(100, 100), topRight: Point(2900, 140), bottomRight: Point(2880, 3900),
        bottomLeft: Point(120, 3860)), medium: medium, width: 1400, height: 1900,
      confidence: Confidence(clamping: 0.93))
    let finished = notes.enumerated().map { place, note in note.parts(RegionID(id, number: place + 1), place, sheet.id)
    }
    return SamplePhoto(
      photo: photo, sheets: SheetLayer(photo: id, sheets: [sheet]),
      regions: RegionLayer(
        photo: id, regions: finished.map(\.region),
        groups: groups.enumerated().map { place, group in
          NoteGroup(
            id: GroupID(id, number: place + 1), heading: group.heading.map { RegionID(id, number: $0 + 1) },
            members: group.members.map { RegionID(id, number: $0 + 1) }, confidence: Confidence(clamping: 0.8))
        },
        links: links.map { NoteLink(from: RegionID(id, number: $0.from + 1), to: RegionID(id, number: $0.to + 1)) },
        quality: quality.map { reason in
          QualityFinding(reason: reason, place: finished[0].region.polygon, value: 0.41237)
        }),
      readings: ReadingLayer(photo: id, texts: finished.map(\.reading)),
      texts: TextLayer(photo: id, texts: finished.map(\.text)),
      codings: CodingLayer(photo: id, notes: finished.compactMap(\.coding)))
  }
}

extension SampleNote {
  struct Parts {
    var region: NoteRegion
    var reading: RecognizedText
    var text: NormalizedText
    var coding: NoteCoding?
  }

  private func textLine(_ text: String, x: Double, top: Double) -> TextLine {
    let certainty = Confidence(clamping: confidence)
    let words = text.split(separator: " ").enumerated().map { column, word in
      Word(text: String(word), polygon: Self.box(x + Double(column) * 160, top, 150, 90))
    }
    return TextLine(
      polygon: Self.box(x, top, 480, 90), raw: text, confidence: certainty, reader: "tesseract:deu",
      alternatives: [AlternativeReading(text: text, p: certainty)], words: words)
  }

  private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon<PhotoSpace> {
    Polygon([Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)])
  }

  func parts(_ id: RegionID, _ place: Int, _ sheet: SheetID) -> Parts {
    let x = 200 + Double(place % 4) * 650.25
    let y = 300 + Double(place / 4) * 700.5
    let polygon = Self.box(x, y, 560, 560)
    let photo = PhotoID(rawValue: String(id.rawValue.prefix { $0 != "." }))
    let region = NoteRegion(
      id: id, kind: kind, content: content, polygon: polygon, occluded: occluded, colour: colour, order: place,
      sheet: sheet, group: group.map { GroupID(photo, number: $0) }, votes: votes,
      confidence: Confidence(clamping: 0.9))
    let lines = raw.split(separator: "\n").enumerated().map { row, line in
      textLine(String(line), x: x + 40, top: y + 40 + Double(row) * 120)
    }
    let joined = raw.split(separator: "\n").joined(separator: " ")
    let normalized = legible && content != .drawing && content != .empty ? cleaned ?? joined : nil
    let edits = cleaned.map {
      [TextEdit(rule: "confusions", from: 0, to: raw.unicodeScalars.count, before: raw, after: $0)]
    }
    let codings = codes.enumerated().map { rank, given in
      let range = normalized.flatMap { $0.scalarRange(of: given.match) } ?? (0, 0)
      let evidence = [
        Evidence(
          cue: given.cue, match: given.match, start: range.0, end: range.1, rule: "inflected", weight: given.weight),
        Evidence(
          cue: "board:\(given.code.prefix { $0 != "." })", match: "", start: 0, end: 0, rule: "board", weight: 0.4),
      ]
      return Coding(
        code: given.code, rank: rank + 1, score: evidence.reduce(0) { $0 + $1.weight }, evidence: evidence)
    }
    let isHeading = kind == .heading || kind == .clusterHeading
    return Parts(
      region: region,
      reading: RecognizedText(
        region: id, lines: lines, legible: normalized != nil, confidence: Confidence(clamping: confidence),
        content: content),
      text: NormalizedText(region: id, raw: raw, normalized: normalized, edits: edits ?? []),
      coding: isHeading
        ? nil : NoteCoding(region: id, codings: codings, unassignedReason: codings.isEmpty ? reason : nil))
  }
}

extension String {
  /// Where `part` stands, in Unicode scalars.
  func scalarRange(of part: String) -> (Int, Int)? {
    let all = Array(unicodeScalars), wanted = Array(part.unicodeScalars)
    guard !wanted.isEmpty, all.count >= wanted.count else { return nil }
    for start in 0...(all.count - wanted.count) where Array(all[start..<start + wanted.count]) == wanted {
      return (start, start + wanted.count)
    }
    return nil
  }
}
