import Foundation

/// The logarithm of the sum of two numbers given as logarithms.
@inline(__always)
package func logSum(_ a: Double, _ b: Double) -> Double {
  let high = max(a, b), low = min(a, b)
  return low == -.infinity ? high : high + log1p(exp(low - high))
}

/// What the network believes at each column of a line: log-probabilities of the blank (class 0) and every character.
package struct CharacterPosteriors: Sendable {
  /// Columns, each a few pixels wide.
  package let columns: Int
  /// Classes: the blank and the alphabet.
  package let classes: Int
  /// The characters of classes 1, 2, ….
  package let alphabet: [Unicode.Scalar]
  /// `columns` x `classes` natural logarithms.
  package let values: [Double]
  private let numbers: [Unicode.Scalar: Int]

  /// Normalises the raw scores of a network.
  ///
  /// `doubt` (0...1) of what a column gives to characters is shared out evenly among all of them: a network that was tuned to
  /// few hands is surer than it should be, and a word must not be lost to one letter that it never thought of.
  package init(scores: [Float], alphabet: [Unicode.Scalar], doubt: Double = 0) {
    classes = alphabet.count + 1
    columns = scores.count / classes
    self.alphabet = alphabet
    numbers = Dictionary(zip(alphabet, 1...), uniquingKeysWith: { first, _ in first })
    var values = [Double](repeating: 0, count: columns * classes)
    for column in 0..<columns {
      let row = column * classes
      var largest = -Double.infinity
      for index in row..<(row + classes) { largest = max(largest, Double(scores[index])) }
      var sum = 0.0
      for index in row..<(row + classes) { sum += exp(Double(scores[index]) - largest) }
      let total = largest + log(sum)
      for index in row..<(row + classes) { values[index] = Double(scores[index]) - total }
      guard doubt > 0, classes > 1 else { continue }
      let share = log(doubt * max(1e-9, 1 - exp(values[row])) / Double(classes - 1))
      for index in (row + 1)..<(row + classes) { values[index] = logSum(values[index] + log(1 - doubt), share) }
    }
    self.values = values
  }

  /// The log-probability of a class at a column.
  @inline(__always)
  package func value(_ column: Int, _ label: Int) -> Double { values[column * classes + label] }

  /// The class of a character, or `nil` where the network does not know it.
  package func label(of scalar: Unicode.Scalar) -> Int? { numbers[scalar] }

  /// The characters of classes.
  package func text(of labels: [Int]) -> String {
    var scalars = String.UnicodeScalarView()
    for label in labels { scalars.append(alphabet[label - 1]) }
    return String(scalars)
  }

  /// The classes of a text, or `nil` where it holds a character that the network does not know.
  package func labels(of text: String) -> [Int]? {
    var labels: [Int] = []
    for scalar in text.unicodeScalars {
      guard let label = numbers[scalar] else { return nil }
      labels.append(label)
    }
    return labels
  }

  /// The likeliest class of every column, repeats joined and blanks dropped.
  package func greedyLabels() -> [Int] {
    var labels: [Int] = []
    var previous = 0
    for column in 0..<columns {
      let row = column * classes
      var best = 0
      for label in 1..<classes where values[row + label] > values[row + best] { best = label }
      if best != 0, best != previous { labels.append(best) }
      previous = best
    }
    return labels
  }

  /// Log-probability of reading exactly `labels` in `range` of the columns, summed over all ways to place them.
  package func logProbability(of labels: [Int], in range: Range<Int>? = nil) -> Double {
    let range = range ?? 0..<columns
    guard !labels.isEmpty else { return range.reduce(0) { $0 + value($1, 0) } }
    guard !range.isEmpty else { return -.infinity }
    // The states of Graves et al. 2006: blank, label, blank, label, …, blank.
    let states = 2 * labels.count + 1
    var alpha = [Double](repeating: -.infinity, count: states)
    alpha[0] = value(range.lowerBound, 0)
    alpha[1] = value(range.lowerBound, labels[0])
    for column in range.dropFirst() {
      var state = states - 1
      while state >= 0 {
        let label = state % 2 == 0 ? 0 : labels[state / 2]
        var sum = alpha[state]
        if state > 0 { sum = logSum(sum, alpha[state - 1]) }
        if state > 1, label != 0, label != labels[state / 2 - 1] { sum = logSum(sum, alpha[state - 2]) }
        alpha[state] = sum == -.infinity ? sum : sum + value(column, label)
        state -= 1
      }
    }
    return logSum(alpha[states - 1], alpha[states - 2])
  }

  /// The columns of each label along the likeliest placement; `nil` where the line is too short for them.
  package func alignment(of labels: [Int]) -> [Range<Int>]? {
    guard !labels.isEmpty, columns > 0 else { return labels.isEmpty ? [] : nil }
    let states = 2 * labels.count + 1
    var best = [Double](repeating: -.infinity, count: states)
    best[0] = value(0, 0)
    best[1] = value(0, labels[0])
    var steps = [UInt8](repeating: 0, count: columns * states)
    for column in 1..<max(columns, 1) {
      var state = states - 1
      while state >= 0 {
        let label = state % 2 == 0 ? 0 : labels[state / 2]
        var step: UInt8 = 0
        var score = best[state]
        if state > 0, best[state - 1] > score { (score, step) = (best[state - 1], 1) }
        if state > 1, label != 0, label != labels[state / 2 - 1], best[state - 2] > score {
          (score, step) = (best[state - 2], 2)
        }
        best[state] = score + value(column, label)
        steps[column * states + state] = step
        state -= 1
      }
    }
    var state = best[states - 1] >= best[states - 2] ? states - 1 : states - 2
    guard best[state] > -.infinity else { return nil }
    var ranges = [Range<Int>?](repeating: nil, count: labels.count)
    for column in stride(from: columns - 1, through: 0, by: -1) {
      if state % 2 == 1 {
        let end = ranges[state / 2]?.upperBound ?? column + 1
        ranges[state / 2] = column..<end
      }
      state -= Int(steps[column * states + state])
    }
    let found = ranges.compactMap { $0 }
    return found.count == labels.count ? found : nil
  }
}
