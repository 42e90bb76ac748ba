import ProtocolModel

/// A sheet seen from the front: its part of the working image, rectified at the same scale.
struct SheetView {
  /// The rectified pixels.
  let image: ColorImage
  /// From its pixels to the photo.
  let toPhoto: Homography<CropSpace, PhotoSpace>
  /// From the photo to its pixels.
  let fromPhoto: Homography<PhotoSpace, CropSpace>
  /// Which of its pixels were on the working image; others are white.
  let isWhole: Bool

  /// Rectifies `sheet`; `nil` for an outline without area.
  init?(of working: WorkingImage, sheet: SheetCandidate) {
    let width = max(8, Int(Double(sheet.width) / working.scale)),
      height = max(8, Int(Double(sheet.height) / working.scale))
    // An outline far outside the photo would make a huge view of nothing.
    guard width * height < 4 * working.width * working.height, working.width > 1, working.height > 1,
      let toPhoto = Homography<CropSpace, PhotoSpace>(
        from: Quad<CropSpace>(width: width, height: height), to: sheet.outline),
      let fromPhoto = toPhoto.inverse
    else { return nil }
    self.toPhoto = toPhoto
    self.fromPhoto = fromPhoto
    (image, isWhole) = Self.warped(working, toPhoto, width: width, height: height)
  }

  /// Bilinear samples; the border is repeated outwards, so that no false edge arises where the sheet leaves the photo.
  private static func warped(
    _ working: WorkingImage, _ map: Homography<CropSpace, PhotoSpace>, width: Int, height: Int
  ) -> (ColorImage, Bool) {
    let source = working.color, scale = working.scale
    // Taken out of the array once: every pixel needs all nine.
    let (m0, m1, m2) = (map.matrix[0], map.matrix[1], map.matrix[2])
    let (m3, m4, m5) = (map.matrix[3], map.matrix[4], map.matrix[5])
    let (m6, m7, m8) = (map.matrix[6], map.matrix[7], map.matrix[8])
    let sourceWidth = source.width, lastX = source.width - 2, lastY = source.height - 2
    let limitX = Double(source.width - 1), limitY = Double(source.height - 1)
    var isWhole = true
    // Bytes of a pixel 21 bits apart; the one to the right is read with the byte before it, not past the picture's end.
    func spread(_ value: UInt64) -> UInt64 { value & 0xFF | (value & 0xFF00) << 13 | (value & 0xFF_0000) << 26 }
    func left(_ pixel: UnsafeRawPointer) -> UInt64 { spread(UInt64(pixel.loadUnaligned(as: UInt32.self))) }
    func right(_ pixel: UnsafeRawPointer) -> UInt64 { spread(UInt64((pixel + 2).loadUnaligned(as: UInt32.self)) >> 8) }
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { target, count in
      source.pixels.withUnsafeBytes { pixels in
        guard let bytes = pixels.baseAddress else { return }
        for y in 0..<height {
          let v = Double(y) + 0.5
          for x in 0..<width {
            let u = Double(x) + 0.5
            let w = (m6 * u + m7 * v + m8) * scale
            let sx = (m0 * u + m1 * v + m2) / w - 0.5, sy = (m3 * u + m4 * v + m5) / w - 0.5
            if sx < -2 || sy < -2 || sx > limitX + 2 || sy > limitY + 2 { isWhole = false }
            let px = min(max(sx, 0), limitX), py = min(max(sy, 0), limitY)
            let x64 = Int(px * 64), y64 = Int(py * 64)
            let ix = min(x64 >> 6, lastX), iy = min(y64 >> 6, lastY)
            let base = bytes + 3 * (iy &* sourceWidth &+ ix), below = base + 3 * sourceWidth
            // Three channels side by side in one number: with weights that add up to 4096 each stays below 2^20.
            let across = UInt64(truncatingIfNeeded: x64 &- ix << 6), down = UInt64(truncatingIfNeeded: y64 &- iy << 6)
            let upper = left(base) &* (64 &- across) &+ right(base) &* across
            let lower = left(below) &* (64 &- across) &+ right(below) &* across
            let sum = upper &* (64 &- down) &+ lower &* down
            let out = 3 &* (y &* width &+ x)
            target[out] = UInt8(truncatingIfNeeded: sum >> 12)
            target[out &+ 1] = UInt8(truncatingIfNeeded: sum >> 33)
            target[out &+ 2] = UInt8(truncatingIfNeeded: sum >> 54)
          }
        }
      }
      count = 3 * width * height
    }
    return (ColorImage(width: width, height: height, pixels: pixels), isWhole)
  }
}
