import ProtocolModel
import Rendering
import TestSupport
import Testing

@Suite struct CSVRendererTests {
  @Test func matchesTheGoldenFile() throws {
    let options = RenderingOptions(texts: try .bundled("de"))
    try expectGolden(CSVRenderer().text(try sampleDocument(), options), "notes.csv")
  }

  @Test func forGermanExcelItHasSemicolonsAByteOrderMarkAndDecimalCommas() throws {
    let options = RenderingOptions(texts: try .bundled("de"), csvForGermanExcel: true)
    let document = try sampleDocument()
    let files = CSVRenderer().render(document, pictures: NoPictures(), options: options)
    #expect(files.first?.bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
    let text = String(decoding: files.first?.bytes ?? [], as: UTF8.self)
    #expect(text.contains(";0,9;"))
    #expect(try CSVTable(text.replacing("\u{FEFF}", with: ""), separator: ";").rows.allSatisfy { $0.count == 21 })
  }

  @Test(arguments: UInt64(0)..<48) func everyRowReadsBackWhateverIsWritten(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let characters: [Character] = ["\"", ",", ";", "\n", "\r\n", "=", "+", "-", "@", "a", "ü", " ", "\t"]
    let text = String((0..<12).map { _ in characters.randomElement(using: &generator) ?? "a" })
    let document = try sampleDocument { input in
      input.photos[0].texts.texts[3].normalized = text
    }
    let csv = CSVRenderer().text(document, RenderingOptions(texts: try .bundled("de")))
    let rows = try CSVTable(csv, separator: ",").rows
    #expect(rows.count == 1 + document.photos.reduce(0) { $0 + $1.regions.count })
    #expect(rows.allSatisfy { $0.count == 21 }, "seed \(seed)")
    for field in rows.dropFirst().flatMap(\.self) {
      let first = field.unicodeScalars.first
      #expect(first.map { "=+@\t\r".unicodeScalars.contains($0) } != true, "seed \(seed): \(field.debugDescription)")
    }
  }
}

/// Reads RFC 4180.
struct CSVTable {
  enum Problem: Error { case openQuote, textAfterQuote }
  var rows: [[String]] = []

  init(_ text: String, separator: Unicode.Scalar) throws {
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var quoted = false
    let scalars = Array(text.unicodeScalars)
    var i = 0
    while i < scalars.count {
      let scalar = scalars[i]
      if quoted {
        if scalar == "\"", i + 1 < scalars.count, scalars[i + 1] == "\"" {
          field.append("\"")
          i += 1
        } else if scalar == "\"" {
          quoted = false
          if i + 1 < scalars.count, scalars[i + 1] != separator, scalars[i + 1] != "\r" { throw Problem.textAfterQuote }
        } else {
          field.append(scalar)
        }
      } else if scalar == "\"" {
        quoted = true
      } else if scalar == separator {
        row.append(String(field))
        field = String.UnicodeScalarView()
      } else if scalar == "\r", i + 1 < scalars.count, scalars[i + 1] == "\n" {
        row.append(String(field))
        rows.append(row)
        row = []
        field = String.UnicodeScalarView()
        i += 1
      } else {
        field.append(scalar)
      }
      i += 1
    }
    if quoted { throw Problem.openQuote }
  }
}
