/// What a region is on the board.
public enum RegionKind: String, Codable, Sendable, CaseIterable {
  /// A sticky note.
  case note
  /// A Metaplan card.
  case card
  /// One item of a list.
  case listItem = "list-item"
  /// The heading of the board.
  case heading
  /// The heading of a group.
  case clusterHeading = "cluster-heading"
  /// Loose writing that is no list.
  case freeText = "free-text"
}

/// What is on a region.
public enum RegionContent: String, Codable, Sendable, CaseIterable {
  /// Writing.
  case text
  /// A sketch.
  case drawing
  /// Both.
  case mixed
  /// Nothing.
  case empty
}

/// One note, card, list item or heading on a photo.
public struct NoteRegion: Codable, Hashable, Sendable {
  /// Derived from photo and reading order.
  public var id: RegionID
  /// What it is on the board.
  public var kind: RegionKind
  /// What is on it.
  public var content: RegionContent
  /// Outline on the upright photo: of a note the whole paper with hidden parts estimated; of a list item the oriented
  /// box from bullet to last ink, ascender to descender, over all its lines.
  public var polygon: Polygon<PhotoSpace>
  /// Share of the paper hidden by others, 0...1.
  public var occluded: Double
  /// Name of the paper's colour (`yellow`, `green`, `white`, ...); `nil` for ink on the board.
  public var colour: String?
  /// Place in reading order over the photo, from 0.
  public var order: Int
  /// The sheet it lies on.
  public var sheet: SheetID?
  /// The moderators' group it belongs to.
  public var group: GroupID?
  /// The list item it is a sub-item of.
  public var parent: RegionID?
  /// Vote dots on it; `nil` where the board has none.
  public var votes: Int?
  /// Outline of the paper: `rectangle`, `oval`, `circle`, `cloud`, `strip`; `nil` for ink on the board.
  public var shape: String?
  /// How sure the finder is that this is one region of this kind.
  public var confidence: Confidence
  /// Struck-out words seen (counted, not read).
  public var struckOut: Int
  /// The lines of writing where the finder already knows them (list items, headings): oriented boxes, top to bottom.
  public var linePolygons: [Polygon<PhotoSpace>]

  /// Creates a region.
  public init(
    id: RegionID, kind: RegionKind, content: RegionContent = .text, polygon: Polygon<PhotoSpace>, occluded: Double = 0,
    colour: String? = nil, order: Int, sheet: SheetID? = nil, group: GroupID? = nil, parent: RegionID? = nil,
    votes: Int? = nil, shape: String? = nil, confidence: Confidence = .certain, struckOut: Int = 0,
    linePolygons: [Polygon<PhotoSpace>] = []
  ) {
    self.id = id
    self.kind = kind
    self.content = content
    self.polygon = polygon
    self.occluded = occluded
    self.colour = colour
    self.order = order
    self.sheet = sheet
    self.group = group
    self.parent = parent
    self.votes = votes
    self.shape = shape
    self.confidence = confidence
    self.struckOut = struckOut
    self.linePolygons = linePolygons
  }
}

/// A group that the moderators made on the board.
public struct NoteGroup: Codable, Hashable, Sendable {
  /// Derived from photo and place.
  public var id: GroupID
  /// The region that heads it, where one is written.
  public var heading: RegionID?
  /// The notes, in reading order.
  public var members: [RegionID]
  /// How sure the grouping is.
  public var confidence: Confidence

  /// Creates a group.
  public init(id: GroupID, heading: RegionID?, members: [RegionID], confidence: Confidence) {
    self.id = id
    self.heading = heading
    self.members = members
    self.confidence = confidence
  }
}

/// An arrow drawn from one note to another.
public struct NoteLink: Codable, Hashable, Sendable {
  /// Where it starts.
  public var from: RegionID
  /// Where its head points.
  public var to: RegionID
  /// Creates a link.
  public init(from: RegionID, to: RegionID) {
    self.from = from
    self.to = to
  }
}

/// A reason to take the photo again, while the board still hangs.
public struct QualityFinding: Codable, Hashable, Sendable {
  /// What is wrong with the photo.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    /// Out of focus or shaken.
    case blur
    /// A lamp or flash washes writing out.
    case glare
    /// Writing hardly darker than its paper.
    case lowContrast = "low-contrast"
    /// Writing too few pixels high to be read.
    case smallText = "small-text"
    /// Part of the sheet lies outside the photo.
    case cutOff = "cut-off"
  }
  /// What is wrong.
  public var reason: Reason
  /// Where.
  public var place: Polygon<PhotoSpace>
  /// The measured value, in the unit of the reason (documented at the finder).
  public var value: Double
  /// Creates a finding.
  public init(reason: Reason, place: Polygon<PhotoSpace>, value: Double) {
    self.reason = reason
    self.place = place
    self.value = value
  }
}

/// What was found on one photo.
public struct RegionLayer: Layer, Hashable {
  /// `regions`.
  public static let layerName = "regions"
  /// The photo.
  public var photo: PhotoID
  /// In reading order.
  public var regions: [NoteRegion]
  /// The moderators' groups.
  public var groups: [NoteGroup]
  /// Arrows between notes.
  public var links: [NoteLink]
  /// Reasons to take the photo again.
  public var quality: [QualityFinding]

  /// Creates the layer.
  public init(
    photo: PhotoID, regions: [NoteRegion], groups: [NoteGroup] = [], links: [NoteLink] = [],
    quality: [QualityFinding] = []
  ) {
    self.photo = photo
    self.regions = regions
    self.groups = groups
    self.links = links
    self.quality = quality
  }
}
