import Foundation

/// Unicode normalisation form C (UAX #15), cheap for text that is in it already.
public enum Normalization {
  /// `text` in NFC; itself if a scan of its bytes proves that nothing in it can compose or decompose.
  public static func nfc(_ text: String) -> String {
    var text = text
    return text.withUTF8(isPlain) ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Whether all bytes begin or continue ASCII, Latin-1 and Latin Extended (U+0000–U+02FF), precomposed
  /// Vietnamese letters (U+1E80–U+1EFF) or typographic punctuation (U+2010–U+203F).
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0..<0x80: index += 1
      case 0xC3...0xCB: index += 2
      case 0xC2: index += 2
      case 0xE1:
        guard index + 2 < bytes.count, (0xBA...0xBB).contains(bytes[index + 1]) else { return false }
        index += 3
      case 0xE2:
        guard index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] >= 0x90
        else { return false }
        index += 3
      default: return false
      }
    }
    return true
  }
}
