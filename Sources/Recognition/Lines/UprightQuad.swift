import Foundation
package import ProtocolModel

/// Finds the upright rectangle of a region, so that its writing can be rectified.
package struct UprightQuad: Sendable {
  /// From the photo to the sheet that the region lies on; the sheet knows which way is up and how the plane is tilted.
  package var toSheet: Homography<PhotoSpace, SheetSpace>?
  /// The way back.
  package var toPhoto: Homography<SheetSpace, PhotoSpace>?

  /// Creates a finder for regions on `sheet`; without one the photo itself is the plane.
  package init(sheet: Sheet?) {
    toPhoto = sheet?.toPhoto
    toSheet = toPhoto?.inverse
  }

  /// The quadrilateral around `polygon` whose top is the side that is up on the sheet.
  package func quad(around polygon: Polygon<PhotoSpace>) -> Quad<PhotoSpace> {
    let plane = flat(polygon)
    let corners: [Point<SheetSpace>]
    if plane.points.count == 4, plane.isConvex {
      corners = plane.points
    } else {
      corners = plane.leastRectangle
    }
    let upright = Self.upright(corners)
    return Quad(
      topLeft: back(upright[0]), topRight: back(upright[1]), bottomRight: back(upright[2]),
      bottomLeft: back(upright[3]))
  }

  private func flat(_ polygon: Polygon<PhotoSpace>) -> Polygon<SheetSpace> {
    toSheet.map { $0(polygon) } ?? Polygon(polygon.points.map { Point($0.x, $0.y) })
  }

  private func back(_ point: Point<SheetSpace>) -> Point<PhotoSpace> {
    toPhoto.map { $0(point) } ?? Point(point.x, point.y)
  }

  /// The four corners, clockwise, beginning with the one whose following side is nearest to level and on top: notes hang
  /// within 45 degrees of upright.
  private static func upright(_ corners: [Point<SheetSpace>]) -> [Point<SheetSpace>] {
    var sum = 0.0
    for i in 0..<4 {
      let a = corners[i], b = corners[(i + 1) % 4]
      sum += a.x * b.y - b.x * a.y
    }
    let clockwise = sum >= 0 ? corners : corners.reversed()  // y points down, so clockwise is positive
    func slant(_ i: Int) -> Double {
      let a = clockwise[i], b = clockwise[(i + 1) % 4]
      return abs(atan2(b.y - a.y, b.x - a.x))
    }
    let first = (0..<4).min { slant($0) < slant($1) } ?? 0
    return (0..<4).map { clockwise[(first + $0) % 4] }
  }
}

extension Polygon {
  /// Whether all corners turn the same way.
  package var isConvex: Bool {
    var signs = Set<Bool>()
    for i in points.indices {
      let a = points[i], b = points[(i + 1) % points.count], c = points[(i + 2) % points.count]
      let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
      if abs(turn) > 1e-9 { signs.insert(turn > 0) }
    }
    return signs.count == 1
  }

  /// The corners of the rectangle of least area around the polygon, over turns of a degree up to 45 either way.
  package var leastRectangle: [Point<Space>] {
    var best: (area: Double, corners: [Point<Space>]) = (.infinity, points)
    for degree in -45..<45 {
      let angle = Double(degree) * .pi / 180
      let c = cos(angle), s = sin(angle)
      let turned = points.map { (u: $0.x * c + $0.y * s, v: -$0.x * s + $0.y * c) }
      guard let left = turned.map(\.u).min(), let right = turned.map(\.u).max(), let top = turned.map(\.v).min(),
        let bottom = turned.map(\.v).max()
      else { continue }
      let area = (right - left) * (bottom - top)
      // A shade in favour of the upright: round papers have no direction of their own.
      let cost = area * (1 + 0.0005 * Double(abs(degree)))
      if cost < best.area {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        best = (cost, corners.map { Point($0.0 * c - $0.1 * s, $0.0 * s + $0.1 * c) })
      }
    }
    return best.corners
  }
}
