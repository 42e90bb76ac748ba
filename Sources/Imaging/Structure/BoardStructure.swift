package import ProtocolModel

/// Turns papers and writing into regions with kinds, groups and reading order.
package struct BoardStructure: Sendable {
  /// Creates the assembler.
  package init() {}

  /// The regions of one photo; `papers` and `writing` name their sheet by its place in `sheets`.
  package func assemble(
    sheets: [SheetCandidate], papers: [PaperCandidate], dots: [VoteDot], writing: [WritingCandidate], photo: PhotoID
  ) -> RegionLayer {
    var regions: [NoteRegion] = []
    for paper in papers {
      let order = regions.count
      let medium = sheets.indices.contains(paper.sheet) ? sheets[paper.sheet].medium : .unknown
      regions.append(
        NoteRegion(
          id: RegionID(photo, number: order + 1), kind: medium == .pinboard || medium == .cards ? .card : .note,
          polygon: paper.outline, occluded: paper.occluded, colour: paper.colour, order: order,
          sheet: SheetID(photo, number: paper.sheet + 1), shape: paper.shape.rawValue,
          confidence: Confidence(clamping: paper.confidence)))
    }
    for piece in writing {
      let order = regions.count
      regions.append(
        NoteRegion(
          id: RegionID(photo, number: order + 1), kind: piece.kind, polygon: piece.polygon, order: order,
          sheet: SheetID(photo, number: piece.sheet + 1), confidence: Confidence(clamping: piece.confidence),
          linePolygons: piece.linePolygons))
    }
    return RegionLayer(photo: photo, regions: regions)
  }
}
