import Foundation

/// Bytes in letters that stand in addresses and cookies as they are (RFC 4648, 5), without padding.
public enum Base64URL {
  /// The letters of the bytes.
  public static func text(_ bytes: [UInt8]) -> String {
    let letters = Data(bytes).base64EncodedData().compactMap { letter -> UInt8? in
      switch letter {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: letter
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }

  /// Nil for what is not written like that.
  public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let isWritten = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
    guard isWritten else { return nil }
    let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)).map(
      Array.init)
  }
}
