import Foundation
import Imaging
import Synchronization

/// Tesseract's LSTM reader for one language: a pool of engines, each with a thread of its own.
package final class TesseractRecognizer: TextRecognizer {
  package let identity: EngineIdentity
  private let data: LanguageData
  private let queue = LineQueue()
  private let engines: Int
  private let isStarted = Mutex(false)

  /// Creates `engines` engines that load `language` with their first line (about 12 MB and 0.1 s each).
  ///
  /// Throws where the language data is not installed.
  package init(language: String, engines: Int) throws(RecognitionError) {
    data = try LanguageData(language)
    self.engines = max(1, engines)
    identity = EngineIdentity(
      name: "tesseract:\(language)", version: TesseractHandle.version, data: data.fingerprint)
  }

  deinit { queue.close(engines: engines) }

  package func read(_ line: LineImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    try read(prepared: TesseractPreparation.forTesseract(line.image), deadline: deadline)
  }

  /// Reads an image that is gray, dark on light and of the height the model likes.
  func read(prepared image: GrayImage, deadline: ReadingDeadline?) throws(RecognitionError) -> LineReading {
    start()
    if let deadline, deadline.isOver {
      return LineReading(hypotheses: [], reader: identity.name, timedOut: true)
    }
    let answer = LineQueue.Answer()
    queue.add(LineQueue.Request(image: image, limit: deadline?.left, answer: answer))
    answer.done.wait()
    deadline?.count(answer.worked.withLock { $0 })
    guard let symbols = try answer.result.withLock({ $0 }).get() else {
      return LineReading(hypotheses: [], reader: identity.name, timedOut: true)
    }
    let hypothesis = Self.hypothesis(from: symbols)
    return LineReading(hypotheses: hypothesis.text.isEmpty ? [] : [hypothesis], reader: identity.name)
  }

  private func start() {
    isStarted.withLock { isStarted in
      guard !isStarted else { return }
      isStarted = true
      Raster.muteLibrary()
      for _ in 0..<engines { TesseractEngine.start(data, serving: queue) }
    }
  }

  /// Joins symbols to a text. A symbol's confidence is `100 + 5 * certainty` with a certainty of seven times the
  /// natural logarithm of its probability (`kCertaintyScale` and `Confidence` in the library's sources), cut at 0.
  static func hypothesis(from symbols: [TesseractSymbol]) -> Hypothesis {
    var text = "", spans: [CharacterSpan] = [], sum = 0.0
    for symbol in symbols {
      if symbol.startsWord, !text.isEmpty {
        text += " "
        spans.append(CharacterSpan(start: spans.last?.end ?? 0, end: symbol.start))
      }
      let plain = symbol.text.precomposedStringWithCanonicalMapping.filter { !$0.isWhitespace }
      text += plain
      for _ in plain.unicodeScalars { spans.append(CharacterSpan(start: symbol.start, end: symbol.end)) }
      sum += (Double(symbol.confidence) - 100) / 35
    }
    return Hypothesis(text: text, logProbability: min(0, sum), characters: spans)
  }
}
