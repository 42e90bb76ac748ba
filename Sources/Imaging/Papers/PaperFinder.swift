import ProtocolModel

/// Finds every piece of paper on a photo.
struct PaperFinder: Sendable {
  /// What may be set.
  let parameters: BoardFinderParameters
  /// The photo.
  let image: WorkingImage
  /// The plane on which papers are searched.
  let plane: ColourPlane
  /// The same at half its size and without writing: white paper on white has no colour to grow over its writing, and an
  /// edge as low as the grain.
  let blank: ColourPlane

  /// Strokes up to twice this many pixels of the plane are filled: the thickest writing on a note.
  static let stroke = 4

  /// Looks for papers on `plane`, which shows `color` shrunk.
  init(parameters: BoardFinderParameters, image: WorkingImage, plane: ColourPlane, color: ColorImage) {
    self.parameters = parameters
    self.image = image
    self.plane = plane
    let shrunk = color.shrunk(to: plane)
    blank = ColourPlane(LocalExtrema.closing(shrunk, radius: Self.stroke), factor: 2)
  }

  /// Everything that may be a paper, and the regions of one colour that may hold several.
  struct Pool {
    var hypotheses: [PaperHypothesis]
    var blobs: [Blob]
  }

  /// A region of one colour with the outline that explains it, where there is one.
  struct Blob {
    var mask: Mask
    var colour: LabColour
    var fit: ShapeFit?
  }

  /// Smallest paper in pixels of the plane.
  var leastArea: Double { parameters.minimumRegionArea * Double(plane.width * plane.height) }

  private var selection: PaperSelection { PaperSelection(plane: plane, leastArea: leastArea) }

  /// All that has the outline of a paper; the same paper may come several times.
  func pool() -> Pool {
    let faint = Self.faintLimits.filter { $0 * 8 > Double(blank.grain) }
    let flat =
      hypotheses(on: plane, limits: Self.limits)
      + hypotheses(on: blank, limits: faint).filter(\.isFaint).map { $0.scaled(by: 2) }
    let (grown, blobs) = self.grown(on: plane, least: 0.4 * leastArea, beside: flat)
    return Pool(hypotheses: flat + grown, blobs: blobs)
  }

  /// The papers, chosen among all hypotheses, whatever they hang on.
  func choose(from pool: Pool) -> [PaperHypothesis] { selection.choose(from: pool.hypotheses) }

  /// Papers that no even part of their own shows; see ``GroundHoles``.
  func holes(beside papers: [PaperHypothesis]) -> [PaperHypothesis] {
    GroundHoles(plane: plane, leastArea: leastArea).hypotheses(beside: papers)
  }

  /// `papers` with the regions split that hold several.
  func splitting(_ papers: [PaperHypothesis], pool: Pool, on board: BoardConsensus) -> [PaperHypothesis] {
    let blobs = pool.blobs.filter { blob in
      board.holds(
        PlanePoint(
          Double(blob.mask.x) + Double(blob.mask.width) / 2, Double(blob.mask.y) + Double(blob.mask.height) / 2))
        && !board.isGround(blob.colour)
    }
    let pieces = split(blobs, known: papers, least: leastArea)
    return pieces.isEmpty ? papers : selection.choose(from: papers, preferring: pieces)
  }

  /// The papers in regions that no single outline explains.
  private func split(
    _ blobs: [Blob], known: [PaperHypothesis], least: Double
  ) -> [[PaperHypothesis]] {
    let sure = known.filter { $0.score > 0.75 && $0.fit.shape == .rectangle && $0.area > least }
    var result: [[PaperHypothesis]] = []
    for blob in blobs {
      let area = Double(blob.mask.area)
      let shape = blob.fit?.overlap ?? 0
      let median = usualArea(near: blob.mask, among: sure)
      let large = median > 0 && area > 1.5 * median
      // A region of one good outline and no more than a paper's usual size is one paper.
      if shape > 0.9 && !large { continue }
      let box = blob.mask
      let covers = known.filter { paper in
        !PaperSelection.sameGround(paper.colour, blob.colour) && paper.area < 2 * median
          && paper.box.left < Double(box.x + box.width) && paper.box.right > Double(box.x)
          && paper.box.top < Double(box.y + box.height) && paper.box.bottom > Double(box.y)
      }
      guard large || (!covers.isEmpty && area > 0.25 * median) else { continue }
      // Papers whose own outline is about the region's are no help to split it.
      let splitter = BlobSplitter(
        plane: plane, known: sure.filter { !large || $0.area < 0.75 * area }, covers: large ? [] : covers)
      let pieces = splitter.split(blob.mask, colour: blob.colour, allClear: shape > 0.95)
      guard pieces.count >= (large ? 2 : 1) else { continue }
      result.append(
        pieces.map { piece in
          let fit = ShapeFit(shape: .rectangle, outline: piece.corners, frame: piece.corners, overlap: 0.9)
          var paper = PaperHypothesis(fit: fit, colour: blob.colour, plane: plane)
          paper.occluded = piece.occluded
          return paper
        })
    }
    return result
  }

  /// Middle area of the five papers nearest to a region, itself and what it swallowed left out; 0 without any.
  private func usualArea(near mask: Mask, among papers: [PaperHypothesis]) -> Double {
    let area = Double(mask.area)
    let centre = PlanePoint(Double(mask.x) + Double(mask.width) / 2, Double(mask.y) + Double(mask.height) / 2)
    let others = papers.filter { paper in
      let middle = Polygon(paper.fit.frame).centre
      let inside =
        abs(middle.x - centre.x) < Double(mask.width) / 2 && abs(middle.y - centre.y) < Double(mask.height) / 2
      return !(inside && paper.area > 0.75 * area)
    }.map { (distance: (Polygon($0.fit.frame).centre - centre).length, area: $0.area) }.sorted {
      ($0.distance, $0.area) < ($1.distance, $1.area)
    }
    let nearest = others.prefix(5).map(\.area).sorted()
    return nearest.isEmpty ? 0 : nearest[nearest.count / 2]
  }

  /// The papers as others see them, in row order, each with the sheet it hangs on.
  func candidates(of papers: [PaperHypothesis], on sheets: [SheetCandidate]) -> [PaperCandidate] {
    papers.map { paper in
      PaperCandidate(
        outline: Polygon(paper.fit.outline.map { plane.toPhoto($0, of: image) }),
        frame: Quad(paper.fit.frame.map { plane.toPhoto($0, of: image) }),
        colour: PaperColour.name(of: paper.colour), lightness: paper.colour.lightness, a: paper.colour.a,
        b: paper.colour.b, shape: paper.fit.shape, occluded: paper.occluded, confidence: min(1, paper.score))
    }
  }

  /// Gradient limits in units of L*: from just above the grain of paper to well below the edge of a pale note.
  static let limits = [2.0, 3.0, 4.5, 7.0]
  /// Limits for the edges of white paper on white, used where the picture's grain lies below them.
  static let faintLimits = [0.7, 1.0, 1.4, 2.0, 3.0]

  /// Everything that has the outline of a paper, at any gradient limit; the same paper may come several times.
  func hypotheses(on plane: ColourPlane, limits: [Double]) -> [PaperHypothesis] {
    let pixels = Double(plane.width * plane.height)
    let least = max(40, parameters.minimumRegionArea * pixels * 0.4)
    var result: [PaperHypothesis] = []
    var seen: [(box: [Int], area: Int)] = []
    for limit in limits {
      let zones = FlatZones(of: plane, limit: limit)
      for (number, zone) in zones.zones.enumerated() {
        guard Double(zone.area) >= least, zone.width > 7, zone.height > 7,
          Double(zone.width * zone.height) < 0.6 * pixels,
          Double(zone.area) > 0.2 * Double(zone.width * zone.height)
        else { continue }
        // A higher limit that adds next to nothing gives the same outline again.
        let key = [zone.left, zone.top, zone.right, zone.bottom]
        let repeats = seen.contains { old in
          zip(old.box, key).allSatisfy { abs($0 - $1) <= 1 } && Double(zone.area) < 1.05 * Double(old.area)
        }
        if repeats { continue }
        let mask = Mask(
          label: Int32(number), of: zones.labels, planeWidth: plane.width, x: zone.left, y: zone.top,
          width: zone.width, height: zone.height, margin: 4)
        // Strokes up to 4 pixels wide close, and half of the edge's ramp comes back.
        let solid = mask.dilated(by: 3).filled().eroded(by: 2).largestPart()
        guard let fit = ShapeFit(solid), fit.overlap > 0.78 else { continue }
        if fit.overlap > 0.95 { seen.append((key, zone.area)) }
        result.append(PaperHypothesis(fit: fit, colour: zone.colour, plane: plane))
      }
    }
    return result
  }

  /// Hypotheses that grow over writing; see ``ColourRegions``.
  private func grown(
    on plane: ColourPlane, least: Double, beside flat: [PaperHypothesis]
  ) -> (papers: [PaperHypothesis], blobs: [Blob]) {
    let zones = FlatZones(of: plane, limit: 4.5)
    let pixels = Double(plane.width * plane.height)
    var result: [PaperHypothesis] = []
    var blobs: [Blob] = []
    let seeds = zones.zones.indices.filter {
      let zone = zones.zones[$0]
      return Double(zone.area) >= 0.2 * least && zone.width > 4 && zone.height > 4
        && Double(zone.width * zone.height) < 0.15 * pixels
    }.sorted { (-zones.zones[$0].area, $0) < (-zones.zones[$1].area, $1) }
    // Per pixel: the region that took it, so that pieces of one note grow once. What is found beyond doubt need not grow.
    var taken = RegionOwners(plane: plane)
    for paper in flat where paper.fit.overlap > 0.93 && paper.leastSupport > 0.85 && paper.area < 0.05 * pixels {
      taken.take(paper.fit.outline, colour: paper.colour)
    }
    for reach in [1, 3] {
      let regions = ColourRegions(plane: plane, reach: reach)
      var owners = taken
      for number in seeds {
        let zone = zones.zones[number]
        if owners.hold(zone, number: Int32(number), of: zones) { continue }
        guard let mask = regions.region(of: number, in: zones) else { continue }
        owners.take(mask, colour: zone.colour)
        guard Double(mask.area) >= least else { continue }
        let fit = ShapeFit(mask)
        blobs.append(Blob(mask: mask, colour: zone.colour, fit: fit))
        guard let fit, fit.overlap > 0.78 else { continue }
        let paper = PaperHypothesis(fit: fit, colour: zone.colour, plane: plane)
        if fit.overlap > 0.93, paper.leastSupport > 0.85 { taken.take(mask, colour: zone.colour) }
        result.append(paper)
      }
    }
    return (result, blobs)
  }
}

extension Quad {
  /// From four corners, clockwise from the upper left.
  init(_ corners: [Point<Space>]) {
    self.init(topLeft: corners[0], topRight: corners[1], bottomRight: corners[2], bottomLeft: corners[3])
  }
}
