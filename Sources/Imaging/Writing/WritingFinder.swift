package import ProtocolModel

/// A piece of writing on the board itself: list item, heading or loose text.
package struct WritingCandidate: Hashable, Sendable {
  /// What it is on the board.
  package var kind: RegionKind
  /// Oriented box of the writing on the photo.
  package var polygon: Polygon<PhotoSpace>
  /// Its lines, top to bottom.
  package var linePolygons: [Polygon<PhotoSpace>]
  /// Place in the list of sheets of the photo.
  package var sheet: Int
  /// How sure it is, 0...1.
  package var confidence: Double

  /// Creates a candidate.
  package init(
    kind: RegionKind, polygon: Polygon<PhotoSpace>, linePolygons: [Polygon<PhotoSpace>] = [], sheet: Int,
    confidence: Double
  ) {
    self.kind = kind
    self.polygon = polygon
    self.linePolygons = linePolygons
    self.sheet = sheet
    self.confidence = confidence
  }
}

/// Finds the writing on a sheet beside its papers.
package struct WritingFinder: Sendable {
  /// Creates a finder.
  package init() {}

  /// The writing on `sheet` (the `sheetIndex`th of the photo) outside `papers`.
  package func find(
    in image: WorkingImage, sheet: SheetCandidate, sheetIndex: Int, excluding papers: [PaperCandidate],
    dots: [VoteDot]
  ) -> [WritingCandidate] { [] }
}
