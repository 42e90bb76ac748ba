package import ProtocolModel

/// Writes `protocol.json`, the contract with other programs: every key always there, `null` where nothing is known.
///
/// Probabilities have three decimals and coordinates one. Weights and scores keep all their digits, so that adding the
/// weights of a coding in their order gives its score exactly.
package struct JSONRenderer: Renderer {
  /// `json`.
  package static let name = "json"
  /// Creates a renderer.
  package init() {}

  /// Renders `protocol.json`.
  package func render(
    _ document: ProtocolDocument, pictures: any PictureSource, options: RenderingOptions
  ) -> [RenderedFile] {
    [RenderedFile(path: "protocol.json", text: Self.value(of: document).serialized())]
  }

  /// The protocol as a JSON value.
  package static func value(of document: ProtocolDocument) -> JSONValue {
    .members([
      "version": .integer(document.version),
      "event": event(document.event),
      "codebook": codebook(document.codebook),
      "photos": .array(document.photos.map(PhotoJSON.value)),
      "clusters": .array(document.clusters.map(cluster)),
      "diagnostics": .array(document.diagnostics.map(diagnostic)),
      "sections": .array(document.sections.map(section)),
      "counts": .array(document.counts.map(count)),
      "chains": .array(document.chains.map(chain)),
      "causesAndMeasures": table(document.causesAndMeasures),
      "gaps": .array(document.gaps.map(gap)),
      "skippedFiles": .array(
        document.skippedFiles.map {
          .members(["file": .string($0.file), "code": .optional($0.code?.rawValue)])
        }),
      "provenance": provenance(document.provenance),
    ])
  }

  private static func event(_ event: Event) -> JSONValue {
    .members([
      "title": .optional(event.title), "series": .optional(event.series), "date": .optional(event.date),
      "place": .optional(event.place), "organisers": .strings(event.organisers),
      "fundingNotice": .optional(event.fundingNotice),
      "agenda": .array(
        event.agenda.map { item in
          .members([
            "id": .string(item.id), "title": .string(item.title), "block": .optional(item.block),
            "start": .optional(item.start), "end": .optional(item.end), "boards": .strings(item.boards),
            "photos": .strings(item.photos), "questions": .strings(item.questions),
          ])
        }),
      "contacts": .array(
        event.contacts.map { contact in
          .members([
            "name": .string(contact.name), "organisation": .optional(contact.organisation),
            "email": .optional(contact.email),
          ])
        }),
      "literature": .strings(event.literature),
    ])
  }

  private static func codebook(_ book: ProtocolDocument.CodeBookReference) -> JSONValue {
    .members([
      "id": .string(book.id), "version": .string(book.version), "digest": .string(book.digest.rawValue),
      "title": .string(book.title),
      "codes": .array(
        book.codes.map { code in
          .members([
            "id": .string(code.id), "label": .string(code.label), "definition": .optional(code.definition),
            "colour": .optional(code.colour), "parent": .optional(code.parent),
          ])
        }),
    ])
  }

  private static func cluster(_ cluster: Cluster) -> JSONValue {
    .members([
      "id": .string(cluster.id), "label": .string(cluster.label), "members": ids(cluster.members),
      "keywords": .array(
        cluster.keywords.map {
          .members(["text": .string($0.text), "weight": .rounded($0.weight, decimals: 3)])
        }),
      "cohesion": .rounded(cluster.cohesion, decimals: 3),
    ])
  }

  private static func diagnostic(_ diagnostic: Diagnostic) -> JSONValue {
    .members([
      "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code.rawValue),
      "message": .string(diagnostic.message), "location": .optional(diagnostic.location),
      "hint": .optional(diagnostic.hint),
    ])
  }

  private static func section(_ section: ProtocolDocument.Section) -> JSONValue {
    .members([
      "kind": .string(section.kind.rawValue), "title": .string(section.title),
      "blocks": .array(
        section.blocks.map { block in
          .members([
            "id": .string(block.id), "title": .string(block.title), "level": .integer(block.level),
            "regions": ids(block.regions),
          ])
        }),
    ])
  }

  private static func count(_ count: ProtocolDocument.CodeCount) -> JSONValue {
    .members([
      "code": .string(count.code), "primary": .integer(count.primary), "any": .integer(count.any),
      "votes": .integer(count.votes), "upper": .integer(count.upper),
    ])
  }

  private static func chain(_ chain: ProtocolDocument.Chain) -> JSONValue {
    .members([
      "from": .string(chain.from), "to": .string(chain.to), "origin": .string(chain.origin.rawValue),
      "regions": ids(chain.regions), "label": .optional(chain.label),
    ])
  }

  private static func table(_ table: ProtocolDocument.CrossTable) -> JSONValue {
    .members([
      "rows": .strings(table.rows), "columns": .strings(table.columns),
      "cells": .array(
        table.cells.map { cell in
          .members([
            "row": .string(cell.row), "column": .string(cell.column), "sameNote": .integer(cell.sameNote),
            "arrow": .integer(cell.arrow), "group": .integer(cell.group), "regions": ids(cell.regions),
          ])
        }),
    ])
  }

  private static func gap(_ gap: ProtocolDocument.Gap) -> JSONValue {
    .members([
      "kind": .string(gap.kind.rawValue), "code": .string(gap.code), "regions": ids(gap.regions),
      "namedElsewhere": .strings(gap.namedElsewhere),
    ])
  }

  private static func provenance(_ provenance: ProtocolDocument.Provenance) -> JSONValue {
    .members([
      "program": .string(provenance.program), "engines": .strings(provenance.engines),
      "pipeline": .string(provenance.pipeline.rawValue), "stages": .strings(provenance.stages),
    ])
  }

  static func ids(_ ids: [RegionID]) -> JSONValue { .strings(ids.map(\.rawValue)) }
}
