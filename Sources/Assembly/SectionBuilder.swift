import ProtocolModel

/// Sorts the notes into the sections of the protocol.
struct SectionBuilder {
  let notes: NoteIndex
  let order: CodeOrder
  let clusters: ClusterLayer
  let texts: DocumentTexts

  /// The sections that have something to print, in the protocol's order.
  func sections() -> [ProtocolDocument.Section] {
    ProtocolDocument.Section.Kind.allCases.compactMap { kind in
      let blocks = blocks(of: kind)
      guard !blocks.isEmpty else { return nil }
      return ProtocolDocument.Section(kind: kind, title: texts("section.\(kind.rawValue)"), blocks: blocks)
    }
  }

  private func blocks(of kind: ProtocolDocument.Section.Kind) -> [ProtocolDocument.Block] {
    switch kind {
    case .causes, .measures, .questions, .reflection, .codes:
      return codeBlocks { note in
        note.primaryCode.map { [$0] } ?? []
      } where: {
        order.section(of: $0) == kind
      }
    case .chains:
      // Fears and consequences are never a note's first code; they stand here whatever their rank.
      return codeBlocks { note in
        note.codings.map(\.code)
      } where: {
        order.section(of: $0) == kind
      }
    case .clusters: return clusterBlocks()
    case .unassigned: return unassignedBlocks()
    case .unreadable: return unreadableBlocks()
    }
  }

  /// One block per code with notes, and one per code above it, in the code book's order.
  private func codeBlocks(
    _ codes: (ProtocolDocument.RegionEntry) -> [String], where belongs: (String) -> Bool
  ) -> [ProtocolDocument.Block] {
    var members: [String: [ProtocolDocument.RegionEntry]] = [:]
    for note in notes.notes {
      for code in Set(codes(note)) where belongs(code) { members[code, default: []].append(note) }
    }
    for code in Array(members.keys) { members[order.family(of: code), default: []] += [] }
    return inTreeOrder(Array(members.keys)).map { code in
      ProtocolDocument.Block(
        id: code, title: order.label(of: code, language: texts.language), level: order.level(of: code),
        regions: notes.byVotes(members[code] ?? []))
    }
  }

  /// Every code directly under the one it refines, whatever the file's order.
  private func inTreeOrder(_ codes: [String]) -> [String] {
    let families = order.sorted(Set(codes.map { order.family(of: $0) }))
    return families.flatMap { family in
      [family] + order.sorted(codes.filter { $0 != family && order.family(of: $0) == family })
    }
  }

  private func clusterBlocks() -> [ProtocolDocument.Block] {
    var blocks = clusters.clusters.map { cluster in
      ProtocolDocument.Block(id: cluster.id, title: cluster.label, regions: notes.byVotes(found(cluster.members)))
    }
    if !clusters.singles.isEmpty {
      blocks.append(
        ProtocolDocument.Block(
          id: "singles", title: texts("cluster.singles"), regions: notes.byVotes(found(clusters.singles))))
    }
    return blocks
  }

  private func found(_ ids: [RegionID]) -> [ProtocolDocument.RegionEntry] { ids.compactMap { notes.note($0) } }

  private func unassignedBlocks() -> [ProtocolDocument.Block] {
    let left = notes.notes.filter { $0.codings.isEmpty && !$0.isUnreadable }
    var blocks = UnassignedReason.allCases.map { reason in
      ProtocolDocument.Block(
        id: reason.rawValue, title: texts("reason.\(reason.rawValue)"),
        regions: notes.byVotes(left.filter { $0.unassignedReason == reason }))
    }
    let silent = left.filter { $0.unassignedReason == nil }
    blocks.append(
      ProtocolDocument.Block(id: "unknown", title: texts("reason.unknown"), regions: notes.byVotes(silent)))
    return blocks.filter { !$0.regions.isEmpty }
  }

  private func unreadableBlocks() -> [ProtocolDocument.Block] {
    let unreadable = notes.notes.filter(\.isUnreadable)
    guard !unreadable.isEmpty else { return [] }
    return [
      ProtocolDocument.Block(id: "unreadable", title: texts("reason.unreadable"), regions: notes.byVotes(unreadable))
    ]
  }
}
