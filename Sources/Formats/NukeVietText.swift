import Foundation

/// NukeViet's texts: titles come HTML-escaped, leads and descriptions with line breaks as tags.
enum NukeVietText {
  /// The text with its character references resolved once: `NukeViet&#33;` → `NukeViet!`,
  /// `&amp;lt;` → `&lt;`. What is no reference, such as `TT&TT`, stays.
  static func decode(_ text: String) -> String {
    guard text.utf8.contains(0x26) else { return text }
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let start = rest.firstIndex(of: 0x26) {
      result.append(contentsOf: rest[..<start])
      rest = rest[start...]
      let end = rest.prefix(12).firstIndex(of: 0x3B)
      if let end, let scalar = scalar(rest[(start + 1)..<end]) {
        result.append(contentsOf: String(Character(scalar)).utf8)
        rest = rest[(end + 1)...]
      } else {
        result.append(0x26)
        rest = rest.dropFirst()
      }
    }
    result.append(contentsOf: rest)
    return String(decoding: result, as: UTF8.self)
  }

  /// A title on one line: references resolved, white space around it gone.
  static func line(_ text: String) -> String {
    decode(text).split(whereSeparator: { $0.isNewline }).joined(separator: " ")
      .trimmingCharacters(in: .whitespaces)
  }

  /// HTML as plain text: `một<br />hai` → two lines; tags dropped, references resolved.
  static func plain(_ html: String) -> String {
    let stripped = html.utf8.contains(0x3C) ? withoutTags(html) : html
    var lines: [String] = []
    for line in decode(stripped).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces)
      // At most one empty line, and none at the start.
      if !line.isEmpty || lines.last?.isEmpty == false { lines.append(line) }
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private static let blocks: Set<String> = [
    "p", "div", "ul", "ol", "li", "table", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
  ]

  private static func withoutTags(_ html: String) -> String {
    var result: [UInt8] = []
    var rest = Array(html.utf8)[...]
    var ends = Ends(of: rest)
    func startLine() {
      while result.last == 0x20 { result.removeLast() }
      if let last = result.last, last != 0x0A { result.append(0x0A) }
    }
    while let byte = rest.first {
      guard byte == 0x3C, let tag = tag(at: rest, &ends) else {
        rest = rest.dropFirst()
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        if !isSpace {
          result.append(byte)
        } else if let last = result.last, last != 0x20, last != 0x0A {
          result.append(0x20)
        }
        continue
      }
      rest = rest[tag.end...]
      switch tag.name {
      case "br":
        while result.last == 0x20 { result.removeLast() }
        result.append(0x0A)
      case "script" where !tag.isEnd, "style" where !tag.isEnd:
        let end = Array("</\(tag.name)".utf8)
        while !rest.isEmpty,
          !rest.prefix(end.count).elementsEqual(end, by: { $0 == $1 || $0 | 0x20 == $1 })
        {
          rest = rest.dropFirst()
        }
      case let name where blocks.contains(name): startLine()
      default: break
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Where tags and comments end. Each place is looked for once: many a `<` without an end, or far from it, would
  /// cost the square of the length.
  private struct Ends {
    private let bytes: ArraySlice<UInt8>
    private var tag = -1
    private var comment = -1

    init(of bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The first `>` at or after `start`.
    mutating func tag(from start: Int) -> Int? {
      if tag < start { tag = bytes[start...].firstIndex(of: 0x3E) ?? bytes.endIndex }
      return tag < bytes.endIndex ? tag : nil
    }

    /// The `>` of the first `-->` at or after `start`.
    mutating func comment(from start: Int) -> Int? {
      if comment < start + 2 {
        comment = min(start + 2, bytes.endIndex)
        while comment < bytes.endIndex,
          bytes[comment] != 0x3E || bytes[comment - 1] != 0x2D || bytes[comment - 2] != 0x2D
        {
          comment += 1
        }
      }
      return comment < bytes.endIndex ? comment : nil
    }
  }

  /// The tag or comment that begins here: its name in lower case (empty for comments), and where it ends;
  /// nil where `<` is only a sign.
  private static func tag(at bytes: ArraySlice<UInt8>, _ ends: inout Ends) -> (
    name: String, isEnd: Bool, end: Int
  )? {
    var rest = bytes.dropFirst()
    if rest.starts(with: Array("!--".utf8)) {
      return ends.comment(from: rest.startIndex + 3).map { ("", false, $0 + 1) }
    }
    let isEnd = rest.first == 0x2F
    if isEnd || rest.first == 0x21 { rest = rest.dropFirst() }
    guard let first = rest.first, (0x61...0x7A).contains(first | 0x20),
      let end = ends.tag(from: rest.startIndex)
    else { return nil }
    let name = rest.prefix { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
    return (String(decoding: name, as: UTF8.self).lowercased(), isEnd, end + 1)
  }

  // MARK: Character references

  private static func scalar(_ reference: ArraySlice<UInt8>) -> UnicodeScalar? {
    guard reference.first == 0x23 else {
      return named[String(decoding: reference, as: UTF8.self)].flatMap(UnicodeScalar.init)
    }
    let digits = String(decoding: reference.dropFirst(), as: UTF8.self)
    let isHex = digits.first == "x" || digits.first == "X"
    guard let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits), value > 0 else {
      return nil
    }
    // Numbers of Windows-1252, as browsers read them.
    if (0x80...0x9F).contains(value) {
      let windows = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
      return windows[Int(value) - 0x80]
    }
    return UnicodeScalar(value)
  }

  /// The names of HTML 4 (https://www.w3.org/TR/html401/sgml/entities.html) and XML's `apos`.
  private static let named: [String: UInt32] = {
    var table: [String: UInt32] = [:]
    for (offset, name) in latin.split(whereSeparator: \.isWhitespace).enumerated() {
      table[String(name)] = 160 + UInt32(offset)
    }
    let words = others.split(whereSeparator: \.isWhitespace)
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      table[String(words[index])] = UInt32(words[index + 1])
    }
    return table
  }()

  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml
    Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde
    Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig
    ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide
    oslash ugrave uacute ucirc uuml yacute thorn yuml
    """

  private static let others = """
    quot 34 amp 38 apos 39 lt 60 gt 62 OElig 338 oelig 339 Scaron 352 scaron 353 Yuml 376 fnof 402 circ 710
    tilde 732 Alpha 913 Beta 914 Gamma 915 Delta 916 Epsilon 917 Zeta 918 Eta 919 Theta 920 Iota 921 Kappa 922
    Lambda 923 Mu 924 Nu 925 Xi 926 Omicron 927 Pi 928 Rho 929 Sigma 931 Tau 932 Upsilon 933 Phi 934 Chi 935
    Psi 936 Omega 937 alpha 945 beta 946 gamma 947 delta 948 epsilon 949 zeta 950 eta 951 theta 952 iota 953
    kappa 954 lambda 955 mu 956 nu 957 xi 958 omicron 959 pi 960 rho 961 sigmaf 962 sigma 963 tau 964
    upsilon 965 phi 966 chi 967 psi 968 omega 969 thetasym 977 upsih 978 piv 982 ensp 8194 emsp 8195
    thinsp 8201 zwnj 8204 zwj 8205 lrm 8206 rlm 8207 ndash 8211 mdash 8212 lsquo 8216 rsquo 8217 sbquo 8218
    ldquo 8220 rdquo 8221 bdquo 8222 dagger 8224 Dagger 8225 bull 8226 hellip 8230 permil 8240 prime 8242
    Prime 8243 lsaquo 8249 rsaquo 8250 oline 8254 frasl 8260 euro 8364 image 8465 weierp 8472 real 8476
    trade 8482 alefsym 8501 larr 8592 uarr 8593 rarr 8594 darr 8595 harr 8596 crarr 8629 lArr 8656 uArr 8657
    rArr 8658 dArr 8659 hArr 8660 forall 8704 part 8706 exist 8707 empty 8709 nabla 8711 isin 8712 notin 8713
    ni 8715 prod 8719 sum 8721 minus 8722 lowast 8727 radic 8730 prop 8733 infin 8734 ang 8736 and 8743
    or 8744 cap 8745 cup 8746 int 8747 there4 8756 sim 8764 cong 8773 asymp 8776 ne 8800 equiv 8801 le 8804
    ge 8805 sub 8834 sup 8835 nsub 8836 sube 8838 supe 8839 oplus 8853 otimes 8855 perp 8869 sdot 8901
    lceil 8968 rceil 8969 lfloor 8970 rfloor 8971 lang 9001 rang 9002 loz 9674 spades 9824 clubs 9827
    hearts 9829 diams 9830
    """
}
