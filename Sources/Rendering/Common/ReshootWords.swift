package import ProtocolModel

extension DocumentTexts {
  /// What is wrong with a photo, in words, with the numbers of the notes where it is; `nil` where nothing is.
  ///
  /// `outlines` and `numbers` are those of the photo's regions, in the same order; a number of `nil` stands for a repeat,
  /// of which another photo shows more: what is wrong with it does not matter.
  package func reasonsToRetake(
    _ findings: [QualityFinding], outlines: [Polygon<PhotoSpace>], numbers: [Int?]
  ) -> String? {
    let reasons = QualityFinding.Reason.allCases.compactMap { reason -> String? in
      let own = findings.filter { $0.reason == reason }.map { $0.place(among: outlines) }
      let words = self("quality.\(reason.rawValue)")
      // A finding that is about no single note is about the board.
      if own.contains(nil) { return words }
      let places = own.compactMap { $0.flatMap { numbers[$0] } }
      guard !places.isEmpty else { return nil }
      return
        "\(words) (\(self("quality.places", ["numbers": Set(places).sorted().map(String.init).joined(separator: ", ")])))"
    }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }
}

extension QualityFinding {
  /// Which of `outlines` it is about: the one whose box agrees best with its place, by half or more; `nil` where it is
  /// about a sheet or a patch of one.
  func place(among outlines: [Polygon<PhotoSpace>]) -> Int? {
    let own = place.bounds
    var best: (index: Int, agreement: Double)?
    for (index, outline) in outlines.enumerated() {
      let box = outline.bounds
      let across = min(own.x + own.width, box.x + box.width) - max(own.x, box.x)
      let down = min(own.y + own.height, box.y + box.height) - max(own.y, box.y)
      guard across > 0, down > 0 else { continue }
      let shared = Double(across * down)
      let agreement = shared / (Double(own.width * own.height + box.width * box.height) - shared)
      if agreement >= 0.5, agreement > best?.agreement ?? 0 { best = (index, agreement) }
    }
    return best?.index
  }
}
