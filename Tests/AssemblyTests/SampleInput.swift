import Assembly
import ProtocolModel
import TestSupport

extension AssemblyInput {
  /// The sample workshop; titles are their own keys.
  static var sample: AssemblyInput {
    AssemblyInput(
      photos: SampleWorkshop.photos.map {
        PhotoLayers(
          photo: $0.photo, sheets: $0.sheets, regions: $0.regions, readings: $0.readings, texts: $0.texts,
          codings: $0.codings)
      }, sightings: SampleWorkshop.sightings, agenda: SampleWorkshop.agenda, clusters: SampleWorkshop.clusters,
      event: SampleWorkshop.event, codebook: SampleWorkshop.codebook, codebookDigest: SampleWorkshop.digest("e"),
      texts: DocumentTexts(id: "keys", version: "1", language: "de", source: "none", texts: [:]),
      diagnostics: SampleWorkshop.diagnostics, skippedFiles: SampleWorkshop.skippedFiles,
      provenance: SampleWorkshop.provenance)
  }
}

extension ProtocolDocument {
  /// A section of the protocol.
  func section(_ kind: Section.Kind) -> Section? { sections.first { $0.kind == kind } }
  /// A block of a section.
  func block(_ kind: Section.Kind, _ id: String) -> Block? { section(kind)?.blocks.first { $0.id == id } }
}
