import ProtocolModel

/// Joins the layers of one photo region by region.
struct PhotoEntryBuilder {
  let layers: PhotoLayers
  let agenda: AgendaLayer
  let sightings: PrimarySightings
  let texts: DocumentTexts

  func entry() -> ProtocolDocument.PhotoEntry {
    let photo = layers.photo
    let regions = regionEntries()
    return ProtocolDocument.PhotoEntry(
      id: photo.id, file: photo.file, otherNames: photo.otherNames, sha256: photo.sha256, width: photo.width,
      height: photo.height, capturedAt: photo.capturedAt, agendaItem: agendaItem(),
      sheets: layers.sheets.sheets.map { sheet in
        ProtocolDocument.SheetEntry(
          id: sheet.id, outline: sheet.outline.polygon, medium: sheet.medium, width: sheet.width,
          height: sheet.height)
      },
      groups: groupEntries(regions), links: layers.regions.links, quality: layers.regions.quality, regions: regions)
  }

  private func agendaItem() -> ProtocolDocument.AgendaReference? {
    agenda.assignments.first { $0.photo == layers.photo.id }
      .map { ProtocolDocument.AgendaReference(id: $0.item, reason: $0.reason, board: $0.board) }
  }

  private func regionEntries() -> [ProtocolDocument.RegionEntry] {
    let readings = Dictionary(layers.readings.texts.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
    let cleaned = Dictionary(layers.texts.texts.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
    let codings = Dictionary(layers.codings.notes.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
    return layers.regions.regions.sorted { ($0.order, $0.id) < ($1.order, $1.id) }.enumerated().map { place, region in
      let text = textEntry(readings[region.id], cleaned[region.id])
      let content = Self.content(region, readings[region.id])
      let coding = codings[region.id]
      let ranked = (coding?.codings ?? []).sorted { $0.rank < $1.rank }
      return ProtocolDocument.RegionEntry(
        id: region.id, number: place + 1, kind: region.kind, content: content, polygon: region.polygon,
        occluded: region.occluded, colour: region.colour, order: region.order, sheet: region.sheet,
        group: region.group, parent: region.parent, sameAs: sightings.sameAs(region.id), votes: region.votes,
        text: text, codings: ranked,
        unassignedReason: ranked.isEmpty
          ? coding?.unassignedReason ?? Self.reason(region.kind, content, legible: text.legible) : nil)
    }
  }

  /// What reading saw wins, but reading alone never turns a sketch into writing: then both are on it.
  private static func content(_ region: NoteRegion, _ reading: RecognizedText?) -> RegionContent {
    guard let reading else { return region.content }
    if reading.content != .text { return reading.content }
    guard reading.legible, !reading.raw.isEmpty else { return region.content }
    switch region.content {
    case .text, .empty: return .text
    case .drawing, .mixed: return .mixed
    }
  }

  private static func reason(_ kind: RegionKind, _ content: RegionContent, legible: Bool) -> UnassignedReason? {
    if kind == .heading || kind == .clusterHeading { return nil }
    if content == .empty || content == .drawing { return .noText }
    return legible ? .noMatch : .lowConfidence
  }

  private func textEntry(_ reading: RecognizedText?, _ cleaned: NormalizedText?) -> ProtocolDocument.TextEntry {
    let legible = reading?.legible ?? false
    return ProtocolDocument.TextEntry(
      raw: reading?.raw ?? cleaned?.raw ?? "", normalized: legible ? cleaned?.normalized : nil, legible: legible,
      confidence: reading?.confidence ?? Confidence(clamping: 0), reader: reading?.reader,
      lines: reading?.lines ?? [], edits: cleaned?.edits ?? [])
  }

  private func groupEntries(_ regions: [ProtocolDocument.RegionEntry]) -> [ProtocolDocument.GroupEntry] {
    layers.regions.groups.enumerated().map { place, group in
      let heading = group.heading.flatMap { id in regions.first { $0.id == id }?.text.normalized }
      return ProtocolDocument.GroupEntry(
        id: group.id, heading: group.heading,
        label: heading.flatMap { $0.isEmpty ? nil : $0 } ?? texts("group.unnamed", ["n": String(place + 1)]),
        members: group.members, confidence: group.confidence)
    }
  }
}
