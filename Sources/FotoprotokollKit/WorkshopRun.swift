import Foundation
import Ingest
import Pipeline
import ProtocolModel
import Synchronization

/// One run, from found photos to written files.
struct WorkshopRun {
  private let request: RunRequest
  private let configuration: RunConfiguration
  private let scan: ScanResult
  private let folder: OutputFolder
  private let store: ResultStore
  private let services: Services
  private let jobs: Int

  init(
    _ request: RunRequest, configuration: RunConfiguration, scan: ScanResult, folder: OutputFolder
  ) throws(Diagnostic) {
    self.request = request
    self.configuration = configuration
    self.scan = scan
    self.folder = folder
    jobs = request.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    store = try ResultStore(folder: request.store.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? folder.store)
    store.sweep()
    services = Services(
      photos: scan.photos, configuration: configuration, jobs: jobs, showsFullPhotos: request.fullPhotos)
  }

  /// Runs the stages, then writes the outputs.
  func start(
    isCancelled: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (RunProgress) -> Void,
    report: @escaping DiagnosticSink
  ) throws(Diagnostic) -> RunResult {
    let resolved =
      request.onlyFind
      ? configuration.stages.filter { OnlyFind.stages.contains($0.description.name) } : configuration.stages
    var stages: [PreparedStage] = []
    for stage in resolved {
      guard let entry = BuiltInStages.catalog.entry(stage.description.name) else { continue }
      stages.append(PreparedStage(stage, stage: try entry.make(stage.parameters, services)))
    }
    let photos = inOrder(scan.photos)
    let photoSteps = resolved.filter { $0.description.scope == .photo }.count
    progress(.found(photos: photos.count, otherFiles: scan.skipped.count, stepsPerPhoto: photoSteps))
    let files = Dictionary(photos.map { ($0.photo.id, $0.photo.file) }, uniquingKeysWith: { first, _ in first })
    let layers = try rootLayers(photos)
    let provenance = try provenance(stages)
    let (scanned, skipped) = (scan.diagnostics, scan.skipped)
    let runner = PipelineRunner(
      stages: stages, store: store, jobs: jobs, isCancelled: isCancelled,
      onStep: { event in
        let parts = event.duration.components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        progress(
          .step(
            stage: event.stage, file: event.photo.flatMap { files[$0] }, isHit: event.isHit, seconds: seconds))
      },
      summary: { diagnostics in
        let failed = layers.dropped.compactMap { id, diagnostic in
          files[id].map { ProtocolDocument.SkippedFile(file: $0, code: diagnostic.code) }
        }
        let layer = RunLayer(
          diagnostics: scanned + diagnostics, skippedFiles: (skipped + failed).sorted { $0.file < $1.file },
          provenance: provenance)
        return (RunLayer.layerName, try EncodedLayer(layer))
      })
    let outcome = try runner.run(photos.map(\.photo.id), layers: layers)
    progress(.finished)
    for diagnostic in outcome.diagnostics { report(diagnostic) }
    var result = RunResult()
    result.diagnostics = scan.diagnostics + outcome.diagnostics
    result.steps = outcome.steps.count
    result.hits = outcome.steps.filter(\.isHit).count
    result.failedPhotos = layers.dropped.count + scan.skipped.filter { $0.code != nil }.count
    result.isCancelled = outcome.isCancelled
    if outcome.isCancelled { return result }
    try RunRecord(outcome.steps).write(into: store)
    let writer = OutputWriter(
      request: request, configuration: configuration, services: services, folder: folder, layers: layers,
      photos: photos.map(\.photo))
    try writer.write(into: &result)
    return result
  }

  /// By capture time, then name: the order in which a workshop went.
  private func inOrder(_ photos: [ScannedPhoto]) -> [ScannedPhoto] {
    photos.sorted { first, second in
      let a = (first.photo.capturedAt ?? "9999", first.photo.file)
      let b = (second.photo.capturedAt ?? "9999", second.photo.file)
      return a < b
    }
  }

  private func rootLayers(_ photos: [ScannedPhoto]) throws(Diagnostic) -> LayerTable {
    let table = LayerTable()
    do {
      for scanned in photos {
        let photo = scanned.photo
        // Pixels only: a renamed photo is the same photo.
        let pixels = Photo(
          id: photo.id, file: "", sha256: photo.sha256, width: photo.width, height: photo.height, source: photo.source,
          textLayer: photo.textLayer)
        table.add(try EncodedLayer(pixels), named: Photo.layerName, of: photo.id)
        table.add(try EncodedLayer(FileLayer(photo: photo)), named: FileLayer.layerName, of: photo.id)
      }
    } catch {
      throw Diagnostic(.error, .impossible, "a photo cannot be encoded: a fault in its coding")
    }
    return table
  }

  private func provenance(_ stages: [PreparedStage]) throws(Diagnostic) -> ProtocolDocument.Provenance {
    ProtocolDocument.Provenance(
      program: "fotoprotokoll \(ProgramVersion.current)",
      engines: Set(
        stages.flatMap { $0.stage.ingredients.filter { $0.key.hasPrefix("engine ") } }
          .map { "\($0.key.dropFirst(7)) \($0.value)" }
      ).sorted(),
      pipeline: try configuration.digest(),
      stages: stages.map { "\($0.resolved.description.name) r\($0.resolved.description.revision)" })
  }
}

/// What `--only-find` runs.
enum OnlyFind {
  static let stages = ["board.find-notes", "board.crop-pictures", "board.merge-sightings"]
}

/// The recipes of the last run, so that `explain` can say what was taken from the store and what differed.
struct RunRecord: Codable, Sendable {
  /// One step.
  struct Step: Codable, Sendable {
    var stage: String
    var photo: PhotoID?
    var isHit: Bool
    var key: Digest
    /// What differs from the run before, where this step was made again.
    var differences: [String]
    var recipe: Recipe
  }
  var steps: [Step]

  private static let fileName = "last-run.json"

  init(_ steps: [StepEvent]) {
    self.steps = steps.map {
      Step(stage: $0.stage, photo: $0.photo, isHit: $0.isHit, key: $0.key, differences: [], recipe: $0.recipe)
    }
  }

  /// The record of a store's last run.
  static func last(in store: URL) -> RunRecord? {
    (try? Data(contentsOf: store.appendingPathComponent(fileName)))
      .flatMap { try? JSONDecoder().decode(RunRecord.self, from: $0) }
  }

  /// Replaces the store's record, noting what differs from it.
  func write(into store: ResultStore) throws(Diagnostic) {
    var record = self
    let before = RunRecord.last(in: store.folder)?.steps ?? []
    for index in record.steps.indices where !record.steps[index].isHit {
      let step = record.steps[index]
      if let earlier = before.first(where: { $0.stage == step.stage && $0.photo == step.photo }) {
        record.steps[index].differences = step.recipe.differences(from: earlier.recipe)
      }
    }
    do {
      try AtomicFile.write(
        try CanonicalJSON.encode(record), to: store.folder.appendingPathComponent(Self.fileName),
        temporary: store.folder.appendingPathComponent("temporary"))
    } catch {
      throw Diagnostic(
        .error, .unwritableStore, "the record of the run cannot be written (\(AtomicFile.reason(error)))",
        hint: "free disk space, or choose another folder with --store")
    }
  }
}
