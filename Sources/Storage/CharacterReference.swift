/// Character references of HTML: `&ocirc;`, `&#7897;`, `&#x1ED9;`.
///
/// The names are those of HTML 4 for letters and common signs, and of HTML 5 for the letters of Vietnamese.
enum CharacterReference {
  /// What a reference stands for, given without `&` and `;`; nil for one that is not known. A letter with a mark
  /// comes as letter and mark.
  static func scalars(_ name: String) -> [Unicode.Scalar]? {
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHexadecimal = digits.first == "x" || digits.first == "X"
      let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let value, let scalar = Unicode.Scalar(value) else { return nil }
      return [value == 0 ? "\u{FFFD}" : scalar]
    }
    if let scalar = named[name] { return [scalar] }
    guard let letter = name.unicodeScalars.first, letter.isASCII, letter.properties.isAlphabetic,
      let mark = marks[String(name.dropFirst())]
    else { return nil }
    return [letter, mark]
  }

  private static let marks: [String: Unicode.Scalar] = [
    "grave": "\u{300}", "acute": "\u{301}", "circ": "\u{302}", "tilde": "\u{303}", "breve": "\u{306}",
    "uml": "\u{308}", "ring": "\u{30A}", "caron": "\u{30C}", "cedil": "\u{327}",
  ]

  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ensp": "\u{2002}",
    "emsp": "\u{2003}", "thinsp": "\u{2009}", "shy": "\u{AD}", "zwj": "\u{200D}", "zwnj": "\u{200C}",
    "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”",
    "bdquo": "„",
    "laquo": "«", "raquo": "»", "lsaquo": "‹", "rsaquo": "›", "hellip": "…", "bull": "•", "middot": "·",
    "deg": "°",
    "times": "×", "plusmn": "±", "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³",
    "micro": "µ",
    "copy": "©", "reg": "®", "trade": "™", "euro": "€", "sect": "§", "para": "¶", "iexcl": "¡", "iquest": "¿",
    "dstrok": "đ", "Dstrok": "Đ", "eth": "ð", "ETH": "Ð", "szlig": "ß", "aelig": "æ", "AElig": "Æ",
    "oelig": "œ",
    "OElig": "Œ", "oslash": "ø", "Oslash": "Ø", "thorn": "þ", "THORN": "Þ", "ordf": "ª", "ordm": "º",
  ]
}
