/// Two sightings of the same paper.
public struct Sighting: Codable, Hashable, Sendable {
  /// The repeat.
  public var region: RegionID
  /// The primary sighting: the one that is read and counted.
  public var sameAs: RegionID
  /// What made them the same, measured.
  public var reason: String
  /// Creates a sighting.
  public init(region: RegionID, sameAs: RegionID, reason: String) {
    self.region = region
    self.sameAs = sameAs
    self.reason = reason
  }
}

/// Which regions of a workshop show the same paper.
public struct SightingLayer: Layer, Hashable {
  /// `sightings`.
  public static let layerName = "sightings"
  /// One per repeat, by region.
  public var sightings: [Sighting]
  /// Creates the layer.
  public init(sightings: [Sighting]) { self.sightings = sightings }
}

/// The agenda item a photo belongs to, and why.
public struct AgendaAssignment: Codable, Hashable, Sendable {
  /// Why a photo belongs to an item.
  public enum Reason: String, Codable, Sendable {
    /// The event file lists the photo.
    case list
    /// It lies in a folder named after the item.
    case folder
    /// The heading on it resembles the item or one of its boards.
    case heading
    /// It was taken in the item's time.
    case time
  }
  /// The photo.
  public var photo: PhotoID
  /// The item's id.
  public var item: String
  /// Why.
  public var reason: Reason
  /// The board of that item, where one fits.
  public var board: String?
  /// Creates an assignment.
  public init(photo: PhotoID, item: String, reason: Reason, board: String? = nil) {
    self.photo = photo
    self.item = item
    self.reason = reason
    self.board = board
  }
}

/// The agenda items of a workshop's photos; photos without one are left out.
public struct AgendaLayer: Layer, Hashable {
  /// `agenda`.
  public static let layerName = "agenda"
  /// By photo id.
  public var assignments: [AgendaAssignment]
  /// Creates the layer.
  public init(assignments: [AgendaAssignment]) { self.assignments = assignments }
}

/// A word that holds a cluster together.
public struct ClusterKeyword: Codable, Hashable, Sendable {
  /// The word as written in the notes.
  public var text: String
  /// Its weight in the cluster.
  public var weight: Double
  /// Creates a keyword.
  public init(text: String, weight: Double) {
    self.text = text
    self.weight = weight
  }
}

/// Notes of the open rest that belong together by their own words.
public struct Cluster: Codable, Hashable, Sendable {
  /// `c1`, `c2`, ... by size, then first member.
  public var id: String
  /// Made of the keywords.
  public var label: String
  /// In order of photo and reading.
  public var members: [RegionID]
  /// Strongest first.
  public var keywords: [ClusterKeyword]
  /// Mean similarity of the members, 0...1.
  public var cohesion: Double
  /// Creates a cluster.
  public init(id: String, label: String, members: [RegionID], keywords: [ClusterKeyword], cohesion: Double) {
    self.id = id
    self.label = label
    self.members = members
    self.keywords = keywords
    self.cohesion = cohesion
  }
}

/// The clusters of a workshop's open rest.
public struct ClusterLayer: Layer, Hashable {
  /// `clusters`.
  public static let layerName = "clusters"
  /// Largest first.
  public var clusters: [Cluster]
  /// Notes of the rest that resemble no other.
  public var singles: [RegionID]
  /// Creates the layer.
  public init(clusters: [Cluster], singles: [RegionID]) {
    self.clusters = clusters
    self.singles = singles
  }
}
