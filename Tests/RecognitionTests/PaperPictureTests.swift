import Foundation
import Imaging
import ProtocolModel
import Recognition
import Testing

/// What of a paper gets to the readers: all of its writing, and nothing else.
@Suite struct PaperPictureTests {
  private let photo = PhotoID(rawValue: "p0")

  private func region(_ x: Range<Double>, _ y: Range<Double>, number: Int = 1, occluded: Double = 0) -> NoteRegion {
    var region = NoteRegion(
      id: RegionID(photo, number: number), kind: .note,
      polygon: Polygon([
        Point(x.lowerBound, y.lowerBound), Point(x.upperBound, y.lowerBound), Point(x.upperBound, y.upperBound),
        Point(x.lowerBound, y.upperBound),
      ]), colour: "yellow", order: number)
    region.occluded = occluded
    return region
  }

  /// A board with a yellow paper from 100 to 500 and from 100 to 300.
  private func board() -> ColorImage {
    var picture = ColorImage(width: 600, height: 400, red: 120, green: 130, blue: 125)
    picture.paint(100..<500, 100..<300, (250, 225, 90))
    return picture
  }

  private func read(_ regions: [NoteRegion], in picture: ColorImage) throws -> RecognizedText {
    let echo = EchoRecognizer(
      name: "neural:small-averaged", hypotheses: [Hypothesis(text: "Worte", logProbability: -0.01, lexiconShare: 1)])
    let texts = try NoteReader(handwriting: [echo], print: []).read(regions, in: Raster(picture), sheets: [])
    return try #require(texts.first)
  }

  @Test(arguments: [0.0, 2, 5]) func lettersAtThePapersEdgeAreOfTheLine(inset: Double) throws {
    var picture = board()
    // From four pixels behind the left edge to four before the right one.
    for left in stride(from: 104, through: 476, by: 31) { picture.letterN(left, 170, width: 20, height: 30) }
    let paper = region(100 + inset..<500 - inset, 100 + inset..<300 - inset)
    let line = try #require(try read([paper], in: picture).lines.first)
    // The picture of a line has two pixels of paper around its ink.
    #expect(line.polygon.bounds.x <= 102)
    #expect(line.polygon.bounds.x + line.polygon.bounds.width >= 495)
  }

  @Test(arguments: [0.0, 5]) func ofAPaperOnTopNothingIsLeft(inset: Double) throws {
    var picture = board()
    // Its shadow reaches over its edge.
    picture.paint(297..<465, 188..<345, (110, 95, 40))
    picture.paint(300..<460, 190..<340, (240, 120, 160))
    for left in stride(from: 120, through: 440, by: 31) { picture.letterN(left, 130, width: 20, height: 30) }
    picture.letterN(350, 230, width: 40, height: 50)
    let below = region(100..<500, 100..<300, occluded: 0.25)
    let above = region(300 + inset..<460 - inset, 190 + inset..<340 - inset, number: 2)
    let text = try read([below, above], in: picture)
    #expect(text.lines.count == 1)
    #expect(text.lines[0].polygon.bounds.y + text.lines[0].polygon.bounds.height < 175)
  }

  @Test func theRuleUnderAWordIsNotInItsPicture() throws {
    var picture = board()
    for left in stride(from: 130, through: 440, by: 31) { picture.letterN(left, 150, width: 20, height: 30) }
    // A descender reaches below the rule.
    picture.fill(130..<134, 150..<205)
    picture.fill(150..<440, 192..<197)
    let images = try NoteReader(handwriting: [], print: []).lineImages(
      of: region(100..<500, 100..<300), among: [], in: Raster(picture), sheet: nil)
    let image = try #require(images.first).image
    #expect(images.count == 1)
    for row in image.height * 2 / 3..<image.height {
      let dark = (0..<image.width).count { image.pixels[3 * (row * image.width + $0)] < 100 }
      #expect(5 * dark < image.width, "row \(row) of \(image.height)")
    }
  }

  @Test func linesThatOneStrokeJoinsAreLookedForLower() throws {
    var picture = ColorImage(width: 500, height: 500, red: 250, green: 225, blue: 90)
    for (line, top) in [80, 160, 240, 320].enumerated() {
      for left in stride(from: 80, to: 400, by: 31) { picture.letterN(left, top, width: 35, height: 40) }
      if line > 0 { picture.fill(200..<204, top - 50..<top) }
    }
    // Wide lines are read; what is nearly square is not.
    let recognizer = ShapeRecognizer(
      wide: Hypothesis(text: "Worte genug", logProbability: -0.01, lexiconShare: 1),
      rest: Hypothesis(text: "und", logProbability: -6))
    let text = try #require(
      try NoteReader(handwriting: [recognizer], print: []).read(
        [region(0..<500, 0..<500)], in: Raster(picture), sheets: []
      ).first)
    #expect(text.lines.count == 4)
  }
}

extension ColorImage {
  /// Gives a rectangle a colour.
  fileprivate mutating func paint(_ columns: Range<Int>, _ rows: Range<Int>, _ colour: (UInt8, UInt8, UInt8)) {
    for row in rows {
      for column in columns {
        let place = 3 * (row * width + column)
        (pixels[place], pixels[place + 1], pixels[place + 2]) = colour
      }
    }
  }
}
