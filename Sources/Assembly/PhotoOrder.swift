import ProtocolModel

/// The order of photos in the protocol: agenda, then capture time, then file.
struct PhotoOrder {
  private let items: [PhotoID: Int]

  init(event: Event, agenda: AgendaLayer) {
    let places = Dictionary(event.agenda.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    items = Dictionary(
      agenda.assignments.compactMap { assignment in places[assignment.item].map { (assignment.photo, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Photos without an item come last, photos without a capture time after those of their item that have one.
  func sorted(_ photos: [PhotoLayers]) -> [PhotoLayers] {
    photos.sorted { key($0.photo) < key($1.photo) }
  }

  private func key(_ photo: Photo) -> (Int, Int, String, String, PhotoID) {
    (items[photo.id] ?? .max, photo.capturedAt == nil ? 1 : 0, photo.capturedAt ?? "", photo.file, photo.id)
  }
}
