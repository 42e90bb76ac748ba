/// The likeliest texts of a line under connectionist temporal classification: prefixes grow column by column, and every
/// placement of the same text counts together (Graves 2012, Hannun 2014).
package struct PrefixBeamSearch: Sendable {
  /// Prefixes kept after each column.
  package var width: Int
  /// Labels below this log-probability at a column are not tried (e^-7 = 0.1 %).
  package var leastLabel: Double

  /// Creates a search.
  package init(width: Int = 12, leastLabel: Double = -7) {
    self.width = width
    self.leastLabel = leastLabel
  }

  /// A prefix and its two log-probabilities: ending in a blank, and ending in its last label.
  private struct Beam {
    var node: Int
    var blank = -Double.infinity
    var label = -Double.infinity
    var total: Double { logSum(blank, label) }
  }

  /// The label sequences, likeliest first, with their log-probabilities; at most ``width``.
  package func search(_ posteriors: CharacterPosteriors) -> [(labels: [Int], logProbability: Double)] {
    var parents = [-1], lasts = [0]
    var children: [Int: Int] = [:]  // parent and label to node
    func child(_ node: Int, _ label: Int) -> Int {
      let key = node * posteriors.classes + label
      if let known = children[key] { return known }
      parents.append(node)
      lasts.append(label)
      children[key] = parents.count - 1
      return parents.count - 1
    }
    var beams = [Beam(node: 0, blank: 0)]
    for column in 0..<posteriors.columns {
      let labels = (1..<posteriors.classes).filter { posteriors.value(column, $0) > leastLabel }
      var next: [Beam] = []
      var places: [Int: Int] = [:]  // node to index in `next`; never iterated, so the order stays that of the beams
      func add(_ node: Int, blank: Double = -.infinity, label: Double = -.infinity) {
        if let place = places[node] {
          next[place].blank = logSum(next[place].blank, blank)
          next[place].label = logSum(next[place].label, label)
        } else {
          places[node] = next.count
          next.append(Beam(node: node, blank: blank, label: label))
        }
      }
      for beam in beams {
        let last = lasts[beam.node]
        add(
          beam.node, blank: beam.total + posteriors.value(column, 0),
          label: last == 0 ? -.infinity : beam.label + posteriors.value(column, last))
        for label in labels {
          // The same label again is a new letter only after a blank.
          let before = label == last ? beam.blank : beam.total
          if before > -.infinity { add(child(beam.node, label), label: before + posteriors.value(column, label)) }
        }
      }
      next.sort { ($1.total, $0.node) < ($0.total, $1.node) }
      beams = Array(next.prefix(width))
    }
    return beams.map { beam in
      var labels: [Int] = []
      var node = beam.node
      while node > 0 {
        labels.append(lasts[node])
        node = parents[node]
      }
      return (labels.reversed(), beam.total)
    }
  }
}
