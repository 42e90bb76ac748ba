package import ProtocolModel

/// What is really on the photos of a workshop.
package struct GroundTruth: Sendable {
  /// Sorted by file.
  package var photos: [TruePhoto]
  /// Codes by the id of the note they belong to.
  package var codes: [String: [String]]

  /// Creates a ground truth.
  package init(photos: [TruePhoto], codes: [String: [String]] = [:]) {
    self.photos = photos.sorted { $0.file < $1.file }
    self.codes = codes
  }
}

/// One photo and what is really on it.
package struct TruePhoto: Hashable, Sendable {
  /// Name of the file, without folders.
  package var file: String
  /// Upright width in pixels, to which the polygons refer.
  package var width: Int
  /// Upright height.
  package var height: Int
  /// What carries the notes, in the words of the data set.
  package var medium: String
  /// `easy`, `medium`, `hard`, or `real` for a photo of a real board.
  package var difficulty: String
  /// Everything that should be found.
  package var regions: [TrueRegion]
  /// Writing that is not judged: finding it is no fault, and neither is missing it.
  package var ignored: [Polygon<PhotoSpace>]
  /// Dots, loops and other marks that must not become notes.
  package var distractors: [Polygon<PhotoSpace>]
  /// Whether notes of this photo carry vote dots.
  package var hasVotes: Bool
  /// Arrows between notes; `nil` where the data set says nothing about them.
  package var links: [RegionLink]?

  /// Creates a photo.
  package init(
    file: String, width: Int, height: Int, medium: String, difficulty: String, regions: [TrueRegion],
    ignored: [Polygon<PhotoSpace>] = [], distractors: [Polygon<PhotoSpace>] = [], hasVotes: Bool = false,
    links: [RegionLink]? = nil
  ) {
    self.file = file
    self.width = width
    self.height = height
    self.medium = medium
    self.difficulty = difficulty
    self.regions = regions
    self.ignored = ignored
    self.distractors = distractors
    self.hasVotes = hasVotes
    self.links = links
  }
}

/// An arrow from one region to another, by their ids.
package struct RegionLink: Hashable, Codable, Sendable {
  /// Where it starts.
  package var from: String
  /// Where its head points.
  package var to: String

  /// Creates a link.
  package init(from: String, to: String) {
    self.from = from
    self.to = to
  }
}

/// One note, card, list item or heading that is really there.
package struct TrueRegion: Hashable, Sendable {
  /// Unique in the data set.
  package var id: String
  /// What it is on the board.
  package var kind: RegionKind
  /// Outline on the upright photo.
  package var polygon: Polygon<PhotoSpace>
  /// What is written, exactly; `nil` where even a person cannot say.
  package var text: String?
  /// The coded note it shows; `nil` for headings and slides.
  package var note: String?
  /// Its group on this photo; `nil` where it stands alone.
  package var group: String?
  /// Place in reading order; `nil` where the data set has none.
  package var order: Int?
  /// Vote dots on it.
  package var votes: Int

  /// Creates a region.
  package init(
    id: String, kind: RegionKind, polygon: Polygon<PhotoSpace>, text: String?, note: String? = nil,
    group: String? = nil, order: Int? = nil, votes: Int = 0
  ) {
    self.id = id
    self.kind = kind
    self.polygon = polygon
    self.text = text
    self.note = note
    self.group = group
    self.order = order
    self.votes = votes
  }
}
