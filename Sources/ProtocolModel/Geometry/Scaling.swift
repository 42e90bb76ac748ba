extension Polygon {
  /// The same polygon with every coordinate multiplied.
  public func scaled(by factor: Double) -> Polygon { Polygon(points.map { Point($0.x * factor, $0.y * factor) }) }
}

extension NoteRegion {
  /// The region on a picture of the photo decoded at another size.
  public func scaled(by factor: Double) -> NoteRegion {
    var region = self
    region.polygon = polygon.scaled(by: factor)
    region.linePolygons = linePolygons.map { $0.scaled(by: factor) }
    return region
  }
}

extension Sheet {
  /// The sheet on a picture of the photo decoded at another size.
  public func scaled(by factor: Double) -> Sheet {
    var sheet = self
    sheet.outline = outline.scaled(by: factor)
    return sheet
  }
}
