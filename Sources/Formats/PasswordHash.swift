import CDigest

/// A password as it may be stored: its scrypt digest (RFC 7914, by libcrypto) with the salt and the costs that it was
/// made with, such as `scrypt$16384$8$1$…salt…$…digest…`, both in hexadecimal digits.
public enum PasswordHash {
  /// libcrypto refused to work: no memory or no random bytes.
  public struct Unavailable: Error, CustomStringConvertible {
    public var description: String { "libcrypto does not compute scrypt on this machine" }
  }

  // 16 MiB and some tens of milliseconds each time.
  private static let cost: UInt64 = 16384
  private static let blockSize: UInt64 = 8
  private static let parallelism: UInt64 = 1

  public static func make(_ password: String) throws(Unavailable) -> String {
    var random = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let digest = try digest(password, salt, cost, blockSize, parallelism, 32)
    return "scrypt$\(cost)$\(blockSize)$\(parallelism)$\(hex(salt))$\(hex(digest))"
  }

  /// Whether `stored` was made of `password`; takes as long whichever byte differs. False for what is no hash.
  public static func matches(_ password: String, _ stored: String) throws(Unavailable) -> Bool {
    let parts = stored.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "scrypt", let cost = UInt64(parts[1]),
      let blockSize = UInt64(parts[2]), let parallelism = UInt64(parts[3]), let salt = bytes(parts[4]),
      let expected = bytes(parts[5]), !expected.isEmpty, cost <= 1 << 20, blockSize <= 32, parallelism <= 16
    else { return false }
    let found = try digest(password, salt, cost, blockSize, parallelism, expected.count)
    return CRYPTO_memcmp(found, expected, expected.count) == 0
  }

  private static func digest(
    _ password: String, _ salt: [UInt8], _ cost: UInt64, _ blockSize: UInt64, _ parallelism: UInt64,
    _ count: Int
  ) throws(Unavailable) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: count)
    let most = 256 * cost * blockSize * parallelism + (1 << 20)
    let text = Array(password.utf8CString)
    guard
      EVP_PBE_scrypt(
        text, text.count - 1, salt, salt.count, cost, blockSize, parallelism, most, &digest, count) == 1
    else { throw Unavailable() }
    return digest
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func bytes(_ hex: String) -> [UInt8]? {
    let digits = hex.compactMap(\.hexDigitValue).map(UInt8.init)
    guard digits.count == hex.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
