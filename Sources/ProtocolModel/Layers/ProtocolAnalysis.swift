// What the protocol concludes from its notes, and where it comes from.

extension ProtocolDocument {
  /// A link of a chain, and who made it.
  public struct Chain: Codable, Hashable, Sendable {
    /// Who says that two codes belong together.
    public enum Origin: String, Codable, Sendable {
      /// The same note, an arrow or the moderators' group.
      case observed
      /// The code book's pairing.
      case codebook
    }
    /// Code of the fear or consequence.
    public var from: String
    /// Code of the consequence or measure.
    public var to: String
    /// Who says so.
    public var origin: Origin
    /// The notes that show it; empty for the code book's.
    public var regions: [RegionID]
    /// The code book's words for the link, such as `AI-Literacy, Umschulungen`.
    public var label: String?
    /// Creates a link.
    public init(from: String, to: String, origin: Origin, regions: [RegionID], label: String? = nil) {
      self.from = from
      self.to = to
      self.origin = origin
      self.regions = regions
      self.label = label
    }
  }

  /// Causes against measures, counted from what the boards themselves put together.
  ///
  /// Hanging on the same wall is no link: a cell counts pairs of notes joined by one note with both codes, an arrow or
  /// a moderators' group, and nothing else.
  public struct CrossTable: Codable, Hashable, Sendable {
    /// Codes of the causes that were named, in the code book's order.
    public var rows: [String]
    /// Codes of the measures that were named, in the code book's order.
    public var columns: [String]
    /// Cells with at least one link, row by row.
    public var cells: [Cell]
    /// Creates a table.
    public init(rows: [String] = [], columns: [String] = [], cells: [Cell] = []) {
      self.rows = rows
      self.columns = columns
      self.cells = cells
    }
  }

  /// One cell of the table: how often, and who put the two together.
  public struct Cell: Codable, Hashable, Sendable {
    /// The cause.
    public var row: String
    /// The measure.
    public var column: String
    /// Notes that carry both codes.
    public var sameNote: Int
    /// Pairs joined by an arrow and not by one note.
    public var arrow: Int
    /// Pairs in one moderators' group and joined by nothing nearer.
    public var group: Int
    /// The notes, in order.
    public var regions: [RegionID]
    /// Creates a cell.
    public init(row: String, column: String, sameNote: Int, arrow: Int, group: Int, regions: [RegionID]) {
      self.row = row
      self.column = column
      self.sameNote = sameNote
      self.arrow = arrow
      self.group = group
      self.regions = regions
    }
  }

  /// Something named on the boards that nothing on them answers.
  public struct Gap: Codable, Hashable, Sendable {
    /// What is missing.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// A fear that no note, arrow or group joins to a measure.
      case fearWithoutMeasure = "fear-without-measure"
      /// A measure that nothing joins to a fear or consequence, on boards that name some.
      case measureWithoutFear = "measure-without-fear"
    }
    /// What is missing.
    public var kind: Kind
    /// The fear or the measure.
    public var code: String
    /// The notes that name it.
    public var regions: [RegionID]
    /// For a fear: measures that the code book pairs with it and that some note names, though nobody joined them.
    public var namedElsewhere: [String]
    /// Creates a gap.
    public init(kind: Kind, code: String, regions: [RegionID], namedElsewhere: [String] = []) {
      self.kind = kind
      self.code = code
      self.regions = regions
      self.namedElsewhere = namedElsewhere
    }
  }

  /// A file that is not in the protocol, and why.
  public struct SkippedFile: Codable, Hashable, Sendable {
    /// Relative to the input.
    public var file: String
    /// Code of the diagnostic; `nil` for files that are simply no pictures.
    public var code: DiagnosticCode?
    /// Creates an entry.
    public init(file: String, code: DiagnosticCode?) {
      self.file = file
      self.code = code
    }
  }

  /// How the protocol was made.
  public struct Provenance: Codable, Hashable, Sendable {
    /// Name and version of this program.
    public var program: String
    /// Libraries and language data with their versions, sorted.
    public var engines: [String]
    /// Digest of the resolved pipeline.
    public var pipeline: Digest
    /// The stages with their revisions, in order.
    public var stages: [String]
    /// Creates provenance.
    public init(program: String, engines: [String], pipeline: Digest, stages: [String]) {
      self.program = program
      self.engines = engines
      self.pipeline = pipeline
      self.stages = stages
    }
  }
}
