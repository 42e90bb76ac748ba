/// One-to-one pairs of rows and columns with the greatest total worth (Kuhn 1955, in Munkres' potentials form).
package enum Assignment {
  /// Pairs by row. A worth of 0 or less is no pair.
  package static func best(rows: Int, columns: Int, worth: (Int, Int) -> Double) -> [(row: Int, column: Int)] {
    guard rows > 0, columns > 0 else { return [] }
    let size = max(rows, columns)
    // Cost = -worth, with 0 for the rows and columns that fill up the square.
    var cost = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size + 1)
    for row in 0..<rows {
      for column in 0..<columns { cost[row + 1][column + 1] = -max(0, worth(row, column)) }
    }
    var rowPotential = [Double](repeating: 0, count: size + 1)
    var columnPotential = rowPotential
    var match = [Int](repeating: 0, count: size + 1)
    var way = match
    for row in 1...size {
      match[0] = row
      var column = 0
      var least = [Double](repeating: .infinity, count: size + 1)
      var used = [Bool](repeating: false, count: size + 1)
      repeat {
        used[column] = true
        let current = match[column]
        var delta = Double.infinity
        var next = 0
        for other in 1...size where !used[other] {
          let reduced = cost[current][other] - rowPotential[current] - columnPotential[other]
          if reduced < least[other] {
            least[other] = reduced
            way[other] = column
          }
          if least[other] < delta {
            delta = least[other]
            next = other
          }
        }
        for other in 0...size {
          if used[other] {
            rowPotential[match[other]] += delta
            columnPotential[other] -= delta
          } else {
            least[other] -= delta
          }
        }
        column = next
      } while match[column] != 0
      repeat {
        let previous = way[column]
        match[column] = match[previous]
        column = previous
      } while column != 0
    }
    return (1...size).map { (row: match[$0] - 1, column: $0 - 1) }
      .filter { $0.row >= 0 && $0.row < rows && $0.column < columns && worth($0.row, $0.column) > 0 }
      .sorted { $0.row < $1.row }
  }
}
