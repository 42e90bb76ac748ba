import Foundation
import Testing

/// Weights ship with their model card and with the names of those whose work is in them.
@Suite struct AttributionTests {
  private static let resources = SourceTree.root.appending(path: "Sources/Recognition/Resources")

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: SourceTree.root.appending(path: path), encoding: .utf8)
  }

  /// Files of weights that ship.
  private static func weights() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: resources.path)
      .filter { $0.hasSuffix(".lrm") || $0.hasSuffix(".traineddata") }.sorted()
  }

  @Test func everyFileOfWeightsIsOnTheModelCardAndInTheNotice() throws {
    let card = try Self.text("Sources/Recognition/Resources/line-reader.md")
    let notice = try Self.text("NOTICE")
    let files = try Self.weights()
    #expect(files.count >= 3)
    for file in files {
      #expect(card.contains("`\(file)`"), "\(file) is not on the card")
      let isNamed =
        notice.contains(file) || (file.hasSuffix(".lrm") && notice.contains("Sources/Recognition/Resources/*.lrm"))
      #expect(isNamed, "\(file) is not in NOTICE")
    }
  }

  @Test func theNoticeNamesOwnersLicencesAndTrainingData() throws {
    let notice = try Self.text("NOTICE")
    for owner in ["PP-OCRv6", "PaddlePaddle", "Baidu", "tessdata", "Google", "Apache-2.0"] {
      #expect(notice.contains(owner), "\(owner)")
    }
    // CC BY 4.0 asks for the authors, the title, the licence, and where it is.
    for part in ["Riaz", "Saifullah", "Agne", "Dengel", "Ahmed", "DHSD", "CC BY 4.0", "10.5281/zenodo.18743313"] {
      #expect(notice.contains(part), "\(part)")
    }
  }

  @Test func theCardHasDataFiguresFailuresAndLicence() throws {
    let card = try Self.text("Sources/Recognition/Resources/line-reader.md")
    for heading in ["## Training data", "## Figures", "## Known failures", "## Licence"] {
      #expect(card.contains(heading), "\(heading)")
    }
    // Figures per validation writer.
    for writer in ["30", "32", "34"] { #expect(card.contains("| \(writer) |"), "writer \(writer)") }
  }

  /// Fonts kept apart for acceptance, and the hands of photos figures are reported on, never train.
  @Test func noFontOfTheTrainingListIsKeptApart() throws {
    let recipe = try Self.text("Training/lines.py")
    let start = try #require(recipe.range(of: "KEPT_APART = \"\"\""))
    let end = try #require(recipe.range(of: "\"\"\".split()", range: start.upperBound..<recipe.endIndex))
    let kept = recipe[start.upperBound..<end.lowerBound].split(whereSeparator: \.isWhitespace)
    #expect(kept.count > 40)
    let fonts = try Self.text("Training/fonts.txt").lowercased().filter { $0.isLetter || $0.isNumber || $0 == "\n" }
    for name in kept { #expect(!fonts.contains(name), "\(name)") }
  }
}
