import ProtocolModel

/// One block of the agenda as it is printed.
struct AgendaBlock {
  /// One item as it is printed.
  struct Item {
    var id: String
    var number: Int
    var line: String
    var photos: String?
    var questions: [String]
  }
  var title: String?
  var items: [Item]
}

// Facts about the workshop and the run in the words of the document's language.
extension DocumentIndex {
  /// The agenda block by block, its items numbered through, each with the photos that belong to it.
  var agendaBlocks: [AgendaBlock] {
    var blocks: [AgendaBlock] = []
    for (place, item) in document.event.agenda.enumerated() {
      let photos = document.photos.enumerated().filter { $0.element.agendaItem?.id == item.id }.map { number, photo in
        let reason = photo.agendaItem.map { texts("agenda.reason.\($0.reason.rawValue)") } ?? ""
        return "\(number + 1) (\(reason))"
      }
      let times = [item.start, item.end].compactMap(\.self).joined(separator: "–")
      let entry = AgendaBlock.Item(
        id: item.id, number: place + 1, line: times.isEmpty ? item.title : "\(times) \(item.title)",
        photos: photos.isEmpty ? nil : texts("agenda.photos", ["photos": photos.joined(separator: ", ")]),
        questions: item.questions)
      if let last = blocks.last, last.title == item.block {
        blocks[blocks.count - 1].items.append(entry)
      } else {
        blocks.append(AgendaBlock(title: item.block, items: [entry]))
      }
    }
    return blocks
  }

  /// The photos that belong to no item; `nil` where every photo has one.
  var photosWithoutItem: String? {
    let photos = document.photos.enumerated().filter { $0.element.agendaItem == nil }
      .map { texts("appendix.photo", ["n": String($0.offset + 1)]) }
    return photos.isEmpty ? nil : photos.joined(separator: ", ")
  }

  /// File, other names, time and agenda item of a photo.
  func facts(_ photo: ProtocolDocument.PhotoEntry) -> [String] {
    var facts = ["\(texts("appendix.file")) \(photo.file)"]
    if !photo.otherNames.isEmpty {
      facts.append(texts("appendix.names", ["names": photo.otherNames.joined(separator: ", ")]))
    }
    if let time = photo.capturedAt { facts.append(texts("appendix.captured", ["time": date(time)])) }
    facts += photo.sheets.map { word("medium", $0.medium.rawValue) }
    if let item = photo.agendaItem {
      let title = document.event.agenda.first { $0.id == item.id }?.title ?? item.id
      facts.append("\(title) (\(texts("agenda.reason.\(item.reason.rawValue)")))")
    } else if !document.event.agenda.isEmpty {
      facts.append(texts("agenda.reason.none"))
    }
    return facts
  }

  /// `2025-09-17T10:06:17` as `17.09.2025, 10:06`; anything else as it stands.
  func date(_ text: String) -> String {
    let halves = text.split(separator: "T", maxSplits: 1)
    let day = halves[0].split(separator: "-")
    guard texts.language == "de", day.count == 3, day.allSatisfy({ Int($0) != nil }), halves[0].utf8.count == 10 else {
      return text
    }
    let date = "\(day[2]).\(day[1]).\(day[0])"
    return halves.count == 2 ? "\(date), \(halves[1].prefix(5))" : date
  }

  /// Keywords and cohesion of a cluster.
  func describe(_ cluster: Cluster) -> String {
    let words = texts("cluster.keywords", ["words": cluster.keywords.map(\.text).joined(separator: ", ")])
    return "\(words); \(texts("cluster.cohesion", ["value": number(cluster.cohesion)]))."
  }

  /// A group with the numbers of its notes.
  func describe(_ group: ProtocolDocument.GroupEntry) -> String {
    let numbers = group.members.compactMap { region($0)?.number }.map(String.init)
    return "\(quoted(group.label)) (\(texts("appendix.number")) \(numbers.joined(separator: ", ")))"
  }

  /// A person or office to ask.
  func describe(_ contact: Event.Contact) -> String {
    [contact.name, contact.organisation, contact.email].compactMap(\.self).joined(separator: ", ")
  }

  /// One finding of the run.
  func describe(_ diagnostic: Diagnostic) -> String {
    var text = "\(texts("severity.\(diagnostic.severity.rawValue)")) \(diagnostic.code.rawValue)"
    if let location = diagnostic.location { text += " (\(location))" }
    text += ": \(diagnostic.message)"
    if let hint = diagnostic.hint { text += " – \(hint)" }
    return text
  }

  /// What is missing, where it was named and what the code book suggests.
  func describe(_ gap: ProtocolDocument.Gap) -> String {
    let named =
      gap.regions.count > 8
      ? texts.counted("summary.notes", gap.regions.count) : gap.regions.map(place).joined(separator: "; ")
    let places = texts("gaps.notes", ["places": named])
    var text = "\(label(gap.code)), \(places)."
    if !gap.namedElsewhere.isEmpty {
      text += " " + texts("gaps.elsewhere", ["codes": gap.namedElsewhere.map(fullLabel).joined(separator: ", ")])
    }
    return text
  }

  /// Links that the boards show.
  var observedChains: [ProtocolDocument.Chain] { document.chains.filter { $0.origin == .observed } }

  /// Pairings of the code book that the boards do not show as well.
  var pairedOnlyChains: [ProtocolDocument.Chain] {
    document.chains.filter { chain in
      chain.origin == .codebook
        && !observedChains.contains {
          $0.from == chain.from && ($0.to == chain.to || $0.to.hasPrefix(chain.to + "."))
        }
    }
  }

  /// Joined pairs in a cell of the table; `nil` where there are none.
  func cellCount(_ row: String, _ column: String) -> Int? {
    cell(row, column).map { $0.sameNote + $0.arrow + $0.group }
  }

  /// The cell of a cause and a measure.
  func cell(_ row: String, _ column: String) -> ProtocolDocument.Cell? {
    document.causesAndMeasures.cells.first { $0.row == row && $0.column == column }
  }

  /// Versions and digests, by name.
  var provenanceFacts: [(name: String, value: String)] {
    let provenance = document.provenance
    return [
      (texts("made.program"), provenance.program),
      (texts("made.engines"), provenance.engines.joined(separator: "; ")),
      (texts("made.stages"), provenance.stages.joined(separator: " → ")),
      (texts("made.pipeline"), provenance.pipeline.rawValue),
      (
        texts("head.codebook"),
        "\(document.codebook.id) \(document.codebook.version), \(texts("made.codebook")) \(document.codebook.digest.rawValue)"
      ),
    ].filter { !$0.1.isEmpty }
  }
}
