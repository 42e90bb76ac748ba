import Foundation
import Imaging
import Synchronization

/// What the engines of one pool share: the images waiting to be read.
final class LineQueue: Sendable {
  /// One image and the place where its result goes.
  struct Request: Sendable {
    var image: GrayImage
    /// Longest processor time.
    var limit: Duration?
    var answer: Answer
  }

  /// Filled once by an engine, then read once by the caller, who waits on ``done``.
  final class Answer: Sendable {
    let result = Mutex<Result<[TesseractSymbol]?, RecognitionError>>(.success(nil))
    /// Processor time that it took.
    let worked = Mutex(Duration.zero)
    let done = DispatchSemaphore(value: 0)
  }

  private struct State {
    var waiting: [Request] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  /// Puts a request at the end.
  func add(_ request: Request) {
    state.withLock { $0.waiting.append(request) }
    arrivals.signal()
  }

  /// The next request; blocks; `nil` once the queue is closed and empty.
  func next() -> Request? {
    arrivals.wait()
    return state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  /// Lets `engines` engines end after the requests that wait.
  func close(engines: Int) {
    state.withLock { $0.isClosed = true }
    for _ in 0..<engines { arrivals.signal() }
  }
}

/// One character with its certainty, its place as a share of the image's width.
struct TesseractSymbol: Sendable {
  var text: String
  var confidence: Float
  var start: Double
  var end: Double
  var startsWord: Bool
}

/// One dedicated thread that owns one handle and reads what the queue brings.
///
/// Its own thread because OpenMP counts its limits per thread: with Debian's library the default costs four to five
/// times the processor time, and a pool's threads cannot be told apart.
enum TesseractEngine {
  /// Starts a thread; it ends when the queue is closed. The handle is loaded with the first request.
  static func start(_ data: LanguageData, serving queue: LineQueue) {
    let thread = Thread {
      forbidParallelRegions()
      serve(data, queue)
    }
    thread.name = "tesseract-\(data.language)"
    thread.stackSize = 8 << 20
    thread.start()
  }

  private static func serve(_ data: LanguageData, _ queue: LineQueue) {
    guard let first = queue.next() else { return }
    var pending: LineQueue.Request? = first
    do throws(RecognitionError) {
      let handle = try TesseractHandle(data)
      while let request = pending {
        answer(request, with: handle)
        pending = queue.next()
      }
    } catch {
      while let request = pending {
        request.answer.result.withLock { $0 = .failure(error) }
        request.answer.done.signal()
        pending = queue.next()
      }
    }
  }

  private static func answer(_ request: LineQueue.Request, with handle: borrowing TesseractHandle) {
    let start = ReadingDeadline.worked
    let result: Result<[TesseractSymbol]?, RecognitionError>
    do throws(RecognitionError) {
      let width = Double(request.image.width)
      switch try handle.read(request.image, limit: request.limit) {
      case .timedOut: result = .success(nil)
      case .symbols(let symbols):
        result = .success(
          symbols.map { symbol in
            TesseractSymbol(
              text: symbol.text, confidence: symbol.confidence, start: Double(symbol.left) / width,
              end: Double(symbol.right) / width, startsWord: symbol.startsWord)
          })
      }
    } catch {
      result = .failure(error)
    }
    request.answer.result.withLock { $0 = result }
    request.answer.worked.withLock { $0 = ReadingDeadline.worked - start }
    request.answer.done.signal()
  }

  /// `omp_set_max_active_levels(0)` for this thread, where the process has OpenMP at all.
  private static func forbidParallelRegions() {
    typealias SetLevels = @convention(c) (Int32) -> Void
    guard let symbol = dlsym(nil, "omp_set_max_active_levels") else { return }
    unsafeBitCast(symbol, to: SetLevels.self)(0)
  }
}
