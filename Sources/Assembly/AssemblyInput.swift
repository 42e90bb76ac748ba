package import ProtocolModel

/// Everything that was found out about one photo.
package struct PhotoLayers: Sendable {
  /// The photo.
  package var photo: Photo
  /// Its sheets.
  package var sheets: SheetLayer
  /// What was found on them.
  package var regions: RegionLayer
  /// What was read; a region without an entry counts as unreadable.
  package var readings: ReadingLayer
  /// What cleaning made of it.
  package var texts: TextLayer
  /// The codes.
  package var codings: CodingLayer

  /// Gathers the layers of a photo; those that a failed stage could not write may be left out.
  package init(
    photo: Photo, sheets: SheetLayer? = nil, regions: RegionLayer? = nil, readings: ReadingLayer? = nil,
    texts: TextLayer? = nil, codings: CodingLayer? = nil
  ) {
    self.photo = photo
    self.sheets = sheets ?? SheetLayer(photo: photo.id, sheets: [])
    self.regions = regions ?? RegionLayer(photo: photo.id, regions: [])
    self.readings = readings ?? ReadingLayer(photo: photo.id, texts: [])
    self.texts = texts ?? TextLayer(photo: photo.id, texts: [])
    self.codings = codings ?? CodingLayer(photo: photo.id, notes: [])
  }
}

/// All layers of a workshop.
package struct AssemblyInput: Sendable {
  /// The photos, in any order.
  package var photos: [PhotoLayers]
  /// Which regions show the same paper.
  package var sightings: SightingLayer
  /// Which photo belongs to which agenda item.
  package var agenda: AgendaLayer
  /// The open rest.
  package var clusters: ClusterLayer
  /// The workshop.
  package var event: Event
  /// The code book.
  package var codebook: CodeBook
  /// Digest of the code book's file.
  package var codebookDigest: Digest
  /// Titles of sections and reasons, as printed.
  package var texts: DocumentTexts
  /// What a person should know of the run.
  package var diagnostics: [Diagnostic]
  /// Files that are not in the protocol.
  package var skippedFiles: [ProtocolDocument.SkippedFile]
  /// How the layers were made.
  package var provenance: ProtocolDocument.Provenance

  /// Gathers the layers of a workshop.
  package init(
    photos: [PhotoLayers], sightings: SightingLayer = SightingLayer(sightings: []),
    agenda: AgendaLayer = AgendaLayer(assignments: []),
    clusters: ClusterLayer = ClusterLayer(clusters: [], singles: []), event: Event = Event(), codebook: CodeBook,
    codebookDigest: Digest, texts: DocumentTexts, diagnostics: [Diagnostic] = [],
    skippedFiles: [ProtocolDocument.SkippedFile] = [], provenance: ProtocolDocument.Provenance
  ) {
    self.photos = photos
    self.sightings = sightings
    self.agenda = agenda
    self.clusters = clusters
    self.event = event
    self.codebook = codebook
    self.codebookDigest = codebookDigest
    self.texts = texts
    self.diagnostics = diagnostics
    self.skippedFiles = skippedFiles
    self.provenance = provenance
  }
}
