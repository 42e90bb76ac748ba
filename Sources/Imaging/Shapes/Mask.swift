import ProtocolModel

/// A binary picture of its own small frame inside the plane it was cut from.
package struct Mask: Sendable {
  /// Left edge in the plane.
  package let x: Int
  /// Top edge in the plane.
  package let y: Int
  /// Width in pixels.
  package let width: Int
  /// Height in pixels.
  package let height: Int
  /// 1 inside, 0 outside, row by row.
  package var bits: [UInt8]

  /// Creates an empty mask.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    bits = [UInt8](repeating: 0, count: width * height)
  }

  /// Cuts the pixels labelled `label` out of a labelled plane, with `margin` empty pixels around.
  init(label: Int32, of labels: [Int32], planeWidth: Int, x: Int, y: Int, width: Int, height: Int, margin: Int) {
    self.init(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    let rowLength = self.width
    labels.withUnsafeBufferPointer { labels in
      bits.withUnsafeMutableBufferPointer { bits in
        for row in 0..<height {
          let source = (y + row) * planeWidth + x
          let target = (row + margin) * rowLength + margin
          for column in 0..<width where labels[source + column] == label { bits[target + column] = 1 }
        }
      }
    }
  }

  /// Number of pixels inside.
  package var area: Int {
    bits.withUnsafeBufferPointer { bits in
      var sum = 0
      for bit in bits { sum &+= Int(bit) }
      return sum
    }
  }

  /// Empties what lies outside of a mask of the same frame.
  mutating func keep(only other: Mask) {
    precondition(other.bits.count == bits.count, "masks of one frame")
    other.bits.withUnsafeBufferPointer { other in
      bits.withUnsafeMutableBufferPointer { bits in
        for index in bits.indices { bits[index] &= other[index] }
      }
    }
  }

  /// Grown by a square of `2 * radius + 1`; what leaves the frame is lost.
  package func dilated(by radius: Int) -> Mask {
    var result = self
    result.bits = LocalExtrema.dilation(bits, width: width, height: height, radius: radius)
    return result
  }

  /// Shrunk by a square of `2 * radius + 1`; the frame's outside counts as inside.
  package func eroded(by radius: Int) -> Mask {
    var result = self
    result.bits = LocalExtrema.erosion(bits, width: width, height: height, radius: radius)
    return result
  }

  /// With every hole filled that the frame's border cannot reach (four neighbours).
  package func filled() -> Mask {
    let outside = MaskParts(of: self, value: 0)
    var isOpen = [Bool](repeating: false, count: outside.runs.count)
    for (index, run) in outside.runs.enumerated()
    where run.row == 0 || Int(run.row) == height - 1 || run.start == 0 || Int(run.end) == width {
      isOpen[Int(outside.parts[index])] = true
    }
    var result = self
    outside.paint(&result.bits, width: width, value: 1) { !isOpen[Int(outside.parts[$0])] }
    return result
  }

  /// The largest part connected over four neighbours, of equals the first; itself where it is empty.
  package func largestPart() -> Mask {
    let inside = MaskParts(of: self, value: 1)
    var areas = [Int](repeating: 0, count: inside.runs.count)
    for (index, run) in inside.runs.enumerated() { areas[Int(inside.parts[index])] += Int(run.end - run.start) }
    guard let most = areas.max(), let best = areas.firstIndex(of: most), most < area else { return self }
    var result = self
    inside.paint(&result.bits, width: width, value: 0) { inside.parts[$0] != best }
    return result
  }

  /// The part connected over four neighbours that holds a place of the plane; empty where the place is outside.
  package func part(containing place: (x: Int, y: Int)) -> Mask {
    var result = Mask(x: x, y: y, width: width, height: height)
    let column = place.x - x, row = place.y - y
    guard (0..<width).contains(column), (0..<height).contains(row), bits[row * width + column] == 1 else {
      return result
    }
    let inside = MaskParts(of: self, value: 1)
    guard let own = inside.runs.firstIndex(where: { $0.row == row && $0.start <= column && column < $0.end }) else {
      return result
    }
    inside.paint(&result.bits, width: width, value: 1) { inside.parts[$0] == inside.parts[own] }
    return result
  }

  /// Without necks and whiskers thinner than five pixels.
  func opened() -> Mask { eroded(by: 2).dilated(by: 2) }

  /// The same pixels in the smallest frame with `margin` empty pixels around; itself where it is empty.
  func trimmed(margin: Int) -> Mask {
    var left = width, right = -1, top = height, bottom = -1
    for row in 0..<height {
      guard let (first, last) = ends(ofRow: row) else { continue }
      left = min(left, first)
      right = max(right, last)
      top = min(top, row)
      bottom = row
    }
    guard right >= left else { return self }
    var result = Mask(
      x: x + left - margin, y: y + top - margin, width: right - left + 1 + 2 * margin,
      height: bottom - top + 1 + 2 * margin)
    for row in top...bottom {
      let from = row * width, to = (row - top + margin) * result.width + margin - left
      for column in left...right { result.bits[to + column] = bits[from + column] }
    }
    return result
  }

  /// The outermost inside pixels of every row and column, as points in the plane (pixel centres).
  ///
  /// Enough for hulls and line fits of convex shapes, and far cheaper than tracing.
  func extremes() -> [PlanePoint] {
    var points: [PlanePoint] = []
    var tops = [Int32](repeating: -1, count: width), bottoms = tops
    for row in 0..<height {
      guard let (first, last) = ends(ofRow: row) else { continue }
      points.append(PlanePoint(Double(x + first), Double(y + row) + 0.5))
      points.append(PlanePoint(Double(x + last) + 1, Double(y + row) + 0.5))
      bits.withUnsafeBufferPointer { bits in
        for column in first...last where bits[row &* width &+ column] == 1 {
          if tops[column] < 0 { tops[column] = Int32(row) }
          bottoms[column] = Int32(row)
        }
      }
    }
    for column in 0..<width where tops[column] >= 0 {
      points.append(PlanePoint(Double(x + column) + 0.5, Double(y) + Double(tops[column])))
      points.append(PlanePoint(Double(x + column) + 0.5, Double(y) + Double(bottoms[column]) + 1))
    }
    return points
  }

  /// The first and the last inside pixel of a row.
  private func ends(ofRow row: Int) -> (first: Int, last: Int)? {
    bits.withUnsafeBufferPointer { bits in
      var first = row &* width, last = first &+ width &- 1
      while first <= last, bits[first] != 1 { first &+= 1 }
      while last > first, bits[last] != 1 { last &-= 1 }
      return first <= last ? (first &- row &* width, last &- row &* width) : nil
    }
  }
}

extension Mask {
  /// Empties the inside of a convex polygon.
  mutating func clear(inside corners: [PlanePoint]) { set(inside: corners, to: 0) }

  /// Gives the inside of a polygon one value, by the rule of ``Polygon/contains(_:)`` at the middle of each pixel.
  package mutating func set(inside corners: [PlanePoint], to value: UInt8) {
    guard !corners.isEmpty else { return }
    let box = Polygon(corners).bounds
    let top = max(0, box.y - y), left = max(0, box.x - x)
    let right = min(width, box.x + box.width - x)
    guard left < right else { return }
    var crossings: [Double] = []
    for row in top..<max(top, min(height, box.y + box.height - y)) {
      let level = Double(y + row) + 0.5
      crossings.removeAll(keepingCapacity: true)
      var previous = corners[corners.count - 1]
      for corner in corners {
        if (corner.y > level) != (previous.y > level) {
          crossings.append((previous.x - corner.x) * (level - corner.y) / (previous.y - corner.y) + corner.x)
        }
        previous = corner
      }
      guard !crossings.isEmpty else { continue }
      for column in left..<right {
        let place = Double(x + column) + 0.5
        if !crossings.count(where: { place < $0 }).isMultiple(of: 2) { bits[row * width + column] = value }
      }
    }
  }
}

/// Row-wise running sums of a mask: how many pixels of a polygon lie inside costs one look-up per row.
struct MaskSums: Sendable {
  private let x: Int, y: Int, width: Int, height: Int
  private let sums: [Int32]
  /// All pixels inside.
  let total: Int

  init(_ mask: Mask) {
    x = mask.x
    y = mask.y
    width = mask.width
    height = mask.height
    var sums = [Int32](repeating: 0, count: (mask.width + 1) * mask.height)
    var total = 0
    mask.bits.withUnsafeBufferPointer { bits in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in 0..<mask.height {
          var running: Int32 = 0
          let base = row * (mask.width + 1), source = row * mask.width
          for column in 0..<mask.width {
            running &+= Int32(bits[source &+ column])
            sums[base &+ column &+ 1] = running
          }
          total += Int(running)
        }
      }
    }
    self.sums = sums
    self.total = total
  }

  /// Pixels of the mask inside the polygon `corners` (plane coordinates, convex or not, even-odd), and its own pixels.
  func count(in corners: [PlanePoint]) -> (inside: Int, area: Int) {
    guard let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max() else { return (0, 0) }
    var inside = 0, area = 0
    let first = Int((top - 0.5).rounded(.up)), last = Int((bottom - 0.5).rounded(.up)) - 1
    guard first <= last else { return (0, 0) }
    var crossings: [Double] = []
    for row in first...last {
      let level = Double(row) + 0.5
      crossings.removeAll(keepingCapacity: true)
      var previous = corners[corners.count - 1]
      for corner in corners {
        if (corner.y > level) != (previous.y > level) {
          crossings.append(
            (previous.x - corner.x) * (level - corner.y) / (previous.y - corner.y) + corner.x)
        }
        previous = corner
      }
      crossings.sort()
      var k = 0
      while k + 1 < crossings.count {
        let left = Int((crossings[k] - 0.5).rounded(.up)), right = Int((crossings[k + 1] - 0.5).rounded(.up))
        k += 2
        guard right > left else { continue }
        area += right - left
        guard row >= y, row < y + height else { continue }
        let from = min(max(left - x, 0), width), to = min(max(right - x, 0), width)
        let base = (row - y) * (width + 1)
        inside += Int(sums[base + to] - sums[base + from])
      }
    }
    return (inside, area)
  }
}
