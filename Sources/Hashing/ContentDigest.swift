import CCrypto
package import ProtocolModel

/// SHA-256 of bytes, by libcrypto's one-call digest (`EVP_Digest`).
package enum ContentDigest {
  /// The digest of `bytes`.
  package static func sha256(_ bytes: some ContiguousBytesSource) -> Digest {
    guard let value = Digest(rawValue: hex(hashed(bytes, by: EVP_sha256(), length: 32))) else {
      preconditionFailure("32 bytes are 64 digits")
    }
    return value
  }

  /// The name-based UUID (RFC 9562, version 5) of a name in this program's own name space: the same name, the same UUID.
  package static func uuid(named name: String) -> String {
    // The RFC's DNS name space; the names start with the program's own.
    let space: [UInt8] = [
      0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
    ]
    var bytes = Array(hashed(space + Array("fotoprotokoll/\(name)".utf8), by: EVP_sha1(), length: 20).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(hex(bytes))
    let ends = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return ends.map { String(digits[$0]) }.joined(separator: "-")
  }

  private static func hashed(
    _ bytes: some ContiguousBytesSource, by function: OpaquePointer?, length expected: Int
  ) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let status = bytes.withBytes { buffer in
      EVP_Digest(buffer.baseAddress, buffer.count, &digest, &length, function, nil)
    }
    precondition(status == 1 && Int(length) == expected, "libcrypto lacks a standard digest")
    return Array(digest.prefix(expected))
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// Bytes that lie in one piece.
package protocol ContiguousBytesSource {
  /// Lends the bytes.
  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R
}

extension Array: ContiguousBytesSource where Element == UInt8 {
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { withUnsafeBytes(body) }
}

extension String: ContiguousBytesSource {
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    Array(utf8).withUnsafeBytes(body)
  }
}
