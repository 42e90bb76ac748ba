import ProtocolModel

/// Counts which causes and measures the boards put together.
struct CrossTableBuilder {
  let notes: NoteIndex
  let links: ObservedLinks
  let order: CodeOrder

  func table() -> ProtocolDocument.CrossTable {
    let rows = families(in: .causes)
    let columns = families(in: .measures)
    var cells: [ProtocolDocument.Cell] = []
    for row in rows {
      for column in columns {
        if let cell = cell(row, column) { cells.append(cell) }
      }
    }
    return ProtocolDocument.CrossTable(rows: rows, columns: columns, cells: cells)
  }

  private func families(in section: ProtocolDocument.Section.Kind) -> [String] {
    let named = notes.notes.flatMap { families(of: $0, in: section) }
    return order.sorted(Set(named))
  }

  private func families(of note: ProtocolDocument.RegionEntry, in section: ProtocolDocument.Section.Kind) -> [String] {
    note.codings.map(\.code).filter { order.section(of: $0) == section }.map { order.family(of: $0) }
  }

  private func cell(_ row: String, _ column: String) -> ProtocolDocument.Cell? {
    // A cause and a measure are one pair whichever way the arrow points.
    var nearest: [ObservedLinks.Pair: ObservedLinks.Bond] = [:]
    for (pair, bond) in links.bonds {
      for (cause, measure) in [(pair.from, pair.to), (pair.to, pair.from)] {
        guard let causeNote = notes.note(cause), let measureNote = notes.note(measure),
          families(of: causeNote, in: .causes).contains(row),
          families(of: measureNote, in: .measures).contains(column)
        else { continue }
        let key = ObservedLinks.Pair(from: cause, to: measure)
        nearest[key] = min(bond, nearest[key] ?? bond)
      }
    }
    guard !nearest.isEmpty else { return nil }
    return ProtocolDocument.Cell(
      row: row, column: column, sameNote: nearest.values.count { $0 == .sameNote },
      arrow: nearest.values.count { $0 == .arrow }, group: nearest.values.count { $0 == .group },
      regions: notes.primaries(nearest.keys.flatMap { [$0.from, $0.to] }))
  }
}
