/// The finished protocol: what `protocol.json` holds and every renderer reads.
///
/// The stable contract for other programs; `Sources/Rendering/Resources/protocol.schema.json` describes the file.
public struct ProtocolDocument: Layer, Hashable {
  /// `protocol`.
  public static let layerName = "protocol"

  /// Version of the contract.
  public var version: Int
  /// The workshop.
  public var event: Event
  /// The code book used.
  public var codebook: CodeBookReference
  /// In order of agenda, capture time and file.
  public var photos: [PhotoEntry]
  /// The open rest.
  public var clusters: [Cluster]
  /// What a person should know of the run.
  public var diagnostics: [Diagnostic]
  /// The sections as a reader meets them.
  public var sections: [Section]
  /// One per code that was given or could be, in the code book's order.
  public var counts: [CodeCount]
  /// Fear, consequence and measure, link by link.
  public var chains: [Chain]
  /// Which causes and measures the boards put together.
  public var causesAndMeasures: CrossTable
  /// What was named and left without an answer.
  public var gaps: [Gap]
  /// Files that were no pictures or could not be read.
  public var skippedFiles: [SkippedFile]
  /// How it was made.
  public var provenance: Provenance

  /// The code book of a run.
  public struct CodeBookReference: Codable, Hashable, Sendable {
    /// Its id, such as `ki-skepsis`.
    public var id: String
    /// Its version.
    public var version: String
    /// Digest of the file.
    public var digest: Digest
    /// Its title, as printed.
    public var title: String
    /// The codes, in order, as far as a reader of the protocol needs them.
    public var codes: [CodeEntry]
    /// Creates a reference.
    public init(id: String, version: String, digest: Digest, title: String, codes: [CodeEntry]) {
      self.id = id
      self.version = version
      self.digest = digest
      self.title = title
      self.codes = codes
    }
  }

  /// A code as the protocol prints it.
  public struct CodeEntry: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// German label.
    public var label: String
    /// One sentence that defines it.
    public var definition: String?
    /// `#RRGGBB`.
    public var colour: String?
    /// Id of the parent.
    public var parent: String?
    /// Creates an entry.
    public init(id: String, label: String, definition: String? = nil, colour: String? = nil, parent: String? = nil) {
      self.id = id
      self.label = label
      self.definition = definition
      self.colour = colour
      self.parent = parent
    }
  }

  /// One photo with everything found on it.
  public struct PhotoEntry: Codable, Hashable, Sendable {
    /// Derived from the bytes.
    public var id: PhotoID
    /// Relative to the input, "/"-separated.
    public var file: String
    /// Other files with the same bytes.
    public var otherNames: [String]
    /// Digest of the bytes.
    public var sha256: Digest
    /// Upright width in pixels.
    public var width: Int
    /// Upright height in pixels.
    public var height: Int
    /// Local capture time.
    public var capturedAt: String?
    /// The agenda item and why; `nil` for "ohne Zuordnung".
    public var agendaItem: AgendaReference?
    /// The sheets.
    public var sheets: [SheetEntry]
    /// The moderators' groups.
    public var groups: [GroupEntry]
    /// Arrows.
    public var links: [NoteLink]
    /// Reasons to take it again.
    public var quality: [QualityFinding]
    /// Every note seen, in reading order.
    public var regions: [RegionEntry]

    /// Creates an entry.
    public init(
      id: PhotoID, file: String, otherNames: [String], sha256: Digest, width: Int, height: Int, capturedAt: String?,
      agendaItem: AgendaReference?, sheets: [SheetEntry], groups: [GroupEntry], links: [NoteLink],
      quality: [QualityFinding], regions: [RegionEntry]
    ) {
      self.id = id
      self.file = file
      self.otherNames = otherNames
      self.sha256 = sha256
      self.width = width
      self.height = height
      self.capturedAt = capturedAt
      self.agendaItem = agendaItem
      self.sheets = sheets
      self.groups = groups
      self.links = links
      self.quality = quality
      self.regions = regions
    }
  }

  /// An agenda item a photo belongs to.
  public struct AgendaReference: Codable, Hashable, Sendable {
    /// The item.
    public var id: String
    /// Why.
    public var reason: AgendaAssignment.Reason
    /// The board of the item, where known.
    public var board: String?
    /// Creates a reference.
    public init(id: String, reason: AgendaAssignment.Reason, board: String? = nil) {
      self.id = id
      self.reason = reason
      self.board = board
    }
  }

  /// A sheet in the contract.
  public struct SheetEntry: Codable, Hashable, Sendable {
    /// Its id.
    public var id: SheetID
    /// Four corners on the upright photo.
    public var outline: Polygon<PhotoSpace>
    /// What it is taken for.
    public var medium: SheetMedium
    /// Size after rectification.
    public var width: Int
    /// Size after rectification.
    public var height: Int
    /// Creates an entry.
    public init(id: SheetID, outline: Polygon<PhotoSpace>, medium: SheetMedium, width: Int, height: Int) {
      self.id = id
      self.outline = outline
      self.medium = medium
      self.width = width
      self.height = height
    }
  }

  /// A group in the contract.
  public struct GroupEntry: Codable, Hashable, Sendable {
    /// Its id.
    public var id: GroupID
    /// The region that heads it.
    public var heading: RegionID?
    /// The heading's text, or what the group is called without one.
    public var label: String
    /// Its notes.
    public var members: [RegionID]
    /// How sure it is.
    public var confidence: Confidence
    /// Creates an entry.
    public init(id: GroupID, heading: RegionID?, label: String, members: [RegionID], confidence: Confidence) {
      self.id = id
      self.heading = heading
      self.label = label
      self.members = members
      self.confidence = confidence
    }
  }

  /// A region in the contract: found, read, cleaned and coded.
  public struct RegionEntry: Codable, Hashable, Sendable {
    /// Its id.
    public var id: RegionID
    /// Its number on the overlay, counted over the photo from 1.
    public var number: Int
    /// What it is on the board.
    public var kind: RegionKind
    /// What is on it.
    public var content: RegionContent
    /// Outline on the upright photo.
    public var polygon: Polygon<PhotoSpace>
    /// Hidden share.
    public var occluded: Double
    /// Colour of the paper.
    public var colour: String?
    /// Place in reading order.
    public var order: Int
    /// Its sheet.
    public var sheet: SheetID?
    /// Its group.
    public var group: GroupID?
    /// The item above it.
    public var parent: RegionID?
    /// The primary sighting of the same paper.
    public var sameAs: RegionID?
    /// Vote dots.
    public var votes: Int?
    /// What was read.
    public var text: TextEntry
    /// Its codes.
    public var codings: [Coding]
    /// Why it has none.
    public var unassignedReason: UnassignedReason?

    /// Creates an entry.
    public init(
      id: RegionID, number: Int, kind: RegionKind, content: RegionContent, polygon: Polygon<PhotoSpace>,
      occluded: Double, colour: String?, order: Int, sheet: SheetID?, group: GroupID?, parent: RegionID?,
      sameAs: RegionID?, votes: Int?, text: TextEntry, codings: [Coding], unassignedReason: UnassignedReason?
    ) {
      self.id = id
      self.number = number
      self.kind = kind
      self.content = content
      self.polygon = polygon
      self.occluded = occluded
      self.colour = colour
      self.order = order
      self.sheet = sheet
      self.group = group
      self.parent = parent
      self.sameAs = sameAs
      self.votes = votes
      self.text = text
      self.codings = codings
      self.unassignedReason = unassignedReason
    }
  }

  /// The text of a region in the contract.
  public struct TextEntry: Codable, Hashable, Sendable {
    /// Best reading with line feeds.
    public var raw: String
    /// Cleaned, one line; `nil` when not legible.
    public var normalized: String?
    /// Whether it may be shown as text.
    public var legible: Bool
    /// P(right).
    public var confidence: Confidence
    /// Who read it.
    public var reader: String?
    /// Line by line.
    public var lines: [TextLine]
    /// What cleaning changed.
    public var edits: [TextEdit]
    /// Creates an entry.
    public init(
      raw: String, normalized: String?, legible: Bool, confidence: Confidence, reader: String?, lines: [TextLine],
      edits: [TextEdit]
    ) {
      self.raw = raw
      self.normalized = normalized
      self.legible = legible
      self.confidence = confidence
      self.reader = reader
      self.lines = lines
      self.edits = edits
    }
  }

  /// A section of the protocol; which notes it prints, not how.
  public struct Section: Codable, Hashable, Sendable {
    /// Which of the protocol's sections it is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// Causes, one block per code.
      case causes
      /// Fears, consequences, measures.
      case chains
      /// Measures, one block per code.
      case measures
      /// The questions of the exchange rounds.
      case questions
      /// Reflection and roles.
      case reflection
      /// Any further top-level code of another code book.
      case codes
      /// Clusters of the open rest.
      case clusters
      /// Notes without a code, by reason.
      case unassigned
      /// Notes that could not be read.
      case unreadable
    }
    /// Which section.
    public var kind: Kind
    /// As printed.
    public var title: String
    /// Its parts, in order.
    public var blocks: [Block]
    /// Creates a section.
    public init(kind: Kind, title: String, blocks: [Block]) {
      self.kind = kind
      self.title = title
      self.blocks = blocks
    }
  }

  /// A part of a section: a code, cluster or reason with its notes.
  public struct Block: Codable, Hashable, Sendable {
    /// Code id, cluster id or reason.
    public var id: String
    /// As printed.
    public var title: String
    /// 1 under the section, 2 under a block.
    public var level: Int
    /// The notes, most votes first, then in order of photo and reading. Primaries only.
    public var regions: [RegionID]
    /// Creates a block.
    public init(id: String, title: String, level: Int = 1, regions: [RegionID]) {
      self.id = id
      self.title = title
      self.level = level
      self.regions = regions
    }
  }

  /// How often a code was given.
  public struct CodeCount: Codable, Hashable, Sendable {
    /// The code.
    public var code: String
    /// Notes with it at rank 1.
    public var primary: Int
    /// Notes with it at any rank.
    public var any: Int
    /// Votes on the notes with it at rank 1.
    public var votes: Int
    /// Most that ``primary`` (for a code that never has rank 1: ``any``) could be, if every note that was read
    /// badly or left without a code, on photos on which the subject comes up at all, belonged here.
    public var upper: Int
    /// Creates a count.
    public init(code: String, primary: Int, any: Int, votes: Int, upper: Int) {
      self.code = code
      self.primary = primary
      self.any = any
      self.votes = votes
      self.upper = upper
    }
  }

  /// Creates a document.
  public init(
    version: Int = 1, event: Event, codebook: CodeBookReference, photos: [PhotoEntry], clusters: [Cluster],
    diagnostics: [Diagnostic], sections: [Section], counts: [CodeCount], chains: [Chain],
    causesAndMeasures: CrossTable = CrossTable(), gaps: [Gap] = [], skippedFiles: [SkippedFile],
    provenance: Provenance
  ) {
    self.version = version
    self.event = event
    self.codebook = codebook
    self.photos = photos
    self.clusters = clusters
    self.diagnostics = diagnostics
    self.sections = sections
    self.counts = counts
    self.chains = chains
    self.causesAndMeasures = causesAndMeasures
    self.gaps = gaps
    self.skippedFiles = skippedFiles
    self.provenance = provenance
  }
}
