import ProtocolModel

/// The plane on which papers are searched: the working image at about half its size, smoothed, in L*a*b*.
struct ColourPlane: Sendable {
  /// Longest side in pixels. A note of 60 photo pixels on 12 megapixels keeps 15, and a pass over all pixels costs a
  /// few milliseconds.
  static let longestSide = 1024

  /// Width in pixels.
  let width: Int
  /// Height in pixels.
  let height: Int
  /// L* times 2.55, then a* + 128 and b* + 128, interleaved.
  let values: [UInt8]
  /// Length of the colour gradient in eighths of a unit of L*, a*, b* over two pixels, at most 255.
  let gradient: [UInt8]
  /// Working pixels per pixel.
  let scale: Double
  /// Gradient, in the same eighths, that a quarter of the pixels reach: below it flat parts fall apart.
  let grain: UInt8

  /// Shrinks and smooths a working image.
  init(_ image: WorkingImage) {
    let size = Double(max(image.width, image.height)) / Double(Self.longestSide)
    // Strokes, grain and shadows are as wide as the plane makes them, so a messenger's copy of 1,600 pixels is shrunk to
    // the same size as the photo itself: limits in pixels hold for both.
    if size > 1.2, size < 1.75 {
      self.init(image.color.resampled(longestSide: Self.longestSide), scale: size)
    } else {
      self.init(image.color, factor: max(1, Int(size + 0.25)))
    }
  }

  /// Smooths a picture shrunk by `factor`.
  init(_ image: ColorImage, factor: Int) {
    self.init(image.averaged(by: factor), scale: Double(factor))
  }

  /// Smooths a picture of which a pixel stands for `scale` working pixels.
  private init(_ averaged: ColorImage, scale: Double) {
    width = averaged.width
    height = averaged.height
    let sums = Self.smoothed(LabImage(averaged))
    values = sums.map { UInt8(($0 + 8) >> 4) }
    self.scale = scale
    gradient = Self.gradient(of: sums, unit: 16, width: width, height: height)
    grain = Self.grain(of: gradient)
  }

  /// Made of a larger plane by averaging `factor` x `factor` pixels: the grain of cork and the strokes of a pen vanish.
  init(shrinking plane: ColourPlane, by factor: Int) {
    let width = max(1, plane.width / factor), height = max(1, plane.height / factor)
    var small = [UInt16](repeating: 0, count: 3 * width * height)
    plane.values.withUnsafeBufferPointer { source in
      small.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          for x in 0..<width {
            var sums = (0, 0, 0)
            for dy in 0..<factor {
              var i = 3 * ((y * factor + dy) * plane.width + x * factor)
              for _ in 0..<factor {
                sums.0 &+= Int(source[i])
                sums.1 &+= Int(source[i &+ 1])
                sums.2 &+= Int(source[i &+ 2])
                i &+= 3
              }
            }
            let i = 3 * (y * width + x)
            target[i] = UInt16(sums.0)
            target[i + 1] = UInt16(sums.1)
            target[i + 2] = UInt16(sums.2)
          }
        }
      }
    }
    let pixels = UInt16(factor * factor)
    values = small.map { UInt8($0 / pixels) }
    self.width = width
    self.height = height
    scale = plane.scale * Double(factor)
    gradient = Self.gradient(of: small, unit: Float(pixels), width: width, height: height)
    grain = Self.grain(of: gradient)
  }

  /// The upper quarter of the gradient.
  private static func grain(of gradient: [UInt8]) -> UInt8 {
    var histogram = [Int](repeating: 0, count: 256)
    for value in gradient { histogram[Int(value)] += 1 }
    var left = gradient.count * 3 / 4
    for (value, count) in histogram.enumerated() {
      left -= count
      if left < 0 { return UInt8(value) }
    }
    return 255
  }

  /// Binomial smoothing over 3 x 3, in sixteenths: takes the grain of JPEG and paper, keeps edges within a pixel.
  private static func smoothed(_ lab: LabImage) -> [UInt16] {
    let width = lab.width, height = lab.height
    var result = [UInt16](repeating: 0, count: 3 * width * height)
    var sums = [UInt16](repeating: 0, count: width)
    for (channel, plane) in [lab.lightness, lab.a, lab.b].enumerated() {
      plane.withUnsafeBufferPointer { source in
        sums.withUnsafeMutableBufferPointer { sums in
          result.withUnsafeMutableBufferPointer { target in
            for y in 0..<height {
              let above = max(0, y - 1) * width, here = y * width, below = min(height - 1, y + 1) * width
              for x in 0..<width {
                sums[x] =
                  UInt16(source[above &+ x]) &+ 2 &* UInt16(source[here &+ x]) &+ UInt16(source[below &+ x])
              }
              for x in 0..<width {
                let sides = sums[max(0, x &- 1)] &+ sums[min(width &- 1, x &+ 1)]
                target[3 &* (here &+ x) &+ channel] = sides &+ 2 &* sums[x]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Taken from `values` in `unit`ths, before they are rounded: the edge of white paper on a white wall is as low as a step
  /// of rounding.
  private static func gradient(of values: [UInt16], unit: Float, width: Int, height: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: width * height)
    guard width > 2, height > 2 else { return result }
    let step = 8 / unit
    values.withUnsafeBufferPointer { v in
      result.withUnsafeMutableBufferPointer { target in
        for y in 1..<(height - 1) {
          for x in 1..<(width - 1) {
            let index = y &* width &+ x
            var sum: Float = 0
            for channel in 0..<3 {
              let i = 3 &* index &+ channel
              let dx = Float(Int32(v[i &+ 3]) &- Int32(v[i &- 3]))
              let dy = Float(Int32(v[i &+ 3 &* width]) &- Int32(v[i &- 3 &* width]))
              // Lightness runs to 255, not 100: 1 / 2.55 squared.
              sum += (dx * dx + dy * dy) * (channel == 0 ? 0.1538 : 1)
            }
            target[index] = UInt8(min(255, step * sum.squareRoot()))
          }
        }
        for x in 0..<width {
          target[x] = target[width + x]
          target[(height - 1) * width + x] = target[(height - 2) * width + x]
        }
        for y in 0..<height {
          target[y * width] = target[y * width + 1]
          target[y * width + width - 1] = target[y * width + width - 2]
        }
      }
    }
    return result
  }

  /// Colour of a pixel: L*, a*, b*.
  func colour(atX x: Int, y: Int) -> LabColour {
    let i = 3 * (y * width + x)
    return LabColour(
      lightness: Double(values[i]) / 2.55, a: Double(values[i + 1]) - 128, b: Double(values[i + 2]) - 128)
  }

  /// Puts into a mask around the plane every pixel whose chroma differs from a colour's by less than `chroma`, and whose
  /// lightness by less than `lightness`.
  func mark(_ mask: inout Mask, near colour: LabColour, chroma: Double, lightness: Double) {
    let left = -mask.x, top = -mask.y, frame = mask.width
    precondition(left >= 0 && top >= 0 && frame >= width + left && mask.height >= height + top)
    values.withUnsafeBufferPointer { values in
      mask.bits.withUnsafeMutableBufferPointer { bits in
        for y in 0..<height {
          let row = (y + top) * frame + left
          for x in 0..<width {
            let i = 3 &* (y &* width &+ x)
            let a = Double(values[i &+ 1]) - 128 - colour.a, b = Double(values[i &+ 2]) - 128 - colour.b
            guard a * a + b * b < chroma * chroma else { continue }
            if abs(Double(values[i]) / 2.55 - colour.lightness) < lightness { bits[row &+ x] = 1 }
          }
        }
      }
    }
  }

  /// A place on the upright photo.
  func toPhoto(_ point: PlanePoint, of image: WorkingImage) -> Point<PhotoSpace> {
    Point(point.x * scale * image.scale, point.y * scale * image.scale)
  }
  /// A place on this plane.
  func fromPhoto(_ point: Point<PhotoSpace>, of image: WorkingImage) -> PlanePoint {
    PlanePoint(point.x / (scale * image.scale), point.y / (scale * image.scale))
  }
}

/// A colour in CIE L*a*b*: lightness 0...100, a* and b* about -100...100.
struct LabColour: Hashable, Sendable {
  var lightness: Double
  var a: Double
  var b: Double

  /// Strength of the colour: distance from gray.
  var chroma: Double { (a * a + b * b).squareRoot() }

  /// Distance in the (a*, b*) plane.
  func chromaDistance(to other: LabColour) -> Double {
    ((a - other.a) * (a - other.a) + (b - other.b) * (b - other.b)).squareRoot()
  }

  /// CIE 1976 colour difference.
  func distance(to other: LabColour) -> Double {
    let d = lightness - other.lightness
    return (d * d + (a - other.a) * (a - other.a) + (b - other.b) * (b - other.b)).squareRoot()
  }
}
