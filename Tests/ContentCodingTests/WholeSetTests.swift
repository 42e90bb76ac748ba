import ContentCoding
import Foundation
import GermanText
import ProtocolModel
import Testing

/// The notes that ship with the repository, coded by the bundled code book.
@Suite struct WholeSetTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func notes() throws -> [NoteInput] {
    let samples = root.appendingPathComponent("samples/ki-skepsis/notes.jsonl")
    var notes = NoteLines.read(
      try String(contentsOf: samples, encoding: .utf8), format: .jsonLines, file: "notes.jsonl", reporting: { _ in }
    ).map { NoteLines.input($0) }
    let folder = root.appendingPathComponent("Benchmarks/coding")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasSuffix(".tsv") {
      var board: String?
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        if line.hasPrefix("##") {
          board = String(line.dropFirst(3))
        } else if let note = line.split(separator: "\t").first {
          notes.append(
            NoteInput(region: RegionID(rawValue: "\(notes.count)"), text: String(note), boardHeading: board))
        }
      }
    }
    return notes
  }

  @Test func everyScoreIsTheSumOfItsEvidenceToTheLastDigit() throws {
    let notes = try Self.notes()
    #expect(notes.count >= 600)
    let coder = NoteCoder(
      codeBook: try CodeBook.bundled("ki-skepsis"), analyzer: try GermanAnalyzer(lexicon: Lexicon()),
      thesaurus: Thesaurus.installed(), weights: LearnedWeights.bundled("ki-skepsis"))
    var count = 0
    for note in notes {
      let coding = coder.code(note)
      let scalars = Array((note.text ?? "").unicodeScalars)
      for one in coding.codings {
        count += 1
        #expect(one.evidence.reduce(0) { $0 + $1.weight } == one.score)
        for evidence in one.evidence where evidence.end > evidence.start {
          #expect(String(String.UnicodeScalarView(scalars[evidence.start..<evidence.end])) == evidence.match)
        }
      }
      #expect(coding.codings.isEmpty == (coding.unassignedReason != nil))
    }
    #expect(count >= 600)
  }
}
