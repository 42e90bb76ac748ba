package import Foundation
package import ProtocolModel

/// What a `pipeline.json` says, before it is checked against the stages that exist.
package struct PipelineDescription: Sendable {
  /// One entry of `stages`.
  package struct StageEntry: Sendable {
    /// Name of the stage.
    package var use: String
    /// Parameters that are set.
    package var with: [String: JSONValue]
    /// Where it stands.
    package var pointer: String
  }
  /// One entry of `outputs`.
  package struct OutputEntry: Sendable {
    /// Name of the renderer.
    package var use: String
    /// File in the output folder.
    package var to: String
    /// Options that are set.
    package var with: [String: JSONValue]
    /// Where it stands.
    package var pointer: String
  }

  /// Name of the file, for messages.
  package var file: String
  /// The stages in order; `nil` where the file leaves them to the default.
  package var stages: [StageEntry]?
  /// The code book: `ki-skepsis` or another bundled one, or a path relative to the file.
  package var codebook: String?
  /// Languages of the notes as Tesseract names them.
  package var languages: [String]?
  /// The workshop.
  package var event: Event?
  /// What to write; `nil` for the default.
  package var outputs: [OutputEntry]?

  /// Reads a description; everything wrong with its form is reported, not only the first.
  package init(_ bytes: Data, file: String, report: @escaping (Diagnostic) -> Void) {
    self.file = file
    let root = Self.parse(bytes, file: file, report: report)
    let reader = ObjectReader(root ?? .object([:]), file: file, pointer: "", report: report)
    reader.expectOnly(["$schema", "version", "stages", "codebook", "languages", "event", "outputs"])
    if root != nil {
      switch reader.value("version") {
      case .number(1)?: break
      default: reader.wrong("version", "this program reads version 1", hint: "set \"version\": 1")
      }
    }
    if reader.value("stages") != nil {
      stages = reader.objects("stages").map { entry in
        entry.expectOnly(["use", "with"])
        return StageEntry(
          use: entry.string("use", required: true) ?? "", with: Self.options(of: entry), pointer: entry.pointer)
      }
    }
    if reader.value("outputs") != nil {
      outputs = reader.objects("outputs").map { entry in
        entry.expectOnly(["use", "to", "with"])
        return OutputEntry(
          use: entry.string("use", required: true) ?? "", to: entry.string("to", required: true) ?? "",
          with: Self.options(of: entry), pointer: entry.pointer)
      }
    }
    codebook = reader.string("codebook")
    if reader.value("languages") != nil { languages = reader.strings("languages") }
    event = reader.object("event").map { EventReader.event(from: $0) }
  }

  /// Parses JSON; what is none is reported with the parser's words.
  package static func parse(_ bytes: Data, file: String, report: (Diagnostic) -> Void) -> JSONValue? {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: bytes)
    } catch {
      var detail = ""
      if case DecodingError.dataCorrupted(let context) = error {
        let underlying = context.underlyingError.map { "\($0)" } ?? ""
        if let line = underlying.range(of: "line [0-9]+, column [0-9]+", options: .regularExpression) {
          detail = " (\(underlying[line]))"
        }
      }
      report(
        Diagnostic(
          .error, .malformedJSON, "the file is no valid JSON\(detail)", at: file,
          hint: "check commas, quotes and brackets; 'fotoprotokoll init' writes a file that is"))
      return nil
    }
  }

  private static func options(of entry: ObjectReader) -> [String: JSONValue] {
    guard let with = entry.object("with") else { return [:] }
    return Dictionary(uniqueKeysWithValues: with.keys.compactMap { key in with.value(key).map { (key, $0) } })
  }
}

/// Reads an event from JSON, key by key.
package enum EventReader {
  /// The event of an object; unknown keys are reported with the nearest that is known.
  package static func event(from reader: ObjectReader) -> Event {
    reader.expectOnly([
      "$schema", "title", "series", "date", "place", "organisers", "fundingNotice", "agenda", "contacts", "literature",
    ])
    var event = Event()
    event.title = reader.string("title")
    event.series = reader.string("series")
    event.date = reader.string("date")
    event.place = reader.string("place")
    event.organisers = reader.strings("organisers")
    event.fundingNotice = reader.string("fundingNotice")
    event.literature = reader.strings("literature")
    event.contacts = reader.objects("contacts").map { contact in
      contact.expectOnly(["name", "organisation", "email"])
      return Event.Contact(
        name: contact.string("name", required: true) ?? "", organisation: contact.string("organisation"),
        email: contact.string("email"))
    }
    var seen: Set<String> = []
    event.agenda = reader.objects("agenda").map { item in
      item.expectOnly(["id", "title", "block", "start", "end", "boards", "photos", "questions"])
      let id = item.string("id", required: true) ?? ""
      if !seen.insert(id).inserted { item.wrong("id", "another agenda item has the id '\(id)'") }
      for key in ["start", "end"] {
        if let time = item.string(key), time.wholeMatch(of: /([01][0-9]|2[0-3]):[0-5][0-9]/) == nil {
          item.wrong(key, "a time such as 14:30 is wanted here")
        }
      }
      return Event.AgendaItem(
        id: id, title: item.string("title", required: true) ?? "", block: item.string("block"),
        start: item.string("start"), end: item.string("end"), boards: item.strings("boards"),
        photos: item.strings("photos"), questions: item.strings("questions"))
    }
    return event
  }

  /// Reads an `event.json`.
  package static func event(_ bytes: Data, file: String, report: @escaping (Diagnostic) -> Void) -> Event {
    let root = PipelineDescription.parse(bytes, file: file, report: report) ?? .object([:])
    return event(from: ObjectReader(root, file: file, pointer: "", report: report))
  }
}
