import Foundation

/// Comparing words by their accents, wherever in the word the tone is written.
///
/// The old and the new style put the tone of `oa`, `oe` and `uy` on different letters (`hòa` and `hoà`,
/// `thủy` and `thuỷ`, but only `quý`): the same word, which an exact match must find in both.
public enum Spelling {
  /// `text` in lower case with each tone moved to the end of its word, decomposed; for comparing, not for
  /// showing. `Hòa` and `hoà` give the same, `hoa` and `hóa` give others.
  public static func key(_ text: String) -> String {
    var text = text
    return text.withUTF8(plain) ?? general(text)
  }

  /// The second bytes of the marks of `Letter`, by its numbers; the first is 0xCC.
  private static let (qualities, tones): ([UInt8], [UInt8]) = (
    [0, 0x86, 0x82, 0x9B], [0, 0x80, 0x89, 0x83, 0x81, 0xA3]
  )

  /// The key of a text that is all ASCII, precomposed Vietnamese and common punctuation; else nil.
  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let table = Letter.table
    var key: [UInt8] = []
    key.reserveCapacity(bytes.count + bytes.count / 4)
    var waiting: [UInt8] = []
    func endWord() {
      for tone in waiting { key.append(contentsOf: [0xCC, tone]) }
      waiting.removeAll(keepingCapacity: true)
    }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        let lower = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
        if !waiting.isEmpty, lower < 0x61 || lower > 0x7A { endWord() }
        key.append(lower)
        index += 1
      } else if let (letter, length) = Letter.at(index, in: bytes, table) {
        if letter.isDStroke {
          key.append(contentsOf: [0xC4, 0x91])
        } else {
          key.append(letter.base)
          if letter.quality > 0 { key.append(contentsOf: [0xCC, qualities[Int(letter.quality)]]) }
          if letter.tone > 0 { waiting.append(tones[Int(letter.tone)]) }
        }
        index += length
      } else if Letter.isPunctuation(index, in: bytes) {
        endWord()
        key.append(contentsOf: bytes[index..<index + 3])
        index += 3
      } else {
        return nil
      }
    }
    endWord()
    return String(decoding: key, as: UTF8.self)
  }

  /// The key of any text, by the decompositions of Unicode.
  static func general(_ text: String) -> String {
    var key = String.UnicodeScalarView()
    var tones: [Unicode.Scalar] = []
    for scalar in Normalization.nfd(text).unicodeScalars {
      switch scalar.value {
      case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323: tones.append(scalar)
      default:
        if !tones.isEmpty, !scalar.properties.isAlphabetic, !isMark(scalar) {
          for tone in tones { key.append(tone) }
          tones = []
        }
        // One at a time: appending a collection copies all that is there already.
        for lower in scalar.properties.lowercaseMapping.unicodeScalars { key.append(lower) }
      }
    }
    key.append(contentsOf: tones)
    return String(key)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
  }
}
