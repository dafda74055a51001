import Glibc

/// What is told of a client's address: never all of it.
public enum ClientAddress {
  /// For logs: IPv4 without its last eight bits, IPv6 with its first 48: `192.0.2.0`, `2001:db8:1::`. `-` for what is
  /// no address.
  public static func cut(_ address: String) -> String { prefix(address, bytes4: 3, bytes6: 6) ?? "-" }

  /// For counting: IPv4 whole, IPv6 with its first 64 bits, which is what one household has. What is no address counts
  /// as it is.
  public static func household(_ address: String) -> String {
    prefix(address, bytes4: 4, bytes6: 8) ?? address
  }

  private static func prefix(_ address: String, bytes4: Int, bytes6: Int) -> String? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, address, &bytes) == 1 { return text(AF_INET, bytes, bytes4) }
    guard inet_pton(AF_INET6, address, &bytes) == 1 else { return nil }
    // An IPv4 client of a socket that takes both: ::ffff:192.0.2.7.
    if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
      return text(AF_INET, Array(bytes.suffix(4)), bytes4)
    }
    return text(AF_INET6, bytes, bytes6)
  }

  private static func text(_ family: Int32, _ bytes: [UInt8], _ kept: Int) -> String? {
    let bytes = bytes.enumerated().map { $0.offset < kept ? $0.element : 0 }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
