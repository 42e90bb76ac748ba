package import ProtocolModel

/// Codes typed notes line by line: `id`, `board` and `text` in, codes with their evidence out.
package enum NoteLines {
  /// The formats that are read.
  package enum Format: Sendable {
    /// One JSON object per line.
    case jsonLines
    /// Comma- or semicolon-separated values with a header line (RFC 4180).
    case csv
  }

  /// A note as typed.
  package struct Line: Hashable, Sendable {
    /// Its id.
    package var id: String
    /// The heading of its board; empty where it has none.
    package var board: String
    /// Its text.
    package var text: String
    /// Whether a program without a lexicon read it from a picture (`reader` begins with `tesseract`).
    package var isGuessed = false
  }

  /// Reads notes; lines that are none are reported and left out.
  package static func read(_ text: String, format: Format, file: String, reporting: (Diagnostic) -> Void) -> [Line] {
    switch format {
    case .jsonLines: return readJSON(text, file, reporting)
    case .csv: return readCSV(text, file, reporting)
    }
  }

  private static func value(_ evidence: Evidence) -> JSONValue {
    .object([
      "cue": .string(evidence.cue), "match": .string(evidence.match), "start": .number(Double(evidence.start)),
      "end": .number(Double(evidence.end)), "rule": .string(evidence.rule), "weight": .number(evidence.weight),
    ])
  }

  /// One line of JSON for a coded note.
  ///
  /// - Parameter cleaned: where the text was cleaned before it was coded: what was coded, and each edit; evidence counts
  ///   in this text, edits in the text given.
  package static func json(_ coding: NoteCoding, cleaned: (text: String, edits: [TextEdit])? = nil) -> String {
    let codings: [JSONValue] = coding.codings.map { coding in
      .object([
        "code": .string(coding.code), "rank": .number(Double(coding.rank)), "score": .number(coding.score),
        "evidence": .array(coding.evidence.map(value)),
      ])
    }
    let reason: JSONValue = coding.unassignedReason.map { .string($0.rawValue) } ?? .null
    var object: [String: JSONValue] = [
      "id": .string(coding.region.rawValue), "codings": .array(codings), "unassignedReason": reason,
    ]
    if let evidence = coding.unassignedEvidence { object["unassignedEvidence"] = .array(evidence.map(value)) }
    if let cleaned {
      object["text"] = .string(cleaned.text)
      object["edits"] = .array(
        cleaned.edits.map { edit in
          .object([
            "rule": .string(edit.rule), "from": .number(Double(edit.from)), "to": .number(Double(edit.to)),
            "before": .string(edit.before), "after": .string(edit.after),
          ])
        })
    }
    return JSONValue.object(object).compact
  }

  /// A note as the coder takes it.
  package static func input(_ line: Line) -> NoteInput {
    NoteInput(
      region: RegionID(rawValue: line.id), text: line.text,
      boardHeading: line.board.isEmpty ? nil : line.board)
  }

  private static func readJSON(_ text: String, _ file: String, _ reporting: (Diagnostic) -> Void) -> [Line] {
    var lines: [Line] = []
    for (number, row) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if row.allSatisfy(\.isWhitespace) { continue }
      guard case .object(let object)? = JSONValue.parse(Array(row.utf8)), case .string(let text)? = object["text"]
      else {
        reporting(unreadable(file, number + 1, "give every line an object with 'id' and 'text'"))
        continue
      }
      var id = "\(number + 1)"
      if case .string(let given)? = object["id"] { id = given }
      var board = ""
      if case .string(let given)? = object["board"] { board = given }
      var line = Line(id: id, board: board, text: text)
      if case .string(let reader)? = object["reader"] { line.isGuessed = reader.hasPrefix("tesseract") }
      lines.append(line)
    }
    return lines
  }

  private static func readCSV(_ text: String, _ file: String, _ reporting: (Diagnostic) -> Void) -> [Line] {
    let rows = SeparatedValues.rows(text)
    guard let header = rows.first?.map({ $0.lowercased() }), let column = header.firstIndex(of: "text") else {
      reporting(unreadable(file, 1, "the first line must name the columns 'id', 'board' and 'text'"))
      return []
    }
    let idColumn = header.firstIndex(of: "id")
    let boardColumn = header.firstIndex(of: "board")
    var lines: [Line] = []
    for (number, row) in rows.enumerated().dropFirst() {
      guard row.count > column else {
        reporting(unreadable(file, number + 1, "the line has fewer columns than the header"))
        continue
      }
      let id = idColumn.flatMap { $0 < row.count ? row[$0] : nil } ?? "\(number)"
      let board = boardColumn.flatMap { $0 < row.count ? row[$0] : nil } ?? ""
      lines.append(Line(id: id, board: board, text: row[column]))
    }
    return lines
  }

  private static func unreadable(_ file: String, _ line: Int, _ hint: String) -> Diagnostic {
    Diagnostic(.warning, .noteLineUnreadable, "line \(line) is no note", at: "\(file):\(line)", hint: hint)
  }
}

/// Reads comma- or semicolon-separated values with quotes (RFC 4180).
enum SeparatedValues {
  /// The rows; the separator is the one that the first line has more of.
  static func rows(_ text: String) -> [[String]] {
    var characters = Array(text.unicodeScalars)
    if characters.first == "\u{FEFF}" { characters.removeFirst() }
    let firstLine = characters.prefix { $0 != "\n" }
    let semicolons = firstLine.filter { $0 == ";" }.count
    let separator: Unicode.Scalar = semicolons > firstLine.filter { $0 == "," }.count ? ";" : ","
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var index = 0
    func endField() {
      row.append(String(field))
      field = String.UnicodeScalarView()
    }
    while index < characters.count {
      let sign = characters[index]
      if isQuoted {
        if sign == "\"", index + 1 < characters.count, characters[index + 1] == "\"" {
          field.append("\"")
          index += 1
        } else if sign == "\"" {
          isQuoted = false
        } else {
          field.append(sign)
        }
      } else if sign == "\"" {
        isQuoted = true
      } else if sign == separator {
        endField()
      } else if sign == "\n" {
        endField()
        rows.append(row)
        row = []
      } else if sign != "\r" {
        field.append(sign)
      }
      index += 1
    }
    if !field.isEmpty || !row.isEmpty {
      endField()
      rows.append(row)
    }
    return rows.filter { $0 != [""] }
  }
}
