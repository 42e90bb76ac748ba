/// Pixels of the upright photo: after its EXIF orientation was applied, origin top left, x right, y down.
public enum PhotoSpace {}

/// Pixels of a sheet after rectification, origin top left, x right, y down.
public enum SheetSpace {}

/// A position in `Space`, in pixels; pixel centres lie at half-integers.
public struct Point<Space>: Hashable, Sendable {
  /// Pixels to the right of the origin.
  public var x: Double
  /// Pixels below the origin.
  public var y: Double

  /// Creates a point.
  @inlinable public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

extension Point: Codable {
  /// Reads `[x, y]`.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    x = try container.decode(Double.self)
    y = try container.decode(Double.self)
  }

  /// Writes `[x, y]`, rounded to a tenth of a pixel.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode((x * 10).rounded() / 10)
    try container.encode((y * 10).rounded() / 10)
  }
}

/// An axis-aligned box of whole pixels. `Box<PhotoSpace>` and `Box<SheetSpace>` do not mix.
public struct Box<Space>: Hashable, Codable, Sendable {
  /// Left edge, inclusive.
  public var x: Int
  /// Top edge, inclusive.
  public var y: Int
  /// Pixels from the left edge to the right one.
  public var width: Int
  /// Pixels from the top edge to the bottom one.
  public var height: Int

  /// Creates a box.
  @inlinable public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The box's part inside a picture of `width` x `height`, or `nil` where nothing is inside.
  public func clamped(toWidth limitX: Int, height limitY: Int) -> Box? {
    let left = max(0, x)
    let top = max(0, y)
    let right = min(limitX, x + width)
    let bottom = min(limitY, y + height)
    guard right > left, bottom > top else { return nil }
    return Box(x: left, y: top, width: right - left, height: bottom - top)
  }
}

/// A closed polygon, its corners in order; the last is joined to the first.
public struct Polygon<Space>: Hashable, Sendable {
  /// The corners.
  public var points: [Point<Space>]

  /// Creates a polygon.
  @inlinable public init(_ points: [Point<Space>]) { self.points = points }

  /// Twice the signed area, halved: positive whatever the direction.
  public var area: Double {
    guard points.count >= 3 else { return 0 }
    var sum = 0.0
    for index in points.indices {
      let a = points[index]
      let b = points[(index + 1) % points.count]
      sum += a.x * b.y - b.x * a.y
    }
    return abs(sum) / 2
  }

  /// The mean of the corners.
  public var centre: Point<Space> {
    guard !points.isEmpty else { return Point(0, 0) }
    let n = Double(points.count)
    return Point(points.reduce(0) { $0 + $1.x } / n, points.reduce(0) { $0 + $1.y } / n)
  }

  /// The smallest box of whole pixels around the corners.
  public var bounds: Box<Space> {
    guard let first = points.first else { return Box(x: 0, y: 0, width: 0, height: 0) }
    var left = first.x, right = first.x, top = first.y, bottom = first.y
    for point in points {
      left = min(left, point.x)
      right = max(right, point.x)
      top = min(top, point.y)
      bottom = max(bottom, point.y)
    }
    let x = Int(left.rounded(.down)), y = Int(top.rounded(.down))
    return Box(x: x, y: y, width: Int(right.rounded(.up)) - x, height: Int(bottom.rounded(.up)) - y)
  }

  /// Whether `point` lies inside, by the even-odd rule.
  @inlinable public func contains(_ point: Point<Space>) -> Bool {
    var inside = false
    guard var b = points.last else { return false }
    for a in points {
      if (a.y > point.y) != (b.y > point.y),
        point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
      {
        inside.toggle()
      }
      b = a
    }
    return inside
  }
}

extension Polygon: Codable {
  /// Reads a list of `[x, y]`.
  public init(from decoder: any Decoder) throws {
    points = try [Point<Space>](from: decoder)
  }

  /// Writes a list of `[x, y]`.
  public func encode(to encoder: any Encoder) throws { try points.encode(to: encoder) }
}

/// Four corners in the order top left, top right, bottom right, bottom left.
public struct Quad<Space>: Hashable, Codable, Sendable {
  /// The upper left corner as a person holding the sheet upright would say.
  public var topLeft: Point<Space>
  /// The upper right corner.
  public var topRight: Point<Space>
  /// The lower right corner.
  public var bottomRight: Point<Space>
  /// The lower left corner.
  public var bottomLeft: Point<Space>

  /// Creates a quadrilateral.
  public init(
    topLeft: Point<Space>, topRight: Point<Space>, bottomRight: Point<Space>, bottomLeft: Point<Space>
  ) {
    self.topLeft = topLeft
    self.topRight = topRight
    self.bottomRight = bottomRight
    self.bottomLeft = bottomLeft
  }

  /// The whole of a picture.
  public init(width: Int, height: Int) {
    self.init(
      topLeft: Point(0, 0), topRight: Point(Double(width), 0),
      bottomRight: Point(Double(width), Double(height)), bottomLeft: Point(0, Double(height)))
  }

  /// The corners in order, as a polygon.
  public var polygon: Polygon<Space> { Polygon([topLeft, topRight, bottomRight, bottomLeft]) }
}
