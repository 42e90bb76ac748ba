import ContentCoding
import Foundation
import ProtocolModel

/// The learned weights that belong to a code book: those that ship with a bundled one, or the file beside a person's
/// own (`mine.json` has `mine.weights.tsv`).
struct LearnedFile {
  private let bytes: [UInt8]?
  private let name: String

  /// - Parameter codeBook: the id of a bundled code book, or the path of a file.
  init(codeBook: String) {
    let path = LearnedWeights.name(beside: codeBook)
    name = (path as NSString).lastPathComponent
    bytes =
      BundledFiles.codebook(codeBook) != nil
      ? LearnedWeights.bundledBytes(codeBook) : FileManager.default.contents(atPath: path).map { [UInt8]($0) }
  }

  /// The weights with the bytes they came from; `nil` where there is no such file, or an empty one, such as a shell makes
  /// before `codebook learn` writes into it.
  func read() throws(Diagnostic) -> (weights: LearnedWeights, bytes: [UInt8])? {
    guard let bytes, !bytes.isEmpty else { return nil }
    guard let weights = LearnedWeights(String(decoding: bytes, as: UTF8.self)) else {
      throw Diagnostic(
        .error, .weightsUnreadable, "the file of learned weights cannot be read", at: name,
        hint: "make it anew with 'fotoprotokoll codebook learn', or take it away")
    }
    return (weights, bytes)
  }
}
