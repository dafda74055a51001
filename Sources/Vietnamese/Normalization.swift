import Foundation

/// Unicode normalisation form C (UAX #15), cheap for text that is in it already.
public enum Normalization {
  /// `text` in NFC; itself if a scan of its bytes proves that nothing in it can compose or decompose.
  public static func nfc(_ text: String) -> String {
    var text = text
    guard !text.withUTF8(isPlain) else { return text }
    return text.utf8.contains { $0 >= 0xF0 }
      ? composedAroundAstral(text) : text.precomposedStringWithCanonicalMapping
  }

  /// Foundation takes a character beyond U+FFFF for the one with the same lower 16 bits when a mark follows it:
  /// U+1014D and a grave accent become ṑ. Such marks are put in order behind a letter that no mark composes with.
  private static func composedAroundAstral(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var run = String.UnicodeScalarView()
    var marks = String.UnicodeScalarView()
    func endRun() {
      result.append(contentsOf: String(run).precomposedStringWithCanonicalMapping.unicodeScalars)
      let ordered = ("中" + String(marks)).precomposedStringWithCanonicalMapping
      if !marks.isEmpty { result.append(contentsOf: ordered.unicodeScalars.dropFirst()) }
      (run, marks) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    }
    for scalar in text.unicodeScalars {
      let isMark = scalar.value < 0x1_0000 && scalar.properties.canonicalCombiningClass != .notReordered
      if isMark, !marks.isEmpty || run.last.map({ $0.value >= 0x1_0000 }) == true {
        marks.append(scalar)
      } else {
        if !marks.isEmpty { endRun() }
        run.append(scalar)
      }
    }
    endRun()
    return String(result)
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
