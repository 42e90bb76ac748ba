import Foundation
import GermanText
import Recognition
package import ProtocolModel

/// Reads pictures of single lines, by the same path as the lines of a note.
package struct LinePictureReader: Sendable {
  /// What was read on one picture.
  package struct Result: Encodable, Sendable {
    /// The picture as it was named.
    package var file: String
    /// The best reading, even below the threshold.
    package var text: String
    /// P(right), 0...1.
    package var confidence: Double
    /// Who read it.
    package var reader: String
    /// Whether a protocol would show it as text.
    package var legible: Bool
    /// How many looks at the line the readers took together.
    package var asked: Int

    /// The line of a table: tabs between, three decimals.
    package var tsv: String {
      let plain = text.map { $0 == "\t" || $0.isNewline ? " " : $0 }
      return [file, String(plain), String(format: "%.3f", confidence), reader, legible ? "true" : "false"]
        .joined(separator: "\t")
    }
  }

  private let service: LineReaderService
  private let services: ReadingServices?

  /// Loads the readers; `reader` asks one alone, such as `tesseract:deu`.
  package init(reader: String? = nil) throws(Diagnostic) {
    do throws(RecognitionError) {
      if let reader, reader.hasPrefix("tesseract:") {
        let language = String(reader.dropFirst("tesseract:".count))
        service = try LineReaderService(readers: [try TesseractRecognizer(language: language, engines: 1)])
        services = nil
      } else {
        let loaded = try ReadingServices(
          engines: 1, dictionary: DictionaryFiles.forReading(), frequencies: WordFrequencies.forReading())
        service = loaded.lines
        services = loaded
      }
    } catch {
      throw error.diagnostic(at: nil)
    }
  }

  /// Reads one picture; PNG (with alpha, on white), JPEG, TIFF or WebP.
  package func read(_ file: String) throws(Diagnostic) -> Result {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw Diagnostic(.error, .unreadableLine, "the picture cannot be read", at: file, hint: "check its path")
    }
    do throws(RecognitionError) {
      let text = try service.read([UInt8](bytes))
      return Result(
        file: file, text: text.text, confidence: text.confidence, reader: text.reader, legible: text.legible,
        asked: text.looks)
    } catch {
      throw error.diagnostic(at: file)
    }
  }
}

extension LinePictureReader {
  /// What every look at one picture says, for fitting the calibration.
  package struct Evidence: Encodable, Sendable {
    /// The picture as it was named.
    package var file: String
    private var evidence: CombinedRecognizer.Evidence?

    fileprivate init(file: String, evidence: CombinedRecognizer.Evidence?) {
      self.file = file
      self.evidence = evidence
    }
  }

  /// Looks at one picture in every way there is.
  package func evidence(_ file: String) throws(Diagnostic) -> Evidence {
    guard let services, let bytes = FileManager.default.contents(atPath: file) else {
      throw Diagnostic(.error, .unreadableLine, "the picture cannot be read", at: file, hint: "check its path")
    }
    do throws(RecognitionError) {
      return Evidence(file: file, evidence: try services.evidence(of: LineReaderService.picture([UInt8](bytes))))
    } catch {
      throw error.diagnostic(at: file)
    }
  }
}

extension DiagnosticCode {
  /// The picture of a line cannot be opened.
  static let unreadableLine = DiagnosticCode(rawValue: "FP151")
}
