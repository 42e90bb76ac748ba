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

  /// Spreads `value` over a square, rows before columns; whole rows at a time, which the compiler turns into wide steps.
  private func swept(by radius: Int, value: UInt8) -> Mask {
    guard radius > 0 else { return self }
    let width = width, height = height
    var rows = bits
    var result = self
    bits.withUnsafeBufferPointer { source in
      rows.withUnsafeMutableBufferPointer { rows in
        for row in 0..<height {
          let base = row * width
          for shift in 1...radius where shift < width {
            if value == 1 {
              for column in 0..<(width - shift) {
                rows[base + column] |= source[base + column + shift]
                rows[base + column + shift] |= source[base + column]
              }
            } else {
              for column in 0..<(width - shift) {
                rows[base + column] &= source[base + column + shift]
                rows[base + column + shift] &= source[base + column]
              }
            }
          }
        }
        result.bits.withUnsafeMutableBufferPointer { target in
          for row in 0..<height {
            let base = row * width
            for column in 0..<width { target[base + column] = rows[base + column] }
            for other in max(0, row - radius)...min(height - 1, row + radius) where other != row {
              let from = other * width
              if value == 1 {
                for column in 0..<width { target[base + column] |= rows[from + column] }
              } else {
                for column in 0..<width { target[base + column] &= rows[from + column] }
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Marks in `marks` what is connected over four neighbours with the pixels on `stack`: pixels of `value` that carry
  /// no mark yet get `mark`. Returns how many pixels it marked beyond the first ones.
  private func spread(
    value: UInt8, mark: Int32, marks: UnsafeMutableBufferPointer<Int32>, stack: UnsafeMutableBufferPointer<Int32>,
    depth: Int
  ) -> Int {
    var depth = depth, marked = 0
    let width = width, count = bits.count
    bits.withUnsafeBufferPointer { bits in
      while depth > 0 {
        depth -= 1
        let index = Int(stack[depth])
        let column = index % width
        if column > 0, bits[index - 1] == value, marks[index - 1] == 0 {
          marks[index - 1] = mark
          stack[depth] = Int32(index - 1)
          depth += 1
          marked += 1
        }
        if column < width - 1, bits[index + 1] == value, marks[index + 1] == 0 {
          marks[index + 1] = mark
          stack[depth] = Int32(index + 1)
          depth += 1
          marked += 1
        }
        if index >= width, bits[index - width] == value, marks[index - width] == 0 {
          marks[index - width] = mark
          stack[depth] = Int32(index - width)
          depth += 1
          marked += 1
        }
        if index + width < count, bits[index + width] == value, marks[index + width] == 0 {
          marks[index + width] = mark
          stack[depth] = Int32(index + width)
          depth += 1
          marked += 1
        }
      }
    }
    return marked
  }

  /// With every hole filled that the frame's border cannot reach (four neighbours).
  func filled() -> Mask {
    guard !bits.isEmpty else { return self }
    var marks = [Int32](repeating: 0, count: bits.count)
    var stack = [Int32](repeating: 0, count: bits.count + 1)
    marks.withUnsafeMutableBufferPointer { marks in
      stack.withUnsafeMutableBufferPointer { stack in
        var depth = 0
        func start(_ index: Int) {
          guard bits[index] == 0, marks[index] == 0 else { return }
          marks[index] = 1
          stack[depth] = Int32(index)
          depth += 1
        }
        for column in 0..<width {
          start(column)
          start((height - 1) * width + column)
        }
        for row in 0..<height {
          start(row * width)
          start(row * width + width - 1)
        }
        _ = spread(value: 0, mark: 1, marks: marks, stack: stack, depth: depth)
      }
    }
    var result = self
    for index in marks.indices { result.bits[index] = marks[index] == 0 ? 1 : 0 }
    return result
  }

  /// The largest part connected over four neighbours; itself where it is empty.
  func largestPart() -> Mask {
    var marks = [Int32](repeating: 0, count: bits.count)
    var stack = [Int32](repeating: 0, count: bits.count + 1)
    var best: Int32 = 0, bestArea = 0, next: Int32 = 0
    marks.withUnsafeMutableBufferPointer { marks in
      stack.withUnsafeMutableBufferPointer { stack in
        for start in 0..<bits.count where bits[start] == 1 && marks[start] == 0 {
          next += 1
          marks[start] = next
          stack[0] = Int32(start)
          let area = 1 + spread(value: 1, mark: next, marks: marks, stack: stack, depth: 1)
          if area > bestArea {
            best = next
            bestArea = area
          }
        }
      }
    }
    guard next > 1 else { return self }
    var result = self
    for index in marks.indices { result.bits[index] = marks[index] == best ? 1 : 0 }
    return result
  }

  /// The part connected over four neighbours that holds a place of the plane; empty where the place is outside.
  func part(containing place: (x: Int, y: Int)) -> Mask {
    var result = Mask(x: x, y: y, width: width, height: height)
    let start = (place.y - y) * width + place.x - x
    guard bits.indices.contains(start), bits[start] == 1 else { return result }
    var marks = [Int32](repeating: 0, count: bits.count)
    var stack = [Int32](repeating: 0, count: bits.count + 1)
    marks.withUnsafeMutableBufferPointer { marks in
      stack.withUnsafeMutableBufferPointer { stack in
        marks[start] = 1
        stack[0] = Int32(start)
        _ = spread(value: 1, mark: 1, marks: marks, stack: stack, depth: 1)
      }
    }
    for index in marks.indices { result.bits[index] = UInt8(truncatingIfNeeded: marks[index]) }
    return result
  }

  /// Without necks and whiskers thinner than five pixels.
  func opened() -> Mask { eroded(by: 2).dilated(by: 2) }

  /// The same pixels in the smallest frame with `margin` empty pixels around; itself where it is empty.
  func trimmed(margin: Int) -> Mask {
    var left = width, right = -1, top = height, bottom = -1
    for row in 0..<height {
      let base = row * width
      for column in 0..<width where bits[base + column] == 1 {
        left = min(left, column)
        right = max(right, column)
        top = min(top, row)
        bottom = row
      }
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
