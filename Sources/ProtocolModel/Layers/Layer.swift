/// One representation between two stages: what a stage writes and later ones read.
///
/// A layer never changes an earlier one (standoff): it names regions by id and adds to them.
public protocol Layer: Codable, Sendable {
  /// The name under which stages declare it, such as `regions`.
  static var layerName: String { get }
}
