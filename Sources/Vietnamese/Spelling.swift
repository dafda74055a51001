import Foundation

/// Comparing words by their accents, wherever in the word the tone is written.
///
/// The old and the new style put the tone of `oa`, `oe` and `uy` on different letters (`hòa` and `hoà`,
/// `thủy` and `thuỷ`, but only `quý`): the same word, which an exact match must find in both.
public enum Spelling {
  /// `text` in lower case with each tone moved to the end of its word, decomposed; for comparing, not for
  /// showing. `Hòa` and `hoà` give the same, `hoa` and `hóa` give others.
  public static func key(_ text: String) -> String {
    var key = String.UnicodeScalarView()
    var tones: [Unicode.Scalar] = []
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar.value {
      case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323: tones.append(scalar)
      default:
        if !tones.isEmpty, !scalar.properties.isAlphabetic, !isMark(scalar) {
          key.append(contentsOf: tones)
          tones = []
        }
        key.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    key.append(contentsOf: tones)
    return String(key)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
  }
}
