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
}
