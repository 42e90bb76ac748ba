import ProtocolModel

/// Answers which region stands for a paper that was photographed more than once.
struct PrimarySightings {
  private var primaries: [RegionID: RegionID] = [:]

  /// Follows chains of repeats to their end; repeats of something unknown, or in a circle, count as papers of their own.
  init(_ layer: SightingLayer, known: Set<RegionID>) {
    var next: [RegionID: RegionID] = [:]
    for sighting in layer.sightings
    where known.contains(sighting.region) && known.contains(sighting.sameAs) && sighting.region != sighting.sameAs {
      next[sighting.region] = sighting.sameAs
    }
    for region in next.keys {
      var seen: Set<RegionID> = [region]
      var current = region
      while let following = next[current], seen.insert(following).inserted { current = following }
      // In a circle nobody is the first: the walk stops where it would come round, and the least id stands for all.
      if next[current] != nil {
        current = seen.filter { Self.isOnCircle($0, next) }.min() ?? current
      }
      if current != region { primaries[region] = current }
    }
  }

  private static func isOnCircle(_ region: RegionID, _ next: [RegionID: RegionID]) -> Bool {
    var current = region
    for _ in 0..<next.count {
      guard let following = next[current] else { return false }
      if following == region { return true }
      current = following
    }
    return false
  }

  /// The region whose reading and codes count; `region` itself where it is no repeat.
  func primary(of region: RegionID) -> RegionID { primaries[region] ?? region }

  /// The primary sighting of a repeat, or `nil` for a primary.
  func sameAs(_ region: RegionID) -> RegionID? { primaries[region] }
}
