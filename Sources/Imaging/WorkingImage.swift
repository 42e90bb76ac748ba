package import ProtocolModel

/// Pixels of the working image, origin top left, x right, y down.
package enum WorkingSpace {}

/// The upright photo, shrunk to the size at which everything is found.
package struct WorkingImage: Sendable {
  /// Longest side in pixels: notes of 60 photo pixels on a 12 megapixel photo keep 30, and a script of 20 keeps 10.
  package static let longestSide = 2048

  /// The shrunk photo.
  package let color: ColorImage
  /// Photo pixels per working pixel, at least 1.
  package let scale: Double
  /// Width of the upright photo in pixels.
  package let photoWidth: Int
  /// Height of the upright photo in pixels.
  package let photoHeight: Int

  /// Width in working pixels.
  package var width: Int { color.width }
  /// Height in working pixels.
  package var height: Int { color.height }

  /// Shrinks an upright photo.
  ///
  /// `photoWidth` and `photoHeight` say the true size where `photo` itself was decoded reduced; they default to its own.
  package init(
    reducing photo: borrowing Raster, photoWidth: Int? = nil, photoHeight: Int? = nil
  ) throws(ImageError) {
    let longest = max(photo.width, photo.height)
    let small = try photo.averaged(by: min(1, Double(Self.longestSide) / Double(longest)))
    self.init(
      color: small.colorImage(), photoWidth: photoWidth ?? photo.width, photoHeight: photoHeight ?? photo.height)
  }

  /// Takes a shrunk upright photo as it is.
  package init(color: ColorImage, photoWidth: Int, photoHeight: Int) {
    self.color = color
    scale = Double(max(photoWidth, photoHeight)) / Double(max(color.width, color.height, 1))
    self.photoWidth = photoWidth
    self.photoHeight = photoHeight
  }

  /// A place on the photo.
  package func toPhoto(_ point: Point<WorkingSpace>) -> Point<PhotoSpace> { Point(point.x * scale, point.y * scale) }
  /// A place on the working image.
  package func toWorking(_ point: Point<PhotoSpace>) -> Point<WorkingSpace> { Point(point.x / scale, point.y / scale) }
  /// An outline on the photo.
  package func toPhoto(_ polygon: Polygon<WorkingSpace>) -> Polygon<PhotoSpace> {
    Polygon(polygon.points.map { toPhoto($0) })
  }
  /// An outline on the working image.
  package func toWorking(_ polygon: Polygon<PhotoSpace>) -> Polygon<WorkingSpace> {
    Polygon(polygon.points.map { toWorking($0) })
  }
}
