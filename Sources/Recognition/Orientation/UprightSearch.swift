import Foundation
package import Imaging
package import ProtocolModel

/// Finds what is on a photo of which nobody says how it lies: it is upright where its writing can be read.
///
/// What is found on the photo as stored is read in part; where that reads well, the photo is upright and nothing more is
/// done. Else the photo is turned three times, searched again, and the direction that reads best wins, if it wins
/// clearly: a photo turned wrongly is worse than one left as it is.
package struct UprightSearch: Sendable {
  private let finder: BoardFinder
  private let reader: any TextRecognizer

  /// What was found, in pixels of the upright photo.
  package struct Found {
    /// The sheets.
    package var sheets: SheetLayer
    /// What is on them.
    package var regions: RegionLayer
    /// How the photo lies.
    package var orientation: PhotoOrientation
  }

  /// EXIF orientations that turn a picture by 0...3 clockwise quarters.
  package static let exifOrientations = [1, 6, 3, 8]
  /// Places looked at in one direction.
  private static let mostPlaces = 8
  /// Lines read of one place.
  private static let mostLines = 2

  /// Creates a search; `reader` need not be the best one: it tells writing from nonsense, not words from each other.
  package init(finder: BoardFinder, reader: any TextRecognizer) {
    self.finder = finder
    self.reader = reader
  }

  /// Searches a photo of `width` x `height` pixels as stored, of which `stored` may be a reduced picture.
  package func find(
    in stored: borrowing Raster, width: Int, height: Int, id: PhotoID
  ) throws(ImageError) -> Found {
    var best = try look(at: stored, width: width, height: height, id: id, turns: 0)
    var attempts = best.orientation.attempts
    if Self.isSure(attempts[0]) {
      best.orientation = PhotoOrientation(reason: .reading, attempts: attempts)
      return best
    }
    let asStored = best
    for turns in [1, 3, 2] {
      let turned = try stored.oriented(Self.exifOrientations[turns])
      let isLying = turns % 2 == 1
      let found = try look(
        at: turned, width: isLying ? height : width, height: isLying ? width : height, id: id, turns: turns)
      attempts += found.orientation.attempts
      if let here = found.orientation.attempts.first, let before = best.orientation.attempts.first,
        here.score > before.score
      {
        best = found
      }
    }
    guard let turns = Self.decision(attempts) else {
      var found = asStored
      found.orientation = PhotoOrientation(reason: .undecided, attempts: attempts)
      return found
    }
    best.orientation = PhotoOrientation(quarterTurns: turns, reason: .reading, attempts: attempts)
    best.sheets.quarterTurns = turns
    return best
  }

  /// Whether a direction reads so well that no other need be tried.
  static func isSure(_ attempt: PhotoOrientation.Attempt) -> Bool {
    attempt.lines >= 3 && attempt.certainty >= sureCertainty && attempt.characters >= 4 * attempt.lines
  }

  /// The only direction that reads surely, or one that reads far better than every other; `nil` where there is none.
  package static func decision(_ attempts: [PhotoOrientation.Attempt]) -> Int? {
    // Upside down, lists make fewer and longer lines, whose letters count as much as those of the lines as written.
    let sure = attempts.filter(isSure)
    if sure.count == 1 { return sure[0].quarterTurns }
    let ordered = attempts.sorted { ($1.score, $0.quarterTurns) < ($0.score, $1.quarterTurns) }
    guard let best = ordered.first, ordered.count > 1, best.lines >= 2, best.characters >= 8,
      best.certainty >= leastCertainty
    else { return nil }
    // Long lines upside down still give many letters, but hardly a sure one.
    let next = ordered[1]
    let isClear = best.score >= 2 * next.score
    let isSurer = best.score >= 1.3 * next.score && best.certainty >= next.certainty + 0.2
    return isClear || isSurer ? best.quarterTurns : nil
  }

  private static let sureCertainty = 0.88
  private static let leastCertainty = 0.7

  private func look(
    at raster: borrowing Raster, width: Int, height: Int, id: PhotoID, turns: Int
  ) throws(ImageError) -> Found {
    let image = try WorkingImage(reducing: raster, photoWidth: width, photoHeight: height)
    let (sheets, regions) = finder.find(in: image, id: id)
    let attempt = attempt(on: raster, regions.regions, sheets.sheets, photoWidth: width, turns: turns)
    return Found(sheets: sheets, regions: regions, orientation: PhotoOrientation(attempts: [attempt]))
  }

  private func attempt(
    on raster: borrowing Raster, _ all: [NoteRegion], _ sheets: [Sheet], photoWidth: Int, turns: Int
  ) -> PhotoOrientation.Attempt {
    let scale = Double(raster.width) / Double(max(1, photoWidth))
    let regions = all.map { $0.scaled(by: scale) }, sheets = sheets.map { $0.scaled(by: scale) }
    let places = Self.places(regions)
    var lines = 0, characters = 0, certain = 0.0, score = 0.0
    for place in places {
      guard
        let found = try? RegionLines(
          of: place, among: regions, in: raster, sheet: sheets.first { $0.id == place.sheet })
      else { continue }
      let widest = found.lines.map(\.line.image).sorted { $0.image.width > $1.image.width }
      for line in widest.prefix(Self.mostLines) {
        guard let best = try? reader.read(line, deadline: nil).hypotheses.first, !best.text.isEmpty else {
          continue
        }
        let length = best.text.unicodeScalars.count
        let certainty = exp(best.logProbability / Double(length))
        lines += 1
        characters += length
        certain += certainty * Double(length)
        // Upside down, letters still look like some letters: certainty below a half counts nothing.
        score += max(0, certainty - 0.5) * 2 * Double(length)
      }
    }
    return PhotoOrientation.Attempt(
      quarterTurns: turns, lines: lines, characters: characters,
      certainty: Self.rounded(certain / Double(max(1, characters))),
      score: Self.rounded(score / Double(max(1, places.count))))
  }

  /// Regions spread over the photo, papers and lists before loose writing.
  private static func places(_ regions: [NoteRegion]) -> [NoteRegion] {
    let loose = regions.filter { $0.kind == .freeText }
    let firm = regions.filter { $0.kind != .freeText }
    func spread(_ regions: [NoteRegion], _ count: Int) -> [NoteRegion] {
      guard regions.count > count, count > 0 else { return count > 0 ? regions : [] }
      return (0..<count).map { regions[$0 * regions.count / count] }
    }
    let chosen = spread(firm, mostPlaces)
    return chosen + spread(loose, mostPlaces - chosen.count)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
