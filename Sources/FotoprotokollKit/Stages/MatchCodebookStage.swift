import ContentCoding
import Pipeline
import ProtocolModel

/// Gives every note its codes, with the evidence for each.
struct MatchCodebookStage: Stage {
  static let description = StageDescription(
    name: "coding.match-codebook", revision: 7, scope: .photo,
    reads: [BoardLayer.layerName, ReadingLayer.layerName, TextLayer.layerName, AgendaLayer.layerName],
    writes: CodingLayer.layerName,
    fields: [
      ParameterField("usesBoard", .boolean, default: true, "Whether the heading of the board counts as evidence."),
      ParameterField("usesGroup", .boolean, default: true, "Whether the heading of the moderators' group counts."),
      ParameterField("usesSynonyms", .boolean, default: true, "Whether the installed thesaurus is asked."),
      ParameterField(
        "usesAssociations", .boolean, default: true, "Whether single words of the cues count where no cue fires."),
      ParameterField(
        "usesLearnedWeights", .boolean, default: true, "Whether what was learned from coded notes counts."),
      ParameterField("toleratesNoise", .boolean, default: true, "Whether misread words are matched."),
    ],
    summary: "Matches the code book's cues and ranks codes by the sum of their evidence.")

  private let services: Services
  /// One for all photos: it takes the code book's words to pieces.
  private let coder: Lazy<NoteCoder>
  let ingredients: [String: String]

  init(_ parameters: StageParameters, services: Services) throws(Diagnostic) {
    self.services = services
    var coding = CodingParameters()
    coding.usesBoard = parameters.boolean("usesBoard")
    coding.usesGroup = parameters.boolean("usesGroup")
    coding.usesSynonyms = parameters.boolean("usesSynonyms")
    coding.usesAssociations = parameters.boolean("usesAssociations")
    coding.usesLearnedWeights = parameters.boolean("usesLearnedWeights")
    coding.toleratesNoise = parameters.boolean("toleratesNoise")
    let parameters = coding
    coder = Lazy { try services.coder(parameters) }
    ingredients = services.languageIngredients.merging(
      ["codebook": services.configuration.codebookDigest.rawValue]
    ) { $1 }
  }

  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> CodingLayer {
    let board = try input.own(BoardLayer.self)
    let readings = try input.own(ReadingLayer.self)
    let texts = try input.own(TextLayer.self)
    let agenda = try input.own(AgendaLayer.self)
    let coder = try self.coder.loaded()
    let cleaned = Dictionary(texts.texts.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
    let read = Dictionary(readings.texts.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
    let heading = board.regions.regions.first { $0.kind == .heading }.flatMap { cleaned[$0.id]?.normalized }
    let groups = Dictionary(board.regions.groups.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let notes = board.regions.regions.filter { $0.kind != .heading && $0.kind != .clusterHeading }
    let codings = notes.map { region in
      let text = cleaned[region.id]
      let groupHeading = region.group.flatMap { groups[$0]?.heading }.flatMap { cleaned[$0]?.normalized }
      return coder.code(
        NoteInput(
          region: region.id, text: text?.normalized, alternatives: text?.alternatives ?? [],
          isLegible: read[region.id]?.legible ?? false, content: read[region.id]?.content ?? region.content,
          boardHeading: heading, boardHint: agenda.assignments.first?.board, groupHeading: groupHeading,
          colour: region.colour))
    }
    return CodingLayer(photo: board.regions.photo, notes: codings)
  }
}

extension Lazy where Value == NoteCoder {
  /// The coder; language tables that are missing end the run.
  func loaded() throws(Diagnostic) -> NoteCoder {
    do { return try get() } catch {
      throw error as? Diagnostic ?? Diagnostic(.error, .impossible, "no note can be coded: a fault in the loading")
    }
  }
}
