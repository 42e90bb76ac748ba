import Foundation
package import ProtocolModel
import Synchronization

/// A stage that is ready to run.
package struct PreparedStage: Sendable {
  /// What it is and how it is set.
  package let resolved: ResolvedStage
  /// The stage.
  package let stage: any Stage

  /// Pairs a stage with its description.
  package init(_ resolved: ResolvedStage, stage: any Stage) {
    self.resolved = resolved
    self.stage = stage
  }
}

/// One stage of one photo (or of the workshop) is done.
package struct StepEvent: Sendable {
  /// Name of the stage.
  package let stage: String
  /// The photo; `nil` for a workshop stage.
  package let photo: PhotoID?
  /// Whether the store had it.
  package let isHit: Bool
  /// Recipe of the result.
  package let recipe: Recipe
  /// Key of the result.
  package let key: Digest
  /// Time it took.
  package let duration: Duration
}

/// Runs a chain of stages over photos: photo stages side by side, workshop stages once, everything through the store.
package struct PipelineRunner: Sendable {
  private let stages: [PreparedStage]
  private let store: ResultStore
  private let jobs: Int
  private let isCancelled: @Sendable () -> Bool
  private let onStep: @Sendable (StepEvent) -> Void
  private let summary: (@Sendable ([Diagnostic]) throws -> (name: String, layer: EncodedLayer))?

  /// What a run left.
  package struct Outcome: Sendable {
    /// All layers.
    package let layers: LayerTable
    /// In order of photo and stage, so that the list repeats.
    package let diagnostics: [Diagnostic]
    /// Every step, in the same order.
    package let steps: [StepEvent]
    /// Whether it was ended before its end.
    package let isCancelled: Bool
  }

  /// Creates a runner with `jobs` threads for photo stages.
  ///
  /// `summary` makes the layer by which workshop stages learn what was reported before them.
  package init(
    stages: [PreparedStage], store: ResultStore, jobs: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
    onStep: @escaping @Sendable (StepEvent) -> Void = { _ in },
    summary: (@Sendable ([Diagnostic]) throws -> (name: String, layer: EncodedLayer))? = nil
  ) {
    self.stages = stages
    self.store = store
    self.jobs = max(1, jobs)
    self.isCancelled = isCancelled
    self.onStep = onStep
    self.summary = summary
  }

  /// Runs every stage. `layers` already holds the root layers of `photos`, whose order is that of the results.
  package func run(_ photos: [PhotoID], layers: LayerTable) throws(Diagnostic) -> Outcome {
    let journal = Journal()
    var index = 0
    while index < stages.count, !isCancelled() {
      if stages[index].resolved.description.scope == .workshop {
        let standing = photos.filter { layers.dropped[$0] == nil }
        try summarize(journal.ordered(photos).flatMap(\.diagnostics), into: layers)
        try step(index, photo: nil, photos: standing, layers: layers, journal: journal)
        index += 1
      } else {
        let end = stages[index...].firstIndex { $0.resolved.description.scope == .workshop } ?? stages.count
        try runPhotos(index..<end, photos: photos, layers: layers, journal: journal)
        index = end
      }
    }
    let entries = journal.ordered(photos)
    return Outcome(
      layers: layers, diagnostics: entries.flatMap(\.diagnostics), steps: entries.compactMap(\.event),
      isCancelled: isCancelled())
  }

  private func summarize(_ diagnostics: [Diagnostic], into layers: LayerTable) throws(Diagnostic) {
    guard let summary else { return }
    do {
      let (name, layer) = try summary(diagnostics)
      layers.add(layer, named: name, of: nil)
    } catch {
      throw Diagnostic(.error, .impossible, "the summary of a run cannot be encoded: a fault in its coding")
    }
  }

  private func runPhotos(
    _ range: Range<Int>, photos: [PhotoID], layers: LayerTable, journal: Journal
  ) throws(Diagnostic) {
    let queue = Mutex(photos.filter { layers.dropped[$0] == nil }[...])
    let fatal = Mutex<Diagnostic?>(nil)
    let work: @Sendable () -> Void = {
      while !isCancelled(), fatal.withLock({ $0 == nil }), let photo = queue.withLock({ $0.popFirst() }) {
        for index in range where !isCancelled() {
          do throws(Diagnostic) {
            try step(index, photo: photo, photos: photos, layers: layers, journal: journal)
          } catch {
            if error.code == .unwritableStore || error.code == .impossible {
              fatal.withLock { $0 = $0 ?? error }
            } else {
              layers.drop(photo, because: error)
              journal.entries.withLock {
                $0.append(Journal.Entry(stage: index, photo: photo, diagnostics: [error], event: nil))
              }
            }
            break
          }
        }
      }
    }
    WorkerThreads.run(min(jobs, max(1, photos.count)), work)
    if let error = fatal.withLock({ $0 }) { throw error }
  }

  private func step(
    _ index: Int, photo: PhotoID?, photos: [PhotoID], layers: LayerTable, journal: Journal
  ) throws(Diagnostic) {
    let prepared = stages[index]
    let description = prepared.resolved.description
    let clock = ContinuousClock()
    let start = clock.now
    let recipe = recipe(of: prepared, photo: photo, photos: photos, layers: layers)
    let key: Digest
    do { key = try recipe.key() } catch {
      throw Diagnostic(.error, .impossible, "a recipe cannot be encoded: a fault in its coding")
    }
    let found = Mutex<[Diagnostic]>([])
    let layer: EncodedLayer
    var isHit = false
    if let (record, stored) = store.result(for: key, report: { one in found.withLock { $0.append(one) } }) {
      layer = stored
      isHit = true
      found.withLock { $0 += record.diagnostics }
    } else {
      let reader = DeclaredReader(photo: photo, photos: photos, reads: description.reads, table: layers)
      let reported = Mutex<[Diagnostic]>([])
      layer = try run(prepared.stage, reader) { one in reported.withLock { $0.append(one) } }
      let diagnostics = reported.withLock { $0 }
      try store.keep(layer, recipe: recipe, key: key, diagnostics: diagnostics)
      found.withLock { $0 += diagnostics }
    }
    layers.add(layer, named: description.writes, of: photo)
    let event = StepEvent(
      stage: description.name, photo: photo, isHit: isHit, recipe: recipe, key: key, duration: clock.now - start)
    journal.entries.withLock {
      $0.append(Journal.Entry(stage: index, photo: photo, diagnostics: found.withLock { $0 }, event: event))
    }
    onStep(event)
  }

  private func run<S: Stage>(
    _ stage: S, _ reader: any LayerReader, report: DiagnosticSink
  ) throws(Diagnostic) -> EncodedLayer {
    let output = try stage.run(reader, reporting: report)
    do { return try EncodedLayer(output) } catch {
      throw Diagnostic(
        .error, .impossible, "the layer '\(S.Output.layerName)' cannot be encoded: a fault in its coding")
    }
  }

  private func recipe(
    of prepared: PreparedStage, photo: PhotoID?, photos: [PhotoID], layers: LayerTable
  ) -> Recipe {
    let description = prepared.resolved.description
    var digests: [String: Digest] = [:]
    for name in description.reads {
      if let photo, let layer = layers.layer(named: name, of: photo) {
        digests[name] = layer.digest
      } else if let layer = layers.layer(named: name, of: nil) {
        digests[name] = layer.digest
      } else {
        for (place, photo) in photos.enumerated() {
          if let layer = layers.layer(named: name, of: photo) {
            digests["\(place)/\(photo.rawValue)/\(name)"] = layer.digest
          }
        }
      }
    }
    return Recipe(
      stage: description.name, revision: description.revision, parameters: prepared.resolved.parameters,
      layers: digests, ingredients: prepared.stage.ingredients)
  }
}

/// What happened, in the order in which threads came by.
private final class Journal: Sendable {
  struct Entry: Sendable {
    let stage: Int
    let photo: PhotoID?
    let diagnostics: [Diagnostic]
    let event: StepEvent?
  }
  let entries = Mutex<[Entry]>([])

  /// The entries in order of photo and stage; those of the workshop last.
  func ordered(_ photos: [PhotoID]) -> [Entry] {
    let order = Dictionary(uniqueKeysWithValues: photos.enumerated().map { ($1, $0) })
    func place(_ entry: Entry) -> (Int, Int) { (entry.photo.flatMap { order[$0] } ?? Int.max, entry.stage) }
    return entries.withLock { $0 }.sorted { place($0) < place($1) }
  }
}

/// Threads with room for deep calls into C libraries; the shared pool's are too small and too few.
enum WorkerThreads {
  /// Runs `work` on `count` threads and waits for all.
  static func run(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    for _ in 0..<count {
      let thread = Thread {
        work()
        done.signal()
      }
      thread.stackSize = 16 << 20
      thread.start()
    }
    for _ in 0..<count { done.wait() }
  }
}
