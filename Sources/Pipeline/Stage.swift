public import ProtocolModel

/// How often a stage runs.
public enum StageScope: String, Codable, Sendable {
  /// Once per photo; photos run side by side.
  case photo
  /// Once per workshop, after the photo stages before it are done for every photo.
  case workshop
}

/// One parameter of a stage, as `pipeline.json` may set it.
public struct ParameterField: Codable, Hashable, Sendable {
  /// The JSON types a parameter may have.
  public enum Kind: String, Codable, Sendable {
    /// A number with a fraction.
    case number
    /// A whole number.
    case integer
    /// True or false.
    case boolean
    /// A text.
    case string
    /// A list of texts.
    case strings
  }
  /// Key in `with`.
  public var name: String
  /// JSON type.
  public var kind: Kind
  /// What holds when the key is missing.
  public var defaultValue: ParameterValue
  /// Least and greatest value of a number; `nil` for no bound.
  public var range: ClosedRange<Double>?
  /// The values allowed, for a text out of a list.
  public var choices: [String]?
  /// One sentence.
  public var summary: String

  /// Creates a field.
  public init(
    _ name: String, _ kind: Kind, default defaultValue: ParameterValue, range: ClosedRange<Double>? = nil,
    choices: [String]? = nil, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.range = range
    self.choices = choices
    self.summary = summary
  }
}

/// The value of a parameter.
public enum ParameterValue: Hashable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  /// A number, whole or not.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// A text.
  case string(String)
  /// A list of texts.
  case strings([String])

  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A list of texts.
  public init(arrayLiteral elements: String...) { self = .strings(elements) }

  /// Reads whichever type is there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else {
      self = .strings(try container.decode([String].self))
    }
  }

  /// Writes the plain JSON value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .strings(let value): try container.encode(value)
    }
  }
}

/// The checked parameters of one stage: every field of its table has a value of its kind.
public struct StageParameters: Hashable, Codable, Sendable {
  /// By name.
  public var values: [String: ParameterValue]
  /// Creates parameters.
  public init(_ values: [String: ParameterValue]) { self.values = values }
  /// Parameters with every default of `fields`.
  public init(defaultsOf fields: [ParameterField]) {
    values = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.defaultValue) })
  }
  /// A number.
  public func number(_ name: String) -> Double {
    if case .number(let value)? = values[name] { return value }
    preconditionFailure("the stage's table has no number '\(name)'")
  }
  /// A whole number.
  public func integer(_ name: String) -> Int { Int(number(name)) }
  /// True or false.
  public func boolean(_ name: String) -> Bool {
    if case .boolean(let value)? = values[name] { return value }
    preconditionFailure("the stage's table has no boolean '\(name)'")
  }
  /// A text.
  public func string(_ name: String) -> String {
    if case .string(let value)? = values[name] { return value }
    preconditionFailure("the stage's table has no text '\(name)'")
  }
  /// A list of texts.
  public func strings(_ name: String) -> [String] {
    if case .strings(let value)? = values[name] { return value }
    preconditionFailure("the stage's table has no list '\(name)'")
  }
}

/// What a stage is, without making one.
public struct StageDescription: Sendable {
  /// `area.verb-noun`.
  public var name: String
  /// Raised whenever the same input may give another output.
  public var revision: Int
  /// How often it runs.
  public var scope: StageScope
  /// Names of the layers it reads.
  public var reads: [String]
  /// Name of the layer it writes.
  public var writes: String
  /// Its parameters.
  public var fields: [ParameterField]
  /// One sentence.
  public var summary: String

  /// Creates a description.
  public init(
    name: String, revision: Int, scope: StageScope, reads: [String], writes: String, fields: [ParameterField],
    summary: String
  ) {
    self.name = name
    self.revision = revision
    self.scope = scope
    self.reads = reads
    self.writes = writes
    self.fields = fields
    self.summary = summary
  }
}

/// What a stage reads: the layers of its photo, or of all photos.
public protocol LayerReader: Sendable {
  /// The photo of a photo stage; `nil` in a workshop stage.
  var photo: PhotoID? { get }
  /// All photos, in the order of the protocol.
  var photos: [PhotoID] { get }
  /// A layer of one photo; `nil` where that photo dropped out before.
  func layer<L: Layer>(_ type: L.Type, of photo: PhotoID) throws(Diagnostic) -> L?
  /// A layer of the whole workshop.
  func workshopLayer<L: Layer>(_ type: L.Type) throws(Diagnostic) -> L
}

/// One step of the pipeline: parameters in, one library called, findings reported. No algorithm of its own.
public protocol Stage: Sendable {
  /// The layer it writes.
  associatedtype Output: Layer
  /// What it is.
  static var description: StageDescription { get }
  /// Digests of the data it depends on besides layers and parameters (code book, tables, models, engine versions), by
  /// name: they enter the key of the result store.
  var ingredients: [String: String] { get }
  /// Runs once per photo or once per workshop. Called from several threads at once.
  func run(_ input: any LayerReader, reporting: DiagnosticSink) throws(Diagnostic) -> Output
}
