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
    let count = image.width * image.height
    var lightness = [UInt8](repeating: 0, count: count)
    var a = lightness, b = lightness
    LabTables.shared.convert(image.pixels, count: count, lightness: &lightness, a: &a, b: &b)
    self.init(width: image.width, height: image.height, lightness: lightness, a: a, b: b)
  }
}

/// The two curves of the conversion as tables: a picture has millions of pixels and each curve costs a power.
private struct LabTables: Sendable {
  static let shared = LabTables()
  /// sRGB 0...255 to linear light 0...1.
  let linear: [Float]
  /// CIE's f over 0...1.1 in 4096 steps.
  let curve: [Float]
  static let steps: Float = 4095 / 1.1

  init() {
    linear = (0...255).map { value in
      let x = Double(value) / 255
      return Float(x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4))
    }
    curve = (0...4095).map { index in
      let t = Double(index) / Double(Self.steps)
      return Float(t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116)
    }
  }

  func convert(_ pixels: [UInt8], count: Int, lightness: inout [UInt8], a: inout [UInt8], b: inout [UInt8]) {
    pixels.withUnsafeBufferPointer { source in
      linear.withUnsafeBufferPointer { linear in
        curve.withUnsafeBufferPointer { curve in
          for index in 0..<count {
            let red = linear[Int(source[3 * index])]
            let green = linear[Int(source[3 * index + 1])]
            let blue = linear[Int(source[3 * index + 2])]
            // Rows of the sRGB matrix divided by the white point (0.95047, 1, 1.08883).
            let x = 0.43395 * red + 0.37622 * green + 0.18983 * blue
            let y = 0.21267 * red + 0.71515 * green + 0.07218 * blue
            let z = 0.01776 * red + 0.10947 * green + 0.87277 * blue
            let fx = curve[Int(x * Self.steps)]
            let fy = curve[Int(y * Self.steps)]
            let fz = curve[Int(z * Self.steps)]
            lightness[index] = UInt8(max(0, min(255, (116 * fy - 16) * 2.55 + 0.5)))
            a[index] = UInt8(max(0, min(255, 500 * (fx - fy) + 128.5)))
            b[index] = UInt8(max(0, min(255, 200 * (fy - fz) + 128.5)))
          }
        }
      }
    }
  }
}
