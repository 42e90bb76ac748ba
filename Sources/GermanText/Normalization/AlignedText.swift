package import ProtocolModel

/// A change that a rule asks for; the range counts Unicode scalars of the text the rule saw.
package struct Replacement: Equatable, Sendable {
  /// What is replaced; empty for an insertion.
  package var range: Range<Int>
  /// What stands there then.
  package var scalars: [Unicode.Scalar]

  /// Asks for a change.
  package init(_ range: Range<Int>, _ text: String) {
    self.range = range
    scalars = Array(text.unicodeScalars)
  }
}

/// A text under cleaning: its scalars, the place in the raw text each came from, and the edits so far.
package struct AlignedText: Sendable {
  /// The text as it is now.
  package private(set) var scalars: [Unicode.Scalar]
  /// For every scalar the first raw scalar it stands for.
  private var starts: [Int]
  /// For every scalar the raw scalar after the last it stands for.
  private var ends: [Int]
  /// Number of scalars of the raw text.
  private let rawCount: Int
  /// Every change, in the order in which rules made them.
  package private(set) var edits: [TextEdit] = []

  /// Starts with the raw text, untouched.
  package init(_ raw: String) {
    scalars = Array(raw.unicodeScalars)
    rawCount = scalars.count
    starts = Array(0..<rawCount)
    ends = Array(1..<(rawCount + 1))
  }

  /// The text as it is now.
  package var text: String { String(String.UnicodeScalarView(scalars)) }

  /// For every scalar the raw scalar it came from, never falling; one entry more, the length of the raw text.
  package var alignment: [Int] { starts + [rawCount] }

  /// Makes the changes, which do not overlap, and logs each under the rule's name.
  package mutating func apply(_ replacements: [Replacement], rule: String) {
    guard !replacements.isEmpty else { return }
    let sorted = replacements.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var scalars: [Unicode.Scalar] = []
    var starts: [Int] = []
    var ends: [Int] = []
    var place = 0
    for change in sorted where change.range.lowerBound >= place {
      let range = change.range
      append(place..<range.lowerBound, to: &scalars, &starts, &ends)
      let from = range.lowerBound < self.starts.count ? self.starts[range.lowerBound] : rawCount
      let to = range.isEmpty ? from : self.ends[range.upperBound - 1]
      edits.append(
        TextEdit(
          rule: rule, from: from, to: to, before: String(String.UnicodeScalarView(self.scalars[range])),
          after: String(String.UnicodeScalarView(change.scalars))))
      for (index, scalar) in change.scalars.enumerated() {
        scalars.append(scalar)
        // Letter by letter as far as the old ones go; the last new letter stands for whatever old ones are left.
        let old = range.lowerBound + min(index, max(range.count - 1, 0))
        starts.append(range.isEmpty ? from : self.starts[old])
        ends.append(range.isEmpty ? from : index + 1 == change.scalars.count ? to : self.ends[old])
      }
      place = range.upperBound
    }
    append(place..<self.scalars.count, to: &scalars, &starts, &ends)
    self.scalars = scalars
    self.starts = starts
    self.ends = ends
  }

  private func append(
    _ range: Range<Int>, to scalars: inout [Unicode.Scalar], _ starts: inout [Int], _ ends: inout [Int]
  ) {
    scalars += self.scalars[range]
    starts += self.starts[range]
    ends += self.ends[range]
  }

  /// The lines of the text as ranges of scalars, line feeds not included.
  package var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (place, scalar) in scalars.enumerated() where scalar == "\n" {
      lines.append(start..<place)
      start = place + 1
    }
    lines.append(start..<scalars.count)
    return lines
  }
}

/// One rule of cleaning: looks at a text and asks for changes. A rule that finds nothing to do asks for none.
package protocol CleaningRule: Sendable {
  /// The name under which its edits are logged.
  var id: String { get }
  /// The changes it asks for, in any order, not overlapping.
  func replacements(in text: AlignedText) -> [Replacement]
  /// Whether it mends what only a reader does that answers every edge and shadow with letters.
  var isForGuessedText: Bool { get }
}

extension CleaningRule {
  /// Most rules are for any text.
  package var isForGuessedText: Bool { false }
}
