import ProtocolModel

/// Finds every piece of paper on a working image.
package struct PaperFinder: Sendable {
  /// What may be set.
  package var parameters: BoardFinderParameters
  /// Creates a finder.
  package init(parameters: BoardFinderParameters = BoardFinderParameters()) { self.parameters = parameters }

  /// The papers in row order, each with its sheet, and the vote dots anywhere on the photo.
  package func find(in image: WorkingImage, sheets: [SheetCandidate]) -> (papers: [PaperCandidate], dots: [VoteDot]) {
    ([], [])
  }
}
