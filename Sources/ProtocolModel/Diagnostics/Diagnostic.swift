/// One thing found on the way that a person should know: what, where, and what to do next.
///
/// Never holds the text of a note: notes are people's words, and diagnostics end up in logs.
public struct Diagnostic: Error, Hashable, Codable, Sendable {
  /// How bad it is.
  public enum Severity: String, Codable, Sendable, Comparable, CaseIterable {
    /// Good to know.
    case note
    /// The result may be worse than it could be.
    case warning
    /// Something asked for could not be done.
    case error
    /// Orders from note to error.
    public static func < (lhs: Self, rhs: Self) -> Bool {
      let order: [Self: Int] = [.note: 0, .warning: 1, .error: 2]
      return order[lhs, default: 0] < order[rhs, default: 0]
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// The stable code, such as `FP110`.
  public var code: DiagnosticCode
  /// What is wrong: lower case, names in quotes, no full stop. English; ``DiagnosticCode`` has the German.
  public var message: String
  /// The file (relative to the input, "/"-separated), JSON pointer or region id it is about.
  public var location: String?
  /// The next command or action.
  public var hint: String?

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, _ code: DiagnosticCode, _ message: String, at location: String? = nil, hint: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.location = location
    self.hint = hint
  }
}

/// A stable number for a kind of diagnostic: `FP` and three digits; the hundreds say the area.
///
/// 1xx photos and sheets, 2xx pipeline and event files, 3xx reading, 4xx code book and coding, 5xx output, 6xx store,
/// 9xx faults of this program. Each area declares its codes in an extension of its own.
public struct DiagnosticCode: RawRepresentable, Hashable, Codable, Sendable, Comparable {
  /// The code as printed.
  public let rawValue: String
  /// Takes the code as printed.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Orders by the number.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Where diagnostics go as they are found.
public typealias DiagnosticSink = @Sendable (Diagnostic) -> Void
