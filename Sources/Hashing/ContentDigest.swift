import CCrypto
package import ProtocolModel

/// SHA-256 of bytes, by libcrypto's one-call digest (`EVP_Digest`).
package enum ContentDigest {
  /// The digest of `bytes`.
  package static func sha256(_ bytes: some ContiguousBytesSource) -> Digest {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let status = bytes.withBytes { buffer in
      EVP_Digest(buffer.baseAddress, buffer.count, &digest, &length, EVP_sha256(), nil)
    }
    precondition(status == 1 && length == 32, "libcrypto has no SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    let hex = digest.prefix(32).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    guard let value = Digest(rawValue: String(decoding: hex, as: UTF8.self)) else {
      preconditionFailure("32 bytes are 64 digits")
    }
    return value
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
