/// Names of paper colours as people say them.
///
/// Borders lie midway between the hues of the sticky notes and Metaplan cards on sale, measured in CIE L*a*b*:
/// pink 0, red 30, orange 65, yellow 95, green 130, turquoise 190, blue 250, violet 310 degrees.
package enum PaperColour {
  /// The name of a colour: `white`, `gray`, `black`, `brown`, or a hue.
  static func name(of colour: LabColour) -> String {
    if colour.chroma < 12 {
      return colour.lightness > 62 ? "white" : colour.lightness > 28 ? "gray" : "black"
    }
    let hue = angle(colour.a, colour.b)
    if colour.lightness < 50, colour.chroma < 45, (40..<95).contains(hue) { return "brown" }
    switch hue {
    case ..<22: return "pink"
    case ..<48: return colour.lightness > 62 ? "pink" : "red"
    case ..<80: return colour.lightness > 60 && hue < 56 && colour.chroma < 35 ? "pink" : "orange"
    case ..<108: return "yellow"
    case ..<175: return "green"
    case ..<215: return "turquoise"
    case ..<290: return "blue"
    case ..<325: return "violet"
    default: return "pink"
    }
  }

  /// Hue in degrees 0..<360, from a* towards b*.
  static func angle(_ a: Double, _ b: Double) -> Double {
    // Octant-wise polynomial (Abramowitz and Stegun 4.4.49), good to 0.01 degrees and the same on every platform.
    let high = max(abs(a), abs(b)), low = min(abs(a), abs(b))
    guard high > 0 else { return 0 }
    let t = low / high, s = t * t
    var degrees =
      57.295_779_513 * t * (0.999_866 + s * (-0.330_2995 + s * (0.180_141 + s * (-0.085_133 + s * 0.020_8351))))
    if abs(b) > abs(a) { degrees = 90 - degrees }
    if a < 0 { degrees = 180 - degrees }
    return b < 0 ? 360 - degrees : degrees
  }
}
