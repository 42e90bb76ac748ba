package import ProtocolModel

/// A JPEG picture with its size.
package struct Picture: Hashable, Sendable {
  /// The JPEG file, without EXIF.
  package var jpeg: [UInt8]
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int

  /// Creates a picture.
  package init(jpeg: [UInt8], width: Int, height: Int) {
    self.jpeg = jpeg
    self.width = width
    self.height = height
  }
}

/// Pixels of a picture as it is embedded, origin top left.
package enum PictureSpace {}

/// The picture of one note.
package struct CropPicture: Hashable, Sendable {
  /// The picture.
  package var picture: Picture
  /// From the upright photo to the crop, so that words can be marked in it; `nil` leaves them unmarked.
  package var fromPhoto: Homography<PhotoSpace, PictureSpace>?

  /// Creates a crop.
  package init(picture: Picture, fromPhoto: Homography<PhotoSpace, PictureSpace>? = nil) {
    self.picture = picture
    self.fromPhoto = fromPhoto
  }
}

/// The picture of one rectified sheet, over which the notes are outlined and numbered.
package struct SheetPicture: Hashable, Sendable {
  /// The picture; it may be smaller than the sheet.
  package var picture: Picture
  /// Width of the sheet space in which the outlines count.
  package var width: Int
  /// Height of that space.
  package var height: Int
  /// Outlines of the regions on it, in any order.
  package var outlines: [RegionID: Polygon<SheetSpace>]

  /// Creates the picture of a sheet.
  package init(picture: Picture, width: Int, height: Int, outlines: [RegionID: Polygon<SheetSpace>]) {
    self.picture = picture
    self.width = width
    self.height = height
    self.outlines = outlines
  }
}

/// Gives a renderer its pictures, which show sheets and nothing of the room.
package protocol PictureSource: Sendable {
  /// The picture of a note; `nil` where there is none.
  func crop(of region: RegionID) -> CropPicture?
  /// The picture of a sheet; `nil` where there is none.
  func sheet(_ id: SheetID) -> SheetPicture?
  /// The whole photo, only where its owner asked for whole photos; else `nil`.
  func photo(_ id: PhotoID) -> Picture?
}

/// Gives no pictures: for outputs that have none.
package struct NoPictures: PictureSource {
  /// Creates the source.
  package init() {}
  /// Always `nil`.
  package func crop(of region: RegionID) -> CropPicture? { nil }
  /// Always `nil`.
  package func sheet(_ id: SheetID) -> SheetPicture? { nil }
  /// Always `nil`.
  package func photo(_ id: PhotoID) -> Picture? { nil }
}
