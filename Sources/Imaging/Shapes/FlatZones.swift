/// Parts of a plane without edges inside: pixels whose gradient stays below a limit, joined over four neighbours.
///
/// What the colour is does not matter, so a white card on brown paper is found as a yellow note on glass is.
struct FlatZones {
  /// One zone's sums.
  struct Zone: Sendable {
    var area = 0
    var left = Int.max, top = Int.max, right = -1, bottom = -1
    var sumLightness = 0, sumA = 0, sumB = 0
    var width: Int { right - left + 1 }
    var height: Int { bottom - top + 1 }
    /// Mean colour.
    var colour: LabColour {
      let n = Double(max(area, 1))
      return LabColour(
        lightness: Double(sumLightness) / n / 2.55, a: Double(sumA) / n - 128, b: Double(sumB) / n - 128)
    }
  }

  /// Per pixel: index in `zones`, or -1 on an edge.
  let labels: [Int32]
  /// The zones, in order of their first pixel.
  let zones: [Zone]

  /// Labels `plane` at a gradient limit in units of L*.
  init(of plane: ColourPlane, limit: Double) {
    let width = plane.width, height = plane.height
    let threshold = UInt8(min(255, limit * 8))
    var labels = [Int32](repeating: -1, count: width * height)
    var parents: [Int32] = []
    func root(_ label: Int32) -> Int32 {
      var label = label
      while parents[Int(label)] != label {
        parents[Int(label)] = parents[Int(parents[Int(label)])]
        label = parents[Int(label)]
      }
      return label
    }
    plane.gradient.withUnsafeBufferPointer { gradient in
      labels.withUnsafeMutableBufferPointer { labels in
        for y in 0..<height {
          for x in 0..<width {
            let index = y * width + x
            guard gradient[index] < threshold else { continue }
            let leftLabel = x > 0 ? labels[index - 1] : -1
            let upLabel = y > 0 ? labels[index - width] : -1
            if leftLabel >= 0 {
              labels[index] = leftLabel
              if upLabel >= 0 && upLabel != leftLabel {
                let p = root(leftLabel), q = root(upLabel)
                if p < q { parents[Int(q)] = p } else if q < p { parents[Int(p)] = q }
              }
            } else if upLabel >= 0 {
              labels[index] = upLabel
            } else {
              labels[index] = Int32(parents.count)
              parents.append(Int32(parents.count))
            }
          }
        }
      }
    }
    // Roots come first in their class, so one pass numbers them.
    var numbers = [Int32](repeating: -1, count: parents.count)
    var zones: [Zone] = []
    for label in parents.indices {
      let top = root(Int32(label))
      if numbers[Int(top)] < 0 {
        numbers[Int(top)] = Int32(zones.count)
        zones.append(Zone())
      }
      numbers[label] = numbers[Int(top)]
    }
    labels.withUnsafeMutableBufferPointer { labels in
      zones.withUnsafeMutableBufferPointer { zones in
        plane.values.withUnsafeBufferPointer { values in
          for y in 0..<height {
            for x in 0..<width {
              let index = y * width + x
              guard labels[index] >= 0 else { continue }
              let number = numbers[Int(labels[index])]
              labels[index] = number
              let n = Int(number)
              zones[n].area += 1
              zones[n].left = min(zones[n].left, x)
              zones[n].right = max(zones[n].right, x)
              zones[n].top = min(zones[n].top, y)
              zones[n].bottom = max(zones[n].bottom, y)
              zones[n].sumLightness += Int(values[3 * index])
              zones[n].sumA += Int(values[3 * index + 1])
              zones[n].sumB += Int(values[3 * index + 2])
            }
          }
        }
      }
    }
    self.labels = labels
    self.zones = zones
  }
}
