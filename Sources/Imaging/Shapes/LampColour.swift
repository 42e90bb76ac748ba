import Foundation

/// The colour that white paper has in the light of a photo, told from the photo alone.
///
/// A camera takes the colour of the lamp off as far as it can; what is left under tungsten or tubes makes white paper as
/// coloured as a pale note. White is sought among the colours that many bright pixels share: it lies near the colours of
/// glowing bodies, and next to nothing is lighter. A photo full of wood, cork or coloured notes has no such colour and
/// stays as it is.
struct LampColour: Hashable, Sendable {
  /// Natural logarithm of the lamp's red over its green, in linear sRGB.
  let red: Double
  /// Natural logarithm of the lamp's blue over its green.
  let blue: Double

  /// Squares of the working image are averaged to this longest side: pens and grain vanish.
  private static let side = 256
  /// Width of a cell of the histogram, in logarithms: 4 %, two units of a* or b* on white paper.
  private static let cell = 0.04
  /// Cells to either side of neutral: a factor of five.
  private static let reach = 40
  /// White and its shades cover this share of the photo.
  private static let leastShare = 0.03
  /// A channel that reaches this was cut off.
  private static let clipped = 250
  /// Share of the photo that may be lighter by a quarter than white paper: lamps, windows, reflections.
  private static let lighter = 0.06
  /// Logarithm of blue over green of the bluest light paper, pink and violet too (0.6 on white paper's 0, measured on sticky
  /// notes), with a margin: brown paper with such notes on it is no white under a warm lamp.
  private static let bluest = 0.9
  /// Spread of the lamps met along the colours of glowing bodies and across them, in logarithms: 0.9 is candlelight seen
  /// as daylight, 0.25 a tube's green. The former move red by 0.45 of what they take off blue.
  private static let along = 0.9, across = 0.25, slope = 0.45

  init(red: Double, blue: Double) {
    self.red = red
    self.blue = blue
  }

  /// Looks for white on a picture; `nil` where nothing on it is.
  init?(of image: ColorImage) {
    let factor = max(1, (max(image.width, image.height) + Self.side - 1) / Self.side)
    let small = image.averaged(by: factor)
    let count = small.width * small.height
    let luminances = (0..<count).map { Self.luminance(small.pixels, at: 3 * $0) }
    let top = luminances.ranked(count * 95 / 100)
    let width = 2 * Self.reach + 1
    // Per cell: pixels, and how light they are in sixteenths of the range.
    var cells = [Int](repeating: 0, count: width * width)
    var places: [(cell: Int, luminance: Float, red: Double, blue: Double)] = []
    for index in 0..<count where luminances[index] > 0.3 * top {
      let (r, g, b) = (small.pixels[3 * index], small.pixels[3 * index + 1], small.pixels[3 * index + 2])
      guard g < Self.clipped, min(r, b) < Self.clipped, min(r, g, b) > 4 else { continue }
      var red = LinearLight.logarithm[Int(r)] - LinearLight.logarithm[Int(g)]
      var blue = LinearLight.logarithm[Int(b)] - LinearLight.logarithm[Int(g)]
      // A red or blue that was cut off was at least what a glowing body has.
      if r >= Self.clipped { red = max(red, -Self.slope * blue) }
      if b >= Self.clipped { blue = max(blue, -red / Self.slope) }
      let x = Int((red / Self.cell).rounded()) + Self.reach, y = Int((blue / Self.cell).rounded()) + Self.reach
      guard x > 0, y > 0, x < width - 1, y < width - 1 else { continue }
      cells[y * width + x] += 1
      places.append((y * width + x, luminances[index], red, blue))
    }
    var best: (value: Double, red: Double, blue: Double)?
    for y in 1..<(width - 1) {
      for x in 1..<(width - 1) {
        var sum = 0
        for row in (y - 1)...(y + 1) { for column in (x - 1)...(x + 1) { sum += cells[row * width + column] } }
        let share = Double(sum) / Double(count)
        let red = Double(x - Self.reach) * Self.cell, blue = Double(y - Self.reach) * Self.cell
        let off = (red + Self.slope * blue) / Self.across, far = blue / Self.along
        guard share > Self.leastShare, abs(off) < 1.5, abs(far) < 1.2 else { continue }
        var value = share * exp(-far * far - off * off)
        guard value > best?.value ?? 0 else { continue }
        let own = places.filter { abs($0.cell % width - x) < 2 && abs($0.cell / width - y) < 2 }
        let light = own.map(\.luminance).ranked(own.count * 9 / 10)
        let above = Double(luminances.count { $0 > 1.25 * light }) / Double(count) / Self.lighter
        let bluer = Double(places.count { $0.blue > blue + Self.bluest }) / Double(count) / Self.leastShare
        value *= exp(-above * above - bluer * bluer)
        guard value > max(0.002, best?.value ?? 0) else { continue }
        best = (value, own.map(\.red).ranked(own.count / 2), own.map(\.blue).ranked(own.count / 2))
      }
    }
    guard let best else { return nil }
    self.init(red: best.red, blue: best.blue)
  }

  private static func luminance(_ pixels: [UInt8], at index: Int) -> Float {
    0.2126 * LinearLight.value[Int(pixels[index])] + 0.7152 * LinearLight.value[Int(pixels[index + 1])]
      + 0.0722 * LinearLight.value[Int(pixels[index + 2])]
  }

  /// What a camera leaves in good light, in logarithms: white paper with a chroma of about 10. A lamp of half as much
  /// again is taken off wholly, one in between in part.
  private static let usual = 0.25, strong = 0.4

  /// The part of the lamp's colour to take off, or `nil` where it is usual.
  var excess: LampColour? {
    let size = (red * red + blue * blue).squareRoot()
    guard size > Self.usual else { return nil }
    let share = min(1, (size - Self.usual) / (Self.strong - Self.usual))
    return LampColour(red: share * red, blue: share * blue)
  }

  /// A picture as a lamp without this colour would show it, white paper as light as before.
  ///
  /// Each channel is divided by the lamp's (von Kries). A channel at the end of its range has lost what lay beyond: there
  /// red and blue follow green, and green the lesser of both, so that blown white stays white.
  func removed(from image: ColorImage) -> ColorImage {
    let white = (red: exp(red), blue: exp(blue))
    let luminance = 0.2126 * white.red + 0.7152 + 0.0722 * white.blue
    let tables = [luminance / white.red, luminance, luminance / white.blue].map(Self.table)
    // From 240 to 255 more and more of a value is guessed.
    let guessed = (0...255).map { max(0, $0 - 240) }
    var result = image
    result.pixels.withUnsafeMutableBufferPointer { pixels in
      for index in stride(from: 0, to: pixels.count - 2, by: 3) {
        let (r, g, b) = (Int(pixels[index]), Int(pixels[index + 1]), Int(pixels[index + 2]))
        let (red, green, blue) = (tables[0][r], tables[1][g], tables[2][b])
        if max(r, g, b) <= 240 {
          pixels[index] = UInt8(red)
          pixels[index + 1] = UInt8(green)
          pixels[index + 2] = UInt8(blue)
        } else {
          pixels[index] = UInt8(red + max(0, green - red) * guessed[r] / 15)
          pixels[index + 1] = UInt8(green + max(0, min(red, blue) - green) * guessed[g] / 15)
          pixels[index + 2] = UInt8(blue + max(0, green - blue) * guessed[b] / 15)
        }
      }
    }
    return result
  }

  /// sRGB values of a channel whose light is multiplied by `gain`.
  private static func table(gain: Double) -> [Int] {
    (0...255).map { value in
      let light = min(1, gain * Double(LinearLight.value[value]))
      let coded = light <= 0.003_1308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
      return Int((255 * coded).rounded())
    }
  }
}

/// The curve of sRGB (IEC 61966-2-1), as tables.
private enum LinearLight {
  /// Linear light 0...1 of a value 0...255.
  static let value: [Float] = (0...255).map { value in
    let x = Double(value) / 255
    return Float(x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4))
  }
  /// Its natural logarithm; of 0 that of half a step.
  static let logarithm: [Double] = value.map { log(max(Double($0), 0.5 / 255 / 12.92)) }
}

extension WorkingImage {
  /// The same without the colour of its lamp, where white paper would count as coloured.
  func withoutLamp() -> WorkingImage {
    guard let lamp = LampColour(of: color)?.excess else { return self }
    return WorkingImage(color: lamp.removed(from: color), photoWidth: photoWidth, photoHeight: photoHeight)
  }
}
