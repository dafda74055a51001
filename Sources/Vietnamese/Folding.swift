import Foundation

/// Folding for search: letters without case, marks, đ, or a difference of tone placement.
///
/// `Hội nghị` → `hoi nghi`, `ĐƯỜNG` → `duong`, `hòa` and `hoà` → `hoa`. NFC and NFD input give the same. The
/// Icelandic Ð counts as Đ, which it looks like and is typed for in old Vietnamese texts.
public enum Folding {
  /// The folded form of `text`. Only letters change: spaces, digits and punctuation stay as they are.
  public static func fold(_ text: String) -> String {
    var text = text
    if let ascii = text.utf8.withContiguousStorageIfAvailable(foldedASCII) {
      if let ascii { return ascii }
    }
    text.makeContiguousUTF8()
    var folded = ""
    folded.reserveCapacity(text.utf8.count)
    for character in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      if character.value >= 0x300, character.properties.canonicalCombiningClass != .notReordered { continue }
      switch character {
      case "đ", "Đ", "ð", "Ð": folded.unicodeScalars.append("d")
      case "A"..."Z": folded.unicodeScalars.append(Unicode.Scalar(character.value + 32) ?? character)
      case _ where character.isASCII: folded.unicodeScalars.append(character)
      default: folded.unicodeScalars.append(contentsOf: character.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return folded
  }

  /// The lower-cased text if every byte is ASCII, else nil.
  private static func foldedASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(unsafeUninitializedCapacity: bytes.count) { target in
      for (index, byte) in bytes.enumerated() {
        target[index] = byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte
      }
      return bytes.count
    }
  }
}
