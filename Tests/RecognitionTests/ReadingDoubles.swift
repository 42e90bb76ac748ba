import Foundation
import Imaging
import ProtocolModel
import Recognition

/// Says what it was told to, whatever it is shown.
struct EchoRecognizer: TextRecognizer {
  var name = "echo"
  var hypotheses: [Hypothesis]
  var isSlow = false

  var identity: EngineIdentity { EngineIdentity(name: name, version: "1", data: "none") }

  func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    LineReading(hypotheses: isSlow ? [] : hypotheses, reader: name, timedOut: isSlow)
  }
}

/// Works for ever, or waits before it answers.
struct SlowRecognizer: TextRecognizer {
  var works: Bool
  var identity: EngineIdentity { EngineIdentity(name: "echo", version: "1", data: "none") }

  func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    if works {
      while let deadline, !deadline.isOver {}
      return LineReading(hypotheses: [], reader: "echo", timedOut: true)
    }
    Thread.sleep(forTimeInterval: 0.4)
    return LineReading(hypotheses: [Hypothesis(text: "Weiterbildung", logProbability: -0.01)], reader: "echo")
  }
}

/// Fails every time.
struct BrokenRecognizer: TextRecognizer {
  var identity: EngineIdentity { EngineIdentity(name: "broken", version: "1", data: "none") }
  func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    throw .engineFailed("broken")
  }
}

/// Pictures and truths that lie beside the tests.
enum ReadingFixtures {
  static var folder: URL { Bundle.module.bundleURL.appending(path: "Fixtures") }

  static func picture(_ name: String) throws -> ColorImage {
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
    return try Raster.flattened(decoding: bytes).colorImage()
  }

  /// File and truth of the lines.
  static func lines() throws -> [(file: String, text: String)] {
    let table = try String(contentsOf: folder.appending(path: "lines/lines.tsv"), encoding: .utf8)
    return table.split(separator: "\n").map { row in
      let fields = row.split(separator: "\t")
      return ("lines/\(fields[0])", String(fields[1]))
    }
  }

  /// Black bars like the stems of letters on paper of one colour.
  static func stems(width: Int = 240, height: Int = 60, count: Int = 12, paper: (UInt8, UInt8, UInt8)) -> ColorImage {
    var image = ColorImage(width: width, height: height, red: paper.0, green: paper.1, blue: paper.2)
    for stem in 0..<count {
      let x = width / 6 + stem * (width * 2 / 3) / count
      for y in (height / 3)..<(height * 2 / 3) {
        for dx in 0..<4 {
          for channel in 0..<3 { image.pixels[3 * (y * width + x + dx) + channel] = 20 }
        }
      }
    }
    return image
  }
}

/// Says one thing of wide lines and another of the rest.
struct ShapeRecognizer: TextRecognizer {
  var wide: Hypothesis
  var rest: Hypothesis
  var identity: EngineIdentity { EngineIdentity(name: "neural:small-averaged", version: "1", data: "none") }

  func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    LineReading(hypotheses: [line.image.width > 3 * line.image.height ? wide : rest], reader: identity.name)
  }
}

extension ColorImage {
  /// Inks a rectangle.
  mutating func fill(_ columns: Range<Int>, _ rows: Range<Int>) {
    for row in rows {
      for place in columns.map({ 3 * (row * width + $0) }) {
        pixels.replaceSubrange(place..<place + 3, with: [30, 30, 40])
      }
    }
  }

  /// Inks a letter n with its top left corner at (`left`, `top`), with strokes of four pixels.
  mutating func letterN(_ left: Int, _ top: Int, width: Int, height: Int) {
    fill(left..<left + 4, top..<top + height)
    fill(left..<left + width, top..<top + 4)
    fill(left + width - 4..<left + width, top..<top + height)
  }
}
