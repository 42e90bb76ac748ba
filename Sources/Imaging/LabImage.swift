import Foundation

/// CIE L*a*b* (D65), eight bits a plane: lightness 0...255 for L* 0...100; `a` and `b` hold a* + 128 and b* + 128.
///
/// Distances in it follow what the eye sees far better than distances in red, green and blue; one unit of `a` or `b`
/// is one unit of a* or b*.
package struct LabImage: Hashable, Sendable {
  /// Width in pixels.
  package let width: Int
  /// Height in pixels.
  package let height: Int
  /// L* scaled to 0...255.
  package let lightness: [UInt8]
  /// a* + 128: below is green, above is red.
  package let a: [UInt8]
  /// b* + 128: below is blue, above is yellow.
  package let b: [UInt8]

  /// Creates an image from planes of `width * height` values each.
  package init(width: Int, height: Int, lightness: [UInt8], a: [UInt8], b: [UInt8]) {
    precondition(lightness.count == width * height && a.count == width * height && b.count == width * height)
    self.width = width
    self.height = height
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// Converts sRGB by the matrix of IEC 61966-2-1 and the formulas of CIE 15.
  package init(_ image: ColorImage) {
    let count = image.width * image.height, tables = LabTables.shared
    var lightness = [UInt8](repeating: 0, count: count)
    var a = lightness, b = lightness
    image.pixels.withUnsafeBufferPointer { source in
      lightness.withUnsafeMutableBufferPointer { lightness in
        a.withUnsafeMutableBufferPointer { a in
          b.withUnsafeMutableBufferPointer { b in
            for index in 0..<count {
              (lightness[index], a[index], b[index]) = tables.convert(
                red: source[3 &* index], green: source[3 &* index &+ 1], blue: source[3 &* index &+ 2])
            }
          }
        }
      }
    }
    self.init(width: image.width, height: image.height, lightness: lightness, a: a, b: b)
  }
}

/// The curves of the conversion as tables: a picture has millions of pixels and each curve costs a power.
struct LabTables: Sendable {
  static let shared = LabTables()
  /// sRGB 0...255 to linear light 0...1.
  private let linear: [Float]
  /// CIE's f over 0...1.1 in 4096 steps.
  private let curve: [Float]
  /// L* scaled to 0...255 at the same steps.
  private let lightness: [UInt8]
  private static let steps: Float = 4095 / 1.1

  private init() {
    linear = (0...255).map { value in
      let x = Double(value) / 255
      return Float(x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4))
    }
    curve = (0...4095).map { index in
      let t = Double(index) / Double(Self.steps)
      return Float(t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116)
    }
    lightness = curve.map { UInt8(max(0, min(255, (116 * $0 - 16) * 2.55 + 0.5))) }
  }

  /// L* of one pixel, scaled to 0...255.
  @inline(__always)
  func lightness(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    lightness[Int(luminance(linear[Int(red)], linear[Int(green)], linear[Int(blue)]) * Self.steps)]
  }

  /// One pixel: L* scaled to 0...255, a* + 128, b* + 128.
  @inline(__always)
  func convert(red: UInt8, green: UInt8, blue: UInt8) -> (lightness: UInt8, a: UInt8, b: UInt8) {
    let red = linear[Int(red)], green = linear[Int(green)], blue = linear[Int(blue)]
    // Rows of the sRGB matrix divided by the white point (0.95047, 1, 1.08883).
    let x = 0.43395 * red + 0.37622 * green + 0.18983 * blue
    let z = 0.01776 * red + 0.10947 * green + 0.87277 * blue
    let step = Int(luminance(red, green, blue) * Self.steps)
    let fx = curve[Int(x * Self.steps)], fy = curve[step], fz = curve[Int(z * Self.steps)]
    return (
      lightness[step], UInt8(max(0, min(255, 500 * (fx - fy) + 128.5))),
      UInt8(max(0, min(255, 200 * (fy - fz) + 128.5)))
    )
  }

  @inline(__always)
  private func luminance(_ red: Float, _ green: Float, _ blue: Float) -> Float {
    0.21267 * red + 0.71515 * green + 0.07218 * blue
  }
}

extension ColorImage {
  /// The colour of one pixel.
  func labColour(atX x: Int, y: Int) -> LabColour {
    let index = 3 * (y * width + x)
    let (lightness, a, b) = LabTables.shared.convert(
      red: pixels[index], green: pixels[index + 1], blue: pixels[index + 2])
    return LabColour(lightness: Double(lightness) / 2.55, a: Double(a) - 128, b: Double(b) - 128)
  }
}
