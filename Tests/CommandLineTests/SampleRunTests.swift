import Foundation
import TestSupport
import Testing

/// Whole runs over sample photos, by process.
@Suite(.serialized) struct SampleRunTests {
  let program: BuiltProgram

  init() throws { program = try #require(BuiltProgram(), "the program is built with the tests") }

  let slide = PackageRoot.samplePhotos.appendingPathComponent("IMG_20250917_110705.jpg")
  let pinboard = PackageRoot.samplePhotos.appendingPathComponent("IMG_20250917_103906.jpg")

  /// Every file of a folder but the store, by name.
  func files(_ folder: String) throws -> [String: Data] {
    let url = URL(fileURLWithPath: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != ".store" }
    return Dictionary(
      uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: url.appendingPathComponent($0))) })
  }

  @Test func sameBytesWhateverTheJobsAndOnAHit() throws {
    let folder = try TemporaryFolder()
    let input = folder.url.appendingPathComponent("in")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    for photo in [slide, pinboard] {
      try FileManager.default.copyItem(at: photo, to: input.appendingPathComponent(photo.lastPathComponent))
    }
    let one = try program.run(["run", input.path, "--into", folder.path("one"), "--jobs", "1"])
    #expect(one.status == 0, "\(one.stderr)")
    #expect(one.stdout.split(separator: "\n").count == 4)
    let two = try program.run(["run", input.path, "--into", folder.path("two"), "--jobs", "2"])
    #expect(two.status == 0)
    let first = try files(folder.path("one"))
    #expect(try files(folder.path("two")) == first)
    #expect(Set(first.keys).isSuperset(of: ["protocol.html", "protocol.md", "protocol.json", "notes.csv"]))
    let again = try program.run(["run", input.path, "--into", folder.path("one"), "--json"])
    #expect(again.status == 0)
    #expect(try files(folder.path("one")) == first)
    for line in again.stdout.split(separator: "\n") where line.contains(#""event":"step""#) {
      #expect(line.contains(#""hit":true"#), "not from the store: \(line)")
    }
    let text = String(decoding: first["protocol.json"] ?? Data(), as: UTF8.self)
    #expect(!text.contains(folder.url.path), "an absolute path in an output")
  }

  /// A pipeline file with these languages, and all else as bundled.
  private func pipeline(languages: String, in folder: TemporaryFolder) throws -> String {
    let root = PackageRoot.url.appendingPathComponent("pipeline.json")
    let text = try String(contentsOf: root, encoding: .utf8)
    let changed = text.replacingOccurrences(of: #""languages": ["deu"]"#, with: #""languages": \#(languages)"#)
    try #require(changed != text)
    try Data(changed.utf8).write(to: folder.url.appendingPathComponent("pipeline.json"))
    return folder.path("pipeline.json")
  }

  static let hasEnglish = ["/usr/share/tesseract-ocr/5/tessdata", "/opt/homebrew/share/tessdata"].contains {
    FileManager.default.fileExists(atPath: "\($0)/eng.traineddata")
  }

  @Test(.enabled(if: hasEnglish, "tesseract-ocr-eng is not installed")) func twoLanguagesAreReadTogether() throws {
    let folder = try TemporaryFolder()
    let file = try pipeline(languages: #"["deu", "eng"]"#, in: folder)
    let result = try program.run(["run", slide.path, "--into", folder.path("out"), "--pipeline", file])
    #expect(result.status == 0, "\(result.stderr)")
    let json = try String(contentsOf: URL(fileURLWithPath: folder.path("out/protocol.json")), encoding: .utf8)
    #expect(json.contains("tesseract:deu+eng"))
  }

  @Test func aBrokenPhotoLosesNoNeighbour() throws {
    let folder = try TemporaryFolder()
    let input = folder.url.appendingPathComponent("in")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: slide, to: input.appendingPathComponent("gut.jpg"))
    try Data(contentsOf: pinboard).prefix(90_000).write(to: input.appendingPathComponent("halb.jpg"))
    try Data().write(to: input.appendingPathComponent("leer.jpg"))
    let result = try program.run(["run", input.path, "--into", folder.path("out")])
    #expect(result.status == 2, "\(result.stderr)")
    #expect(result.stderr.contains("leer.jpg: "))
    let json = try String(contentsOf: URL(fileURLWithPath: folder.path("out/protocol.json")), encoding: .utf8)
    #expect(json.contains("gut.jpg"))
    #expect(json.contains("the file is empty"), "the contract speaks English")
    let pages = try String(contentsOf: URL(fileURLWithPath: folder.path("out/protocol.md")), encoding: .utf8)
    #expect(pages.contains("die Datei ist leer") && !pages.contains("the file is empty"), "a German protocol")
  }

  @Test func aKilledRunIsFinishedByTheNext() throws {
    let folder = try TemporaryFolder()
    let whole = try program.run(["run", slide.path, pinboard.path, "--into", folder.path("whole")])
    #expect(whole.status == 0)
    for delay in [0.15, 0.6, 1.5] {
      let process = Process()
      process.executableURL = program.executable
      process.arguments = ["run", slide.path, pinboard.path, "--into", folder.path("killed"), "--jobs", "2"]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let resumed = try program.run(["run", slide.path, pinboard.path, "--into", folder.path("killed")])
    #expect(resumed.status == 0)
    #expect(try files(folder.path("killed")) == files(folder.path("whole")))
  }

  @Test func interruptingLeavesNoHalfFile() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = program.executable
    process.arguments = ["run", PackageRoot.samplePhotos.path, "--into", folder.path("out")]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: 0.5)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let left = (try? FileManager.default.contentsOfDirectory(atPath: folder.path("out"))) ?? []
    #expect(Set(left).isSubset(of: [".store", ".fotoprotokoll"]))
  }

  /// Runs a helper program of the system; `nil` where it is missing or not allowed.
  static func succeeds(_ executable: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test(.enabled(if: succeeds("/usr/bin/unshare", ["-n", "true"]), "needs the right to leave the network"))
  func aRunNeedsNoNetwork() throws {
    let folder = try TemporaryFolder()
    #expect(
      Self.succeeds(
        "/usr/bin/unshare", ["-n", program.executable.path, "run", slide.path, "--into", folder.path("out")]))
  }

  @Test(.enabled(if: getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/mount"), "needs root"))
  func aFullDiskIsOneClearMessage() throws {
    let folder = try TemporaryFolder()
    let disk = folder.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    try #require(Self.succeeds("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]))
    defer { _ = Self.succeeds("/usr/bin/umount", [disk]) }
    let result = try program.run(["run", pinboard.path, "--into", disk + "/out"])
    #expect(result.status == 73, "\(result.stderr)")
    #expect(result.stderr.contains("the disk is full"))
    #expect(result.stdout.isEmpty)
  }

  @Test func aLanguageThatIsNotInstalledIsNamed() throws {
    let folder = try TemporaryFolder()
    let pipeline = folder.url.appendingPathComponent("pipeline.json")
    try Data(#"{"version": 1, "languages": ["xyz"]}"#.utf8).write(to: pipeline)
    let result = try program.run(["run", slide.path, "--pipeline", pipeline.path, "--into", folder.path("out")])
    #expect(result.status == 69)
    #expect(result.stderr.contains("FP301"))
    #expect(result.stderr.contains("tesseract-ocr-xyz"))
  }
}
