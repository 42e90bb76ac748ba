package import Foundation
import ProtocolModel

/// Why a ground truth cannot be used.
package enum GroundTruthError: Error, Equatable, Sendable {
  /// The folder does not exist or may not be read.
  case unreadable(String)
  /// A file says that it is ground truth, but does not decode; its name and what is wrong.
  case damaged(String, String)
  /// The folder holds no ground truth.
  case nothing
}

extension GroundTruth {
  /// Reads every ground truth of `folder` and the coded notes in it, beside it, or in `notes` beside it.
  ///
  /// Three kinds of files are known: one JSON per rendered photo (`"format": "workshop-render-gt"`), one JSON with all
  /// transcribed photos (`images` with `notes`), and coded notes as JSON lines (`notes.jsonl`). Others are left alone.
  package init(folder: String) throws(GroundTruthError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch { throw .unreadable((folder as NSString).lastPathComponent) }
    var photos: [TruePhoto] = []
    for name in names where name.hasSuffix(".json") {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { throw .unreadable(name) }
      photos += try TruePhoto.decode(data, named: name)
    }
    guard !photos.isEmpty else { throw .nothing }
    var codes: [String: [String]] = [:]
    for place in ["/notes.jsonl", "/../notes.jsonl", "/../notes/notes.jsonl", "/../../notes/notes.jsonl"] {
      guard let data = FileManager.default.contents(atPath: folder + place) else { continue }
      codes = try Self.codes(data, named: "notes.jsonl")
      break
    }
    self.init(photos: photos, codes: codes)
  }

  /// Codes by note id, of JSON lines with `id` and `labels`.
  package static func codes(_ data: Data, named name: String) throws(GroundTruthError) -> [String: [String]] {
    struct Line: Decodable {
      var id: String
      var labels: [String]
    }
    var result: [String: [String]] = [:]
    for line in data.split(separator: 0x0A) where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      do {
        let note = try JSONDecoder().decode(Line.self, from: Data(line))
        result[note.id] = note.labels
      } catch { throw .damaged(name, "line \(result.count + 1)") }
    }
    return result
  }
}

extension TruePhoto {
  /// The photos of one file; empty where it is no ground truth.
  package static func decode(_ data: Data, named name: String) throws(GroundTruthError) -> [TruePhoto] {
    struct Probe: Decodable {
      var format: String?
      var images: [Ignored]?
      struct Ignored: Decodable {}
    }
    guard let probe = try? JSONDecoder().decode(Probe.self, from: data) else { return [] }
    do {
      if probe.format == "workshop-render-gt" {
        return [try JSONDecoder().decode(RenderedPhoto.self, from: data).photo]
      }
      if probe.images != nil, probe.format == nil {
        return try JSONDecoder().decode(TranscribedPhotos.self, from: data).photos
      }
    } catch { throw .damaged(name, "\(Swift.type(of: error))") }
    return []
  }
}

/// A rendered photo's file: regions in pixels of the upright photo, vote dots as regions of their own.
private struct RenderedPhoto: Decodable {
  var image: String
  var medium: String
  var difficulty: String
  var uprightSize: [Int]
  var regions: [Region]
  var links: [RegionLink]?

  enum CodingKeys: String, CodingKey {
    case image, medium, difficulty, regions, links
    case uprightSize = "upright_size"
  }

  struct Region: Decodable {
    var id: String
    var kind: String
    var subtype: String?
    var polygon: Polygon<PhotoSpace>
    var text: String?
    var note: String?
    var group: String?
    var order: Int?
    var on: String?

    enum CodingKeys: String, CodingKey {
      case id, kind, subtype, polygon, text, on
      case note = "gold_note_id"
      case group = "cluster_id"
      case order = "reading_order"
    }
  }

  var photo: TruePhoto {
    let dots = regions.filter { $0.subtype == "vote-dot" }.compactMap(\.on)
    let votes = Dictionary(grouping: dots) { $0 }.mapValues(\.count)
    let width = uprightSize.first ?? 0, height = uprightSize.last ?? 0
    return TruePhoto(
      file: image, width: width, height: height, medium: medium, difficulty: difficulty,
      regions: regions.compactMap { region in
        guard let kind = RegionKind(rawValue: region.kind) else { return nil }
        return TrueRegion(
          id: region.id, kind: kind, polygon: region.polygon, text: region.text, note: region.note,
          group: region.group, order: region.order,
          votes: region.note.flatMap { votes[$0] } ?? 0)
      },
      distractors: regions.filter { $0.kind == "distractor" }.map(\.polygon), hasVotes: !dots.isEmpty,
      links: links)
  }
}

/// The file of all transcribed photos: notes with polygons, writing on the board as boxes.
private struct TranscribedPhotos: Decodable {
  var images: [Image]

  struct Image: Decodable {
    var file: String
    var width: Int
    var height: Int
    var medium: String
    var notes: [Note]
    var boardText: [BoardText]?

    enum CodingKeys: String, CodingKey {
      case file, width, height, medium, notes
      case boardText = "board_text"
    }
  }
  struct Note: Decodable {
    var id: String
    var text: String?
    var polygon: Polygon<PhotoSpace>
    var category: String
  }
  struct BoardText: Decodable {
    var bbox: [Double]
  }

  var photos: [TruePhoto] {
    images.map { image in
      TruePhoto(
        file: image.file, width: image.width, height: image.height, medium: image.medium, difficulty: "real",
        regions: image.notes.map { note in
          TrueRegion(
            id: note.id, kind: note.category == "moderation_card" ? .card : .note, polygon: note.polygon,
            text: note.text)
        },
        ignored: (image.boardText ?? []).compactMap { text in
          guard text.bbox.count == 4 else { return nil }
          let (left, top, right, bottom) = (text.bbox[0], text.bbox[1], text.bbox[2], text.bbox[3])
          return Polygon([Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)])
        })
    }
  }
}
