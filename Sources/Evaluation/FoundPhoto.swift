package import Foundation
package import ProtocolModel

/// What a protocol says of one photo, as far as it is judged: the part of `protocol.json` that any program can write.
package struct FoundPhoto: Sendable {
  /// Relative to the input.
  package var file: String
  /// Other names of the same bytes.
  package var otherNames: [String]
  /// Upright width in pixels, to which the polygons refer.
  package var width: Int
  /// Upright height.
  package var height: Int
  /// In no particular order.
  package var regions: [FoundRegion]
  /// Arrows between them.
  package var links: [RegionLink]

  /// Creates a photo.
  package init(
    file: String, otherNames: [String] = [], width: Int, height: Int, regions: [FoundRegion], links: [RegionLink] = []
  ) {
    self.file = file
    self.otherNames = otherNames
    self.width = width
    self.height = height
    self.regions = regions
    self.links = links
  }
}

/// What a protocol says of one region.
package struct FoundRegion: Sendable {
  /// Unique in the protocol.
  package var id: String
  /// What it is taken for.
  package var kind: RegionKind
  /// Outline on the upright photo.
  package var polygon: Polygon<PhotoSpace>
  /// Place in reading order.
  package var order: Int
  /// The sheet it lies on.
  package var sheet: String?
  /// The group it belongs to.
  package var group: String?
  /// Vote dots.
  package var votes: Int?
  /// Best reading with line feeds.
  package var raw: String
  /// Cleaned reading; `nil` when not legible.
  package var normalized: String?
  /// Whether it is shown as text.
  package var legible: Bool
  /// P(right).
  package var confidence: Double
  /// Codes by rank.
  package var codes: [String]

  /// Creates a region.
  package init(
    id: String, kind: RegionKind, polygon: Polygon<PhotoSpace>, order: Int, sheet: String? = nil, group: String? = nil,
    votes: Int? = nil, raw: String, normalized: String?, legible: Bool, confidence: Double, codes: [String] = []
  ) {
    self.id = id
    self.kind = kind
    self.polygon = polygon
    self.order = order
    self.sheet = sheet
    self.group = group
    self.votes = votes
    self.raw = raw
    self.normalized = normalized
    self.legible = legible
    self.confidence = confidence
    self.codes = codes
  }
}

extension FoundPhoto {
  /// The photos of a protocol.
  package static func photos(of document: ProtocolDocument) -> [FoundPhoto] {
    document.photos.map { photo in
      FoundPhoto(
        file: photo.file, otherNames: photo.otherNames, width: photo.width, height: photo.height,
        regions: photo.regions.map { region in
          FoundRegion(
            id: region.id.rawValue, kind: region.kind, polygon: region.polygon, order: region.order,
            sheet: region.sheet?.rawValue, group: region.group?.rawValue, votes: region.votes, raw: region.text.raw,
            normalized: region.text.normalized, legible: region.text.legible,
            confidence: region.text.confidence.rawValue,
            codes: region.codings.sorted { $0.rank < $1.rank }.map(\.code))
        }, links: photo.links.map { RegionLink(from: $0.from.rawValue, to: $0.to.rawValue) })
    }
  }

  /// The photos of a `protocol.json`, leniently: what is missing or null takes its plainest value, so that older
  /// protocols and those of other programs can be judged too.
  package static func photos(decoding json: Data) throws -> [FoundPhoto] {
    struct Document: Decodable { var photos: [FoundPhoto] }
    return try JSONDecoder().decode(Document.self, from: json).photos
  }
}

extension FoundPhoto: Decodable {
  private enum Key: String, CodingKey { case file, otherNames, width, height, regions, links }

  /// Reads the contract's keys and no others.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    file = try container.decode(String.self, forKey: .file)
    otherNames = try container.decodeIfPresent([String].self, forKey: .otherNames) ?? []
    width = try container.decode(Int.self, forKey: .width)
    height = try container.decode(Int.self, forKey: .height)
    regions = try container.decodeIfPresent([FoundRegion].self, forKey: .regions) ?? []
    links = try container.decodeIfPresent([RegionLink].self, forKey: .links) ?? []
  }
}

extension FoundRegion: Decodable {
  private enum Key: String, CodingKey {
    case id, kind, polygon, order, sheet, group, votes, text, codings
  }
  private struct Text: Decodable {
    var raw: String?
    var normalized: String?
    var legible: Bool?
    var confidence: Double?
  }
  private struct Code: Decodable {
    var code: String
    var rank: Int
  }

  /// Reads the contract's keys and no others.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decode(String.self, forKey: .id)
    kind = try container.decode(RegionKind.self, forKey: .kind)
    polygon = try container.decode(Polygon<PhotoSpace>.self, forKey: .polygon)
    order = try container.decodeIfPresent(Int.self, forKey: .order) ?? 0
    sheet = try container.decodeIfPresent(String.self, forKey: .sheet)
    group = try container.decodeIfPresent(String.self, forKey: .group)
    votes = try container.decodeIfPresent(Int.self, forKey: .votes)
    let text = try container.decodeIfPresent(Text.self, forKey: .text)
    raw = text?.raw ?? ""
    normalized = text?.normalized
    legible = text?.legible ?? (text?.normalized != nil)
    confidence = text?.confidence ?? 0
    codes = try container.decodeIfPresent([Code].self, forKey: .codings)?.sorted { $0.rank < $1.rank }.map(\.code) ?? []
  }
}
