import Evaluation
import Foundation
import Pipeline
import ProtocolModel
import Rendering

/// `found.json` of `--only-find`: what was found on each photo, in the keys of `protocol.json`, without any text.
///
/// `evaluate` reads it where a folder holds no protocol, so that finding is measured without the cost of reading.
struct FoundFile: Codable {
  /// One photo.
  struct PhotoEntry: Codable {
    var file: String
    var otherNames: [String]
    var width: Int
    var height: Int
    var sheets: [Sheet]
    var groups: [NoteGroup]
    var links: [NoteLink]
    var quality: [QualityFinding]
    var regions: [RegionEntry]
  }

  /// One region.
  struct RegionEntry: Codable {
    var id: RegionID
    var kind: RegionKind
    var content: RegionContent
    var polygon: Polygon<PhotoSpace>
    var occluded: Double
    var colour: String?
    var order: Int
    var sheet: SheetID?
    var group: GroupID?
    var parent: RegionID?
    var sameAs: RegionID?
    var votes: Int?
    var confidence: Confidence
  }

  private static let name = "found.json"
  private(set) var photos: [PhotoEntry]

  init(_ boards: [(photo: Photo, board: BoardLayer)], sightings: SightingLayer?) {
    let repeats = Dictionary(
      (sightings?.sightings ?? []).map { ($0.region, $0.sameAs) }, uniquingKeysWith: { first, _ in first })
    photos = boards.map { photo, board in
      PhotoEntry(
        file: photo.file, otherNames: photo.otherNames, width: photo.width, height: photo.height,
        sheets: board.sheets.sheets, groups: board.regions.groups, links: board.regions.links,
        quality: board.regions.quality,
        regions: board.regions.regions.map { region in
          RegionEntry(
            id: region.id, kind: region.kind, content: region.content, polygon: region.polygon,
            occluded: region.occluded, colour: region.colour, order: region.order, sheet: region.sheet,
            group: region.group, parent: region.parent, sameAs: repeats[region.id], votes: region.votes,
            confidence: region.confidence)
        })
    }
  }

  /// As it is written.
  var file: RenderedFile {
    get throws(Diagnostic) {
      do {
        return RenderedFile(path: Self.name, text: String(decoding: try CanonicalJSON.encode(self), as: UTF8.self))
      } catch {
        throw Diagnostic(.error, .impossible, "what was found cannot be encoded: a fault in its coding")
      }
    }
  }

  /// What a run found that wrote no protocol; `nil` where the folder holds a protocol or no such file.
  static func read(_ folder: URL) throws(Diagnostic) -> [FoundPhoto]? {
    guard !FileManager.default.fileExists(atPath: folder.appendingPathComponent("protocol.json").path),
      let bytes = try? Data(contentsOf: folder.appendingPathComponent(name))
    else { return nil }
    do { return try FoundPhoto.photos(decoding: bytes) } catch {
      throw Diagnostic(
        .error, .noProtocol, "the file is no list of this version", at: name,
        hint: "run 'fotoprotokoll run --only-find' again")
    }
  }
}
