package import Pipeline
import ProtocolModel

/// The stages of this program: the one place where stages and the libraries behind them meet.
package enum BuiltInStages {
  /// Layers that are there before the first stage.
  package static let rootLayers = [Photo.layerName, FileLayer.layerName, RunLayer.layerName]

  /// Every stage, in the order of the default pipeline.
  package static let catalog = StageCatalog<Services>([
    entry { parameters, services throws(Diagnostic) in try FindNotesStage(parameters, services: services) },
    entry { parameters, services in CropPicturesStage(parameters, services: services) },
    entry { parameters, services throws(Diagnostic) in try RecognizeStage(parameters, services: services) },
    entry { parameters, services throws(Diagnostic) in try NormalizeGermanStage(parameters, services: services) },
    entry { parameters, services throws(Diagnostic) in try AssignPhotoStage(parameters, services: services) },
    entry { parameters, services throws(Diagnostic) in try MatchCodebookStage(parameters, services: services) },
    entry { parameters, _ in MergeSightingsStage(parameters) },
    entry { parameters, services in ClusterKeywordsStage(parameters, services: services) },
    entry { _, services throws(Diagnostic) in try AssembleStage(services: services) },
  ])

  /// What each of them is.
  package static var descriptions: [StageDescription] { catalog.entries.map(\.description) }

  private static func entry<S: Stage>(
    _ make: @escaping @Sendable (StageParameters, Services) throws(Diagnostic) -> S
  ) -> StageCatalog<Services>.Entry {
    StageCatalog.Entry(S.description) { parameters, services throws(Diagnostic) in try make(parameters, services) }
  }
}
