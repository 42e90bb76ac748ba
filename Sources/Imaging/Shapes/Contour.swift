extension Mask {
  /// The outer border of the one part of the mask, as corners between pixels in the plane, clockwise on the screen.
  ///
  /// Walks along the pixel edges with the inside on the right hand; empty for an empty mask.
  func contour() -> [PlanePoint] {
    guard let first = bits.firstIndex(of: 1) else { return [] }
    let startX = first % width, startY = first / width
    func inside(_ column: Int, _ row: Int) -> Bool {
      column >= 0 && row >= 0 && column < width && row < height && bits[row * width + column] == 1
    }
    var points: [PlanePoint] = []
    var px = startX, py = startY
    var dx = 1, dy = 0
    // Never longer than four edges a pixel.
    for _ in 0..<(4 * bits.count) {
      points.append(PlanePoint(Double(x + px), Double(y + py)))
      px += dx
      py += dy
      if px == startX && py == startY { break }
      // The two pixels ahead of the lattice point: to the left and to the right of the direction.
      let left = inside(px + (dx + dy - 1) / 2, py + (dy - dx - 1) / 2)
      let right = inside(px + (dx - dy - 1) / 2, py + (dy + dx - 1) / 2)
      if left {
        (dx, dy) = (dy, -dx)
      } else if !right {
        (dx, dy) = (-dy, dx)
      }
    }
    return points
  }
}
