import ProtocolModel

/// Which region took which pixel of a plane, and of what colour it is.
struct RegionOwners {
  private let width: Int, height: Int
  private var owner: [Int32]
  private var colours: [LabColour] = []

  /// Nothing is taken yet.
  init(plane: ColourPlane) {
    width = plane.width
    height = plane.height
    owner = [Int32](repeating: -1, count: plane.width * plane.height)
  }

  /// Whether more than half of a zone belongs to regions of its colour.
  func hold(_ zone: FlatZones.Zone, number: Int32, of zones: FlatZones) -> Bool {
    var taken = 0
    for y in zone.top...zone.bottom {
      for x in zone.left...zone.right where zones.labels[y * width + x] == number {
        let index = Int(owner[y * width + x])
        if index >= 0, PaperSelection.sameGround(colours[index], zone.colour) { taken += 1 }
      }
    }
    return 2 * taken > zone.area
  }

  /// Gives the pixels of a mask to a new region.
  mutating func take(_ mask: Mask, colour: LabColour) {
    let number = Int32(colours.count)
    colours.append(colour)
    let left = max(0, -mask.x), right = min(mask.width, width - mask.x)
    for row in max(0, -mask.y)..<max(max(0, -mask.y), min(mask.height, height - mask.y)) {
      let base = (mask.y + row) * width + mask.x
      for column in left..<max(left, right) where mask.bits[row * mask.width + column] == 1 {
        owner[base + column] = number
      }
    }
  }

  /// Gives the inside of an outline to a new region.
  mutating func take(_ outline: [PlanePoint], colour: LabColour) {
    let box = Polygon(outline).bounds
    var mask = Mask(x: box.x, y: box.y, width: box.width + 1, height: box.height + 1)
    mask.set(inside: outline, to: 1)
    take(mask, colour: colour)
  }
}
