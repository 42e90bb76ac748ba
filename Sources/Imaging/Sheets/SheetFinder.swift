import ProtocolModel

/// Finds the sheets, boards and screens on a working image.
package struct SheetFinder: Sendable {
  /// What may be set.
  package var parameters: BoardFinderParameters
  /// Creates a finder.
  package init(parameters: BoardFinderParameters = BoardFinderParameters()) { self.parameters = parameters }

  /// The sheets from left to right and top to bottom; never empty.
  package func find(in image: WorkingImage) -> [SheetCandidate] {
    [
      SheetCandidate(
        outline: Quad(width: image.photoWidth, height: image.photoHeight), medium: .unknown, confidence: 0)
    ]
  }
}
