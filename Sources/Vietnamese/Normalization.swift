import Foundation

/// Unicode normalisation form C (UAX #15), cheap for text that is in it already.
public enum Normalization {
  /// `text` in NFC; itself if a scan of its bytes proves that nothing in it can compose or decompose.
  public static func nfc(_ text: String) -> String {
    var text = text
    guard !text.withUTF8(isPlain) else { return text }
    return inPieces(text) { piece in
      piece.utf8.contains { $0 >= 0xF0 }
        ? composedAroundAstral(piece) : piece.precomposedStringWithCanonicalMapping
    }
  }

  /// `text` in NFD.
  static func nfd(_ text: String) -> String { inPieces(text, \.decomposedStringWithCanonicalMapping) }

  /// Bytes of a piece, before it goes on to where a letter begins.
  private static let pieceLength = 512

  /// Foundation moves all the rest of a text for each letter that it changes, so that a text in one piece would cost
  /// the square of its length.
  private static func inPieces(_ text: String, _ change: (String) -> String) -> String {
    var text = text
    text.makeContiguousUTF8()
    let bytes = text.utf8
    guard bytes.count > pieceLength else { return change(text) }
    var changed = ""
    changed.reserveCapacity(bytes.count)
    var start = text.startIndex
    while start < text.endIndex {
      var end = bytes.index(start, offsetBy: pieceLength, limitedBy: text.endIndex) ?? text.endIndex
      // Into no scalar.
      while end < text.endIndex, bytes[end] & 0xC0 == 0x80 { bytes.formIndex(after: &end) }
      while end < text.endIndex, !begins(text.unicodeScalars[end]) {
        text.unicodeScalars.formIndex(after: &end)
      }
      let piece = String(text[start..<end])
      changed += change(piece.utf8.count < 2 * pieceLength ? piece : ordered(piece))
      start = end
    }
    return changed
  }

  /// The same with its marks in their order (UAX #15, the canonical ordering algorithm), for a letter with thousands of
  /// them: Foundation exchanges one for its neighbour until they are.
  private static func ordered(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var marks: [UInt8: [Unicode.Scalar]] = [:]
    func endMarks() {
      for (_, same) in marks.sorted(by: { $0.key < $1.key }) { for mark in same { result.append(mark) } }
      marks.removeAll()
    }
    for scalar in text.unicodeScalars {
      let place = scalar.properties.canonicalCombiningClass
      if place == .notReordered {
        if !marks.isEmpty { endMarks() }
        result.append(scalar)
      } else {
        marks[place.rawValue, default: []].append(scalar)
      }
    }
    endMarks()
    return String(result)
  }

  /// Whether nothing before a scalar composes with it or changes places with it (UAX #15, 9.1: stable code points, and
  /// fewer). All that do are marks, the vowels and finals of Hangul, or the vowels of Kirat Rai.
  static func begins(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x300: return true
    case 0x1160...0x11FF, 0x16D63...0x16D6A: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: return scalar.properties.canonicalCombiningClass == .notReordered
    }
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
