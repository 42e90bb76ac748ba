import Foundation
import Ingest
import Recognition

/// One thing a run needs.
package struct DoctorCheck: Encodable, Sendable {
  /// What is checked.
  package let name: String
  /// What was found.
  package let found: String
  /// Whether it will do.
  package let isFine: Bool
  /// Whether a run works without it.
  package let isOptional: Bool
  /// How to put it right.
  package let fix: String?
}

/// Checks the machine before a run does.
package enum Doctor {
  /// Every check, in a fixed order.
  package static func checks(output: String) -> [DoctorCheck] {
    var checks = [
      DoctorCheck(
        name: "fotoprotokoll", found: ProgramVersion.current, isFine: true, isOptional: false, fix: nil)
    ]
    checks += engines
    checks += [
      file("German word list", "/usr/share/dict/ngerman", package: "wngerman", isOptional: true),
      file("German dictionary", "/usr/share/hunspell/de_DE.dic", package: "hunspell-de-de", isOptional: true),
      file("German thesaurus", "/usr/share/mythes/th_de_DE_v2.dat", package: "mythes-de", isOptional: true),
      program("pdftoppm", for: "PDF", package: "poppler-utils"),
      resources,
      writable(output),
    ]
    return checks
  }

  private static var engines: [DoctorCheck] {
    do throws(RecognitionError) {
      return try ReadingServices(engines: 1).identities.map {
        DoctorCheck(name: $0.name, found: "\($0.version) \($0.data)", isFine: true, isOptional: false, fix: nil)
      }
    } catch {
      let diagnostic = error.diagnostic(at: nil)
      return [
        DoctorCheck(name: "readers", found: diagnostic.message, isFine: false, isOptional: false, fix: diagnostic.hint)
      ]
    }
  }

  private static func file(_ name: String, _ path: String, package: String, isOptional: Bool) -> DoctorCheck {
    let exists = FileManager.default.isReadableFile(atPath: path)
    return DoctorCheck(
      name: name, found: exists ? path : "-", isFine: exists, isOptional: isOptional,
      fix: "sudo apt-get install \(package)")
  }

  private static func program(_ name: String, for use: String, package: String) -> DoctorCheck {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    return DoctorCheck(
      name: "\(name) (\(use))", found: found ?? "-", isFine: found != nil, isOptional: true,
      fix: "sudo apt-get install \(package)")
  }

  private static var resources: DoctorCheck {
    let isThere = !BundledFiles.defaultPipeline.isEmpty && BundledFiles.codebook("ki-skepsis") != nil
    return DoctorCheck(
      name: "bundled data", found: isThere ? "ok" : "-", isFine: isThere, isOptional: false,
      fix: "keep the *.resources folders beside the program, or run 'make install'")
  }

  private static func writable(_ path: String) -> DoctorCheck {
    var folder = URL(fileURLWithPath: path).standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" { folder.deleteLastPathComponent() }
    let isFine = FileManager.default.isWritableFile(atPath: folder.path)
    return DoctorCheck(
      name: "output folder", found: isFine ? "writable" : "not writable", isFine: isFine, isOptional: false,
      fix: "choose another folder with --into")
  }
}
