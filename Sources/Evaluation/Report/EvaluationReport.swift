/// A protocol judged by a ground truth.
package struct EvaluationReport: Hashable, Codable, Sendable {
  /// Scores of the photos that share something.
  package struct Slice: Hashable, Codable, Sendable {
    /// What they share: a medium, a difficulty, both, or the file's name.
    package var name: String
    /// Their scores.
    package var scores: Scores
  }

  /// Photos of the ground truth that the protocol does not have; all their notes count as missed.
  package var missingPhotos: [String]
  /// Photos of the protocol that the ground truth does not have; they are not judged.
  package var unjudgedPhotos: [String]
  /// All photos of the ground truth.
  package var overall: Scores
  /// Only the photos that the protocol has; `nil` where it has them all.
  package var inProtocol: Scores?
  /// By difficulty.
  package var byDifficulty: [Slice]
  /// By medium.
  package var byMedium: [Slice]
  /// By medium and difficulty, such as `pinboard/easy`.
  package var byMediumAndDifficulty: [Slice]
  /// Photo by photo.
  package var byPhoto: [Slice]
}
