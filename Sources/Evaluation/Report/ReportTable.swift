extension EvaluationReport {
  /// The report as a table for people; every rate with its number of cases.
  package var table: String {
    var lines = [
      Self.row(
        "", ["photos", "notes", "P", "R", "F1", "cover", "gibb.", "CER", "CER all", "WER all", "ECE", "code", "kappa"])
    ]
    lines.append(Self.row("all", Self.cells(overall)))
    if let inProtocol { lines.append(Self.row("in the protocol", Self.cells(inProtocol))) }
    for (title, slices) in [
      ("difficulty", byDifficulty), ("medium", byMedium), ("medium/difficulty", byMediumAndDifficulty),
      ("photo", byPhoto),
    ] where !slices.isEmpty {
      lines.append("")
      lines.append("by \(title)")
      lines += slices.map { Self.row($0.name, Self.cells($0.scores)) }
    }
    lines += ["", "all photos, in detail (n in brackets)"] + Self.details(overall)
    if let inProtocol { lines += ["", "photos in the protocol, in detail (n in brackets)"] + Self.details(inProtocol) }
    if !missingPhotos.isEmpty { lines += ["", "not in the protocol: " + missingPhotos.joined(separator: ", ")] }
    if !unjudgedPhotos.isEmpty { lines += ["", "without ground truth: " + unjudgedPhotos.joined(separator: ", ")] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Texts are those of the cleaned reading, case ignored.
  private static func cells(_ scores: Scores) -> [String] {
    let notes = scores.detection(.notes)
    let text = scores.normalizedIgnoringCase
    return [
      String(scores.photos), String(notes?.recall.n ?? 0), short(notes?.precision), short(notes?.recall),
      short(notes?.f1), short(scores.coverage), short(scores.gibberish), short(text.cerMatched), short(text.cerAll),
      short(text.werAll), short(scores.calibrationError), short(scores.codes.primaryAgreement),
      short(scores.codes.kappa),
    ]
  }

  private static func details(_ scores: Scores) -> [String] {
    var rows: [(String, [Rate])] = scores.regions.map {
      ("\($0.regions.rawValue): precision, recall, F1", [$0.detection.precision, $0.detection.recall, $0.detection.f1])
    }
    rows.append(("kind right", [scores.kind]))
    rows.append(("coverage, gibberish", [scores.coverage, scores.gibberish]))
    for (name, text) in [
      ("normalized", scores.normalized), ("normalized, case ignored", scores.normalizedIgnoringCase),
      ("raw", scores.raw), ("raw, case ignored", scores.rawIgnoringCase),
    ] {
      rows.append(("\(name): CER matched, legible, all", [text.cerMatched, text.cerLegible, text.cerAll]))
      rows.append(("\(name): WER matched, all; exact", [text.werMatched, text.werAll, text.exact]))
    }
    rows.append(("expected calibration error", [scores.calibrationError]))
    let layout = scores.layout
    rows.append(("reading order, Kendall's tau", [layout.readingOrder]))
    rows.append(
      ("groups: pairs P, R, F1", [layout.groupPairs.precision, layout.groupPairs.recall, layout.groupPairs.f1]))
    rows.append(("groups: notes in theirs", [layout.groupAssignment]))
    rows.append(("votes: within one, exact", [layout.votesWithinOne, layout.votesExact]))
    rows.append(("arrows: P, R, F1", [layout.links.precision, layout.links.recall, layout.links.f1]))
    let codes = scores.codes
    rows.append(
      (
        "first code agrees: found, legible, all",
        [codes.primaryAgreement, codes.primaryAgreementLegible, codes.primaryAgreementAll]
      ))
    rows.append(("kappa, macro-F1", [codes.kappa, codes.macroF1]))
    rows.append(("further codes: P, R, F1", [codes.further.precision, codes.further.recall, codes.further.f1]))
    var lines = rows.map { name, rates in
      "  " + padded(name, 54) + rates.map { padded(short($0) + " (\($0.n))", 15) }.joined()
    }
    lines.append("  " + padded("marks taken for notes", 54) + String(scores.distractorsTakenForNotes))
    lines.append("  " + padded("texts of notes that are not there", 54) + String(scores.inventedTexts))
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }

  private static func row(_ name: String, _ cells: [String]) -> String {
    padded(name, 30) + cells.map { String(repeating: " ", count: max(1, 8 - $0.count)) + $0 }.joined()
  }

  /// Three decimals; `-` without cases.
  private static func short(_ rate: Rate?) -> String {
    guard let value = rate?.value else { return "-" }
    guard value.isFinite else { return "inf" }
    let thousandths = Int((abs(value) * 1000).rounded())
    let fraction = String(1000 + thousandths % 1000).dropFirst()
    return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000).\(fraction)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
