package import ProtocolModel

/// Finds the agenda item that a photo belongs to, and says why; rather none than a guess.
///
/// Asked in this order: the item lists the photo; the photo lies in a folder named after the item; a heading on the
/// photo resembles one of the item's boards or its title; the photo was taken in the item's time.
package struct AgendaMatcher: Sendable {
  private let event: Event
  private let leastSimilarity: Double

  /// What is known of one photo.
  package struct Candidate: Sendable {
    /// The photo.
    package var photo: Photo
    /// Headings read on it, in all their readings; board headings first.
    package var headings: [String]

    /// Names the headings of a photo.
    package init(photo: Photo, headings: [String]) {
      self.photo = photo
      self.headings = headings
    }

    /// Takes the headings from the layers of a photo: legible ones with their other readings, and on a slide or sheet
    /// without a heading none.
    package init(photo: Photo, regions: RegionLayer, texts: TextLayer) {
      let cleaned = Dictionary(texts.texts.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
      let places =
        regions.regions.filter { $0.kind == .heading } + regions.regions.filter { $0.kind == .clusterHeading }
      let headings = places.flatMap { region -> [String] in
        guard let text = cleaned[region.id] else { return [] }
        return (text.normalized.map { [$0] } ?? []) + text.alternatives.map(\.text)
      }
      self.init(photo: photo, headings: headings)
    }
  }

  /// Prepares for an event; a heading counts from `leastSimilarity` on.
  ///
  /// 0.55: "Was hilft? Maßnahmen" still belongs to a board called "Maßnahmen dagegen"; two headings of the coded notes
  /// that mean different boards stay below 0.4.
  package init(event: Event, leastSimilarity: Double = 0.55) {
    self.event = event
    self.leastSimilarity = leastSimilarity
  }

  /// The items of the photos that have one, by photo id.
  package func assignments(_ candidates: [Candidate]) -> AgendaLayer {
    AgendaLayer(assignments: candidates.compactMap(assignment).sorted { $0.photo < $1.photo })
  }

  private func assignment(_ candidate: Candidate) -> AgendaAssignment? {
    let steps: [(AgendaAssignment.Reason, (Candidate) -> Event.AgendaItem?)] = [
      (.list, listed), (.folder, inFolder), (.heading, headed), (.time, takenDuring),
    ]
    for (reason, find) in steps {
      if let item = find(candidate) {
        return AgendaAssignment(
          photo: candidate.photo.id, item: item.id, reason: reason, board: board(of: item, candidate)?.name)
      }
    }
    return nil
  }

  private func listed(_ candidate: Candidate) -> Event.AgendaItem? {
    let files = ([candidate.photo.file] + candidate.photo.otherNames)
    let names = files.map(Self.lastComponent)
    return event.agenda.first { item in
      item.photos.contains { entry in
        files.contains(entry) || (!entry.contains("/") && names.contains(entry))
      }
    }
  }

  private func inFolder(_ candidate: Candidate) -> Event.AgendaItem? {
    for file in [candidate.photo.file] + candidate.photo.otherNames {
      // The nearest folder says most.
      for folder in file.split(separator: "/").dropLast().reversed() {
        let name = HeadingSimilarity.folded(String(folder))
        if name.isEmpty { continue }
        if let item = event.agenda.first(where: { HeadingSimilarity.folded($0.id) == name }) { return item }
        if let item = best(event.agenda.map { ($0, HeadingSimilarity.between(String(folder), $0.title)) }, least: 0.8) {
          return item
        }
      }
    }
    return nil
  }

  private func headed(_ candidate: Candidate) -> Event.AgendaItem? {
    best(
      event.agenda.map { item in
        let title = candidate.headings.map { HeadingSimilarity.between($0, item.title) }.max() ?? 0
        return (item, max(title, board(of: item, candidate)?.similarity ?? 0))
      }, least: leastSimilarity)
  }

  private func board(of item: Event.AgendaItem, _ candidate: Candidate) -> (name: String, similarity: Double)? {
    var found: (name: String, similarity: Double)?
    for board in item.boards {
      for heading in candidate.headings {
        let similarity = HeadingSimilarity.between(heading, board)
        if similarity >= leastSimilarity, similarity > found?.similarity ?? 0 { found = (board, similarity) }
      }
    }
    return found
  }

  /// The one item above the least value; none where two are equally near.
  private func best(_ items: [(Event.AgendaItem, Double)], least: Double) -> Event.AgendaItem? {
    guard let top = items.map({ $0.1 }).max(), top >= least else { return nil }
    let nearest = items.filter { $0.1 == top }
    return nearest.count == 1 ? nearest[0].0 : nil
  }

  private func takenDuring(_ candidate: Candidate) -> Event.AgendaItem? {
    guard let taken = candidate.photo.capturedAt, taken.utf8.count >= 16 else { return nil }
    let parts = taken.split(separator: "T", maxSplits: 1)
    guard parts.count == 2, let minute = Self.minute(String(parts[1])) else { return nil }
    if let date = event.date, Self.isDay(date), date != parts[0] { return nil }
    for (place, item) in event.agenda.enumerated() {
      guard let start = item.start.flatMap(Self.minute) else { continue }
      let next = event.agenda[(place + 1)...].compactMap { $0.start.flatMap(Self.minute) }.first
      // Without an end the item lasts until the next begins; the last one's end is not known, so nothing is in it.
      guard let end = item.end.flatMap(Self.minute) ?? next else { continue }
      if (start..<max(start, end)).contains(minute) { return item }
    }
    return nil
  }

  /// Minutes after midnight of `14:05` or `14:05:31`.
  private static func minute(_ time: String) -> Int? {
    let parts = time.split(separator: ":")
    guard parts.count >= 2, let hour = Int(parts[0]), let minute = Int(parts[1]) else { return nil }
    return hour * 60 + minute
  }

  private static func isDay(_ date: String) -> Bool {
    let parts = date.split(separator: "-")
    return date.utf8.count == 10 && parts.count == 3 && parts.allSatisfy { Int($0) != nil }
  }

  private static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
