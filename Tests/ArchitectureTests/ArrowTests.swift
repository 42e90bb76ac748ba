import Foundation
import Testing

/// Who may import whom: the table of the design, held against the manifest and against every file.
@Suite struct ArrowTests {
  static let model = "ProtocolModel"
  /// Target to the targets and C modules it may use.
  static let arrows: [String: Set<String>] = [
    "ProtocolModel": [],
    "Hashing": [model, "CCrypto"],
    "Imaging": [model, "CLeptonica"],
    "Ingest": [model, "Hashing", "Imaging", "CHeif", "CExif", "CZip"],
    "Recognition": [model, "Imaging", "CTesseract", "CBLAS"],
    "GermanText": [model, "CHunspell", "CStemmer"],
    "ContentCoding": [model],
    "Assembly": [model],
    "Rendering": [model],
    "Evaluation": [model],
    "Pipeline": [model, "Hashing"],
    "FotoprotokollKit": [
      model, "Hashing", "Imaging", "Ingest", "Recognition", "GermanText", "ContentCoding", "Assembly", "Rendering",
      "Evaluation", "Pipeline",
    ],
    "fotoprotokoll": [model, "FotoprotokollKit", "ArgumentParser"],
  ]
  /// What the toolchain brings; anybody may use it.
  static let toolchain: Set<String> = [
    "Foundation", "FoundationXML", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin", "Accelerate",
  ]

  @Test func theTreeWasFound() {
    #expect(SourceTree.sources.count > 20 && !SourceTree.manifest.isEmpty)
  }

  @Test func everyFileImportsOnlyWhatItsTargetMay() {
    for file in SourceTree.sources {
      let allowed = (Self.arrows[file.target] ?? []).union(Self.toolchain)
      for module in SourceTree.imports(of: file) { #expect(allowed.contains(module), "\(file.path) imports \(module)") }
    }
  }

  @Test func everyCModuleIsImportedByOneTarget() {
    let modules = Set(Self.arrows.values.joined()).filter { $0.hasPrefix("C") && $0 != "ContentCoding" }
    for module in modules.sorted() {
      let importers = Set(SourceTree.sources.filter { SourceTree.imports(of: $0).contains(module) }.map(\.target))
      #expect(importers.count <= 1, "\(module): \(importers.sorted())")
    }
  }

  /// The manifest's `layer("Name", uses: [...])` calls say the same as the table here.
  @Test func theManifestDrawsTheSameArrows() {
    let layers = SourceTree.manifest.matches(of: /layer\(\s*"(\w+)"(?:,\s*uses:\s*\[([^\]]*)\])?/)
    #expect(layers.count >= Self.arrows.count - 1)
    for layer in layers {
      let name = String(layer.1)
      let uses = Set((layer.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) })
      #expect(Self.arrows[name] == uses, "\(name)")
    }
  }

  @Test func noTestReachesPastAccessControl() {
    for file in SourceTree.tests where file.target != "ArchitectureTests" {
      #expect(!file.lines.contains { $0.hasPrefix("@testable") }, "\(file.path)")
    }
  }
}
