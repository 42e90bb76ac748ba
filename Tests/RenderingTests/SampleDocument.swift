import Assembly
import ProtocolModel
import Rendering
import TestSupport

/// The sample workshop, assembled.
func sampleDocument(_ language: String = "de", _ change: (inout AssemblyInput) -> Void = { _ in }) throws
  -> ProtocolDocument
{
  var input = AssemblyInput(
    photos: SampleWorkshop.photos.map {
      PhotoLayers(
        photo: $0.photo, sheets: $0.sheets, regions: $0.regions, readings: $0.readings, texts: $0.texts,
        codings: $0.codings)
    }, sightings: SampleWorkshop.sightings, agenda: SampleWorkshop.agenda, clusters: SampleWorkshop.clusters,
    event: SampleWorkshop.event, codebook: SampleWorkshop.codebook, codebookDigest: SampleWorkshop.digest("e"),
    texts: try DocumentTexts.bundled(language), diagnostics: SampleWorkshop.diagnostics,
    skippedFiles: SampleWorkshop.skippedFiles, provenance: SampleWorkshop.provenance)
  change(&input)
  return ProtocolAssembler().assemble(input)
}

/// Pictures of a few bytes, with the outlines that the sample's regions have.
struct TinyPictures: PictureSource {
  let document: ProtocolDocument
  var bytesPerCrop = 3

  func crop(of region: RegionID) -> CropPicture? {
    CropPicture(
      picture: Picture(jpeg: Array(repeating: 0xFF, count: bytesPerCrop), width: 360, height: 360),
      fromPhoto: Homography(matrix: [0.5, 0, 0, 0, 0.5, 0, 0, 0, 1]))
  }

  func sheet(_ id: SheetID) -> SheetPicture? {
    guard let photo = document.photos.first(where: { $0.sheets.contains { $0.id == id } }) else { return nil }
    let outlines = photo.regions.map { region in
      (region.id, Polygon<SheetSpace>(region.polygon.points.map { Point($0.x / 2, $0.y / 2) }))
    }
    return SheetPicture(
      picture: Picture(jpeg: [0xFF, 0xD8], width: 700, height: 950), width: 1400, height: 1900,
      outlines: Dictionary(uniqueKeysWithValues: outlines))
  }

  func photo(_ id: PhotoID) -> Picture? { nil }
}

extension Renderer {
  /// The text of the only file.
  func text(_ document: ProtocolDocument, _ options: RenderingOptions) -> String {
    let files = render(document, pictures: TinyPictures(document: document), options: options)
    return files.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
  }
}
