import CLeptonica

extension Raster {
  /// Decodes a picture and lays what is transparent on white.
  package static func flattened(decoding bytes: [UInt8]) throws(ImageError) -> Raster {
    guard let decoded = pixReadMem(bytes, bytes.count) else { throw .undecodable(byteCount: bytes.count) }
    var old: UnsafeMutablePointer<PIX>? = decoded
    let flat = pixRemoveAlpha(decoded)
    pixDestroy(&old)
    return try Raster(taking: flat, from: "pixRemoveAlpha")
  }
}
