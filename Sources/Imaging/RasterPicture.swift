package import ProtocolModel

/// A photo at its own size and at half of it, from which small pictures for people are cut.
package struct PictureSource: ~Copyable {
  private let full: Raster
  private let half: Raster?

  /// Takes a photo over.
  package init(_ photo: consuming Raster) {
    half = try? photo.halved()
    full = photo
  }

  /// Width of the photo in pixels.
  package var width: Int { full.width }

  /// A small picture of `quad` of the photo, cut from the half where that still has all that the picture shows.
  package func picture<Space>(of quad: Quad<Space>, toWidth width: Int, height: Int) throws(ImageError) -> Raster {
    let factor = max(quad.meanWidth / Double(width), quad.meanHeight / Double(height))
    if factor >= 2, half != nil {
      return try half!.picture(of: quad.scaled(by: 0.5), toWidth: width, height: height)
    }
    return try full.picture(of: quad, toWidth: width, height: height)
  }
}

extension Raster {
  /// A small picture of `quad` for people: shrunk by averaging first where it is much larger than the target, for the
  /// warp itself takes one sample a pixel.
  package func picture<Space>(
    of quad: Quad<Space>, toWidth width: Int, height: Int
  ) throws(ImageError) -> Raster {
    let factor = max(quad.meanWidth / Double(width), quad.meanHeight / Double(height))
    guard factor > 1.5 else { return try rectified(quad, toWidth: width, height: height) }
    let bounds = quad.polygon.bounds
    guard let inside = bounds.clamped(toWidth: self.width, height: self.height) else { throw .empty }
    let clip = try cropped(to: inside)
    let shrunk = try clip.scaled(by: 1 / factor)
    let ratioX = Double(shrunk.width) / Double(inside.width), ratioY = Double(shrunk.height) / Double(inside.height)
    func moved(_ point: Point<Space>) -> Point<Space> {
      Point((point.x - Double(inside.x)) * ratioX, (point.y - Double(inside.y)) * ratioY)
    }
    let target = Quad<Space>(
      topLeft: moved(quad.topLeft), topRight: moved(quad.topRight), bottomRight: moved(quad.bottomRight),
      bottomLeft: moved(quad.bottomLeft))
    return try shrunk.rectified(target, toWidth: width, height: height)
  }
}
