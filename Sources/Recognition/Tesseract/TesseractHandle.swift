import CTesseract
import Imaging

/// One `TessBaseAPI`, owned: created here, ended in `deinit`, never shared. Stays on the thread that made it.
struct TesseractHandle: ~Copyable {
  private let api: OpaquePointer

  /// One character as the engine saw it.
  struct Symbol {
    /// The character, or several that the model writes as one.
    var text: String
    /// 0...100.
    var confidence: Float
    /// Left edge in pixels of the image read.
    var left: Int
    /// Right edge in pixels of the image read.
    var right: Int
    /// Whether a word starts here.
    var startsWord: Bool
  }

  /// What came of one image.
  enum Outcome {
    /// Read to its end.
    case symbols([Symbol])
    /// Ended by the deadline; whatever the engine holds then is not to be trusted.
    case timedOut
  }

  /// The library's version, such as `5.3.0`.
  static var version: String { String(cString: TessVersion()) }

  /// Loads `data`; only the LSTM engine is used, so nothing is learned from one image to the next.
  init(_ data: LanguageData) throws(RecognitionError) {
    guard let made = TessBaseAPICreate() else { throw .engineFailed(data.language) }
    // Set before loading too: the loader writes its messages to the same stream.
    TessBaseAPISetVariable(made, "debug_file", "/dev/null")
    guard TessBaseAPIInit2(made, data.folder, data.language, OEM_LSTM_ONLY) == 0 else {
      TessBaseAPIDelete(made)
      throw .engineFailed(data.language)
    }
    TessBaseAPISetVariable(made, "debug_file", "/dev/null")
    TessBaseAPISetPageSegMode(made, PSM_SINGLE_LINE)
    api = made
  }

  /// Reads one line of writing; `limit` is the longest processor time that it may take.
  borrowing func read(_ image: GrayImage, limit: Duration?) throws(RecognitionError) -> Outcome {
    guard image.width > 0, image.height > 0 else { throw .unusableImage }
    defer { TessBaseAPIClear(api) }
    image.pixels.withUnsafeBufferPointer { pixels in
      TessBaseAPISetImage(api, pixels.baseAddress, Int32(image.width), Int32(image.height), 1, Int32(image.width))
    }
    TessBaseAPISetSourceResolution(api, 300)
    let monitor = TessMonitorCreate()
    defer { TessMonitorDelete(monitor) }
    var end = limit.map { ReadingDeadline.worked + $0 } ?? .zero
    let code = withUnsafeMutablePointer(to: &end) { end in
      if limit != nil {
        TessMonitorSetCancelThis(monitor, end)
        TessMonitorSetCancelFunc(monitor) { end, _ in
          ReadingDeadline.worked >= end!.assumingMemoryBound(to: Duration.self).pointee
        }
      }
      return TessBaseAPIRecognize(api, monitor)
    }
    // After a cancel the text is still there to be fetched, and is junk: only the return code tells.
    guard code == 0 else { return .timedOut }
    return .symbols(symbols())
  }

  private borrowing func symbols() -> [Symbol] {
    guard let iterator = TessBaseAPIGetIterator(api) else { return [] }
    defer { TessResultIteratorDelete(iterator) }
    let page = TessResultIteratorGetPageIteratorConst(iterator)
    var result: [Symbol] = []
    repeat {
      guard let text = TessResultIteratorGetUTF8Text(iterator, RIL_SYMBOL) else { continue }
      defer { TessDeleteText(text) }
      var left: Int32 = 0, top: Int32 = 0, right: Int32 = 0, bottom: Int32 = 0
      TessPageIteratorBoundingBox(page, RIL_SYMBOL, &left, &top, &right, &bottom)
      result.append(
        Symbol(
          text: String(cString: text), confidence: TessResultIteratorConfidence(iterator, RIL_SYMBOL),
          left: Int(left), right: Int(right), startsWord: TessPageIteratorIsAtBeginningOf(page, RIL_WORD) != 0))
    } while TessResultIteratorNext(iterator, RIL_SYMBOL) != 0
    return result
  }

  deinit {
    TessBaseAPIEnd(api)
    TessBaseAPIDelete(api)
  }
}
