import ProtocolModel

/// How many notes a protocol has and what became of them; repeats and headings do not count.
struct Totals: Equatable {
  private(set) var photos = 0
  private(set) var notes = 0
  private(set) var coded = 0
  private(set) var unassigned = 0
  private(set) var unreadable = 0
  private(set) var repeats = 0

  init(_ document: ProtocolDocument) {
    photos = document.photos.count
    for region in document.photos.flatMap(\.regions) where !region.isHeading {
      if region.sameAs != nil {
        repeats += 1
        continue
      }
      notes += 1
      if region.wording == .unreadable {
        unreadable += 1
      } else if region.codings.isEmpty {
        unassigned += 1
      } else {
        coded += 1
      }
    }
  }
}

extension DocumentIndex {
  /// The numbers of the protocol in words, such as `12 Notizen`.
  var totalsInWords: [String] {
    let totals = Totals(document)
    var words = [texts.counted("summary.photos", totals.photos), texts.counted("summary.notes", totals.notes)]
    if totals.notes > 0 {
      words.append(texts.counted("summary.coded", totals.coded))
      words.append(texts.counted("summary.unassigned", totals.unassigned))
      words.append(texts.counted("summary.unreadable", totals.unreadable))
    }
    return words
  }

  /// One line per photo that had better be taken again.
  var reshootLines: [String] {
    document.photos.enumerated().compactMap { place, photo in
      let reasons = texts.reasonsToRetake(
        photo.quality, outlines: photo.regions.map(\.polygon),
        numbers: photo.regions.map { $0.sameAs == nil ? $0.number : nil })
      return reasons.map {
        texts("reshoot.line", ["photo": String(place + 1), "file": photo.file, "reasons": $0])
      }
    }
  }

  /// Whether anybody voted.
  var hasVotes: Bool { document.counts.contains { $0.votes > 0 } || !priorities.isEmpty }

  /// Notes with votes, most first.
  var priorities: [ProtocolDocument.RegionEntry] {
    let voted = document.photos.flatMap(\.regions).filter { !$0.isHeading && $0.sameAs == nil && ($0.votes ?? 0) > 0 }
    return voted.enumerated().sorted { (-($0.element.votes ?? 0), $0.offset) < (-($1.element.votes ?? 0), $1.offset) }
      .map(\.element)
  }

  /// Counts worth a line, and the codes that nobody named.
  var countLines: (named: [ProtocolDocument.CodeCount], unnamed: [String]) {
    let named = document.counts.filter { $0.any > 0 }
    return (named, document.counts.filter { $0.any == 0 }.map { label($0.code) })
  }

  /// The number that counts for a code: notes with it first, or of a code that never comes first with it at all.
  func shownCount(_ count: ProtocolDocument.CodeCount) -> Int {
    countsAtAnyRank.contains(count.code) ? count.any : count.primary
  }

  /// Fears and consequences, which are never a note's first code.
  private var countsAtAnyRank: Set<String> {
    Set(document.sections.filter { $0.kind == .chains }.flatMap(\.blocks).map(\.id))
  }

  /// The codes of a note, or the reason why it has none.
  func codesOrReason(_ region: ProtocolDocument.RegionEntry) -> String {
    if region.isHeading { return "" }
    if let repeated = region.sameAs { return texts("note.same", ["place": place(repeated)]) }
    if !region.codings.isEmpty { return region.codings.map { label($0.code) }.joined(separator: "; ") }
    if region.wording == .unreadable { return texts("reason.unreadable") }
    return region.unassignedReason.map { texts("reason.\($0.rawValue)") } ?? texts("reason.unknown")
  }
}
