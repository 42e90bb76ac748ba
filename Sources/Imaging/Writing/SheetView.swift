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
    guard width * height < 4 * working.width * working.height,
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
    let sourceWidth = source.width, sourceHeight = source.height
    let limitX = Double(source.width - 1), limitY = Double(source.height - 1)
    var isWhole = true
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { target, count in
      source.pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<height {
          let v = Double(y) + 0.5
          for x in 0..<width {
            let u = Double(x) + 0.5
            let w = (m6 * u + m7 * v + m8) * scale
            let sx = (m0 * u + m1 * v + m2) / w - 0.5, sy = (m3 * u + m4 * v + m5) / w - 0.5
            if sx < -2 || sy < -2 || sx > limitX + 2 || sy > limitY + 2 { isWhole = false }
            let px = min(max(sx, 0), limitX), py = min(max(sy, 0), limitY)
            let ix = min(Int(px), sourceWidth - 2), iy = min(Int(py), sourceHeight - 2)
            let fx = Int((px - Double(ix)) * 64), fy = Int((py - Double(iy)) * 64)
            let base = 3 * (iy * sourceWidth + ix), below = base + 3 * sourceWidth
            let a = (64 - fx) * (64 - fy), b = fx * (64 - fy), c = (64 - fx) * fy, d = fx * fy
            let out = 3 * (y * width + x)
            for channel in 0..<3 {
              let upper = a * Int(pixels[base + channel]) + b * Int(pixels[base + 3 + channel])
              let lower = c * Int(pixels[below + channel]) + d * Int(pixels[below + 3 + channel])
              target[out + channel] = UInt8((upper + lower) >> 12)
            }
          }
        }
      }
      count = 3 * width * height
    }
    return (ColorImage(width: width, height: height, pixels: pixels), isWhole)
  }
}
