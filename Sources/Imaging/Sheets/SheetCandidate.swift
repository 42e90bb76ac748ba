package import ProtocolModel

/// One sheet, board or screen found on the photo.
package struct SheetCandidate: Hashable, Sendable {
  /// Its outline on the photo; the whole photo where no edge was found.
  package var outline: Quad<PhotoSpace>
  /// What it is taken for.
  package var medium: SheetMedium
  /// Width after rectification, in pixels.
  package var width: Int
  /// Height after rectification, in pixels.
  package var height: Int
  /// How sure the outline is, 0...1; 0 where the whole photo stands in.
  package var confidence: Double

  /// Creates a candidate; the rectified size is the mean length of opposite sides.
  package init(outline: Quad<PhotoSpace>, medium: SheetMedium, confidence: Double) {
    func length(_ p: Point<PhotoSpace>, _ q: Point<PhotoSpace>) -> Double {
      ((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)).squareRoot()
    }
    self.outline = outline
    self.medium = medium
    width = max(
      1,
      Int(
        ((length(outline.topLeft, outline.topRight) + length(outline.bottomLeft, outline.bottomRight)) / 2).rounded()))
    height = max(
      1,
      Int(
        ((length(outline.topLeft, outline.bottomLeft) + length(outline.topRight, outline.bottomRight)) / 2).rounded()))
    self.confidence = confidence
  }

  /// As a value of the sheet layer.
  package func sheet(id: SheetID) -> Sheet {
    Sheet(
      id: id, outline: outline, medium: medium, width: width, height: height,
      confidence: Confidence(clamping: confidence))
  }
}
