package import ProtocolModel

/// Turns papers and writing into regions with kinds, groups, votes and reading order.
package struct BoardStructure: Sendable {
  /// Creates the assembler.
  package init() {}

  /// The regions of one photo in reading order; `papers` and `writing` name their sheet by its place in `sheets`.
  package func assemble(
    sheets: [SheetCandidate], papers: [PaperCandidate], dots: [VoteDot], writing: [WritingCandidate],
    arrows: [ArrowCandidate] = [], photo: PhotoID
  ) -> RegionLayer {
    let planes = sheets.enumerated().map { index, sheet in
      BoardPlane(sheet, papers: papers.filter { $0.sheet == index })
    }
    let votes = VoteCount(dots: dots, papers: papers, writing: writing, planes: planes)
    var layer = RegionLayer(photo: photo, regions: [])
    var ids: [BoardPiece.Source: RegionID] = [:]
    for (index, plane) in planes.enumerated() {
      let layout = BoardLayout(pieces(on: index, sheets[index], plane, papers, writing))
      var groupIDs: [Int: GroupID] = [:]
      for (number, group) in layout.groups.enumerated() {
        let id = GroupID(photo, number: layer.groups.count + number + 1)
        for place in group.members + (group.heading.map { [$0] } ?? []) { groupIDs[place] = id }
      }
      for place in layout.order {
        let piece = layout.pieces[place]
        let id = RegionID(photo, number: layer.regions.count + 1)
        ids[piece.source] = id
        var region = region(piece, id: id, order: layer.regions.count, papers, writing)
        region.sheet = SheetID(photo, number: index + 1)
        region.group = groupIDs[place]
        region.votes = dots.isEmpty ? nil : self.votes(of: piece, votes)
        layer.regions.append(region)
      }
      layer.groups += layout.groups.compactMap { group in
        guard let first = group.members.first, let id = groupIDs[first] else { return nil }
        return NoteGroup(
          id: id, heading: group.heading.flatMap { ids[layout.pieces[$0].source] },
          members: group.members.compactMap { ids[layout.pieces[$0].source] },
          confidence: Confidence(clamping: group.confidence))
      }
    }
    nest(&layer, writing, ids)
    link(&layer, arrows, ids)
    return layer
  }

  /// Makes links of the arrows between notes; what heads a group or board is no end of one.
  private func link(_ layer: inout RegionLayer, _ arrows: [ArrowCandidate], _ ids: [BoardPiece.Source: RegionID]) {
    let notes = Set(layer.regions.filter { $0.kind == .note || $0.kind == .card }.map { $0.id })
    layer.links = arrows.compactMap { arrow in
      guard let from = ids[.paper(arrow.from)], let to = ids[.paper(arrow.to)], notes.contains(from), notes.contains(to)
      else { return nil }
      return NoteLink(from: from, to: to)
    }
  }

  /// The papers and writing on one sheet.
  private func pieces(
    on index: Int, _ sheet: SheetCandidate, _ plane: BoardPlane, _ papers: [PaperCandidate],
    _ writing: [WritingCandidate]
  ) -> [BoardPiece] {
    let kind: RegionKind = sheet.medium == .pinboard || sheet.medium == .cards ? .card : .note
    let found = papers.enumerated().filter { $0.element.sheet == index }.map { place, paper in
      BoardPiece(
        source: .paper(place), frame: plane.frame(paper.outline), kind: kind, shape: paper.shape, colour: paper.colour)
    }
    let ink = writing.enumerated().filter { $0.element.sheet == index }.map { place, piece in
      BoardPiece(source: .writing(place), frame: plane.frame(piece.polygon), kind: piece.kind)
    }
    return found + ink
  }

  private func region(
    _ piece: BoardPiece, id: RegionID, order: Int, _ papers: [PaperCandidate], _ writing: [WritingCandidate]
  ) -> NoteRegion {
    switch piece.source {
    case .paper(let place):
      let paper = papers[place]
      return NoteRegion(
        id: id, kind: piece.kind, polygon: paper.outline, occluded: paper.occluded, colour: paper.colour, order: order,
        shape: paper.shape.rawValue, confidence: Confidence(clamping: paper.confidence))
    case .writing(let place):
      let text = writing[place]
      return NoteRegion(
        id: id, kind: piece.kind, polygon: text.polygon, order: order,
        confidence: Confidence(clamping: text.confidence), struckOut: text.struckOut,
        linePolygons: text.linePolygons)
    }
  }

  /// Dots on a note or item; headings and loose texts are not voted on.
  private func votes(of piece: BoardPiece, _ votes: VoteCount) -> Int? {
    switch piece.source {
    case .paper(let place): votes.papers[place]
    case .writing(let place): piece.kind == .listItem ? votes.writing[place] : nil
    }
  }

  /// Gives sub-items the ids of the items above them.
  private func nest(_ layer: inout RegionLayer, _ writing: [WritingCandidate], _ ids: [BoardPiece.Source: RegionID]) {
    var parents: [RegionID: RegionID] = [:]
    for (place, piece) in writing.enumerated() {
      // `parent` counts among the writing of one sheet, which stands together in the list.
      guard let parent = piece.parent, let base = writing.firstIndex(where: { $0.sheet == piece.sheet }),
        let id = ids[.writing(place)], let above = ids[.writing(base + parent)]
      else { continue }
      parents[id] = above
    }
    for index in layer.regions.indices { layer.regions[index].parent = parents[layer.regions[index].id] }
  }
}
