import CDigest

/// The SHA-256 of bytes that come bit by bit (FIPS 180-4, by libcrypto).
public final class SHA256 {
  /// libcrypto refused to work: no memory, or the digest is switched off.
  public struct Unavailable: Error, CustomStringConvertible {
    public var description: String { "libcrypto does not compute SHA-256 on this machine" }
  }

  private let context: OpaquePointer

  public init() throws(Unavailable) {
    guard let context = EVP_MD_CTX_new() else { throw Unavailable() }
    self.context = context
    try start()
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes more bytes.
  public func update(_ bytes: UnsafeRawBufferPointer) throws(Unavailable) {
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { throw Unavailable() }
  }

  /// Takes more bytes.
  public func update(_ bytes: [UInt8]) throws(Unavailable) {
    let result = bytes.withUnsafeBytes { raw in Result { () throws(Unavailable) in try update(raw) } }
    try result.get()
  }

  /// The 32 bytes of the digest; after it, counting begins anew.
  public func digest() throws(Unavailable) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw Unavailable() }
    try start()
    return digest
  }

  /// The digest as 64 small hexadecimal digits; after it, counting begins anew.
  public func hex() throws(Unavailable) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: try digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest of `bytes` as 64 small hexadecimal digits.
  public static func hex(_ bytes: [UInt8]) throws(Unavailable) -> String {
    let sum = try SHA256()
    try sum.update(bytes)
    return try sum.hex()
  }

  private func start() throws(Unavailable) {
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw Unavailable() }
  }
}
