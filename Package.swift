// swift-tools-version: 6.1
import PackageDescription

// Every target is compiled with the same strict settings: Swift 6 concurrency, imports internal
// unless said otherwise, and `any` spelled out.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library target and the targets it may use; `ArchitectureTests` guards the same table.
func layer(_ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: uses, resources: resources, swiftSettings: strict)
}

/// A test target named after the target it mirrors.
func tests(_ name: String, uses: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: uses + ["TestSupport"], resources: resources, swiftSettings: strict)
}

/// A C library that the system's package manager installs; each is imported by exactly one target.
func library(_ name: String, pkgConfig: String? = nil, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

let package = Package(
  name: "fotoprotokoll",
  defaultLocalization: "de",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "fotoprotokoll", targets: ["fotoprotokoll"]),
    .library(name: "FotoprotokollKit", targets: ["FotoprotokollKit", "ProtocolModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // C libraries
    library("CLeptonica", pkgConfig: "lept", apt: "libleptonica-dev", brew: "leptonica"),
    library("CTesseract", pkgConfig: "tesseract", apt: "libtesseract-dev", brew: "tesseract"),
    library("CHeif", pkgConfig: "libheif", apt: "libheif-dev", brew: "libheif"),
    library("CExif", pkgConfig: "libexif", apt: "libexif-dev", brew: "libexif"),
    library("CZip", pkgConfig: "libzip", apt: "libzip-dev", brew: "libzip"),
    library("CHunspell", pkgConfig: "hunspell", apt: "libhunspell-dev", brew: "hunspell"),
    library("CStemmer", apt: "libstemmer-dev", brew: "snowball"),
    library("CBLAS", pkgConfig: "openblas", apt: "libopenblas-dev", brew: "openblas"),
    library("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),

    // Values that every layer shares; no dependencies.
    layer("ProtocolModel"),
    layer("Hashing", uses: ["ProtocolModel", "CCrypto"]),

    // Libraries: each usable and testable alone.
    layer("Imaging", uses: ["ProtocolModel", "CLeptonica"]),
    layer("Ingest", uses: ["ProtocolModel", "Hashing", "Imaging", "CHeif", "CExif", "CZip"]),
    layer(
      "Recognition", uses: ["ProtocolModel", "Imaging", "CTesseract", "CBLAS"], resources: [.copy("Resources")]),
    layer("GermanText", uses: ["ProtocolModel", "CHunspell", "CStemmer"], resources: [.copy("Resources")]),
    layer("ContentCoding", uses: ["ProtocolModel"], resources: [.copy("Resources")]),
    layer("Assembly", uses: ["ProtocolModel"]),
    layer("Rendering", uses: ["ProtocolModel"], resources: [.copy("Resources")]),
    layer("Evaluation", uses: ["ProtocolModel"]),
    layer("Pipeline", uses: ["ProtocolModel", "Hashing"]),

    // The one place where stages and libraries meet.
    layer(
      "FotoprotokollKit",
      uses: [
        "ProtocolModel", "Hashing", "Imaging", "Ingest", "Recognition", "GermanText", "ContentCoding", "Assembly",
        "Rendering", "Evaluation", "Pipeline",
      ], resources: [.copy("Resources")]),

    // The command line.
    .executableTarget(
      name: "fotoprotokoll",
      dependencies: [
        "FotoprotokollKit", "ProtocolModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.copy("Resources")],
      swiftSettings: strict),

    // Tests mirror the sources.
    .target(name: "TestSupport", dependencies: ["ProtocolModel"], path: "Tests/TestSupport", swiftSettings: strict),
    tests("ProtocolModelTests", uses: ["ProtocolModel", "Hashing"]),
    tests("ImagingTests", uses: ["ProtocolModel", "Imaging"]),
    tests("IngestTests", uses: ["ProtocolModel", "Hashing", "Imaging", "Ingest"]),
    tests("RecognitionTests", uses: ["ProtocolModel", "Imaging", "Recognition"], resources: [.copy("Fixtures")]),
    tests("GermanTextTests", uses: ["ProtocolModel", "GermanText"]),
    tests(
      "ContentCodingTests", uses: ["ProtocolModel", "GermanText", "ContentCoding"], resources: [.copy("Fixtures")]),
    tests("AssemblyTests", uses: ["ProtocolModel", "Assembly"]),
    tests(
      "RenderingTests", uses: ["ProtocolModel", "Hashing", "Assembly", "Rendering"], resources: [.copy("Golden")]),
    tests("EvaluationTests", uses: ["ProtocolModel", "Evaluation"]),
    tests("PipelineTests", uses: ["ProtocolModel", "Hashing", "Pipeline"]),
    tests("FotoprotokollKitTests", uses: ["ProtocolModel", "Pipeline", "FotoprotokollKit"]),
    tests("CommandLineTests", uses: ["ProtocolModel", "fotoprotokoll"]),
    tests("ArchitectureTests", uses: []),
  ],
  swiftLanguageModes: [.v6]
)
