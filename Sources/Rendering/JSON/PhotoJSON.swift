import ProtocolModel

/// Photos, regions and texts as the contract writes them.
enum PhotoJSON {
  static func value(_ photo: ProtocolDocument.PhotoEntry) -> JSONValue {
    .members([
      "id": .string(photo.id.rawValue), "file": .string(photo.file), "otherNames": .strings(photo.otherNames),
      "sha256": .string(photo.sha256.rawValue), "width": .integer(photo.width), "height": .integer(photo.height),
      "capturedAt": .optional(photo.capturedAt),
      "agendaItem": photo.agendaItem.map { item in
        .members([
          "id": .string(item.id), "reason": .string(item.reason.rawValue), "board": .optional(item.board),
        ])
      } ?? .null,
      "sheets": .array(
        photo.sheets.map { sheet in
          .members([
            "id": .string(sheet.id.rawValue), "outline": polygon(sheet.outline),
            "medium": .string(sheet.medium.rawValue), "width": .integer(sheet.width),
            "height": .integer(sheet.height),
          ])
        }),
      "groups": .array(
        photo.groups.map { group in
          .members([
            "id": .string(group.id.rawValue), "heading": .optional(group.heading?.rawValue),
            "label": .string(group.label), "members": JSONRenderer.ids(group.members),
            "confidence": confidence(group.confidence),
          ])
        }),
      "links": .array(
        photo.links.map { .members(["from": .string($0.from.rawValue), "to": .string($0.to.rawValue)]) }),
      "quality": .array(
        photo.quality.map { finding in
          .members([
            "reason": .string(finding.reason.rawValue), "place": polygon(finding.place),
            "value": .rounded(finding.value, decimals: 3),
          ])
        }),
      "regions": .array(photo.regions.map(region)),
    ])
  }

  private static func region(_ region: ProtocolDocument.RegionEntry) -> JSONValue {
    .members([
      "id": .string(region.id.rawValue), "number": .integer(region.number), "kind": .string(region.kind.rawValue),
      "content": .string(region.content.rawValue), "polygon": polygon(region.polygon),
      "occluded": .rounded(region.occluded, decimals: 3), "colour": .optional(region.colour),
      "order": .integer(region.order), "sheet": .optional(region.sheet?.rawValue),
      "group": .optional(region.group?.rawValue), "parent": .optional(region.parent?.rawValue),
      "sameAs": .optional(region.sameAs?.rawValue), "votes": region.votes.map { .integer($0) } ?? .null,
      "text": text(region.text), "codings": .array(region.codings.map(coding)),
      "unassignedReason": .optional(region.unassignedReason?.rawValue),
    ])
  }

  private static func text(_ text: ProtocolDocument.TextEntry) -> JSONValue {
    .members([
      "raw": .string(text.raw), "normalized": .optional(text.normalized), "legible": .boolean(text.legible),
      "confidence": confidence(text.confidence), "reader": .optional(text.reader),
      "lines": .array(text.lines.map(line)),
      "edits": .array(
        text.edits.map { edit in
          .members([
            "rule": .string(edit.rule), "from": .integer(edit.from), "to": .integer(edit.to),
            "before": .string(edit.before), "after": .string(edit.after),
          ])
        }),
    ])
  }

  private static func line(_ line: TextLine) -> JSONValue {
    .members([
      "polygon": polygon(line.polygon), "raw": .string(line.raw), "confidence": confidence(line.confidence),
      "reader": .string(line.reader),
      "alternatives": .array(
        line.alternatives.map { .members(["text": .string($0.text), "p": confidence($0.p)]) }),
      "words": .array(
        line.words.map { .members(["text": .string($0.text), "polygon": polygon($0.polygon)]) }),
      "bullet": .optional(line.bullet),
    ])
  }

  private static func coding(_ coding: Coding) -> JSONValue {
    .members([
      "code": .string(coding.code), "rank": .integer(coding.rank), "score": .number(coding.score),
      "origin": .string(coding.origin),
      "evidence": .array(
        coding.evidence.map { evidence in
          .members([
            "cue": .string(evidence.cue), "match": .string(evidence.match), "start": .integer(evidence.start),
            "end": .integer(evidence.end), "rule": .string(evidence.rule), "weight": .number(evidence.weight),
          ])
        }),
    ])
  }

  private static func confidence(_ confidence: Confidence) -> JSONValue {
    .rounded(confidence.rawValue, decimals: 3)
  }

  private static func polygon<Space>(_ polygon: Polygon<Space>) -> JSONValue {
    .array(
      polygon.points.map { .array([.rounded($0.x, decimals: 1), .rounded($0.y, decimals: 1)]) })
  }
}
