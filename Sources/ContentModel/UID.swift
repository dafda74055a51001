public import Foundation

/// Makes UUIDs of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then random bits.
public enum UID {
  /// A new uid in lower case, 36 characters.
  public static func make(at date: Date, using random: inout some RandomNumberGenerator) -> String {
    let milliseconds = UInt64(min(max(0, date.timeIntervalSince1970 * 1000), 281_474_976_710_655))  // 48 bits
    let high = milliseconds << 16 | 0x7000 | random.next() & 0x0FFF
    let low = 0x8000_0000_0000_0000 | random.next() & 0x3FFF_FFFF_FFFF_FFFF
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 36) { target in
      var index = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          target[index] = 0x2D
          index += 1
        }
        let word = nibble < 16 ? high : low
        target[index] = digits[Int(word >> UInt64(60 - nibble % 16 * 4) & 15)]
        index += 1
      }
      return 36
    }
  }

  /// The uid right after another: where many are made in the same millisecond, the later one sorts behind.
  static func after(_ uid: String) -> String? {
    var digits = Array(uid.utf8)
    for index in digits.indices.reversed().prefix(17) where digits[index] != 0x2D {
      switch digits[index] {
      case 0x66: digits[index] = 0x30
      case 0x39: digits[index] = 0x61
      default: digits[index] += 1
      }
      guard digits[index] == 0x30 else { return String(decoding: digits, as: UTF8.self) }
    }
    return nil
  }

  /// Whether `text` has the form of a uid: 8-4-4-4-12 lower-case hexadecimal digits.
  public static func isUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    return bytes.indices.allSatisfy { index in
      let byte = bytes[index]
      if index == 8 || index == 13 || index == 18 || index == 23 { return byte == 0x2D }
      return byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66
    }
  }
}
