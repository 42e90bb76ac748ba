import Evaluation
import Foundation
import ProtocolModel
import Testing

@Suite struct GroundTruthTests {
  @Test func renderedPhotoIsRead() throws {
    let json = """
      {"format": "workshop-render-gt", "image": "a.jpg", "medium": "pinboard", "difficulty": "easy",
       "upright_size": [3000, 4000], "regions": [
        {"id": "1", "kind": "card", "polygon": [[0,0],[9,0],[9,9],[0,9]], "text": "ZEIT", "gold_note_id": "g1",
         "cluster_id": null, "reading_order": 0},
        {"id": "2", "kind": "distractor", "subtype": "vote-dot", "on": "g1", "polygon": [[0,0],[1,0],[1,1]],
         "text": "", "reading_order": null},
        {"id": "3", "kind": "distractor", "subtype": "loop", "polygon": [[0,0],[1,0],[1,1]], "text": ""}]}
      """
    let photo = try #require(try TruePhoto.decode(Data(json.utf8), named: "a.json").first)
    #expect((photo.width, photo.height, photo.hasVotes) == (3000, 4000, true))
    #expect(photo.regions.map(\.kind) == [.card])
    #expect(photo.regions.first?.votes == 1)
    #expect(photo.distractors.count == 2)
  }

  @Test func transcribedPhotosAreRead() throws {
    let json = """
      {"coordinates": "pixels", "images": [{"file": "z.jpg", "width": 10, "height": 20, "medium": "cards",
        "board_text": [{"text": "Titel", "bbox": [0, 0, 5, 5]}],
        "notes": [{"id": "z#1", "text": "Im\\nTeam", "colour": "pink", "polygon": [[0,0],[9,0],[9,9]],
                   "category": "moderation_card"}]}]}
      """
    let photo = try #require(try TruePhoto.decode(Data(json.utf8), named: "z.json").first)
    #expect(photo.regions.first?.kind == .card)
    #expect(photo.ignored.first?.area == 25)
    #expect(photo.difficulty == "real")
  }

  @Test func otherFilesAreLeftAlone() throws {
    #expect(try TruePhoto.decode(Data("{\"photos\": []}".utf8), named: "index.json").isEmpty)
    #expect(try TruePhoto.decode(Data("[1]".utf8), named: "boards.json").isEmpty)
  }

  @Test func damagedGroundTruthIsNamed() {
    let json = Data("{\"format\": \"workshop-render-gt\", \"image\": 3}".utf8)
    #expect(throws: GroundTruthError.damaged("a.json", "DecodingError")) {
      _ = try TruePhoto.decode(json, named: "a.json")
    }
    #expect(throws: GroundTruthError.damaged("notes.jsonl", "line 2")) {
      _ = try GroundTruth.codes(Data("{\"id\":\"g1\",\"labels\":[]}\nkaputt\n".utf8), named: "notes.jsonl")
    }
  }

  @Test func folderWithoutGroundTruthIsRefused() {
    #expect(throws: GroundTruthError.unreadable("nirgends")) { _ = try GroundTruth(folder: "/gibt/es/nirgends") }
  }
}

/// The development photos' own ground truth, where it is checked out beside the package.
@Suite struct DevelopmentDataTests {
  static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data").path
  static let isThere = FileManager.default.fileExists(atPath: data + "/photos-dev/index.json")

  @Test(.enabled(if: isThere, "the development photos are not beside this package"))
  func truthAgainstItselfIsPerfect() throws {
    let truth = try GroundTruth(folder: Self.data + "/photos-dev")
    #expect(truth.photos.count == 24)
    #expect(truth.codes.count == 200)
    let photos = truth.photos.map { photo in
      FoundPhoto(
        file: photo.file, otherNames: [], width: photo.width, height: photo.height,
        regions: photo.regions.map { region in
          FoundRegion(
            id: region.id, kind: region.kind, polygon: region.polygon, order: region.order ?? 0, sheet: nil,
            group: region.group, votes: photo.hasVotes ? region.votes : nil, raw: region.text ?? "",
            normalized: region.text, legible: true, confidence: 1, codes: region.note.flatMap { truth.codes[$0] } ?? [])
        })
    }
    let report = Evaluator().evaluate(photos: photos, groundTruth: truth)
    #expect(report.overall.regions.allSatisfy { $0.detection.f1.value == 1 })
    #expect(report.overall.normalized.cerAll.value == 0)
    #expect(report.overall.layout.readingOrder.value == 1)
    #expect(report.overall.layout.groupAssignment.value == 1)
    #expect(report.overall.layout.votesExact.value == 1)
    #expect(report.overall.codes.kappa.value == 1)
    #expect(report.overall.distractorsTakenForNotes == 0)
    #expect(report.byMedium.map(\.name).count == 8)
  }

  @Test(.enabled(if: isThere, "the development photos are not beside this package"))
  func realPhotosAreRead() throws {
    let truth = try GroundTruth(folder: Self.data + "/photos-real")
    #expect(truth.photos.count == 5)
    #expect(truth.photos.flatMap(\.regions).count == 91)
  }
}
