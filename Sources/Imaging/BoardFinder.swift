package import ProtocolModel

/// What may be set when boards are searched.
package struct BoardFinderParameters: Hashable, Sendable {
  /// Smallest paper as a share of the photo's area; 0.0002 of 12 megapixels is a note of 49 x 49 pixels.
  package var minimumRegionArea: Double

  /// Creates parameters.
  package init(minimumRegionArea: Double = 0.0002) { self.minimumRegionArea = minimumRegionArea }
}

/// Finds sheets, notes, cards, list items, headings and groups on one upright photo.
package struct BoardFinder: Sendable {
  private let parameters: BoardFinderParameters

  /// Creates a finder.
  package init(parameters: BoardFinderParameters = BoardFinderParameters()) { self.parameters = parameters }

  /// Searches an upright photo.
  package func find(
    in photo: borrowing Raster, id: PhotoID
  ) throws(ImageError) -> (sheets: SheetLayer, regions: RegionLayer) {
    find(in: try WorkingImage(reducing: photo), id: id)
  }

  /// Searches a working image, for callers that decode a JPEG reduced and never hold the photo at full size.
  ///
  /// The colour of the lamp is taken off for the search; the quality is that of the photo as it is.
  package func find(in photo: WorkingImage, id: PhotoID) -> (sheets: SheetLayer, regions: RegionLayer) {
    let image = photo.withoutLamp()
    let (sheets, found, dots) = papers(in: image)
    let letters = sheets.enumerated().reduce(into: Set<Int>()) { places, sheet in
      places.formUnion(
        LettersAmongPapers(in: image, sheet: sheet.element, sheetIndex: sheet.offset, papers: found).places)
    }
    let papers = found.indices.filter { !letters.contains($0) }.map { found[$0] }
    var writing: [WritingCandidate] = []
    var arrows: [ArrowCandidate] = []
    for (index, sheet) in sheets.enumerated() {
      let found = WritingFinder().find(in: image, sheet: sheet, sheetIndex: index, excluding: papers, dots: dots)
      writing += found.writing
      arrows += found.arrows
    }
    let layer = SheetLayer(
      photo: id, sheets: sheets.enumerated().map { $1.sheet(id: SheetID(id, number: $0 + 1)) })
    var regions = BoardStructure().assemble(
      sheets: sheets, papers: papers, dots: dots, writing: writing, arrows: arrows, photo: id)
    regions.quality = PhotoQuality(photo).findings(sheets: sheets, papers: papers, writing: writing)
    return (layer, regions)
  }

  /// Sheets, papers and vote dots, before anything is said about what they mean.
  package func findPapers(
    in image: WorkingImage
  ) -> (sheets: [SheetCandidate], papers: [PaperCandidate], dots: [VoteDot]) {
    papers(in: image.withoutLamp())
  }

  private func papers(
    in image: WorkingImage
  ) -> (sheets: [SheetCandidate], papers: [PaperCandidate], dots: [VoteDot]) {
    let plane = ColourPlane(image)
    let finder = PaperFinder(parameters: parameters, image: image, plane: plane, color: image.color)
    var pool = finder.pool()
    let found = finder.choose(from: pool)
    let (sheets, grounds) = SheetFinder(image: image, plane: plane).find(papers: found, pool: pool.hypotheses)
    let outlines = sheets.map { $0.outline.polygon.points.map { plane.fromPhoto($0, of: image) } }
    let board = BoardConsensus(plane: plane, outlines: outlines, grounds: grounds, papers: found)
    var onBoard = board.papers(of: found)
    let small = SmallPapers(parameters: parameters, image: image, plane: plane).hypotheses(beside: onBoard)
    if !small.isEmpty {
      pool.hypotheses += small
      onBoard = board.papers(of: finder.choose(from: pool))
    }
    onBoard += board.papers(of: onBoard + finder.holes(beside: onBoard, pool: pool)).filter { paper in
      !onBoard.contains { $0.shared(with: paper) > 0 }
    }
    var split = board.papers(of: finder.splitting(onBoard, pool: pool, on: board))
    split += ShadowPapers(plane: plane, board: board).hypotheses(beside: split)
    let papers = TapePieces(outlines: outlines).removed(from: split)
    let dots = VoteDotFinder(image: image, plane: plane).find(papers: papers, outlines: outlines)
    return (sheets, finder.candidates(of: papers, on: sheets), dots)
  }
}
