package import Imaging

/// Tells the bullet in front of a list item from its writing.
package enum BulletStripper {
  /// Splits `pieces` of a line into the bullet's and the rest, where the line begins with one.
  ///
  /// A bullet is low (at most half the line's height), short (at most 1.3 of it), not at the foot of the line, and
  /// followed by a gap of a quarter of the line's height. Letters are closer to their neighbours than that.
  package static func split(_ pieces: [InkComponent]) -> (bullet: String, rest: [InkComponent])? {
    guard let box = WritingInk.bounds(of: pieces), pieces.count >= 3 else { return nil }
    let height = Double(box.height)
    let sorted = pieces.sorted { ($0.left, $0.top) < ($1.left, $1.top) }
    var end = sorted[0].right
    var count = 1
    while count < sorted.count, Double(sorted[count].left - end) < 0.25 * height {
      end = max(end, sorted[count].right)
      count += 1
      if Double(end - box.left) > 1.3 * height { return nil }
    }
    guard count <= 3, count < sorted.count, let mark = WritingInk.bounds(of: sorted[..<count]) else { return nil }
    let middle = Double(mark.top + mark.bottom) / 2 - Double(box.top)
    guard Double(mark.height) <= 0.5 * height, middle > 0.25 * height, middle < 0.85 * height else { return nil }
    let isFlat = mark.width > 2 * mark.height
    let isDot = Double(mark.width) < 1.8 * Double(mark.height) && count == 1 && sorted[0].fill > 0.5
    return (isFlat ? "-" : isDot ? "•" : "->", Array(sorted[count...]))
  }

  /// Splits a reading that begins with a dash, arrow, dot or number and a blank.
  package static func split(reading text: String) -> (bullet: String, dropped: Int)? {
    let scalars = Array(text.unicodeScalars)
    guard let blank = scalars.firstIndex(of: " "), blank <= 3, blank + 1 < scalars.count else { return nil }
    let head = scalars[..<blank]
    let marks: Set<Unicode.Scalar> = ["-", "–", "—", "•", "·", "*", ">", "→", "=", "°", "."]
    let isMark = blank <= 2 && head.allSatisfy { marks.contains($0) }
    let isNumber =
      head.count >= 2 && (head.last == "." || head.last == ")")
      && head.dropLast().allSatisfy { ("0"..."9").contains($0) }
    guard isMark || isNumber else { return nil }
    var bullet = ""
    bullet.unicodeScalars.append(contentsOf: head)
    return (bullet, blank + 1)
  }
}
