/// A network that reads a line of writing: its steps, its weights and its alphabet; immutable, shared by all workers.
package final class LineModel: Sendable {
  /// The name in results, such as `small-averaged`.
  package let name: String
  /// Rows of a line image.
  package let height: Int
  /// The characters of classes 1, 2, …; class 0 is the blank of connectionist temporal classification.
  package let alphabet: [Unicode.Scalar]
  /// Sixteen hexadecimal digits that change with any byte of the file (FNV-1a, 64 bits).
  package let fingerprint: String
  /// The steps in the order they run.
  let operations: [LineOperation]
  /// All weights, widened from float16.
  let weights: [Float]

  /// Classes of the last layer: the alphabet and the blank.
  package var classCount: Int { alphabet.count + 1 }

  /// Reads a weight file and checks all of it, so that running it cannot read outside a tensor.
  package init(bytes: [UInt8]) throws(LineModelError) {
    let (header, weightsAt) = try LineModelHeader.parse(bytes)
    operations = try header.resolved()
    name = header.name
    height = header.height
    alphabet = Array(header.alphabet.unicodeScalars)
    let count = header.count
    weights = bytes.withUnsafeBytes { raw in
      [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count {
          let half = UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: weightsAt + 2 * index, as: UInt16.self))
          buffer[index] = Float(halfBits: half)
        }
        initialized = count
      }
    }
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    fingerprint = String(repeating: "0", count: hash.leadingZeroBitCount / 4) + String(hash, radix: 16)
    guard weights.allSatisfy(\.isFinite) else { throw .inconsistent(operation: nil) }
  }
}

extension Float {
  /// Widens an IEEE half-precision number; `Float16` itself is missing on Intel Macs.
  init(halfBits half: UInt16) {
    let sign = UInt32(half & 0x8000) << 16
    let exponentAndFraction = UInt32(half & 0x7FFF)
    if exponentAndFraction >= 0x7C00 {  // infinity or not a number
      self.init(bitPattern: sign | 0x7F80_0000 | (exponentAndFraction & 0x3FF) << 13)
      return
    }
    // Shifted into place the exponent is 112 too small; the product mends it and normalises subnormals.
    let magnitude = Float(bitPattern: exponentAndFraction << 13) * Float(sign: .plus, exponent: 112, significand: 1)
    self.init(bitPattern: sign | magnitude.bitPattern)
  }
}
