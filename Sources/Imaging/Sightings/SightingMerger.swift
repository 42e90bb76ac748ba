package import ProtocolModel

/// Finds notes that several photos show: the same paper, not the same words.
///
/// Two sightings are one paper only when their pictures agree and their neighbours agree on one map between the two
/// photos (``PhotoPair``). The text is never asked: the same wording on other paper, or by another hand, is another note.
package struct SightingMerger: Sendable {
  /// What may be set.
  package struct Parameters: Hashable, Sendable {
    /// Least likeness at which two notes suggest a map, -1...1. Other hands writing the same words reach 0.45.
    package var likeness: Double
    /// Least number of pairs that must agree on one map between two photos.
    package var agreement: Int
    /// Least likeness of a note that stands alone on a close-up, where no neighbour can agree.
    package var aloneLikeness: Double

    /// Sets them.
    package init(likeness: Double = 0.6, agreement: Int = 3, aloneLikeness: Double = 0.85) {
      self.likeness = likeness
      self.agreement = agreement
      self.aloneLikeness = aloneLikeness
    }
  }

  /// The notes of one photo.
  package struct Gallery: Sendable {
    /// The photo.
    package var photo: PhotoID
    /// Width of the upright photo in pixels.
    package var width: Int
    /// Height of the upright photo in pixels.
    package var height: Int
    /// Its notes, in reading order.
    package var notes: [NoteSignature]
    /// Collects notes.
    package init(photo: PhotoID, width: Int, height: Int, notes: [NoteSignature]) {
      self.photo = photo
      self.width = width
      self.height = height
      self.notes = notes
    }

    /// Whether the photo shows a place, `margin` of its sides away from its edge.
    func shows(_ point: Point<PhotoSpace>, margin: Double) -> Bool {
      let (x, y) = (margin * Double(width), margin * Double(height))
      return point.x >= x && point.y >= y && point.x <= Double(width) - x && point.y <= Double(height) - y
    }

    /// Whether the edge of a photo cuts an outline: a corner lies within 0.4 % of its sides of the edge or beyond, or
    /// 6 pixels on a small photo.
    package static func cuts(_ outline: Polygon<PhotoSpace>, width: Int, height: Int) -> Bool {
      let (x, y) = (max(6, 0.004 * Double(width)), max(6, 0.004 * Double(height)))
      return outline.points.contains {
        $0.x < x || $0.y < y || $0.x > Double(width) - x || $0.y > Double(height) - y
      }
    }
  }

  private let parameters: Parameters

  /// Creates a merger.
  package init(parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// Repeats with their primary: the sighting that shows the paper whole and largest, the earlier photo where two are
  /// equal.
  package func merge(_ galleries: [Gallery]) -> SightingLayer {
    var links: [PhotoPair.Match] = []
    for (place, first) in galleries.enumerated() {
      let prepared = first.notes.map { InkLikeness($0) }
      for second in galleries[(place + 1)...] {
        var pair = PhotoPair(first, prepared, second, parameters: parameters)
        links += pair.matches()
      }
    }
    var papers = Papers(galleries)
    // The likest first: where two links contradict each other, the better holds.
    for link in links.enumerated().sorted(by: { ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset) }) {
      papers.join(link.element)
    }
    return SightingLayer(sightings: papers.sightings())
  }

  /// Sightings joined to papers; no paper is twice on one photo.
  private struct Papers {
    private struct Note {
      let signature: NoteSignature
      let photo: PhotoID
      let place: Int
    }
    private var notes: [RegionID: Note] = [:]
    private var paper: [RegionID: Int] = [:]
    private var members: [[RegionID]] = []
    /// What joined a sighting to others, the best link first.
    private var links: [RegionID: [(other: RegionID, reason: String)]] = [:]

    init(_ galleries: [Gallery]) {
      for gallery in galleries {
        for note in gallery.notes {
          notes[note.region] = Note(signature: note, photo: gallery.photo, place: members.count)
          paper[note.region] = members.count
          members.append([note.region])
        }
      }
    }

    mutating func join(_ match: PhotoPair.Match) {
      guard let a = paper[match.first.region], let b = paper[match.second.region] else { return }
      if a != b {
        let photos = Set(members[a].compactMap { notes[$0]?.photo })
        guard !members[b].contains(where: { notes[$0].map { photos.contains($0.photo) } ?? true }) else { return }
        for region in members[b] { paper[region] = a }
        members[a] += members[b]
        members[b] = []
      }
      links[match.first.region, default: []].append((match.second.region, match.reason))
      links[match.second.region, default: []].append((match.first.region, match.reason))
    }

    func sightings() -> [Sighting] {
      var result: [Sighting] = []
      for group in members where group.count > 1 {
        let ordered = group.compactMap { notes[$0] }.sorted { Self.isBetter($0, $1) }
        guard let primary = ordered.first?.signature.region else { continue }
        for repeated in ordered.dropFirst().map(\.signature.region) {
          let own = links[repeated] ?? []
          // Where the primary was reached over a third photo, the reason is the link that led there.
          let reason = (own.first { $0.other == primary } ?? own.first)?.reason ?? ""
          result.append(Sighting(region: repeated, sameAs: primary, reason: reason))
        }
      }
      return result.sorted { $0.region < $1.region }
    }

    private static func isBetter(_ one: Note, _ other: Note) -> Bool {
      if one.signature.isCut != other.signature.isCut { return other.signature.isCut }
      let (mine, theirs) = (one.signature.quad.polygon.area, other.signature.quad.polygon.area)
      return mine != theirs ? mine > theirs : one.place < other.place
    }
  }
}
