import Foundation
import FotoprotokollKit
import Synchronization

/// Progress on a terminal, rewritten in place; JSON lines with `--json`; nothing in a pipe.
final class ProgressPrinter: Sendable {
  private struct State {
    var total = 0
    var finished = 0
    var stepsPerPhoto = 1
    var steps = 0
    var worked = 0
  }
  private let terminal: Terminal
  private let state = Mutex(State())
  private let start = ContinuousClock().now

  init(_ terminal: Terminal) { self.terminal = terminal }

  /// Takes one step in.
  func update(_ progress: RunProgress) {
    switch progress {
    case .found(let photos, let others, let stepsPerPhoto):
      state.withLock {
        $0.total = photos
        $0.stepsPerPhoto = max(1, stepsPerPhoto)
      }
      if terminal.format == .json {
        terminal.object(Line(event: "found", photos: photos, others: others))
      } else if terminal.isInteractive {
        terminal.say(terminal.messages["found", "\(photos)", "\(others)"])
      }
    case .step(let stage, let file, let isHit, let spent):
      let line = state.withLock { state -> String? in
        guard file != nil else { return nil }
        state.steps += 1
        if !isHit { state.worked += 1 }
        let finished = state.steps / state.stepsPerPhoto
        guard finished != state.finished || state.steps == 1 else { return nil }
        state.finished = finished
        return statusLine(state, file: file ?? "")
      }
      if terminal.format == .json {
        terminal.object(
          Line(event: "step", stage: stage, file: file, hit: isHit, seconds: (spent * 1000).rounded() / 1000))
      } else if terminal.isInteractive, let line {
        Terminal.write("\r\u{1B}[K\(line)", to: 2)
      }
    case .finished:
      if terminal.format == .plain, terminal.isInteractive { Terminal.write("\r\u{1B}[K", to: 2) }
    }
  }

  private func statusLine(_ state: State, file: String) -> String {
    let elapsed = ContinuousClock().now - start
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    var rate = ""
    if state.finished > 0, state.worked > 0, seconds > 0 {
      let perMinute = Double(state.finished) / seconds * 60
      let left = Int(Double(state.total - state.finished) / perMinute * 60)
      rate = terminal.messages["rate", "\(Int(perMinute.rounded()))", String(format: "%d:%02d", left / 60, left % 60)]
    }
    return terminal.messages["step", "\(state.finished)", "\(state.total)", file, rate]
  }

  private struct Line: Encodable {
    let event: String
    var photos: Int?
    var others: Int?
    var stage: String?
    var file: String?
    var hit: Bool?
    var seconds: Double?
  }
}
