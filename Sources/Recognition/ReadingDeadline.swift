import Foundation
import Synchronization

/// How long a reading may still work, in processor time: what else the machine does must not change what is read.
///
/// Counts the time of the thread that made it, which is the one that reads, and what other threads worked for that one.
package final class ReadingDeadline: Sendable {
  private let limit: Duration
  private let start = ReadingDeadline.worked
  private let nanosecondsElsewhere = Atomic<Int64>(0)

  /// Starts to count; the reading may take `limit`.
  package init(_ limit: Duration) { self.limit = limit }

  /// What is left; zero or less once the deadline has passed.
  package var left: Duration {
    limit - (Self.worked - start) - .nanoseconds(nanosecondsElsewhere.load(ordering: .relaxed))
  }

  /// Whether the deadline has passed.
  package var isOver: Bool { left <= .zero }

  /// Counts `time` that another thread worked for this reading.
  package func count(_ time: Duration) {
    let (seconds, attoseconds) = time.components
    nanosecondsElsewhere.wrappingAdd(seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
  }

  /// Processor time that the calling thread has used.
  static var worked: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}
