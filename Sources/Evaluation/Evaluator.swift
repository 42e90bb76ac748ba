package import ProtocolModel

/// Judges a protocol by what is really on the photos.
package struct Evaluator: Sendable {
  /// Creates an evaluator.
  package init() {}

  /// Judges every photo of `groundTruth`; photos are told by their file's name without folders.
  package func evaluate(document: ProtocolDocument, groundTruth: GroundTruth) -> EvaluationReport {
    evaluate(photos: FoundPhoto.photos(of: document), groundTruth: groundTruth)
  }

  /// As above, of the part of a protocol that is judged.
  package func evaluate(photos: [FoundPhoto], groundTruth: GroundTruth) -> EvaluationReport {
    var byName: [String: FoundPhoto] = [:]
    for photo in photos {
      for name in photo.otherNames + [photo.file] { byName[Self.lastPart(name)] = photo }
    }
    let comparisons = groundTruth.photos.map { PhotoComparison($0, byName[Self.lastPart($0.file)]) }
    let judged = Set(groundTruth.photos.map { Self.lastPart($0.file) })
    func slices(_ name: (TruePhoto) -> String) -> [EvaluationReport.Slice] {
      Dictionary(grouping: comparisons) { name($0.truth) }.sorted { $0.key < $1.key }
        .map { EvaluationReport.Slice(name: $0.key, scores: Scores($0.value, codes: groundTruth.codes)) }
    }
    let present = comparisons.filter(\.isInProtocol)
    return EvaluationReport(
      missingPhotos: comparisons.filter { !$0.isInProtocol }.map(\.truth.file),
      unjudgedPhotos: photos.filter { photo in
        !(photo.otherNames + [photo.file]).contains { judged.contains(Self.lastPart($0)) }
      }.map(\.file).sorted(), overall: Scores(comparisons, codes: groundTruth.codes),
      inProtocol: present.count == comparisons.count ? nil : Scores(present, codes: groundTruth.codes),
      byDifficulty: slices(\.difficulty), byMedium: slices(\.medium),
      byMediumAndDifficulty: slices { $0.medium + "/" + $0.difficulty }, byPhoto: slices(\.file))
  }

  private static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
