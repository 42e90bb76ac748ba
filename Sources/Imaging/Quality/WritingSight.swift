import ProtocolModel

/// How well the writing of one note or text can be seen.
struct WritingSight {
  /// Height of its small letters in photo pixels, the middle one of its lines.
  let coreHeight: Double
  /// Distance of its ink from its ground in L*a*b* (CIE76), the upper quartile of the ink.
  let contrast: Double
  /// Way over which the edge of a stroke fades, in photo pixels: contrast by steepest step, the middle one of all edges,
  /// across or down, whichever is the wider (a shaken photo is sharp along the movement).
  let edgeWidth: Double

  /// Looks at what `outline` holds; `nil` where nothing is written.
  init?(of outline: Quad<PhotoSpace>, in working: WorkingImage) {
    let patch = SheetCandidate(outline: outline, medium: .cards, confidence: 1)
    guard min(patch.width, patch.height) >= 8, let view = SheetView(of: working, sheet: patch) else { return nil }
    guard let (core, mask) = Self.writing(in: view.image) ?? Self.ink(in: view.image) else { return nil }
    let (width, height) = (view.image.width, view.image.height)
    guard let contrast = Self.contrast(LabImage(view.image), ink: mask) else { return nil }
    let gray = view.image.gray
    let across = Self.edgeWidth(gray, ink: mask, step: 1, length: width, stride: width)
    let down = Self.edgeWidth(gray, ink: mask, step: width, length: height, stride: 1)
    coreHeight = core * working.scale
    self.contrast = contrast
    edgeWidth = max(across, down) * working.scale
  }

  /// Height of the small letters of the lines found, and the pixels of their ink.
  private static func writing(in image: ColorImage) -> (core: Double, mask: [Bool])? {
    let lines = LineFinder().lines(in: image).filter { $0.coreHeight >= 2 && $0.ink.count >= 4 }
    guard let core = InkSlices.weightedMiddle(lines.map { ($0.coreHeight, Double($0.ink.count)) }) else { return nil }
    var mask = [Bool](repeating: false, count: image.width * image.height)
    for run in lines.flatMap(\.ink) where run.y < image.height {
      for x in run.start..<max(run.start, min(run.end, image.width)) { mask[run.y * image.width + x] = true }
    }
    return (core, mask)
  }

  /// The same of ink in which no line can be made out any more, a hundredth of the paper or more: its pieces stand for
  /// letters.
  private static func ink(in image: ColorImage) -> (core: Double, mask: [Bool])? {
    let ink = InkFinder(widestStroke: max(image.width, image.height) / 7).ink(in: image)
    let pieces = InkComponents(mask: ink.mask, width: ink.width, height: ink.height).all
    guard pieces.reduce(0, { $0 + $1.area }) * 100 >= ink.mask.count,
      let core = InkSlices.weightedMiddle(pieces.map { (Double($0.height), Double($0.area)) })
    else { return nil }
    return (core, ink.mask.map { $0 != 0 })
  }

  private static func contrast(_ lab: LabImage, ink: [Bool]) -> Double? {
    func middle(_ plane: [UInt8]) -> Double {
      var histogram = [Int](repeating: 0, count: 256)
      var count = 0
      for (value, isInk) in zip(plane, ink) where !isInk {
        histogram[Int(value)] += 1
        count += 1
      }
      var left = count / 2
      for value in 0..<256 {
        left -= histogram[value]
        if left < 0 { return Double(value) }
      }
      return 255
    }
    let (lightness, a, b) = (middle(lab.lightness), middle(lab.a), middle(lab.b))
    var distances: [Double] = []
    for (index, isInk) in ink.enumerated() where isInk {
      let dl = (Double(lab.lightness[index]) - lightness) / 2.55
      let da = Double(lab.a[index]) - a, db = Double(lab.b[index]) - b
      distances.append((dl * dl + da * da + db * db).squareRoot())
    }
    guard !distances.isEmpty else { return nil }
    return distances.ranked(distances.count * 3 / 4)
  }

  /// The middle of contrast by steepest step over the borders of the ink along one direction, in pixels of the view.
  private static func edgeWidth(_ gray: GrayImage, ink: [Bool], step: Int, length: Int, stride: Int) -> Double {
    let reach = 5
    var widths: [Double] = []
    for line in 0..<(ink.count / max(1, length)) {
      let base = line * (step == 1 ? stride : 1)
      guard length > 2 * reach + 1 else { continue }
      for place in reach..<(length - reach) where ink[base + place * step] != ink[base + (place - 1) * step] {
        var lowest = 255, highest = 0, steepest = 0
        var last = Int(gray.pixels[base + (place - reach) * step])
        for offset in (1 - reach)..<reach {
          let value = Int(gray.pixels[base + (place + offset) * step])
          steepest = max(steepest, abs(value - last))
          lowest = min(lowest, value)
          highest = max(highest, value)
          last = value
        }
        guard steepest > 0, highest - lowest >= 16 else { continue }
        widths.append(Double(highest - lowest) / Double(steepest))
      }
    }
    guard !widths.isEmpty else { return 0 }
    return widths.ranked(widths.count / 2)
  }
}
