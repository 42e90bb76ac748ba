/// A binary picture of its own small frame inside the plane it was cut from.
struct Mask: Sendable {
  /// Left edge in the plane.
  let x: Int
  /// Top edge in the plane.
  let y: Int
  /// Width in pixels.
  let width: Int
  /// Height in pixels.
  let height: Int
  /// 1 inside, 0 outside, row by row.
  var bits: [UInt8]

  init(x: Int, y: Int, width: Int, height: Int) {
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
  var area: Int { bits.reduce(0) { $0 + Int($1) } }

  /// Grown by a square of `2 * radius + 1`; what leaves the frame is lost.
  func dilated(by radius: Int) -> Mask { swept(by: radius, value: 1) }

  /// Shrunk by a square of `2 * radius + 1`; the frame's outside counts as inside.
  func eroded(by radius: Int) -> Mask { swept(by: radius, value: 0) }

  /// Spreads `value` over a square, columns after rows.
  private func swept(by radius: Int, value: UInt8) -> Mask {
    guard radius > 0 else { return self }
    var rows = self
    var result = self
    bits.withUnsafeBufferPointer { source in
      rows.bits.withUnsafeMutableBufferPointer { target in
        for row in 0..<height {
          let base = row * width
          var next = 0
          for column in 0..<width where source[base + column] == value {
            next = max(next, column - radius)
            let end = min(width - 1, column + radius)
            while next <= end {
              target[base + next] = value
              next += 1
            }
          }
        }
      }
    }
    rows.bits.withUnsafeBufferPointer { source in
      result.bits.withUnsafeMutableBufferPointer { target in
        for row in 0..<height {
          let lower = max(0, row - radius), upper = min(height - 1, row + radius)
          let base = row * width
          for column in 0..<width { target[base + column] = 1 - value }
          for k in lower...upper {
            for column in 0..<width where source[k * width + column] == value { target[base + column] = value }
          }
        }
      }
    }
    return result
  }

  /// With every hole filled that the frame's border cannot reach (four neighbours).
  func filled() -> Mask {
    var reached = [UInt8](repeating: 0, count: bits.count)
    var stack: [Int32] = []
    bits.withUnsafeBufferPointer { bits in
      reached.withUnsafeMutableBufferPointer { reached in
        func visit(_ index: Int) {
          if bits[index] == 0 && reached[index] == 0 {
            reached[index] = 1
            stack.append(Int32(index))
          }
        }
        for column in 0..<width {
          visit(column)
          visit((height - 1) * width + column)
        }
        for row in 0..<height {
          visit(row * width)
          visit(row * width + width - 1)
        }
        while let index = stack.popLast().map(Int.init) {
          let column = index % width
          if column > 0 { visit(index - 1) }
          if column < width - 1 { visit(index + 1) }
          if index >= width { visit(index - width) }
          if index + width < bits.count { visit(index + width) }
        }
      }
    }
    var result = self
    for index in bits.indices { result.bits[index] = 1 - reached[index] }
    return result
  }

  /// The largest part connected over four neighbours; itself where it is empty.
  func largestPart() -> Mask {
    var marks = [Int32](repeating: 0, count: bits.count)
    var best: Int32 = 0, bestArea = 0, next: Int32 = 0
    var stack: [Int] = []
    for start in bits.indices where bits[start] == 1 && marks[start] == 0 {
      next += 1
      var area = 0
      marks[start] = next
      stack.append(start)
      while let index = stack.popLast() {
        area += 1
        let column = index % width
        for (neighbour, ok) in [
          (index - 1, column > 0), (index + 1, column < width - 1), (index - width, index >= width),
          (index + width, index + width < bits.count),
        ] where ok && bits[neighbour] == 1 && marks[neighbour] == 0 {
          marks[neighbour] = next
          stack.append(neighbour)
        }
      }
      if area > bestArea {
        best = next
        bestArea = area
      }
    }
    guard next > 1 else { return self }
    var result = self
    for index in bits.indices where marks[index] != best { result.bits[index] = 0 }
    return result
  }

  /// The outermost inside pixels of every row and column, as points in the plane (pixel centres).
  ///
  /// Enough for hulls and line fits of convex shapes, and far cheaper than tracing.
  func extremes() -> [PlanePoint] {
    var points: [PlanePoint] = []
    for row in 0..<height {
      let base = row * width
      guard let first = (0..<width).first(where: { bits[base + $0] == 1 }),
        let last = (0..<width).last(where: { bits[base + $0] == 1 })
      else { continue }
      points.append(PlanePoint(Double(x + first), Double(y + row) + 0.5))
      points.append(PlanePoint(Double(x + last) + 1, Double(y + row) + 0.5))
    }
    for column in 0..<width {
      guard let first = (0..<height).first(where: { bits[$0 * width + column] == 1 }),
        let last = (0..<height).last(where: { bits[$0 * width + column] == 1 })
      else { continue }
      points.append(PlanePoint(Double(x + column) + 0.5, Double(y + first)))
      points.append(PlanePoint(Double(x + column) + 0.5, Double(y + last) + 1))
    }
    return points
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
    for row in 0..<mask.height {
      var running: Int32 = 0
      let base = row * (mask.width + 1)
      for column in 0..<mask.width {
        running += Int32(mask.bits[row * mask.width + column])
        sums[base + column + 1] = running
      }
      total += Int(running)
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
