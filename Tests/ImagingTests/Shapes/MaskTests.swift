import Imaging
import ProtocolModel
import Testing

/// The wide steps over masks and planes, against the definitions that they speed up.
@Suite struct MaskTests {
  /// A mask with about `share` of its pixels inside, the same for a seed every time.
  private static func mask(_ seed: UInt64, width: Int, height: Int, share: UInt64) -> Mask {
    var mask = Mask(x: 3, y: -2, width: width, height: height)
    var state = seed
    for index in mask.bits.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      mask.bits[index] = (state >> 33) % 100 < share ? 1 : 0
    }
    return mask
  }

  private static let masks = [(1, 31, 17, 62), (2, 40, 23, 55), (3, 1, 9, 50), (4, 64, 64, 70), (5, 19, 5, 35)].map {
    mask(UInt64($0.0), width: $0.1, height: $0.2, share: UInt64($0.3))
  }

  /// What is reached from a pixel over four neighbours of the same value, step by step.
  private static func reached(from start: Int, in mask: Mask) -> Set<Int> {
    var found: Set<Int> = [start], open = [start]
    while let index = open.popLast() {
      let x = index % mask.width, y = index / mask.width
      for (u, v) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
      where u >= 0 && v >= 0 && u < mask.width && v < mask.height {
        let next = v * mask.width + u
        if mask.bits[next] == mask.bits[start], found.insert(next).inserted { open.append(next) }
      }
    }
    return found
  }

  private static func parts(of mask: Mask, value: UInt8) -> [Set<Int>] {
    var seen: Set<Int> = []
    var parts: [Set<Int>] = []
    for index in mask.bits.indices where mask.bits[index] == value && !seen.contains(index) {
      parts.append(reached(from: index, in: mask))
      seen.formUnion(parts[parts.count - 1])
    }
    return parts
  }

  private static func inside(_ mask: Mask) -> Set<Int> { Set(mask.bits.indices.filter { mask.bits[$0] == 1 }) }

  @Test(arguments: masks) func largestPartIsTheLargest(_ mask: Mask) {
    let parts = Self.parts(of: mask, value: 1)
    #expect(parts.count > 1)
    let most = parts.map(\.count).max()
    #expect(Self.inside(mask.largestPart()) == parts.first { $0.count == most })
  }

  @Test(arguments: masks) func partHoldsWhatIsConnectedWithAPlace(_ mask: Mask) throws {
    let start = try #require(mask.bits.indices.filter { mask.bits[$0] == 1 }.dropFirst(3).first)
    let part = mask.part(containing: (mask.x + start % mask.width, mask.y + start / mask.width))
    #expect(Self.inside(part) == Self.reached(from: start, in: mask))
    let empty = try #require(mask.bits.firstIndex(of: 0))
    #expect(mask.part(containing: (mask.x + empty % mask.width, mask.y + empty / mask.width)).area == 0)
    #expect(mask.part(containing: (mask.x - 1, mask.y)).area == 0)
  }

  @Test(arguments: masks) func filledClosesWhatTheBorderCannotReach(_ mask: Mask) {
    let holes = Self.parts(of: mask, value: 0).filter { part in
      part.allSatisfy {
        let x = $0 % mask.width, y = $0 / mask.width
        return x > 0 && y > 0 && x < mask.width - 1 && y < mask.height - 1
      }
    }
    #expect(Self.inside(mask.filled()) == holes.reduce(Self.inside(mask)) { $0.union($1) })
  }

  @Test(arguments: [1, 2, 3, 7]) func dilationAndErosionAreTheExtremaOfTheSquare(radius: Int) {
    for mask in Self.masks {
      let grown = mask.dilated(by: radius), shrunk = mask.eroded(by: radius)
      for y in 0..<mask.height {
        for x in 0..<mask.width {
          let square = (max(0, y - radius)...min(mask.height - 1, y + radius)).flatMap { v in
            (max(0, x - radius)...min(mask.width - 1, x + radius)).map { mask.bits[v * mask.width + $0] }
          }
          #expect(grown.bits[y * mask.width + x] == square.max())
          #expect(shrunk.bits[y * mask.width + x] == square.min())
        }
      }
    }
  }

  @Test func polygonsAreSetAsTheyContain() {
    let corners = [PlanePoint(6.2, 1.5), PlanePoint(40, 4), PlanePoint(12.5, 30.5), PlanePoint(20, 12)]
    var mask = Mask(x: 3, y: -2, width: 30, height: 40)
    mask.set(inside: corners, to: 1)
    for index in mask.bits.indices {
      let place = PlanePoint(Double(mask.x + index % 30) + 0.5, Double(mask.y + index / 30) + 0.5)
      #expect((mask.bits[index] == 1) == Polygon(corners).contains(place))
    }
    #expect(mask.area > 100)
  }

  @Test func rankIsThatOfTheSortedValues() {
    for mask in Self.masks {
      let values = mask.bits.enumerated().map { ($0.offset * 7919 + Int($0.element) * 13) % 23 }
      let sorted = values.sorted()
      for rank in stride(from: 0, to: values.count, by: 3) { #expect(values.ranked(rank) == sorted[rank]) }
    }
  }

  @Test(arguments: [2, 3, 8, 64]) func averagesAreThoseOfTheDivision(factor: Int) {
    let source = Self.mask(9, width: 3 * 130, height: 130, share: 50)
    let image = ColorImage(
      width: 130, height: 130, pixels: source.bits.enumerated().map { UInt8($0.offset * 31 % 200) + 55 * $0.element })
    let small = image.averaged(by: factor)
    #expect(small.width == 130 / factor && small.height == 130 / factor)
    for y in 0..<small.height {
      for x in 0..<small.width {
        for channel in 0..<3 {
          var sum = 0
          for v in (y * factor)..<((y + 1) * factor) {
            for u in (x * factor)..<((x + 1) * factor) { sum += Int(image.pixels[3 * (v * 130 + u) + channel]) }
          }
          #expect(Int(small.pixels[3 * (y * small.width + x) + channel]) == sum / (factor * factor))
        }
      }
    }
  }
}
