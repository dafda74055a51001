import Foundation

/// The key that sorts Vietnamese text by its own alphabet: a ă â b c d đ e ê … u ư … y, tones second.
///
/// Keys compare as plain bytes, so SQLite can index and sort by them. First come the letters of the whole
/// text, then a zero byte, then the tones, so that `ma < mà < má < mạ < mai`, and `da` < `đa` < `e`.
public enum SortKey {
  /// The key of `text`; equal keys mean that only case or normalisation differs.
  public static func make(_ text: String) -> [UInt8] {
    var letters: [UInt8] = []
    var tones: [UInt8] = []
    letters.reserveCapacity(text.utf8.count + 8)
    for character in text.precomposedStringWithCanonicalMapping {
      var scalars = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
      let base = scalars.removeFirst()
      var quality: UInt8 = 0
      var tone: UInt8 = 0
      for mark in scalars {
        switch mark.value {
        case 0x0306: quality = 1  // ă
        case 0x0302: quality = 2  // â ê ô
        case 0x031B: quality = 3  // ơ ư
        default: tone = max(tone, toneRank(mark.value))
        }
      }
      append(base, quality: quality, to: &letters)
      tones.append(tone + 1)
    }
    letters.append(0)
    return letters + tones
  }

  /// The order of dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
  private static func toneRank(_ mark: UInt32) -> UInt8 {
    switch mark {
    case 0x0300: 1
    case 0x0309: 2
    case 0x0303: 3
    case 0x0301: 4
    case 0x0323: 5
    default: 0
    }
  }

  /// One letter as its lower-case bytes and, for a letter that has variants, a byte that orders them.
  private static func append(_ base: Unicode.Scalar, quality: UInt8, to letters: inout [UInt8]) {
    switch base {
    case "đ", "Đ": letters.append(contentsOf: [0x64, 2])
    default:
      for scalar in base.properties.lowercaseMapping.unicodeScalars {
        letters.append(contentsOf: String(scalar).utf8)
        if scalar.properties.isAlphabetic { letters.append(1 + quality) }
      }
    }
  }
}
