import Foundation
import Synchronization

/// Ctrl-C: the first asks the run to stop at the next step, the second ends the program.
enum Interrupt {
  private static let asked = Atomic(false)

  /// Whether Ctrl-C was pressed.
  static var isRequested: Bool { asked.load(ordering: .relaxed) }

  /// Listens for SIGINT and SIGTERM.
  static func install() {
    // A parent may have blocked them for its own threads, and a mask is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        // Only an atomic and _exit are safe in a signal handler.
        if Interrupt.asked.exchange(true, ordering: .relaxed) { _exit(130) }
      }
    }
  }
}
