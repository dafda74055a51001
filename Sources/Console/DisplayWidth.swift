/// How many columns of a terminal a text takes.
///
/// Combining marks take none (`tiếng` is 5 wide composed or decomposed), East Asian wide characters two,
/// emoji two with all their joiners, flags and variation selectors; what controls look like once
/// `VisibleText` has escaped them is counted for them. Follows Unicode's UAX #11 and UTS #51, as
/// terminals do.
public enum DisplayWidth {
  /// The columns of `text`, as one line.
  public static func of(_ text: String) -> Int {
    if let fast = ofSimple(text) { return fast }
    var width = 0
    for character in VisibleText.escape(text) { width += of(visible: character) }
    return width
  }

  /// The columns of one character as a reader sees it.
  public static func of(_ character: Character) -> Int {
    let text = String(character)
    if VisibleText.isHarmless(text) { return of(visible: character) }
    return VisibleText.escape(text).reduce(0) { $0 + of(visible: $1) }
  }

  /// `text`, or its beginning and `…`, in at most `columns`. Never splits a character.
  public static func truncate(_ text: String, to columns: Int) -> String {
    if of(text) <= columns { return text }
    guard columns > 0 else { return "" }
    var width = 0
    var end = text.startIndex
    while end < text.endIndex {
      let next = of(text[end])
      if width + next > columns - 1 { break }
      width += next
      end = text.index(after: end)
    }
    return text[..<end] + "…"
  }

  /// `text` with spaces behind it (or before it, aligned to the right) up to `columns`.
  public static func pad(_ text: String, to columns: Int, right: Bool = false) -> String {
    let missing = columns - of(text)
    guard missing > 0 else { return text }
    let spaces = String(repeating: " ", count: missing)
    return right ? spaces + text : text + spaces
  }

  /// Counts text whose scalars all stand alone, one column each: printable ASCII, Latin with its
  /// extensions, and composed Vietnamese (U+1E00–1EFF). Nil for anything else.
  private static func ofSimple(_ text: String) -> Int? {
    var count = 0
    var lead: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x20...0x7E: count += 1
      case 0xC3...0xCB: count += 1
      case 0xE1: count += 1
      case 0x80...0xBF where lead == 0xE1:
        if byte < 0xB8 || byte > 0xBB { return nil }
      case 0x80...0xBF: break
      default: return nil
      }
      lead = byte
    }
    return count
  }

  private static func of(visible character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.dropFirst().isEmpty { return of(first) }
    var width = 0
    var isEmoji = false
    for scalar in scalars {
      switch scalar.value {
      // VS16 asks for the picture; a keycap is one, and so is anything joined or toned or a flag.
      case 0xFE0F, 0x20E3, 0x1F3FB...0x1F3FF, 0x1F1E6...0x1F1FF, 0xE0020...0xE007F: isEmoji = true
      case 0x200D where first.properties.isEmoji: isEmoji = true
      default: break
      }
      width += of(scalar)
    }
    return isEmoji && (first.properties.isEmoji || first.value > 0x7F) ? 2 : width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if value < 0x1100 { return 1 }
    return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
  }

  /// The blocks that EastAsianWidth.txt calls W or F; emoji have a property of their own.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F202,
      0x1F210...0x1F265, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
