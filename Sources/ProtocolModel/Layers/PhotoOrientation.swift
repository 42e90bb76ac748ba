/// Which way is up on a photo, beyond what its file says, and how that was found.
public struct PhotoOrientation: Codable, Hashable, Sendable {
  /// What the orientation rests on.
  public enum Reason: String, Codable, Sendable {
    /// The file says how the photo lies, or nobody was to look.
    case file
    /// What is written can be read this way.
    case reading
    /// Nothing could be read well enough in any direction: the photo stays as it is stored.
    case undecided
  }

  /// How well what was found could be read with the photo turned one way.
  public struct Attempt: Codable, Hashable, Sendable {
    /// Clockwise quarter turns of the stored photo, 0...3.
    public var quarterTurns: Int
    /// Lines read.
    public var lines: Int
    /// Characters in them.
    public var characters: Int
    /// Mean probability that the reader gives a character, 0...1, each line weighing as much as it has characters.
    public var certainty: Double
    /// Characters read with certainty per place looked at: what the turns are compared by.
    public var score: Double
    /// Creates an attempt.
    public init(quarterTurns: Int, lines: Int, characters: Int, certainty: Double, score: Double) {
      self.quarterTurns = quarterTurns
      self.lines = lines
      self.characters = characters
      self.certainty = certainty
      self.score = score
    }
  }

  /// Clockwise quarter turns that make the writing upright, 0...3.
  public var quarterTurns: Int
  /// What it rests on.
  public var reason: Reason
  /// The directions tried, in order.
  public var attempts: [Attempt]

  /// Creates an orientation; by default what the file says.
  public init(quarterTurns: Int = 0, reason: Reason = .file, attempts: [Attempt] = []) {
    self.quarterTurns = quarterTurns
    self.reason = reason
    self.attempts = attempts
  }
}

extension Photo {
  /// The photo as it lies after clockwise quarter turns of its pixels.
  public func turned(quarterTurns: Int) -> Photo {
    guard quarterTurns % 2 != 0 else { return self }
    var photo = self
    (photo.width, photo.height) = (height, width)
    return photo
  }
}
