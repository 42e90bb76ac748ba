import Foundation
import Imaging
import ProtocolModel

/// What is known of the ink of a region, to tell writing from drawing.
struct InkSummary: Hashable, Sendable {
  /// Pieces of ink that may be writing.
  var pieces = 0
  /// Share of the frame's width that the widest piece spans, 0...1.
  var widest = 0.0
  /// Share of the frame's height that the highest piece spans, 0...1.
  var highest = 0.0
}

/// The lines of one region, cut and ready to be read.
struct RegionLines: Sendable {
  /// A line and the way from its crop to the photo.
  struct Place: Sendable {
    var line: WritingLine
    var toPhoto: Homography<CropSpace, PhotoSpace>
    var bullet: String?
    /// Whether it is a sign or two far from the writing: text only where a reader is sure.
    var isMark = false
  }

  /// Top to bottom.
  var lines: [Place] = []
  /// What the ink looks like.
  var ink = InkSummary()
  /// Struck-out words, which are left out of ``lines``.
  var struckOut = 0
  /// Whether there is ink that is no writing.
  var hasDrawing = false
  /// Height of small letters in pixels of the frame, where the lines were looked for.
  private var coreHeight = 0.0
  /// As many pieces of ink as four words in capitals have, and a number.
  private static let fewPieces = 30
  /// Cuts the lines.
  private let cutter: LineCutter
  /// The rectified note, where the lines were looked for and not given.
  private var frame: NoteFrame?
  /// Whether that shows a paper with its edges.
  private var isPaper = false

  /// Finds the lines of `region` on `photo`.
  init(
    of region: NoteRegion, among all: [NoteRegion], in photo: borrowing Raster, sheet: Sheet?,
    cutter: LineCutter = LineCutter()
  ) throws(ImageError) {
    self.cutter = cutter
    let finder = UprightQuad(sheet: sheet)
    if region.linePolygons.isEmpty {
      let covers = Self.covers(of: region, among: all)
      var quad = finder.quad(around: region.polygon)
      // Ink on the board itself reaches to the sides of its box, where a paper's edge would be taken off.
      let isPaper = region.colour != nil || [.note, .card].contains(region.kind)
      if !isPaper { quad = quad.grown(by: 0.15) }
      var outline = isPaper ? region.polygon : nil
      if isPaper, region.polygon.points.count == 4 {
        // Only better, never necessary.
        do throws(ImageError) { quad = try PaperSides.refined(quad, in: photo) } catch {}
        outline = quad.polygon
      }
      if let frame = try NoteFrame(quad, in: photo, outline: outline, covers: covers) {
        self.frame = frame
        self.isPaper = isPaper
        try add(note: frame)
      }
    } else {
      for (index, polygon) in region.linePolygons.enumerated() {
        let quad = finder.quad(around: polygon)
        if let frame = try NoteFrame(quad.grown(by: 0.12), in: photo, outline: nil, tallest: 160) {
          try add(line: frame, mayHaveBullet: region.kind == .listItem && index == 0)
        }
      }
    }
  }

  /// The papers that lie on `region`: those that overlap it and are themselves less hidden.
  private static func covers(of region: NoteRegion, among all: [NoteRegion]) -> [Polygon<PhotoSpace>] {
    guard region.occluded > 0.02 else { return [] }
    let bounds = region.polygon.bounds
    return all.filter { other in
      guard other.id != region.id, other.occluded < region.occluded,
        [.note, .card, .clusterHeading].contains(other.kind)
      else { return false }
      let box = other.polygon.bounds
      return box.x < bounds.x + bounds.width && bounds.x < box.x + box.width && box.y < bounds.y + bounds.height
        && bounds.y < box.y + box.height
    }.map(\.polygon)
  }

  private mutating func add(
    note frame: NoteFrame, by finder: LineFinder = LineFinder()
  ) throws(ImageError) {
    let writing = finder.writing(in: frame.image)
    for box in writing.lines.flatMap({ [$0.polygon.bounds] }) + writing.drawings {
      ink.pieces += 1
      ink.widest = max(ink.widest, Double(box.width) / Double(frame.image.width))
      ink.highest = max(ink.highest, Double(box.height) / Double(frame.image.height))
    }
    hasDrawing = !writing.drawings.isEmpty
    coreHeight = writing.lines.map(\.coreHeight).max() ?? 0
    let rules = writing.lines.flatMap(\.rules)
    for (index, found) in writing.lines.enumerated() {
      let struck = found.struckOut.filter {
        StrikeThrough.runs(through: $0, ink: found.ink, coreHeight: found.coreHeight)
      }
      struckOut += struck.count
      func isStruck(_ run: InkRun) -> Bool {
        let middle = (run.start + run.end) / 2
        return struck.contains {
          $0.x <= middle && middle < $0.x + $0.width && $0.y <= run.y && run.y < $0.y + $0.height
        }
      }
      let others = writing.lines.indices.filter { $0 != index }.flatMap { writing.lines[$0].ink }
      let line = try cutter.line(
        of: found.ink.filter { !isStruck($0) }, foreign: others + rules + found.ink.filter(isStruck),
        slope: tan(found.slope), seam: Int(found.coreHeight / 12), image: frame.image)
      if let line { lines.append(Place(line: line, toPhoto: frame.toPhoto, bullet: nil)) }
    }
    for mark in writing.marks {
      guard let line = try cutter.line(of: mark.ink, foreign: [], slope: 0, seam: 1, image: frame.image) else {
        continue
      }
      let level = mark.polygon.bounds.y
      let place = lines.firstIndex { $0.line.quad.polygon.bounds.y > level } ?? lines.count
      lines.insert(Place(line: line, toPhoto: frame.toPhoto, bullet: nil, isMark: true), at: place)
    }
  }

  /// The ink of the note put into lines in other ways: where its lines are doubtful for lower letters and, on a flat strip,
  /// as one line; by the boxes of its pieces where there are few of them.
  func otherwise(isDoubtful: Bool) throws(ImageError) -> [RegionLines] {
    guard let frame else { return [] }
    // One line on a strip: its strokes may be a fifth of its height.
    let side = min(frame.image.width, frame.image.height)
    let found = WritingInk(in: frame.image, widestStroke: max(12, side / 5), isPaper: isPaper)
    guard let box = WritingInk.bounds(of: found.pieces) else { return [] }
    let rows = PieceRows.rows(of: found.pieces)
    var ways: [[[InkComponent]]] = []
    // The line finder is at a loss where there is little writing; of much writing it knows more than boxes do.
    if found.pieces.count <= Self.fewPieces {
      ways.append(PieceRows.withoutDirt(rows, in: frame.image))
    }
    if isDoubtful, found.pieces.count > 1, box.width > 2 * box.height, !PieceRows.standApart(rows) {
      ways.append([found.pieces])
    }
    var results: [RegionLines] = []
    if isDoubtful { results += try withLowerLetters(in: frame) }
    for rows in ways {
      var result = self
      (result.lines, result.struckOut) = ([], 0)
      for row in rows {
        guard let line = try cutter.line(of: row, in: found, image: frame.image) else { continue }
        result.lines.append(Place(line: line, toPhoto: frame.toPhoto, bullet: nil))
      }
      results.append(result)
    }
    return results
  }

  /// The lines for letters of half the height and less, where that makes more of them: in joined writing whose lines touch,
  /// two lines or three look like one of high letters.
  private func withLowerLetters(in frame: NoteFrame) throws(ImageError) -> [RegionLines] {
    var results: [RegionLines] = []
    guard coreHeight > 0 else { return results }
    for share in Self.lower where share > 0.5 || coreHeight > 0.3 * Double(frame.image.height) {
      var finder = LineFinder()
      finder.mostCore = share * coreHeight
      var result = self
      (result.lines, result.struckOut, result.ink) = ([], 0, InkSummary())
      try result.add(note: frame, by: finder)
      // Strokes of one line torn in two are low, or stand in each other's rows.
      let heights = result.lines.map(\.line.inkHeight).sorted()
      guard let least = heights.first, result.lines.count > results.last?.lines.count ?? lines.count,
        2 * least >= heights[heights.count / 2], !Self.areTangled(result.lines.map(\.line.quad))
      else { continue }
      results.append(result)
    }
    return results
  }

  /// Two lines that touch with the gap between them, over one; and three or four, which then are most of the note.
  private static let lower = [0.55, 0.3]

  /// Whether two lines share a good part of their rows above each other: the bar of an F, drawn apart, and its letters.
  static func areTangled(_ lines: [Quad<CropSpace>]) -> Bool {
    for (index, line) in lines.enumerated() {
      for other in lines[(index + 1)...] {
        let left = max(line.topLeft.x, other.topLeft.x), right = min(line.topRight.x, other.topRight.x)
        guard left < right else { continue }
        let one = line.rows(at: (left + right) / 2), two = other.rows(at: (left + right) / 2)
        let shared = min(one.upperBound, two.upperBound) - max(one.lowerBound, two.lowerBound)
        if shared > tangled * min(one.upperBound - one.lowerBound, two.upperBound - two.lowerBound) { return true }
      }
    }
    return false
  }

  /// Share of the lower line's height: ascenders and descenders of two lines reach into each other by less.
  private static let tangled = 0.4

  private mutating func add(line frame: NoteFrame, mayHaveBullet: Bool) throws(ImageError) {
    let found = WritingInk(in: frame.image, widestStroke: max(10, frame.image.height / 3))
    let height = Double(frame.image.height)
    // What reaches in from the lines above and below has its middle outside the middle of the frame.
    var pieces = found.pieces.filter { piece in
      let middle = piece.middle.y / height
      if Double(piece.height) > 0.5 * height { return true }
      if piece.top <= 2 { return middle > 0.3 }
      if piece.bottom >= frame.image.height - 2 { return middle < 0.7 }
      return middle > 0.1 && middle < 0.9
    }
    summarise(found)
    var bullet: String?
    if mayHaveBullet, let split = BulletStripper.split(pieces) {
      bullet = split.bullet
      pieces = split.rest
    }
    if let line = try cutter.line(of: pieces, in: found, image: frame.image) {
      lines.append(Place(line: line, toPhoto: frame.toPhoto, bullet: bullet))
    }
  }

  private mutating func summarise(_ found: WritingInk) {
    ink.pieces += found.pieces.count
    for piece in found.pieces {
      ink.widest = max(ink.widest, Double(piece.width) / Double(found.map.width))
      ink.highest = max(ink.highest, Double(piece.height) / Double(found.map.height))
    }
  }
}

extension Quad {
  /// Grown up and down by a share of its height, and sideways by as many pixels.
  func grown(by share: Double) -> Quad {
    let (width, height) = size
    let along = width > 0 ? share * height / width : 0
    func move(_ a: Point<Space>, from b: Point<Space>, _ amount: Double) -> Point<Space> {
      Point(a.x + (a.x - b.x) * amount, a.y + (a.y - b.y) * amount)
    }
    let tl = move(topLeft, from: topRight, along), tr = move(topRight, from: topLeft, along)
    let bl = move(bottomLeft, from: bottomRight, along), br = move(bottomRight, from: bottomLeft, along)
    return Quad(
      topLeft: move(tl, from: bl, share), topRight: move(tr, from: br, share), bottomRight: move(br, from: tr, share),
      bottomLeft: move(bl, from: tl, share))
  }

  /// From its top to its bottom at column `x`.
  fileprivate func rows(at x: Double) -> ClosedRange<Double> {
    func level(_ a: Point<Space>, _ b: Point<Space>) -> Double {
      b.x > a.x ? a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x) : a.y
    }
    let top = level(topLeft, topRight)
    return top...max(top, level(bottomLeft, bottomRight))
  }
}
