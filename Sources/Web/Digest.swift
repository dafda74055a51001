import CDigest

/// SHA-256 (FIPS 180-4) and HMAC with it (RFC 2104), by libcrypto.
public enum Digest {
  /// libcrypto refused to work: no memory, or the digest is switched off.
  public struct Unavailable: Error, CustomStringConvertible {
    public var description: String { "libcrypto does not compute SHA-256 on this machine" }
  }

  /// 32 bytes.
  public static func sha256(_ bytes: [UInt8]) throws(Unavailable) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else { throw Unavailable() }
    return digest
  }

  /// 32 bytes that only who has `key` can compute.
  public static func code(of bytes: [UInt8], key: [UInt8]) throws(Unavailable) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: 32)
    guard HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &code, nil) != nil else {
      throw Unavailable()
    }
    return code
  }

  /// Whether both are the same, in a time that does not tell which byte differs.
  public static func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
  }
}
