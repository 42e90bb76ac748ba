/// Finds the name a person may have meant.
package enum NearestName {
  /// The nearest of `names` to `name` within a third of its length (at least two edits), the first where two tie.
  package static func nearest(to name: String, in names: [String]) -> String? {
    let limit = max(2, name.count / 3)
    let ranked = names.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
    return ranked.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  /// Levenshtein distance in characters.
  package static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a), b = Array(b)
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
