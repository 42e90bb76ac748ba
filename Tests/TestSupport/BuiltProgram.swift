public import Foundation

/// Runs the program that was built beside the tests, as a person would.
public struct BuiltProgram: Sendable {
  /// What a call left.
  public struct Result: Sendable {
    /// Exit code.
    public let status: Int32
    /// What came out for programs.
    public let stdout: String
    /// What came out for people.
    public let stderr: String
  }

  /// The program's file, or `nil` where it was not built.
  public let executable: URL

  /// Finds the program in the folder of the test bundle.
  public init?() {
    let candidates = [
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      PackageRoot.url.appendingPathComponent(".build/release"), PackageRoot.url.appendingPathComponent(".build/debug"),
    ]
    guard
      let found = candidates.map({ $0.appendingPathComponent("fotoprotokoll") })
        .first(where: { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath })
    else { return nil }
    executable = found
  }

  /// Runs it to its end. The language of the messages is English unless `environment` says otherwise.
  public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment
    variables["LC_ALL"] = "C.UTF-8"
    process.environment = variables.merging(environment) { $1 }
    // Files, not pipes: a full pipe would stop the program.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fp-call-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appendingPathComponent("out"), err = folder.appendingPathComponent("err")
    for file in [out, err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, stdout: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      stderr: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }
}

/// Where the package lies.
public enum PackageRoot {
  /// The folder that holds Package.swift.
  public static let url = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The eight sample photos.
  public static let samplePhotos = url.appendingPathComponent("samples/ki-skepsis/photos")

  /// The data beside the package that some tests measure on; often missing.
  public static let sharedData = url.deletingLastPathComponent().appendingPathComponent("shared/data")
}

/// A folder that goes away with its owner.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let url: URL

  /// Makes it.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("fp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A path inside.
  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
