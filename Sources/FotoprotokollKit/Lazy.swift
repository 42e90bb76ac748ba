import Synchronization

/// A value made at most once, when first asked for: a run of nothing but hits loads no model and no dictionary.
final class Lazy<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case open
    case made(Value)
    case failed(any Error)
  }
  private let state = Mutex(State.open)
  private let make: @Sendable () throws -> Value

  /// Keeps `make` for later; an error is kept as well.
  init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

  /// The value; other threads wait while the first makes it.
  func get() throws -> Value {
    try state.withLock { state in
      switch state {
      case .made(let value): return value
      case .failed(let error): throw error
      case .open:
        do {
          let value = try make()
          state = .made(value)
          return value
        } catch {
          state = .failed(error)
          throw error
        }
      }
    }
  }
}
