import CLeptonica  // declares a `Box` of its own, hence `ProtocolModel.Box` below
package import ProtocolModel

/// Why a picture could not be had.
package enum ImageError: Error, Equatable {
  /// The bytes are no picture that Leptonica reads.
  case undecodable(byteCount: Int)
  /// The coded data of a JPEG end before its last row.
  case incomplete
  /// Nothing is left after a crop or scale.
  case empty
  /// The library refused; the name of its function.
  case refused(String)
}

/// One Leptonica `PIX` of 32 bits a pixel, owned: created here, destroyed in `deinit`, never shared.
///
/// Colours only; gray and binary pictures are widened on the way in. Not Sendable: a raster stays on its thread.
package struct Raster: ~Copyable {
  private let pix: UnsafeMutablePointer<PIX>

  /// How a raster is written.
  package enum Encoding: Sendable {
    /// Lossy, quality 1...100.
    case jpeg(quality: Int)
    /// Lossless.
    case png
  }

  /// Silences the library's messages on stderr; call once before the first raster is made.
  package static func muteLibrary() { _ = setMsgSeverity(Int32(L_SEVERITY_NONE)) }

  /// Takes a `PIX` over, widening it to 32 bits; `nil` is an error of `function`.
  init(taking candidate: UnsafeMutablePointer<PIX>?, from function: String) throws(ImageError) {
    pix = try Raster.widened(candidate, from: function)
  }

  /// A `PIX` of 32 bits: `candidate` itself, or a copy after which `candidate` is freed. What is transparent is laid on
  /// white, as on paper.
  private static func widened(
    _ candidate: UnsafeMutablePointer<PIX>?, from function: String
  ) throws(ImageError) -> UnsafeMutablePointer<PIX> {
    guard let candidate else { throw .refused(function) }
    if pixGetDepth(candidate) == 32, pixGetColormap(candidate) == nil, pixGetSpp(candidate) != 4 { return candidate }
    var old: UnsafeMutablePointer<PIX>? = candidate
    let wide = pixGetSpp(candidate) == 4 ? pixRemoveAlpha(candidate) : pixConvertTo32(candidate)
    pixDestroy(&old)
    guard let wide else { throw .refused("pixConvertTo32") }
    return wide
  }

  /// Decodes a PNG, JPEG, TIFF or WebP; `reduction` 2, 4 or 8 decodes a JPEG at that fraction of its size.
  package init(decoding bytes: [UInt8], reduction: Int = 1) throws(ImageError) {
    pix = try Raster.decoded(bytes, reduction: reduction)
  }

  private static func decoded(_ bytes: [UInt8], reduction: Int) throws(ImageError) -> UnsafeMutablePointer<PIX> {
    let decoded: UnsafeMutablePointer<PIX>?
    var warnings: Int32 = 0
    if bytes.starts(with: [0xFF, 0xD8]) {
      decoded = pixReadMemJpeg(bytes, bytes.count, 0, Int32(max(reduction, 1)), &warnings, 0)
    } else {
      decoded = pixReadMem(bytes, bytes.count)
    }
    guard let decoded else { throw .undecodable(byteCount: bytes.count) }
    let wide = try Raster.widened(decoded, from: "pixReadMem")
    // libjpeg also warns of harmless stray bytes; only its filler in the last corner shows that data were missing.
    guard warnings > 0, Raster.endsInFiller(wide) else { return wide }
    var incomplete: UnsafeMutablePointer<PIX>? = wide
    pixDestroy(&incomplete)
    throw .incomplete
  }

  /// Whether the last pixels are the plain mid-gray that libjpeg writes where coded data are missing.
  private static func endsInFiller(_ pix: UnsafeMutablePointer<PIX>) -> Bool {
    let width = pixGetWidth(pix), height = pixGetHeight(pix)
    for step in 0..<min(width, 8) {
      var value: UInt32 = 0
      guard pixGetPixel(pix, width - 1 - step, height - 1, &value) == 0, value >> 8 == 0x80_8080 else { return false }
    }
    return true
  }

  /// Copies an image.
  package init(_ image: ColorImage) throws(ImageError) {
    guard image.width > 0, image.height > 0 else { throw .empty }
    guard let made = pixCreate(Int32(image.width), Int32(image.height), 32), let data = pixGetData(made) else {
      throw .refused("pixCreate")
    }
    pix = made
    let stride = Int(pixGetWpl(made))
    image.pixels.withUnsafeBufferPointer { source in
      for y in 0..<image.height {
        var index = y * image.width * 3
        let row = data + y * stride
        for x in 0..<image.width {
          row[x] =
            UInt32(source[index]) << 24 | UInt32(source[index + 1]) << 16 | UInt32(source[index + 2]) << 8 | 0xFF
          index += 3
        }
      }
    }
  }

  /// Width in pixels.
  package var width: Int { Int(pixGetWidth(pix)) }
  /// Height in pixels.
  package var height: Int { Int(pixGetHeight(pix)) }

  /// A copy of the pixels as interleaved red, green, blue.
  package func colorImage() -> ColorImage {
    let width = width, height = height
    guard let data = pixGetData(pix) else { return ColorImage(width: 0, height: 0, pixels: []) }
    let stride = Int(pixGetWpl(pix))
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      var index = 0
      for y in 0..<height {
        let row = data + y * stride
        for x in 0..<width {
          let value = row[x]
          buffer[index] = UInt8(truncatingIfNeeded: value >> 24)
          buffer[index + 1] = UInt8(truncatingIfNeeded: value >> 16)
          buffer[index + 2] = UInt8(truncatingIfNeeded: value >> 8)
          index += 3
        }
      }
      count = index
    }
    return ColorImage(width: width, height: height, pixels: pixels)
  }

  /// Applies an EXIF orientation (1...8) so that the result is upright; 1 copies.
  package func oriented(_ orientation: Int) throws(ImageError) -> Raster {
    switch orientation {
    case 2: return try Raster(taking: pixFlipLR(nil, pix), from: "pixFlipLR")
    case 3: return try Raster(taking: pixRotateOrth(pix, 2), from: "pixRotateOrth")
    case 4: return try Raster(taking: pixFlipTB(nil, pix), from: "pixFlipTB")
    case 5, 7:
      let turned = try quarterTurned(clockwise: orientation == 5)
      return try Raster(taking: pixFlipLR(nil, turned.pix), from: "pixFlipLR")
    case 6: return try quarterTurned(clockwise: true)
    case 8: return try quarterTurned(clockwise: false)
    default: return try Raster(taking: pixCopy(nil, pix), from: "pixCopy")
    }
  }

  /// Turned by 90 degrees, tile by tile: `pixRotate90` walks down whole columns of the result, each step a cache line of its
  /// own, and takes more than twice as long.
  private func quarterTurned(clockwise: Bool) throws(ImageError) -> Raster {
    let width = width, height = height, tile = 16
    guard let turned = pixCreateNoInit(Int32(height), Int32(width), 32), let target = pixGetData(turned),
      let source = pixGetData(pix)
    else { throw .refused("pixCreateNoInit") }
    let sourceStride = Int(pixGetWpl(pix)), targetStride = Int(pixGetWpl(turned))
    for top in stride(from: 0, to: height, by: tile) {
      for left in stride(from: 0, to: width, by: tile) {
        for x in left..<min(left + tile, width) {
          let row = target + (clockwise ? x : width - 1 - x) * targetStride
          for y in top..<min(top + tile, height) {
            row[clockwise ? height &- 1 &- y : y] = source[y &* sourceStride &+ x]
          }
        }
      }
    }
    return try Raster(taking: turned, from: "pixCreateNoInit")
  }

  /// At half its width and height, each pixel the mean of four; an odd last column or row is left out.
  package func halved() throws(ImageError) -> Raster {
    guard width >= 2, height >= 2 else { throw .empty }
    return try Raster(taking: pixScaleAreaMap2(pix), from: "pixScaleAreaMap2")
  }

  /// The part inside `box`, clipped to the picture.
  package func cropped<Space>(to box: ProtocolModel.Box<Space>) throws(ImageError) -> Raster {
    guard let inside = box.clamped(toWidth: width, height: height) else { throw .empty }
    var rectangle = boxCreate(Int32(inside.x), Int32(inside.y), Int32(inside.width), Int32(inside.height))
    defer { boxDestroy(&rectangle) }
    return try Raster(taking: pixClipRectangle(pix, rectangle, nil), from: "pixClipRectangle")
  }

  /// Scaled by `factor`, averaging when it shrinks.
  package func scaled(by factor: Double) throws(ImageError) -> Raster {
    guard Int(Double(width) * factor) >= 1, Int(Double(height) * factor) >= 1 else { throw .empty }
    return try Raster(taking: pixScale(pix, Float(factor), Float(factor)), from: "pixScale")
  }

  /// Shrunk by `factor` (0...1), every pixel the mean of the area it covers; nothing is sharpened.
  package func averaged(by factor: Double) throws(ImageError) -> Raster {
    guard Int(Double(width) * factor) >= 1, Int(Double(height) * factor) >= 1 else { throw .empty }
    if factor >= 1 { return try Raster(taking: pixCopy(nil, pix), from: "pixCopy") }
    return try Raster(taking: pixScaleAreaMap(pix, Float(factor), Float(factor)), from: "pixScaleAreaMap")
  }

  /// The quadrilateral `quad` of this picture, rectified to `width` x `height` (bilinear; outside is white).
  package func rectified<Space>(_ quad: Quad<Space>, toWidth width: Int, height: Int) throws(ImageError) -> Raster {
    guard width > 0, height > 0 else { throw .empty }
    // Clip first: the warp then costs what the note is worth, not the photo.
    let bounds = quad.polygon.bounds
    let margin = 2
    let wanted = ProtocolModel.Box<Space>(
      x: bounds.x - margin, y: bounds.y - margin, width: bounds.width + 2 * margin, height: bounds.height + 2 * margin)
    guard let inside = wanted.clamped(toWidth: self.width, height: self.height) else { throw .empty }
    let clip = try cropped(to: inside)
    // The warp keeps the size of its source, so the source is grown to the target where that is larger.
    let canvasWidth = max(clip.width, width), canvasHeight = max(clip.height, height)
    let canvas = try Raster(
      taking: pixAddBorderGeneral(
        clip.pix, 0, Int32(canvasWidth - clip.width), 0, Int32(canvasHeight - clip.height), 0xFFFF_FF00),
      from: "pixAddBorderGeneral")
    var source = ptaCreate(4), target = ptaCreate(4)
    defer {
      ptaDestroy(&source)
      ptaDestroy(&target)
    }
    for corner in quad.polygon.points {
      ptaAddPt(source, Float(corner.x - Double(inside.x)), Float(corner.y - Double(inside.y)))
    }
    for corner in Quad<Space>(width: width, height: height).polygon.points {
      ptaAddPt(target, Float(corner.x), Float(corner.y))
    }
    let warped = try Raster(
      taking: pixProjectivePta(canvas.pix, target, source, Int32(L_BRING_IN_WHITE)), from: "pixProjectivePta")
    return try warped.cropped(to: ProtocolModel.Box<Space>(x: 0, y: 0, width: width, height: height))
  }

  /// The bytes of a picture file without any metadata.
  package func encoded(as encoding: Encoding) throws(ImageError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status: Int32
    switch encoding {
    case .jpeg(let quality): status = pixWriteMemJpeg(&bytes, &count, pix, Int32(quality), 0)
    case .png: status = pixWriteMemPng(&bytes, &count, pix, 0)
    }
    defer { lept_free(bytes) }
    guard status == 0, let bytes else { throw .refused("pixWriteMem") }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Lends the image to another C library, untyped: two C modules may import `PIX` under two types.
  package borrowing func withHandle<R, E: Error>(
    _ body: (UnsafeMutableRawPointer) throws(E) -> R
  ) throws(E) -> R { try body(UnsafeMutableRawPointer(pix)) }

  deinit {
    var pix: UnsafeMutablePointer<PIX>? = pix
    pixDestroy(&pix)
  }
}
