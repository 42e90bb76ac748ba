import ProtocolModel

/// Where each note is shown with its picture and its evidence; everywhere else it is a line that leads there.
struct NoteHomes {
  private struct Home: Equatable {
    var section: ProtocolDocument.Section.Kind
    var block: String
  }
  private var homes: [RegionID: Home] = [:]

  /// What cannot be read is shown first of all where it says so; else a note's home is its first code's block.
  private static let preference: [ProtocolDocument.Section.Kind] = [
    .unreadable, .causes, .measures, .questions, .reflection, .codes, .unassigned, .chains, .clusters,
  ]

  init(_ document: ProtocolDocument) {
    for kind in Self.preference {
      for section in document.sections where section.kind == kind {
        for block in section.blocks {
          for region in block.regions where homes[region] == nil {
            homes[region] = Home(section: kind, block: block.id)
          }
        }
      }
    }
  }

  /// Whether a block is the note's home.
  func isHome(_ section: ProtocolDocument.Section.Kind, _ block: String, of region: RegionID) -> Bool {
    homes[region] == Home(section: section, block: block)
  }

  /// Whether the note has one.
  func hasHome(_ region: RegionID) -> Bool { homes[region] != nil }
}
