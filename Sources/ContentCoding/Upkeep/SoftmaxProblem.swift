import Foundation

/// Multinomial logistic regression with an offset for every example, solved by limited-memory BFGS (Liu and Nocedal
/// 1989). The same examples give the same weights: nothing is drawn by chance.
struct SoftmaxProblem {
  private let classes: Int
  private var starts = [0]
  private var columns: [Int] = []
  private var values: [Double] = []
  private var offsets: [Double] = []
  private var targets: [Int] = []
  private var weights: [Double] = []

  /// How many steps are remembered to guess the curvature.
  private static let memory = 8
  /// Steps; the loss changes in its sixth digit by then.
  private static let steps = 60

  init(classes: Int) { self.classes = classes }

  /// Adds an example: its features in ascending order, what is known of each class, and the class it belongs to.
  /// `weight` is what it counts beside the others.
  mutating func add(
    columns row: [(column: Int, value: Double)], offset: [Double], target: Int, weight: Double = 1
  ) {
    columns += row.map(\.column)
    values += row.map(\.value)
    starts.append(columns.count)
    offsets += offset
    targets.append(target)
    weights.append(weight)
  }

  /// The weights, by feature and class.
  func solution(features: Int, restraint: Double) -> [Double] {
    var point = Array(repeating: 0.0, count: features * classes)
    var (loss, gradient) = evaluate(point, restraint)
    var changes: [(step: [Double], turn: [Double], scale: Double)] = []
    for _ in 0..<Self.steps {
      let direction = self.direction(gradient, changes)
      let slope = Self.product(direction, gradient)
      guard slope < -1e-9 else { break }
      var length = changes.isEmpty ? 1 / max(1, Self.product(gradient, gradient).squareRoot()) : 1.0
      var next = point
      var found = (loss: loss, gradient: gradient)
      var isBetter = false
      for _ in 0..<20 where !isBetter {
        for index in next.indices { next[index] = point[index] + length * direction[index] }
        found = evaluate(next, restraint)
        isBetter = found.loss <= loss + 1e-4 * length * slope
        length /= 2
      }
      guard isBetter else { break }
      let step = zip(next, point).map { $0 - $1 }
      let turn = zip(found.gradient, gradient).map { $0 - $1 }
      let curvature = Self.product(step, turn)
      if curvature > 1e-12 {
        changes.append((step, turn, 1 / curvature))
        if changes.count > Self.memory { changes.removeFirst() }
      }
      let gain = loss - found.loss
      (point, loss, gradient) = (next, found.loss, found.gradient)
      if gain < 1e-7 * abs(loss) { break }
    }
    return point
  }

  private func direction(
    _ gradient: [Double], _ changes: [(step: [Double], turn: [Double], scale: Double)]
  ) -> [Double] {
    var result = gradient.map { -$0 }
    var shares: [Double] = []
    for change in changes.reversed() {
      let share = change.scale * Self.product(change.step, result)
      shares.append(share)
      for index in result.indices { result[index] -= share * change.turn[index] }
    }
    if let last = changes.last {
      let scale = 1 / (last.scale * Self.product(last.turn, last.turn))
      for index in result.indices { result[index] *= scale }
    }
    for (change, share) in zip(changes, shares.reversed()) {
      let back = share - change.scale * Self.product(change.turn, result)
      for index in result.indices { result[index] += back * change.step[index] }
    }
    return result
  }

  /// Loss and gradient at `point`.
  private func evaluate(_ point: [Double], _ restraint: Double) -> (loss: Double, gradient: [Double]) {
    var gradient = point.map { $0 * restraint }
    var loss = restraint * Self.product(point, point) / 2
    var scores = Array(repeating: 0.0, count: classes)
    for example in targets.indices {
      for index in 0..<classes { scores[index] = offsets[example * classes + index] }
      for place in starts[example]..<starts[example + 1] {
        let row = columns[place] * classes
        for index in 0..<classes { scores[index] += values[place] * point[row + index] }
      }
      let highest = scores.max() ?? 0
      var sum = 0.0
      for index in 0..<classes {
        scores[index] = exp(scores[index] - highest)
        sum += scores[index]
      }
      loss -= weights[example] * log(scores[targets[example]] / sum + 1e-12)
      for index in 0..<classes {
        scores[index] = weights[example] * (scores[index] / sum - (index == targets[example] ? 1 : 0))
      }
      for place in starts[example]..<starts[example + 1] {
        let row = columns[place] * classes
        for index in 0..<classes { gradient[row + index] += values[place] * scores[index] }
      }
    }
    return (loss, gradient)
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] }
    return sum
  }
}
