import ProtocolModel

/// The notes of all photos by id, with what may be asked of them.
struct NoteIndex {
  /// Notes that count: primary sightings that are no headings, in order of photo and reading.
  let notes: [ProtocolDocument.RegionEntry]
  private let places: [RegionID: Int]
  private let photos: [RegionID: PhotoID]
  private let sightings: PrimarySightings
  /// Sections whose codes some note of the photo has at rank 1.
  private let subjects: [PhotoID: Set<ProtocolDocument.Section.Kind>]

  init(photos: [ProtocolDocument.PhotoEntry], sightings: PrimarySightings, order: CodeOrder) {
    var notes: [ProtocolDocument.RegionEntry] = []
    var photoOf: [RegionID: PhotoID] = [:]
    var subjects: [PhotoID: Set<ProtocolDocument.Section.Kind>] = [:]
    for photo in photos {
      for region in photo.regions {
        photoOf[region.id] = photo.id
        if let first = region.codings.first { subjects[photo.id, default: []].insert(order.section(of: first.code)) }
        if region.kind != .heading, region.kind != .clusterHeading, region.sameAs == nil { notes.append(region) }
      }
    }
    self.notes = notes
    self.photos = photoOf
    self.sightings = sightings
    self.subjects = subjects
    places = Dictionary(notes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The note that stands for a region; `nil` for headings and unknown regions.
  func note(_ id: RegionID) -> ProtocolDocument.RegionEntry? {
    places[sightings.primary(of: id)].map { notes[$0] }
  }

  /// The primaries of regions, each once, in order of photo and reading.
  func primaries(_ ids: some Sequence<RegionID>) -> [RegionID] {
    Set(ids.compactMap { places[sightings.primary(of: $0)] }).sorted().map { notes[$0].id }
  }

  /// Most votes first, then in order of photo and reading.
  func byVotes(_ notes: [ProtocolDocument.RegionEntry]) -> [RegionID] {
    notes.map(\.id).sorted { one, other in
      let a = places[one] ?? .max
      let b = places[other] ?? .max
      return (-votes(a), a) < (-votes(b), b)
    }
  }

  private func votes(_ place: Int) -> Int { notes.indices.contains(place) ? notes[place].votes ?? 0 : 0 }

  /// Whether a note could belong to a section's codes as far as its photo tells: the subject comes up on it, or nothing
  /// on it is coded.
  func mayBelong(_ note: ProtocolDocument.RegionEntry, to section: ProtocolDocument.Section.Kind) -> Bool {
    guard let photo = photos[note.id], let seen = subjects[photo] else { return true }
    return seen.contains(section)
  }
}

extension ProtocolDocument.RegionEntry {
  /// Whether there is writing on it that could not be read.
  var isUnreadable: Bool {
    let isRead = text.legible && !(text.normalized ?? "").isEmpty
    return !isRead && (content == .text || content == .mixed)
  }

  /// Whether it has no code for a reason that says nothing about its subject.
  var isOpen: Bool {
    if isUnreadable { return true }
    guard codings.isEmpty, let unassignedReason else { return false }
    return [.lowConfidence, .noMatch, .tie].contains(unassignedReason)
  }

  /// Its first code.
  var primaryCode: String? { codings.first?.code }
}
