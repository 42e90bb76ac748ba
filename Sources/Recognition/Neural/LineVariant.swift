import Imaging

/// Another look at the same line: what a sure reading survives and a guess does not.
package struct LineVariant: Hashable, Sendable {
  /// As it stands in measurements.
  package var name: String
  /// Columns to the right per row upwards; takes the slant out of writing that leans to the left.
  package var lean: Double
  /// Times the width of the line: narrow letters get more columns.
  package var stretch = 1.0
  /// The network that looks; `nil` for the one that looked first.
  package var network: LineModel.Bundled?

  /// All there are: by the network for joined hands, and drawn out, since letters written in a hurry are narrower than
  /// its columns. Others (upright, further over, wider still, by the first network) were compared and gave less for
  /// their time; see `Training/README.md`.
  package static let all = [
    LineVariant(name: "wide-left", lean: -0.2, stretch: 1.4, network: .joined),
    LineVariant(name: "wide-right", lean: 0.1, stretch: 1.2, network: .joined),
  ]

  /// The line as this look sees it.
  func applied(to line: LineImage) -> LineImage { lean == 0 ? line : LineImage(line.image.leaning(lean)) }
}

extension ColorImage {
  /// Every row moved along by `lean` pixels for each row that it lies above the foot; the border is repeated.
  func leaning(_ lean: Double) -> ColorImage {
    let reach = Int((abs(lean) * Double(height)).rounded(.up))
    let target = width + reach
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * target * height) { buffer, count in
      for y in 0..<height {
        let moved = lean * Double(height - 1 - y) + (lean < 0 ? Double(reach) : 0)
        let whole = Int(moved.rounded(.down))
        let part = Int(((moved - Double(whole)) * 256).rounded())
        for x in 0..<target {
          // What comes from `moved` pixels to the left lies between two columns.
          let right = min(max(x - whole, 0), width - 1), left = min(max(x - whole - 1, 0), width - 1)
          let a = 3 * (y * width + right), b = 3 * (y * width + left)
          for channel in 0..<3 {
            let mixed = Int(self.pixels[a + channel]) * (256 - part) + Int(self.pixels[b + channel]) * part
            buffer[count + channel] = UInt8(mixed >> 8)
          }
          count += 3
        }
      }
    }
    return ColorImage(width: target, height: height, pixels: pixels)
  }
}
