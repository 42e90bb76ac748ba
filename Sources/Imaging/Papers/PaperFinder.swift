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
    /// The even parts from which the regions grew.
    var zones: FlatZones
    /// The even parts among which grounds with holes are sought; see ``GroundHoles``.
    var grounds: [FlatZones]
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
    let zones = Self.limits.map { FlatZones(of: plane, limit: $0) }
    let flat =
      hypotheses(on: plane, zones: zones)
      + hypotheses(on: blank, zones: faint.map { FlatZones(of: blank, limit: $0) }).filter(\.isFaint)
      .map { $0.scaled(by: 2) }
    let (grown, blobs) = self.grown(from: zones[2], least: 0.4 * leastArea, beside: flat)
    return Pool(
      hypotheses: flat + grown, blobs: blobs, zones: zones[2], grounds: [zones[0], zones[2]])
  }

  /// The papers, chosen among all hypotheses, whatever they hang on.
  func choose(from pool: Pool) -> [PaperHypothesis] { selection.choose(from: pool.hypotheses) }

  /// Papers that no even part of their own shows; see ``GroundHoles``.
  func holes(beside papers: [PaperHypothesis], pool: Pool) -> [PaperHypothesis] {
    GroundHoles(plane: plane, leastArea: leastArea, grounds: pool.grounds).hypotheses(beside: papers)
  }

  /// `papers` with the regions split that hold several.
  func splitting(_ papers: [PaperHypothesis], pool: Pool, on board: BoardConsensus) -> [PaperHypothesis] {
    let blobs = (pool.blobs + large(papers, zones: pool.zones)).filter { blob in
      board.holds(
        PlanePoint(
          Double(blob.mask.x) + Double(blob.mask.width) / 2, Double(blob.mask.y) + Double(blob.mask.height) / 2))
        && !board.isGround(blob.colour)
    }
    let pieces = split(blobs, known: papers, least: leastArea)
    return pieces.isEmpty ? papers : selection.choose(from: papers, preferring: pieces)
  }

  /// The regions of papers that are larger than those around and were found beyond doubt: of several papers of one colour the
  /// outline can be as good.
  private func large(_ papers: [PaperHypothesis], zones: FlatZones) -> [Blob] {
    let sure = papers.filter { $0.score > 0.75 && $0.fit.shape == .rectangle && $0.area > leastArea }
    let regions = ColourRegions(plane: plane, reach: 3)
    let strips = papers.filter { $0.score > 0.75 && $0.fit.shape == .strip && $0.area > leastArea }
    return (sure + strips).compactMap { paper in
      let box = Polygon(paper.fit.outline).bounds
      let frame = Mask(x: box.x, y: box.y, width: box.width + 1, height: box.height + 1)
      let usual = usualArea(near: frame, among: sure)
      guard usual > 0, paper.area > Self.severalPapers * usual else { return nil }
      let inside = zones.zones.indices.filter {
        let zone = zones.zones[$0]
        let middle = PlanePoint(Double(zone.left + zone.right) / 2, Double(zone.top + zone.bottom) / 2)
        return Double(zone.area) < 1.1 * paper.area && PaperSelection.sameGround(zone.colour, paper.colour)
          && Polygon(paper.fit.outline).contains(middle)
      }
      guard let seed = inside.max(by: { (zones.zones[$0].area, $1) < (zones.zones[$1].area, $0) }),
        let mask = regions.region(of: seed, in: zones)
      else { return nil }
      return Blob(mask: mask, colour: zones.zones[seed].colour, fit: ShapeFit(mask))
    }
  }

  /// Two papers of which one hides half have one and a half times the area of one; papers of one pack differ by less than
  /// this.
  private static let severalPapers = 1.12

  /// The papers in regions that no single outline explains.
  private func split(
    _ blobs: [Blob], known: [PaperHypothesis], least: Double
  ) -> [[PaperHypothesis]] {
    let sure = known.filter { $0.score > 0.75 && $0.fit.shape == .rectangle && $0.area > least }
    var result: [[PaperHypothesis]] = []
    var seen: [(box: [Int], area: Double)] = []
    for blob in blobs {
      let area = Double(blob.mask.area)
      // A frame around a board, or what is left of the board beside its papers.
      guard area > 0.25 * Double(blob.mask.width * blob.mask.height) else { continue }
      // Grown farther, most regions stay as they are.
      let box = [blob.mask.x, blob.mask.y, blob.mask.width, blob.mask.height]
      if seen.contains(where: { old in
        zip(old.box, box).allSatisfy { abs($0 - $1) <= 2 } && abs(old.area / area - 1) < 0.03
      }) {
        continue
      }
      seen.append((box, area))
      let shape = blob.fit?.overlap ?? 0
      let median = usualArea(near: blob.mask, among: sure)
      let large = median > 0 && area > 1.5 * median
      // A region of one good outline and no more than a paper's usual size is one paper.
      if shape > 0.9 && !(median > 0 && area > Self.severalPapers * median) { continue }
      let frame = blob.mask
      let covers = known.filter { paper in
        !PaperSelection.sameGround(paper.colour, blob.colour) && paper.area < 2 * median
          && paper.box.left < Double(frame.x + frame.width) && paper.box.right > Double(frame.x)
          && paper.box.top < Double(frame.y + frame.height) && paper.box.bottom > Double(frame.y)
      }
      // Two papers that overlap by half and more: only where the edge of the upper one is seen.
      let maybe = !large && (covers.isEmpty || shape > 0.9) && median > 0 && area > Self.severalPapers * median
      guard large || maybe || (!covers.isEmpty && area > 0.25 * median) else { continue }
      // Papers whose own outline is about the region's are no help to split it.
      let splitter = BlobSplitter(
        plane: plane, known: sure.filter { !(large || maybe) || $0.area < (maybe ? 0.88 : 0.75) * area }, image: image,
        covers: large || maybe ? [] : covers)
      let pieces = splitter.split(blob.mask, colour: blob.colour, allClear: shape > 0.95, onlyAtEdges: maybe)
      guard pieces.count >= (large || maybe ? 2 : 1) else { continue }
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
    }.map { (distance: (Polygon($0.fit.frame).centre - centre).length, paper: $0) }.sorted {
      ($0.distance, $0.paper.area) < ($1.distance, $1.paper.area)
    }
    return BoardConsensus.usualArea(of: others.prefix(5).map(\.paper)) ?? 0
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
  ///
  /// Regions grow from the even parts at 4.5. Grounds with holes are sought at 2, the grain of a sheet or a whiteboard, and
  /// at 4.5, that of packing paper or a wall.
  static let limits = [2.0, 3.0, 4.5, 7.0]
  /// Limits for the edges of white paper on white, used where the picture's grain lies below them.
  static let faintLimits = [0.7, 1.0, 1.4, 2.0, 3.0]

  /// Everything that has the outline of a paper, at any gradient limit; the same paper may come several times.
  func hypotheses(on plane: ColourPlane, zones levels: [FlatZones]) -> [PaperHypothesis] {
    let pixels = Double(plane.width * plane.height)
    let least = max(40, parameters.minimumRegionArea * pixels * 0.4)
    var result: [PaperHypothesis] = []
    var seen: [(box: [Int], area: Int)] = []
    for zones in levels {
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
    from zones: FlatZones, least: Double, beside flat: [PaperHypothesis]
  ) -> (papers: [PaperHypothesis], blobs: [Blob]) {
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
    for paper in flat
    where paper.fit.overlap > 0.93 && paper.leastSupport > 0.85 && paper.area < 0.05 * pixels && !paper.goesOn(plane) {
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
