import Foundation
import Imaging
import ProtocolModel
import TestSupport
import Testing

/// A picture of paper on which strokes can be drawn.
struct DrawnPaper {
  var image: ColorImage

  init(width: Int, height: Int, paper: (UInt8, UInt8, UInt8) = (250, 225, 90)) {
    image = ColorImage(width: width, height: height, red: paper.0, green: paper.1, blue: paper.2)
  }

  /// Fills the pixels nearer than `radius` to the stretch from `a` to `b`.
  mutating func stroke(
    _ a: (Double, Double), _ b: (Double, Double), radius: Double, ink: (UInt8, UInt8, UInt8) = (30, 30, 40)
  ) {
    let length = max(1e-9, (b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1))
    for y in max(0, Int(min(a.1, b.1) - radius - 1))...min(image.height - 1, Int(max(a.1, b.1) + radius + 1)) {
      for x in max(0, Int(min(a.0, b.0) - radius - 1))...min(image.width - 1, Int(max(a.0, b.0) + radius + 1)) {
        let p = (Double(x) + 0.5, Double(y) + 0.5)
        let t = min(1, max(0, ((p.0 - a.0) * (b.0 - a.0) + (p.1 - a.1) * (b.1 - a.1)) / length))
        let dx = p.0 - a.0 - t * (b.0 - a.0), dy = p.1 - a.1 - t * (b.1 - a.1)
        guard dx * dx + dy * dy < radius * radius else { continue }
        let base = 3 * (y * image.width + x)
        image.pixels[base] = ink.0
        image.pixels[base + 1] = ink.1
        image.pixels[base + 2] = ink.2
      }
    }
  }

  /// Writes a row of letters n, some with ascender, some with descender, from (x, y) on a baseline that falls by `slope`.
  mutating func write(
    letters: Int, at x: Double, _ y: Double, core: Double, slope: Double = 0, radius: Double = 2,
    ink: (UInt8, UInt8, UInt8) = (30, 30, 40)
  ) {
    for letter in 0..<letters where letter % 7 != 6 {
      let left = x + Double(letter) * core * 1.1
      let base = y + slope * (left - x)
      let ascends = letter % 5 == 1, descends = letter % 5 == 3
      stroke(
        (left, base - core * (ascends ? 1.7 : 1)), (left, base + (descends ? 0.6 * core : 0)), radius: radius, ink: ink)
      stroke((left, base - core), (left + 0.6 * core, base - core), radius: radius, ink: ink)
      stroke((left + 0.6 * core, base - core), (left + 0.6 * core, base), radius: radius, ink: ink)
    }
  }
}

@Suite struct LineFinderTests {
  @Test(arguments: 1...6) func everyLineIsFoundFromTheTop(count: Int) {
    var paper = DrawnPaper(width: 400, height: 340)
    for line in 0..<count { paper.write(letters: 14 - line, at: 30, 60 + Double(line) * 48, core: 18) }
    let lines = LineFinder().lines(in: paper.image)
    #expect(lines.count == count)
    for (line, box) in lines.enumerated() {
      #expect(abs(box.polygon.centre.y - (52 + Double(line) * 48)) < 10)
      #expect(abs(box.coreHeight - 20) < 6)
    }
  }

  @Test func aShortWordCloseUnderALongLineIsALine() {
    // Capitals: strokes of one height, the next line two fifths of a letter below.
    var paper = DrawnPaper(width: 760, height: 260)
    for (line, letters) in [18, 3, 18].enumerated() {
      let base = 70 + Double(line) * 43
      for letter in 0..<letters {
        let left = 30 + Double(letter) * 36
        paper.stroke((left, base - 30), (left, base), radius: 2.5)
        paper.stroke((left, base - 30), (left + 18, base - 30), radius: 2.5)
        paper.stroke((left + 18, base - 30), (left + 18, base), radius: 2.5)
      }
    }
    let writing = LineFinder().writing(in: paper.image)
    #expect(writing.lines.map { ($0.polygon.bounds.width + 30) / 36 } == [18, 3, 18])
    #expect(writing.drawings.isEmpty, "no letter is left over")
  }

  @Test func aLetterThatTouchesTheEdgeBelowIsOfItsLine() {
    var paper = DrawnPaper(width: 600, height: 260)
    paper.write(letters: 13, at: 40, 220, core: 30, radius: 2.5)
    // The shadow of the paper's edge, and the tail of the last letter down to it.
    paper.stroke((0, 257), (600, 257), radius: 2.5)
    let last = 40 + 12.0 * 33 + 18
    paper.stroke((last, 200), (last, 256), radius: 2.5)
    let lines = LineFinder().lines(in: paper.image)
    #expect(lines.count == 1)
    #expect(abs(Double(lines[0].polygon.bounds.x + lines[0].polygon.bounds.width) - last) < 6)
  }

  static let papers: [(paper: (UInt8, UInt8, UInt8), ink: (UInt8, UInt8, UInt8))] = [
    ((255, 255, 255), (150, 150, 155)),  // pencil
    ((235, 110, 150), (170, 20, 30)),  // red on pink
    ((60, 150, 90), (20, 60, 30)),  // green on green
    ((120, 190, 230), (30, 60, 160)),  // blue on blue
    ((30, 40, 70), (240, 240, 235)),  // chalk on dark
  ]
  @Test(arguments: papers.indices) func anyPenOnAnyPaper(index: Int) {
    let (paper, ink) = Self.papers[index]
    var drawn = DrawnPaper(width: 360, height: 240, paper: paper)
    for line in 0..<3 { drawn.write(letters: 11, at: 40, 70 + Double(line) * 55, core: 22, ink: ink) }
    #expect(LineFinder().lines(in: drawn.image).count == 3)
  }

  @Test(arguments: [-0.2, -0.1, 0.08, 0.18]) func tiltedLinesGetTiltedBoxes(slope: Double) {
    var paper = DrawnPaper(width: 400, height: 300)
    for line in 0..<3 { paper.write(letters: 13, at: 40, 110 + Double(line) * 50, core: 18, slope: slope) }
    let lines = LineFinder().lines(in: paper.image)
    #expect(lines.count == 3)
    for line in lines { #expect(abs(line.slope - atan(slope)) < 0.03) }
  }

  @Test func edgesDotsAndUnderlinesAreNoLines() {
    var paper = DrawnPaper(width: 400, height: 300)
    paper.write(letters: 12, at: 60, 120, core: 24)
    paper.stroke((60, 138), (340, 140), radius: 2)
    paper.stroke((360, 260), (360, 260), radius: 24, ink: (20, 60, 200))
    paper.stroke((0, 298), (400, 298), radius: 3, ink: (120, 110, 60))
    let writing = LineFinder().writing(in: paper.image)
    #expect(writing.lines.count == 1)
    #expect(writing.lines.first?.isUnderlined == true)
    #expect(writing.dots.count == 1)
  }

  @Test func emptyPaperHasNoLines() {
    var paper = DrawnPaper(width: 200, height: 200)
    // Light that falls off to one side is not writing.
    for index in 0..<(200 * 200) {
      for channel in 0..<3 {
        let value = Double(paper.image.pixels[3 * index + channel]) * (1 - Double(index % 200) / 500)
        paper.image.pixels[3 * index + channel] = UInt8(value)
      }
    }
    #expect(LineFinder().lines(in: paper.image).isEmpty)
  }

  @Test func tinyPicturesAreHarmless() {
    for side in 1...6 {
      let image = ColorImage(width: side, height: 1, red: 10, green: 200, blue: 30)
      #expect(LineFinder().lines(in: image).isEmpty)
    }
  }

  /// `T` of a bar and a stem that do not touch.
  private static func letterT(_ paper: inout DrawnPaper, at x: Double, _ top: Double, height: Double) {
    paper.stroke((x, top), (x + 0.8 * height, top - 2), radius: 2)
    paper.stroke((x + 0.4 * height, top + 8), (x + 0.4 * height, top + height), radius: 2)
  }

  @Test func capitalsDrawnStrokeByStrokeAreOneLine() {
    var paper = DrawnPaper(width: 400, height: 240)
    for letter in 0..<4 { Self.letterT(&paper, at: 30 + Double(letter) * 44, 40, height: 40) }
    let writing = LineFinder().writing(in: paper.image)
    #expect(writing.lines.count == 1)
    #expect(writing.lines.allSatisfy { $0.coreHeight > 15 })
  }

  @Test func theBarOfADigitBelowTheWritingStaysWithTheDigit() {
    // EMI in capitals; below, to the right, a 5 whose bar is a stroke of its own.
    var paper = DrawnPaper(width: 360, height: 210)
    paper.write(letters: 3, at: 50, 74, core: 56)
    paper.stroke((302, 134), (338, 130), radius: 2)
    for (from, to) in [
      ((304.0, 146.0), (303.0, 160.0)), ((303, 160), (322, 160)), ((322, 160), (322, 184)), ((322, 184), (298, 186)),
    ] {
      paper.stroke(from, to, radius: 2)
    }
    let writing = LineFinder().writing(in: paper.image)
    #expect(writing.lines.count == 1)
    #expect(writing.lines.allSatisfy { $0.ink.allSatisfy { $0.end < 300 } }, "nothing of the digit is in the line")
    #expect(writing.marks.count == 1)
    #expect(writing.marks.allSatisfy { $0.polygon.bounds.y < 140 }, "the bar is in the mark")
  }

  @Test func aSignFarFromTheWritingIsAMarkOfItsOwn() {
    var paper = DrawnPaper(width: 400, height: 240)
    paper.write(letters: 6, at: 30, 70, core: 30)
    paper.stroke((340, 170), (340, 205), radius: 2)
    let writing = LineFinder().writing(in: paper.image)
    #expect(writing.lines.count == 1)
    #expect(writing.lines.allSatisfy { $0.polygon.bounds.y < 90 })
    #expect(writing.marks.map { $0.polygon.bounds.x / 10 } == [33])
  }

  @Test func aPinIsNoMark() {
    var paper = DrawnPaper(width: 400, height: 240)
    paper.write(letters: 6, at: 30, 70, core: 30)
    paper.stroke((340, 190), (341, 190), radius: 14)
    #expect(LineFinder().writing(in: paper.image).marks.isEmpty)
  }
}
