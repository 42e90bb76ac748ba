/// How strongly each pixel differs from the paper around it, and which pixels are taken for ink.
package struct InkMap: Sendable {
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// Contrast against the paper, 0 (paper) to 255 (black on white), row by row.
  package var contrast: [UInt8]
  /// 1 where there is ink, row by row.
  package var mask: [UInt8]
  /// Whether the writing is lighter than its ground.
  package var isLightOnDark: Bool
}
