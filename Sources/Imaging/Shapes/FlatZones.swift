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
    func fresh() -> Int32 {
      parents.append(Int32(parents.count))
      return Int32(parents.count - 1)
    }
    plane.gradient.withUnsafeBufferPointer { gradient in
      labels.withUnsafeMutableBufferPointer { labels in
        for y in 0..<height {
          let base = y * width
          var x = 0
          while x < width {
            guard gradient[base &+ x] < threshold else {
              x += 1
              continue
            }
            // A run along the row takes the label of what lies above it first and joins it with the others there.
            var own: Int32 = -1, last: Int32 = -1
            while x < width, gradient[base &+ x] < threshold {
              let above = y > 0 ? labels[base &- width &+ x] : -1
              if above >= 0, above != last {
                if own < 0 {
                  own = above
                } else {
                  let p = root(own), q = root(above)
                  if p < q { parents[Int(q)] = p } else if q < p { parents[Int(p)] = q }
                }
                last = above
              }
              if own < 0 { own = fresh() }
              labels[base &+ x] = own
              x &+= 1
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
            let base = y * width
            var x = 0
            while x < width {
              let label = labels[base &+ x]
              guard label >= 0 else {
                x += 1
                continue
              }
              let start = x, number = numbers[Int(label)]
              var lightness = 0, a = 0, b = 0
              while x < width, labels[base &+ x] == label {
                let index = base &+ x
                labels[index] = number
                lightness &+= Int(values[3 &* index])
                a &+= Int(values[3 &* index &+ 1])
                b &+= Int(values[3 &* index &+ 2])
                x += 1
              }
              let n = Int(number)
              zones[n].area += x - start
              zones[n].left = min(zones[n].left, start)
              zones[n].right = max(zones[n].right, x - 1)
              zones[n].top = min(zones[n].top, y)
              zones[n].bottom = y
              zones[n].sumLightness += lightness
              zones[n].sumA += a
              zones[n].sumB += b
            }
          }
        }
      }
    }
    self.labels = labels
    self.zones = zones
  }
}
