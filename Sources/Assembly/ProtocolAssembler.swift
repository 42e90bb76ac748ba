package import ProtocolModel

/// Puts the layers of a workshop together to the protocol.
///
/// Nothing photographed is left out: every region stands under its photo, and every primary sighting that is no
/// heading stands in at least one section.
package struct ProtocolAssembler: Sendable {
  /// Creates an assembler.
  package init() {}

  /// Assembles the protocol; the same layers in any order give the same protocol.
  package func assemble(_ input: AssemblyInput) -> ProtocolDocument {
    let order = CodeOrder(input.codebook)
    let known = Set(input.photos.flatMap { $0.regions.regions.map(\.id) })
    let sightings = PrimarySightings(input.sightings, known: known)
    let photos = PhotoOrder(event: input.event, agenda: input.agenda).sorted(input.photos)
      .map { PhotoEntryBuilder(layers: $0, agenda: input.agenda, sightings: sightings, texts: input.texts).entry() }
    let notes = NoteIndex(photos: photos, sightings: sightings, order: order)
    let links = ObservedLinks(photos: photos, notes: notes)
    let chains = ChainBuilder(notes: notes, links: links, order: order)
    let clusters = Self.primariesOnly(input.clusters, notes: notes)
    return ProtocolDocument(
      event: input.event, codebook: reference(input, order: order), photos: photos, clusters: clusters.clusters,
      diagnostics: input.diagnostics,
      sections: SectionBuilder(notes: notes, order: order, clusters: clusters, texts: input.texts).sections(),
      counts: CountBuilder(notes: notes, order: order).counts(), chains: chains.chains(),
      causesAndMeasures: CrossTableBuilder(notes: notes, links: links, order: order).table(), gaps: chains.gaps(),
      skippedFiles: input.skippedFiles.sorted { $0.file < $1.file }, provenance: input.provenance)
  }

  private func reference(_ input: AssemblyInput, order: CodeOrder) -> ProtocolDocument.CodeBookReference {
    let book = input.codebook
    return ProtocolDocument.CodeBookReference(
      id: book.id, version: book.version, digest: input.codebookDigest, title: book.title,
      codes: book.codes.map { code in
        ProtocolDocument.CodeEntry(
          id: code.id, label: order.label(of: code.id, language: input.texts.language), definition: code.definition,
          colour: code.colour, parent: code.parent)
      })
  }

  /// Members that are repeats stand for their primaries; a cluster left with one note is a single.
  private static func primariesOnly(_ layer: ClusterLayer, notes: NoteIndex) -> ClusterLayer {
    var taken: Set<RegionID> = []
    var clusters: [Cluster] = []
    var singles: [RegionID] = []
    for var cluster in layer.clusters {
      cluster.members = notes.primaries(cluster.members).filter { taken.insert($0).inserted }
      if cluster.members.count >= 2 {
        clusters.append(cluster)
      } else {
        singles += cluster.members
      }
    }
    singles += notes.primaries(layer.singles).filter { taken.insert($0).inserted }
    return ClusterLayer(clusters: clusters, singles: notes.primaries(singles))
  }
}
