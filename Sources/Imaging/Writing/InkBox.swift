/// A box by its edges, in pixels; right and bottom are exclusive.
package struct InkBox: Hashable, Sendable {
  /// First column.
  package var left: Int
  /// First row.
  package var top: Int
  /// One past the last column.
  package var right: Int
  /// One past the last row.
  package var bottom: Int

  /// Creates a box.
  package init(left: Int, top: Int, right: Int, bottom: Int) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// Columns.
  package var width: Int { right - left }
  /// Rows.
  package var height: Int { bottom - top }

  /// The smallest box around both.
  package func union(_ other: InkBox) -> InkBox {
    InkBox(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }
}
