extension Array where Element: Comparable {
  /// The value that would stand at `rank` if the array were sorted, without sorting the rest (Hoare's selection,
  /// *Communications of the ACM* 4, 1961).
  package func ranked(_ rank: Int) -> Element {
    precondition(indices.contains(rank), "a rank within the array")
    var values = self
    return values.withUnsafeMutableBufferPointer { values in
      var low = 0, high = values.count - 1
      while low < high {
        let pivot = values[(low + high) / 2]
        var left = low, right = high
        while left <= right {
          while values[left] < pivot { left += 1 }
          while pivot < values[right] { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if rank <= right {
          high = right
        } else if rank >= left {
          low = left
        } else {
          break
        }
      }
      return values[rank]
    }
  }
}
