package import Foundation
import Pipeline
package import ProtocolModel

/// Why a note says what it says: from the photo to every cue of every code.
package struct Explanation: Encodable, Sendable {
  /// The photo's file.
  package let photo: String
  /// The note as the protocol has it.
  package let region: ProtocolDocument.RegionEntry
  /// The sheet it hangs on.
  package let sheet: ProtocolDocument.SheetEntry?
  /// The moderators' group it hangs in.
  package let group: ProtocolDocument.GroupEntry?
  /// Arrows that start or end at it.
  package let links: [NoteLink]
  /// Which way is up on the photo and what that rests on; `nil` where the run's results are gone.
  package let orientation: PhotoOrientation?
  /// Labels of its codes, by id.
  package let labels: [String: String]
  /// What sent it off the topic, where something did and the run's results are there.
  package let unassignedEvidence: [Evidence]
  /// Other sightings of the same paper: the note as a repeat, or repeats of it, with what was measured.
  package let sightings: [Sighting]
  /// Each stage of the last run: taken from the store, or what differed.
  package let stages: [StageTrace]

  /// What the last run did for one stage.
  package struct StageTrace: Encodable, Sendable {
    /// The stage.
    package let stage: String
    /// Whether the store had the result.
    package let isHit: Bool
    /// Ingredients that differed from the run before.
    package let differences: [String]
    /// Start of the result's key.
    package let key: String
  }

  /// Looks a note up in an output folder: by its id, or as `FILE#NUMBER`. `nil` where there is no such note.
  package static func find(_ note: String, in output: String) throws(Diagnostic) -> Explanation? {
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    let document = try ProtocolFile.read(folder)
    for photo in document.photos {
      for region in photo.regions {
        let names = [region.id.rawValue] + ([photo.file] + photo.otherNames).map { "\($0)#\(region.number)" }
        guard names.contains(note) else { continue }
        let store = folder.appendingPathComponent(".store")
        let record = RunRecord.last(in: store)
        let steps = (record?.steps ?? []).filter { $0.photo == photo.id || $0.photo == nil }
        let codes = document.codebook.codes.filter { code in region.codings.contains { $0.code == code.id } }
        return Explanation(
          photo: photo.file, region: region, sheet: photo.sheets.first { $0.id == region.sheet },
          group: photo.groups.first { $0.id == region.group },
          links: photo.links.filter { $0.from == region.id || $0.to == region.id },
          orientation: orientation(of: photo.id, record, store),
          labels: Dictionary(codes.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first }),
          unassignedEvidence: unassignedEvidence(of: region.id, photo.id, record, store),
          sightings: sightings(of: region.id, record, store),
          stages: steps.map {
            StageTrace(stage: $0.stage, isHit: $0.isHit, differences: $0.differences, key: $0.key.prefix(10))
          })
      }
    }
    return nil
  }

  /// How the last run put a photo upright.
  private static func orientation(of photo: PhotoID, _ record: RunRecord?, _ folder: URL) -> PhotoOrientation? {
    guard
      let step = record?.steps.first(where: { $0.stage == FindNotesStage.description.name && $0.photo == photo }),
      let stored = (try? ResultStore(folder: folder))?.result(for: step.key, report: { _ in }),
      let layer = try? JSONDecoder().decode(BoardLayer.self, from: stored.layer.bytes)
    else { return nil }
    return layer.orientation
  }

  /// What sent a note off the topic in the last run.
  private static func unassignedEvidence(
    of region: RegionID, _ photo: PhotoID, _ record: RunRecord?, _ folder: URL
  ) -> [Evidence] {
    guard
      let step = record?.steps.first(where: { $0.stage == MatchCodebookStage.description.name && $0.photo == photo }),
      let stored = (try? ResultStore(folder: folder))?.result(for: step.key, report: { _ in }),
      let layer = try? JSONDecoder().decode(CodingLayer.self, from: stored.layer.bytes)
    else { return [] }
    return layer.notes.first { $0.region == region }?.unassignedEvidence ?? []
  }

  /// What the last run found of one paper on several photos.
  private static func sightings(of region: RegionID, _ record: RunRecord?, _ folder: URL) -> [Sighting] {
    guard let step = record?.steps.first(where: { $0.stage == MergeSightingsStage.description.name }),
      let stored = (try? ResultStore(folder: folder))?.result(for: step.key, report: { _ in }),
      let layer = try? JSONDecoder().decode(SightingLayer.self, from: stored.layer.bytes)
    else { return [] }
    return layer.sightings.filter { $0.region == region || $0.sameAs == region }
  }

  /// The explanation as lines, with the words of a language.
  package func lines(_ word: (String) -> String) -> [String] {
    let place = region.polygon.bounds
    var lines = ["\(region.id.rawValue)  \(word("kind")): \(region.kind.rawValue), \(region.content.rawValue)"]
    lines.append(
      "\(word("photo")): \(photo)#\(region.number)  x \(place.x) y \(place.y) \(place.width)x\(place.height)")
    if let orientation { lines.append("\(word("orientation")): \(Self.words(orientation, word))") }
    if let sheet {
      lines.append("\(word("sheet")): \(sheet.id.rawValue) (\(sheet.medium.rawValue)) \(sheet.width)x\(sheet.height)")
    }
    if let group { lines.append("\(word("group")): \(group.label) (\(percent(group.confidence)))") }
    for link in links {
      lines.append(
        link.from == region.id
          ? "\(word("arrow-to")): \(link.to.rawValue)" : "\(word("arrow-from")): \(link.from.rawValue)")
    }
    if let parent = region.parent { lines.append("\(word("parent")): \(parent.rawValue)") }
    if let same = region.sameAs {
      let reason = sightings.first { $0.region == region.id }.map { " (\($0.reason))" } ?? ""
      lines.append("\(word("same-as")): \(same.rawValue)\(reason)")
    }
    for other in sightings where other.sameAs == region.id {
      lines.append("\(word("seen-as")): \(other.region.rawValue) (\(other.reason))")
    }
    for line in region.text.lines {
      lines.append("\(word("read")): \(line.raw)  [\(line.reader), \(percent(line.confidence))]")
      for other in line.alternatives.dropFirst() {
        lines.append("  \(word("or")): \(other.text)  [\(percent(other.p))]")
      }
    }
    for edit in region.text.edits {
      lines.append("\(word("edit")) \(edit.rule): '\(edit.before)' -> '\(edit.after)' (\(edit.from)-\(edit.to))")
    }
    lines.append(
      "\(word("text")): \(region.text.normalized ?? word("unreadable"))  [\(percent(region.text.confidence))]")
    for coding in region.codings {
      // Weights have three decimals, and so has their sum; what is left is the last bit of the addition.
      let score = (coding.score * 1000).rounded() / 1000
      lines.append("\(coding.rank). \(coding.code) \(labels[coding.code] ?? "")  \(score)  (\(coding.origin))")
      lines += coding.evidence.map(Self.line)
    }
    if let reason = region.unassignedReason { lines.append("\(word("unassigned")): \(reason.rawValue)") }
    lines += unassignedEvidence.map(Self.line)
    for stage in stages {
      let state =
        stage.isHit ? word("hit") : stage.differences.isEmpty ? word("made") : stage.differences.joined(separator: ", ")
      lines.append("\(stage.stage) [\(stage.key)]: \(state)")
    }
    return lines
  }

  /// `0°, aus der Schrift (0°: 0.81)`: the turn, what it rests on, and the score of each direction tried.
  private static func words(_ orientation: PhotoOrientation, _ word: (String) -> String) -> String {
    var text = "\(90 * orientation.quarterTurns)°, \(word("orientation-\(orientation.reason.rawValue)"))"
    if !orientation.attempts.isEmpty {
      let tried = orientation.attempts.map { "\(90 * $0.quarterTurns)°: \(($0.score * 100).rounded() / 100)" }
      text += " (\(tried.joined(separator: ", ")))"
    }
    return text
  }

  private static func line(_ evidence: Evidence) -> String {
    let sign = evidence.weight < 0 ? "" : "+"
    let match = evidence.match.isEmpty ? "" : " '\(evidence.match)' (\(evidence.start)-\(evidence.end))"
    return "   \(sign)\(evidence.weight)  \(evidence.cue)  \(evidence.rule)\(match)"
  }

  private func percent(_ confidence: Confidence) -> String { "\(Int((confidence.rawValue * 100).rounded())) %" }
}

/// Reads the `protocol.json` of an output folder.
package enum ProtocolFile {
  /// The document.
  package static func read(_ folder: URL) throws(Diagnostic) -> ProtocolDocument {
    guard let bytes = try? Data(contentsOf: folder.appendingPathComponent("protocol.json")) else {
      throw Diagnostic(
        .error, .noProtocol, "the folder holds no protocol.json", at: folder.lastPathComponent,
        hint: "give the folder that 'fotoprotokoll run' wrote")
    }
    do { return try JSONDecoder().decode(ProtocolDocument.self, from: bytes) } catch {
      throw Diagnostic(
        .error, .noProtocol, "the file is no protocol of this version", at: "protocol.json",
        hint: "run 'fotoprotokoll run' again")
    }
  }
}

extension DiagnosticCode {
  /// A folder has no readable protocol.json.
  static let noProtocol = DiagnosticCode(rawValue: "FP502")
}
