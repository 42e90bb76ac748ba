import Synchronization

/// Remembers what single words matched, so that the distinct words of a workshop are looked up once.
///
/// What a word matches does not depend on its neighbours. One lock guards the table; it is held for single look-ups.
final class MatchMemory<Value: Sendable>: Sendable {
  private let values = Mutex<[String: Value]>([:])
  private let limit: Int

  /// Remembers at most `limit` words and starts anew beyond.
  init(limit: Int) { self.limit = limit }

  /// The value of `key`, made once.
  func value(_ key: String, make: () -> Value) -> Value {
    if let known = values.withLock({ $0[key] }) { return known }
    let made = make()
    values.withLock { table in
      if table.count >= limit { table.removeAll(keepingCapacity: true) }
      table[key] = made
    }
    return made
  }
}
