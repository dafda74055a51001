import Foundation

/// Folding for search: letters without case, marks, đ, or a difference of tone placement.
///
/// `Hội nghị` → `hoi nghi`, `ĐƯỜNG` → `duong`, `hòa` and `hoà` → `hoa`. NFC and NFD input give the same. The
/// Icelandic Ð counts as Đ, which it looks like and is typed for in old Vietnamese texts.
public enum Folding {
  /// The folded form of `text`. Only letters change: spaces, digits and punctuation stay as they are.
  public static func fold(_ text: String) -> String {
    var text = text
    return text.withUTF8(foldedPlain) ?? general(text)
  }

  /// The folded form of any text, by the decompositions of Unicode.
  static func general(_ text: String) -> String {
    var folded = ""
    folded.reserveCapacity(text.utf8.count)
    for character in Normalization.nfd(text).unicodeScalars {
      if character.value >= 0x300, character.properties.canonicalCombiningClass != .notReordered { continue }
      switch character {
      case "đ", "Đ", "ð", "Ð": folded.unicodeScalars.append("d")
      case "A"..."Z": folded.unicodeScalars.append(Unicode.Scalar(character.value + 32) ?? character)
      case _ where character.isASCII: folded.unicodeScalars.append(character)
      default:
        // One at a time: appending a collection makes room for just so many, and copies all the rest each time.
        for lower in character.properties.lowercaseMapping.unicodeScalars {
          folded.unicodeScalars.append(lower)
        }
      }
    }
    return folded
  }

  /// The folded text if all of it is ASCII, precomposed Vietnamese and common punctuation; else nil.
  private static func foldedPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let table = Letter.table
    var isPlain = true
    let folded = String(unsafeUninitializedCapacity: bytes.count) { target in
      var (index, count) = (0, 0)
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          target[count] = byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte
          (index, count) = (index + 1, count + 1)
        } else if let found = Letter.at(index, in: bytes, table) {
          target[count] = found.letter.base
          (index, count) = (index + found.length, count + 1)
        } else if Letter.isPunctuation(index, in: bytes) {
          for offset in 0..<3 { target[count + offset] = bytes[index + offset] }
          (index, count) = (index + 3, count + 3)
        } else {
          isPlain = false
          return 0
        }
      }
      return count
    }
    return isPlain ? folded : nil
  }
}
