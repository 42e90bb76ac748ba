package import ProtocolModel

/// Pixels of the picture that was handed in: the crop of one note, or a rectified sheet.
package enum CropSpace {}

/// One line of writing.
package struct LineBox: Hashable, Sendable {
  /// Oriented box, tight around the ink, corners from the top left clockwise as the writing runs.
  package var polygon: Polygon<CropSpace>
  /// The ink of this line alone, in rows from the top: what of a neighbouring line reaches into the box is not in it.
  package var ink: [InkRun]
  /// Height of its small letters (of its capitals where there are no others), in pixels.
  package var coreHeight: Double
  /// How far the line falls towards the right, in radians.
  package var slope: Double
  /// The ink of what is drawn beneath it.
  package var rules: [InkRun]
  /// Whether a line is drawn beneath it.
  package var isUnderlined: Bool { !rules.isEmpty }
  /// Boxes around struck-out words.
  package var struckOut: [Box<CropSpace>]
}

/// All that was found on one note.
package struct CropWriting: Hashable, Sendable {
  /// Lines of writing from the top.
  package var lines: [LineBox]
  /// Letters or digits that stand alone, far from every line: a number in the corner of a card, or no writing at all.
  package var marks: [LineBox] = []
  /// Round patches, such as vote dots.
  package var dots: [Box<CropSpace>]
  /// Ink that is no writing: arrows, frames, sketches.
  package var drawings: [Box<CropSpace>]
  /// Whether the writing is lighter than its ground.
  package var isLightOnDark: Bool
}
