import ProtocolModel

/// Pairs of notes that the boards themselves put together, with who did it.
struct ObservedLinks {
  /// How near two notes were put.
  enum Bond: Int, Comparable {
    case sameNote, arrow, group
    static func < (one: Bond, other: Bond) -> Bool { one.rawValue < other.rawValue }
  }

  /// A note and the note it leads to; the same twice where one note carries both codes.
  struct Pair: Hashable {
    let from: RegionID
    let to: RegionID
  }

  /// Every pair with its nearest bond; arrows lead one way, groups both.
  let bonds: [Pair: Bond]

  init(photos: [ProtocolDocument.PhotoEntry], notes: NoteIndex) {
    var bonds: [Pair: Bond] = [:]
    func join(_ from: RegionID, _ to: RegionID, _ bond: Bond) {
      guard let first = notes.note(from)?.id, let second = notes.note(to)?.id, bond == .sameNote || first != second
      else { return }
      let pair = Pair(from: first, to: second)
      bonds[pair] = min(bond, bonds[pair] ?? bond)
    }
    for note in notes.notes { join(note.id, note.id, .sameNote) }
    for photo in photos {
      for link in photo.links { join(link.from, link.to, .arrow) }
      for group in photo.groups {
        for one in group.members {
          for other in group.members where one != other { join(one, other, .group) }
        }
      }
    }
    self.bonds = bonds
  }
}
