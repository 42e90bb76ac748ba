import Imaging

/// Makes upright pixels of a picture whose header was found in order.
enum PictureDecoder {
  /// Decodes; `reduction` 1, 2, 4 or 8 gives that fraction of the width and height.
  static func decode(
    _ bytes: [UInt8], header: PictureHeader, reduction: Int
  ) throws(IngestError) -> Raster {
    let stored: Raster
    do {
      switch header.format {
      case .heif: stored = try reduced(Raster(HEIFPicture.decode(bytes)), by: reduction)
      case .jpeg: stored = try Raster(decoding: bytes, reduction: reduction)
      case .tiff: stored = try reduced(Raster(decoding: TIFFHeader.untold(bytes)), by: reduction)
      default: stored = try reduced(Raster(decoding: bytes), by: reduction)
      }
    } catch let error as IngestError {
      throw error
    } catch ImageError.incomplete {
      throw .endsEarly
    } catch {
      throw .undecodable
    }
    let upright: Raster
    if header.orientation == 1 {
      upright = stored
    } else {
      do {
        upright = try stored.oriented(header.orientation)
      } catch { throw .undecodable }
    }
    // libjpeg rounds up, scaling rounds to nearest: one pixel either way.
    guard abs(upright.width * reduction - header.width) <= reduction,
      abs(upright.height * reduction - header.height) <= reduction
    else { throw .contradictory("the decoded picture has another size") }
    return upright
  }

  private static func reduced(_ raster: consuming Raster, by reduction: Int) throws(ImageError) -> Raster {
    guard reduction > 1 else { return raster }
    return try raster.scaled(by: 1 / Double(reduction))
  }
}
