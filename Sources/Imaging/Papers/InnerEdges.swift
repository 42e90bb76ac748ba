import ProtocolModel

/// Straight edges inside a region of one colour, where a paper ends on another of its colour.
///
/// Such an edge is a step of light of a unit or two, far below that of writing, but it runs across a whole paper. So it is
/// searched on the working image, with the writing left out, by the middle step along lines of every direction that papers
/// beside each other have.
struct InnerEdges {
  /// The photo.
  let image: WorkingImage
  /// The plane of the papers.
  let plane: ColourPlane

  /// An edge from one end to the other, in pixels of the plane.
  struct Edge: Sendable {
    var from: PlanePoint
    var to: PlanePoint
    /// What speaks for it: its length in eighths of a paper's shorter side, each up to 1.
    var strength: Double
  }

  /// Lightness to both sides of an edge is the mean over this many working pixels: half a shadow's width.
  private static let reach = 4
  /// Writing is darker than the paper around by this factor of L*: a shadow rarely is.
  private static let ink: Float = 0.8
  /// Least middle step of L*; the grain of a photo moves the mean over a cell by less than a third of it.
  private static let step: Float = 0.6
  /// The same for seams, which are dark in most of their places; rows of writing are so in a few.
  private static let seam: Float = 1.2
  /// L* by which the darkest of two pixels lies below a third by chance.
  private static let grain: Float = 1
  /// Steps count up to this much: an edge is long, not strong.
  private static let most: Float = 2.5
  /// How far papers beside each other are turned against each other, as tangents: 10 degrees.
  private static let leans: [Double] = (-9...9).map { 0.02 * Double($0) }
  /// Shorter side of a paper in working pixels, below which a row of its writing looks like a seam.
  private static let leastSide = 80.0
  /// Edges kept.
  private static let kept = 24

  /// The edges inside `mask`, along `direction` (of length 1) and across it, clearest first; `side` is the shorter side of
  /// a paper.
  func find(in mask: Mask, direction: PlanePoint, side: Double) -> [Edge] {
    guard side * plane.scale >= Self.leastSide else { return [] }
    var found: [Edge] = []
    for axis in [direction, PlanePoint(-direction.y, direction.x)] {
      found += along(axis, in: mask, side: side * plane.scale)
    }
    found.sort { ($0.strength, $0.from.x, $0.from.y) > ($1.strength, $1.from.x, $1.from.y) }
    var kept: [Edge] = []
    for edge in found where kept.count < Self.kept && !kept.contains(where: { $0.isBeside(edge) }) { kept.append(edge) }
    return kept
  }

  /// A part of the working image turned so that `axis` runs along its rows: steps of light across the rows, row by row
  /// of the *columns*, so that lines that lean are sums over neighbours in memory.
  private struct Frame {
    let origin: PlanePoint
    let axis: PlanePoint
    let normal: PlanePoint
    /// Places along the axis and across it.
    let length: Int, height: Int
    /// Steps of light across the axis, and dark seams along it.
    let steps: Layer, seams: Layer

    /// A value and 1 where there is one, at `column * height + row`.
    struct Layer {
      var values: [Float]
      var counts: [Float]

      init(count: Int) {
        values = [Float](repeating: 0, count: count)
        counts = values
      }
    }
  }

  private func along(_ axis: PlanePoint, in mask: Mask, side: Double) -> [Edge] {
    let frame = self.frame(along: axis, in: mask)
    let cell = max(4, Int(side / 8)), cells = frame.length / cell
    guard cells >= 4, frame.height > 4 * Self.reach else { return [] }
    return lines(frame, frame.steps, cell: cell, cells: cells, side: side, least: Self.step, signs: [1, -1])
      + lines(frame, frame.seams, cell: cell, cells: cells, side: side, least: Self.seam, signs: [1])
  }

  /// Lines of `frame` that have the value `least` in most cells of `layer`.
  private func lines(
    _ frame: Frame, _ layer: Frame.Layer, cell: Int, cells: Int, side: Double, least step: Float, signs: [Float]
  ) -> [Edge] {
    var result: [Edge] = []
    var means = [Float](repeating: 0, count: cells * frame.height)
    var weights = means
    let least = 0.25 * Float(cell)
    for lean in Self.leans {
      sum(layer, height: frame.height, cell: cell, cells: cells, lean: lean, sums: &means, counts: &weights)
      // Where the middle of each cell of a line through a row of the first column lies.
      let rows = (0..<cells).map { Int((lean * (Double($0) + 0.5) * Double(cell)).rounded()) }
      let lowest = min(0, rows.min() ?? 0), highest = max(0, rows.max() ?? 0)
      means.withUnsafeBufferPointer { means in
        weights.withUnsafeBufferPointer { weights in
          rows.withUnsafeBufferPointer { rows in
            for start in -highest..<(frame.height - lowest) {
              for sign in signs {
                var run = Run()
                for index in 0..<cells {
                  let row = start &+ rows[index], place = index &* frame.height &+ row
                  guard row >= 0, row < frame.height, weights[place] >= least else {
                    run.pass()
                    continue
                  }
                  run.take(sign * means[place], at: index, step: step)
                }
                guard let best = run.best, Double((best.to - best.from + 1) * cell) > 0.7 * side else { continue }
                func place(_ column: Int) -> PlanePoint {
                  let along = Double(column), across = Double(start) + lean * along
                  return (frame.origin + frame.axis * along + frame.normal * across) * (1 / plane.scale)
                }
                result.append(
                  Edge(from: place(best.from * cell), to: place((best.to + 1) * cell), strength: Double(best.value)))
              }
            }
          }
        }
      }
    }
    return result
  }

  /// The stretch of a line that speaks most for an edge: cells with the step for it, others against.
  private struct Run {
    var best: (from: Int, to: Int, value: Float)?
    private var from = 0, value: Float = 0

    /// A cell that says nothing: hidden by writing or outside.
    mutating func pass() { value -= 0.05 }

    mutating func take(_ mean: Float, at index: Int, step: Float) {
      guard mean >= step else {
        value -= mean < -step ? 2 : 1
        return
      }
      if value <= 0 {
        value = 0
        from = index
      }
      // A long edge before a strong one, and of lines side by side the one with the whole step.
      value += min(1, 0.5 * mean / step) + 0.1 * mean
      if value > best?.value ?? 0 { best = (from, index, value) }
    }
  }

  /// Mean steps of the cells along lines of one lean; a row is that of a cell's middle.
  private func sum(
    _ layer: Frame.Layer, height: Int, cell: Int, cells: Int, lean: Double, sums: inout [Float], counts: inout [Float]
  ) {
    layer.values.withUnsafeBufferPointer { steps in
      layer.counts.withUnsafeBufferPointer { valid in
        sums.withUnsafeMutableBufferPointer { sums in
          counts.withUnsafeMutableBufferPointer { counts in
            for index in 0..<(cells * height) {
              sums[index] = 0
              counts[index] = 0
            }
            for index in 0..<cells {
              for column in 0..<cell {
                let shift = Int((lean * (Double(column) + 0.5 - Double(cell) / 2)).rounded())
                let from = (index * cell + column) * height + shift, to = index * height
                var row = max(0, -shift)
                let end = min(height, height - shift)
                while row < end {
                  sums[to &+ row] += steps[from &+ row]
                  counts[to &+ row] += valid[from &+ row]
                  row &+= 1
                }
              }
            }
            for index in 0..<(cells * height) where counts[index] > 0 { sums[index] /= counts[index] }
          }
        }
      }
    }
  }

  private func frame(along axis: PlanePoint, in mask: Mask) -> Frame {
    let scale = plane.scale
    let normal = PlanePoint(-axis.y, axis.x)
    let corners = [(0, 0), (mask.width, 0), (0, mask.height), (mask.width, mask.height)].map {
      PlanePoint(Double(mask.x + $0.0), Double(mask.y + $0.1)) * scale
    }
    let left = corners.map { $0.dot(axis) }.min() ?? 0, right = corners.map { $0.dot(axis) }.max() ?? 0
    let top = corners.map { $0.dot(normal) }.min() ?? 0, bottom = corners.map { $0.dot(normal) }.max() ?? 0
    let origin = axis * left + normal * top
    let length = max(1, Int(right - left)), height = max(1, Int(bottom - top))
    // Two pixels of the plane at the border are the region's own edge.
    let inner = mask.eroded(by: 2), blank = self.blank(inner)
    var light = [Float](repeating: 0, count: length * height), inside = light, counts = light
    let tables = LabTables.shared
    image.color.pixels.withUnsafeBufferPointer { pixels in
      for column in 0..<length {
        for row in 0..<height {
          let place = origin + axis * (Double(column) + 0.5) + normal * (Double(row) + 0.5)
          guard place.x >= 0, place.y >= 0, place.x < Double(image.width), place.y < Double(image.height) else {
            continue
          }
          let x = Int(place.x / scale) - mask.x, y = Int(place.y / scale) - mask.y
          guard x >= 0, y >= 0, x < mask.width, y < mask.height, inner.bits[y * mask.width + x] == 1 else { continue }
          let index = column * height + row
          let pixel = 3 * (Int(place.y) * image.width + Int(place.x))
          let lightness = tables.lightness(red: pixels[pixel], green: pixels[pixel + 1], blue: pixels[pixel + 2])
          light[index] = Float(lightness) / 2.55
          inside[index] = 1
          counts[index] = Float(blank.bits[y * mask.width + x])
        }
      }
    }
    return Frame(
      origin: origin, axis: axis, normal: normal, length: length, height: height,
      steps: steps(light, counts, length: length, height: height),
      seams: seams(light, inside, length: length, height: height))
  }

  /// Steps of L* across rows, the writing left out.
  private func steps(_ light: [Float], _ counts: [Float], length: Int, height: Int) -> Frame.Layer {
    var result = Frame.Layer(count: length * height)
    let reach = Self.reach
    light.withUnsafeBufferPointer { light in
      counts.withUnsafeBufferPointer { counts in
        for column in 0..<length {
          let base = column * height
          for row in reach..<max(reach, height - reach) {
            let place = base &+ row
            var above: Float = 0, below: Float = 0, n: Float = 0, m: Float = 0
            for offset in 0..<reach {
              let over = place &- 1 &- offset, under = place &+ offset
              above += light[over] * counts[over]
              n += counts[over]
              below += light[under] * counts[under]
              m += counts[under]
            }
            guard n >= 2, m >= 2 else { continue }
            result.values[place] = max(-Self.most, min(Self.most, below / m - above / n))
            result.counts[place] = 1
          }
        }
      }
    }
    return result
  }

  /// How much darker a row is than both of its sides: the seam of two papers that touch.
  private func seams(_ light: [Float], _ counts: [Float], length: Int, height: Int) -> Frame.Layer {
    var result = Frame.Layer(count: length * height)
    for column in 0..<length {
      let base = column * height
      for row in Self.reach..<max(Self.reach, height - Self.reach) {
        guard counts[base + row] == 1, counts[base + row - Self.reach] == 1, counts[base + row + Self.reach - 1] == 1
        else { continue }
        let side = min(light[base + row - Self.reach], light[base + row + Self.reach - 1])
        let middle = min(light[base + row], light[base + row - 1])
        result.values[base + row] = max(-Self.most, min(Self.most, side - middle - Self.grain))
        result.counts[base + row] = 1
      }
    }
    return result
  }

  /// 1 where a mask of the plane has no writing.
  private func blank(_ mask: Mask) -> Mask {
    var light = mask
    plane.values.withUnsafeBufferPointer { values in
      light.bits.withUnsafeMutableBufferPointer { bits in
        for row in 0..<mask.height {
          let y = max(0, min(plane.height - 1, mask.y + row))
          for column in 0..<mask.width {
            let x = max(0, min(plane.width - 1, mask.x + column))
            bits[row &* mask.width &+ column] = values[3 &* (y &* plane.width &+ x)]
          }
        }
      }
    }
    let closed = LocalExtrema.closing(light.bits, width: mask.width, height: mask.height, radius: PaperFinder.stroke)
    var ink = mask
    ink.bits.withUnsafeMutableBufferPointer { bits in
      for index in bits.indices {
        bits[index] = Float(light.bits[index]) < Self.ink * Float(closed[index]) ? 1 : 0
      }
    }
    // A stroke's blurred edge.
    ink = ink.dilated(by: 1)
    ink.bits.withUnsafeMutableBufferPointer { bits in
      for index in bits.indices { bits[index] = mask.bits[index] & (1 &- bits[index]) }
    }
    return ink
  }
}

extension InnerEdges.Edge {
  /// Its direction, of length 1.
  var direction: PlanePoint { (to - from) * (1 / max(1e-9, (to - from).length)) }

  /// Whether another edge is the same, seen along a line nearby.
  func isBeside(_ other: InnerEdges.Edge) -> Bool {
    let d = direction
    guard abs(d.dot(other.direction)) > 0.9 else { return false }
    let near = [other.from, other.to, (other.from + other.to) * 0.5].filter { abs(d.cross($0 - from)) < 5 }.count
    let a = (other.from - from).dot(d), b = (other.to - from).dot(d)
    let shared = min(max(a, b), (to - from).length) - max(min(a, b), 0)
    return near >= 2 && shared > 0.3 * (other.to - other.from).length
  }

  /// Whether it runs along a direction, within 8 degrees.
  func runs(along other: PlanePoint) -> Bool { abs(direction.cross(other)) < 0.14 }

  /// Whether a place lies on it.
  func holds(_ place: PlanePoint) -> Bool {
    let d = direction
    guard abs(d.cross(place - from)) < 2.5 else { return false }
    let along = (place - from).dot(d)
    // A cell at either end may be hidden.
    return along > -6 && along < (to - from).length + 6
  }
}
