/// Red, green and blue, eight bits each, interleaved, row by row without padding.
package struct ColorImage: Hashable, Sendable {
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// `3 * width * height` values.
  package var pixels: [UInt8]

  /// Creates an image; `pixels` must hold `3 * width * height` values.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == 3 * width * height, "three values a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Creates an image of one colour.
  package init(width: Int, height: Int, red: UInt8, green: UInt8, blue: UInt8) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: red, count: 3 * width * height)
    for index in 0..<(width * height) {
      pixels[3 * index + 1] = green
      pixels[3 * index + 2] = blue
    }
  }

  /// Luminance by ITU-R BT.601 weights in 8-bit fixed point (77, 150, 29).
  package var gray: GrayImage {
    let count = width * height
    let values = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      pixels.withUnsafeBufferPointer { source in
        for index in 0..<count {
          let base = 3 * index
          let sum = 77 * Int(source[base]) + 150 * Int(source[base + 1]) + 29 * Int(source[base + 2])
          buffer[index] = UInt8(sum >> 8)
        }
      }
      initialized = count
    }
    return GrayImage(width: width, height: height, pixels: values)
  }
}

/// Luminance, eight bits, row by row without padding.
package struct GrayImage: Hashable, Sendable {
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// `width * height` values, 0 black.
  package var pixels: [UInt8]

  /// Creates an image; `pixels` must hold `width * height` values.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height, "one value a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
