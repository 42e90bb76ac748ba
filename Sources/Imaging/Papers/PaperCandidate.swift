package import ProtocolModel

/// Outline of a piece of paper.
package enum PaperShape: String, Sendable, CaseIterable {
  /// A sticky note or a Metaplan card.
  case rectangle
  /// A rectangle more than four times as long as high.
  case strip
  /// An ellipse that is clearly longer than high.
  case oval
  /// A round card.
  case circle
  /// A rounded outline with bays.
  case cloud
}

/// A vote dot (Klebepunkt): small, round, strongly coloured.
package struct VoteDot: Hashable, Sendable {
  /// Its middle on the photo.
  package var centre: Point<PhotoSpace>
  /// Half its width in photo pixels.
  package var radius: Double
  /// Name of its colour.
  package var colour: String

  /// Creates a dot.
  package init(centre: Point<PhotoSpace>, radius: Double, colour: String) {
    self.centre = centre
    self.radius = radius
    self.colour = colour
  }
}

/// One piece of paper found on the photo: sticky note, card, heading strip. What it means is decided later.
package struct PaperCandidate: Hashable, Sendable {
  /// Outline of the whole paper on the photo, hidden parts estimated.
  package var outline: Polygon<PhotoSpace>
  /// The four-cornered frame around it: its own corners, or those of the box around an oval or cloud.
  package var frame: Quad<PhotoSpace>
  /// Name of its colour; see ``PaperColour``.
  package var colour: String
  /// Mean L* of its ground, 0...100.
  package var lightness: Double
  /// Mean a* of its ground.
  package var a: Double
  /// Mean b* of its ground.
  package var b: Double
  /// Its outline's kind.
  package var shape: PaperShape
  /// Share hidden by other papers, 0...1.
  package var occluded: Double
  /// Place in the list of sheets of the photo.
  package var sheet: Int
  /// Place in the list of papers of the one it lies wholly on, such as a note on a card.
  package var liesOn: Int?
  /// How sure it is that this is one piece of paper.
  package var confidence: Double

  /// Creates a candidate.
  package init(
    outline: Polygon<PhotoSpace>, frame: Quad<PhotoSpace>, colour: String, lightness: Double, a: Double, b: Double,
    shape: PaperShape = .rectangle, occluded: Double = 0, sheet: Int = 0, liesOn: Int? = nil, confidence: Double = 1
  ) {
    self.outline = outline
    self.frame = frame
    self.colour = colour
    self.lightness = lightness
    self.a = a
    self.b = b
    self.shape = shape
    self.occluded = occluded
    self.sheet = sheet
    self.liesOn = liesOn
    self.confidence = confidence
  }
}
