import Foundation
import Recognition
import TestSupport
import Testing

/// What onnxruntime makes of a drawn line with the same rounded weights; `Training/make_reference.py` writes it.
struct ReferenceLine {
  var width: Int
  var columns: Int
  var classes: Int
  var pixels: [Float]
  var logits: [Float]

  init(of model: LineModel.Bundled) throws {
    let url = try #require(
      Bundle.module.resourceURL?.appending(path: "Fixtures/line-reader-\(model.rawValue).ref"))
    let bytes = [UInt8](try Data(contentsOf: url))
    func number(_ index: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[4 * index + $1]) << (8 * $1) } }
    try #require(Array(bytes.prefix(4)) == Array("REF1".utf8))
    width = number(1)
    columns = number(2)
    classes = number(3)
    let count = 48 * width * 3
    pixels = bytes[16..<(16 + count)].map { (Float($0) / 255 - 0.5) / 0.5 }
    logits = bytes.withUnsafeBytes { raw in
      (0..<(raw.count - 16 - count) / 4).map { index in
        Float(
          bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 16 + count + 4 * index, as: UInt32.self)))
      }
    }
  }
}

@Suite struct NeuralParityTests {
  /// With the widest vectors of this processor and, as on one that has none, without.
  @Test(arguments: LineModel.Bundled.allCases, [true, false])
  func agreesWithTheReferenceWithinAThousandth(name: LineModel.Bundled, usesWideVectors: Bool) throws {
    let model = try LineModel.bundled(name)
    let reference = try ReferenceLine(of: name)
    let runner = LineModelRunner(model, usesWideVectors: usesWideVectors)
    let logits = try runner.run(reference.pixels, width: reference.width)
    try #require(logits.count == reference.logits.count)
    #expect(reference.classes == model.classCount)
    let largest = zip(logits, reference.logits).map { abs($0 - $1) }.max() ?? .infinity
    #expect(largest <= 1e-3)
  }

  @Test func theSameRunnerGivesTheSameBitsWhateverItRanBefore() throws {
    let model = try LineModel.bundled(.tiny)
    let reference = try ReferenceLine(of: .tiny)
    let runner = LineModelRunner(model)
    let first = try runner.run(reference.pixels, width: reference.width)
    let narrow = reference.pixels.prefix(3 * 48 * 96)
    _ = try runner.run(Array(narrow), width: 96)
    #expect(try runner.run(reference.pixels, width: reference.width) == first)
  }

  @Test func workersSideBySideAgreeWithOneAlone() async throws {
    let model = try LineModel.bundled(.tiny)
    let reference = try ReferenceLine(of: .tiny)
    let alone = try LineModelRunner(model).run(reference.pixels, width: reference.width)
    let results = try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<4 {
        group.addTask { try LineModelRunner(model).run(reference.pixels, width: reference.width) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 == alone })
  }

  @Test func refusesALineThatTheStridesCannotTake() throws {
    let runner = LineModelRunner(try LineModel.bundled(.tiny))
    #expect(throws: LineModelError.tooNarrow(width: 4)) {
      try runner.run([Float](repeating: 0, count: 3 * 48 * 4), width: 4)
    }
  }
}

@Suite struct NeuralWeightFileTests {
  static func bytes() throws -> [UInt8] {
    try #require(LineModel.bundledBytes(.tiny))
  }

  @Test func aFileOfAnotherKindIsNamedAsSuch() {
    #expect(throws: LineModelError.notAWeightFile) { try LineModel(bytes: Array("PNG1 and more".utf8)) }
    #expect(throws: LineModelError.notAWeightFile) { try LineModel(bytes: []) }
  }

  @Test(arguments: [4, 7, 8, 100, 5_000, 40_000, 1_110_175])
  func aTruncatedFileIsNamedAsSuch(count: Int) throws {
    let bytes = try Self.bytes()
    #expect {
      try LineModel(bytes: Array(bytes.prefix(count)))
    } throws: { error in
      guard case .truncated(_, let had) = error as? LineModelError else { return false }
      return had == count
    }
  }

  /// A flipped bit in the header either changes nothing that matters or is refused; it never crashes a run.
  @Test(arguments: UInt64(0)..<200)
  func aDamagedHeaderNeverCrashes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var bytes = try Self.bytes()
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      bytes[Int.random(in: 4..<7_000, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
    do {
      let model = try LineModel(bytes: bytes)
      guard model.height <= 64 else { return }
      let pixels = [Float](repeating: 0.5, count: 3 * model.height * 32)
      let logits = try LineModelRunner(model).run(pixels, width: 32)
      #expect(logits.count % model.classCount == 0, "seed \(seed)")
    } catch {
      // refused, as it should be
    }
  }
}

#if os(Linux) && arch(x86_64)
  @Suite struct MatrixKernelTests {
    /// OpenBLAS takes a processor that it does not know for one of 2004.
    @Test func aProcessorWithWideVectorsUsesThem() throws {
      let flags =
        try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n")
        .first { $0.hasPrefix("flags") }?.split(separator: " ") ?? []
      guard flags.contains("avx2"), flags.contains("fma"), getenv("OPENBLAS_CORETYPE") == nil else { return }
      _ = try NeuralRecognizer(.tiny)
      let address = try #require(dlsym(nil, "openblas_get_corename"))
      let name = unsafeBitCast(address, to: (@convention(c) () -> UnsafePointer<CChar>).self)()
      #expect(String(cString: name) != "Prescott")
    }
  }
#endif
