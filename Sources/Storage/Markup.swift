import Vietnamese

/// The text in HTML, and in Markdown with HTML in it: tags, comments and scripts gone, character references read.
///
/// `<p>H&ocirc;m nay</p>` says `Hôm nay`; `<b>H</b>ội` is one word, `một<br>hai` are two.
struct Markup {
  /// Whether there is anything in `text` to take off.
  static func isIn(_ text: String) -> Bool { text.utf8.contains { $0 == 0x3C || $0 == 0x26 } }

  /// The text as people would read it, in NFC.
  static func plain(_ text: String) -> String {
    isIn(text) ? Normalization.nfc(String(decoding: bare(text, keepsSigns: true), as: UTF8.self)) : text
  }

  /// The UTF-8 of the text, with a space for every reference that is no letter, digit or mark, so that no `<` can come of one.
  static func words(_ text: String) -> [UInt8] { bare(text, keepsSigns: false) }

  private static func bare(_ text: String, keepsSigns: Bool) -> [UInt8] {
    var text = text
    return text.withUTF8 { source in
      var markup = Markup(source: source, keepsSigns: keepsSigns)
      markup.read()
      return markup.bytes
    }
  }

  private let source: UnsafeBufferPointer<UInt8>
  private let keepsSigns: Bool
  private var bytes: [UInt8] = []
  /// Marks that a search from here on found none of, so that a text of many `<` is read once.
  private var missing: [String: Int] = [:]

  private init(source: UnsafeBufferPointer<UInt8>, keepsSigns: Bool) {
    (self.source, self.keepsSigns) = (source, keepsSigns)
    bytes.reserveCapacity(source.count)
  }

  private mutating func read() {
    var index = 0
    while index < source.count {
      switch source[index] {
      case 0x3C: index = tag(at: index)
      case 0x26: index = reference(at: index)
      default:
        let start = index
        while index < source.count, source[index] != 0x3C, source[index] != 0x26 { index += 1 }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
      }
    }
  }

  /// Reads a tag or a comment; returns where to go on.
  private mutating func tag(at start: Int) -> Int {
    let isClosing = start + 1 < source.count && source[start + 1] == 0x2F
    let nameStart = start + (isClosing ? 2 : 1)
    var nameEnd = nameStart
    while nameEnd < source.count, Self.isNameByte(source[nameEnd]) { nameEnd += 1 }
    let isDeclaration = nameStart < source.count && source[nameStart] == 0x21
    let isComment = isDeclaration && source[nameStart...].starts(with: "!--".utf8)
    let isTag =
      nameEnd > nameStart && source[nameStart] > 0x39 && (nameEnd == source.count || source[nameEnd] != 0x3A)
    guard isTag || isDeclaration,
      let end = self.end(of: isComment ? "-->" : ">", from: nameStart)
    else {
      bytes.append(0x3C)
      return start + 1
    }
    let name = Self.packed(source[nameStart..<nameEnd])
    if !isClosing, name == Self.script || name == Self.style {
      bytes.append(0x20)
      let close = self.end(of: name == Self.script ? "</script" : "</style", from: end)
      return close.flatMap { self.end(of: ">", from: $0) } ?? source.count
    }
    if !Self.inline.contains(name) { bytes.append(0x20) }
    return end
  }

  /// The place behind the next `mark`, which is in ASCII; nil where there is none.
  private mutating func end(of mark: String, from start: Int) -> Int? {
    guard missing.isEmpty || start < missing[mark] ?? .max else { return nil }
    if mark == ">", let end = source[start...].firstIndex(of: 0x3E) { return end + 1 }
    let bytes = Array(mark.utf8)
    var index = start
    while index + bytes.count <= source.count {
      let isHere = bytes.indices.allSatisfy { place in
        let byte = source[index + place]
        return byte == bytes[place] || byte >= 0x41 && byte <= 0x5A && byte | 0x20 == bytes[place]
      }
      if isHere { return index + bytes.count }
      index += 1
    }
    missing[mark] = start
    return nil
  }

  /// Reads a character reference; returns where to go on.
  private mutating func reference(at start: Int) -> Int {
    var end = start + 1
    while end < source.count, end - start < 12, Self.isNameByte(source[end]) || source[end] == 0x23 {
      end += 1
    }
    guard end < source.count, source[end] == 0x3B,
      let scalars = CharacterReference.scalars(String(decoding: source[start + 1..<end], as: UTF8.self))
    else {
      bytes.append(0x26)
      return start + 1
    }
    for scalar in scalars {
      let properties = scalar.properties
      switch properties.generalCategory {
      case .format: continue  // soft hyphens and joiners stand inside words
      case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: bytes.append(0x20)
      default:
        let isInWord =
          properties.isAlphabetic || properties.numericType != nil
          || properties.canonicalCombiningClass != .notReordered
        bytes.append(contentsOf: isInWord || keepsSigns ? Array(String(scalar).utf8) : [0x20])
      }
    }
    return end + 1
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A
  }

  /// A name in lower case as one number; 0 for names of more than eight letters.
  private static func packed(_ name: some Collection<UInt8>) -> UInt64 {
    name.count > 8 ? 0 : name.reduce(0) { $0 << 8 | UInt64($1 | 0x20) }
  }

  private static let script = packed(Array("script".utf8))
  private static let style = packed(Array("style".utf8))

  /// Elements that do not end a word.
  private static let inline: [UInt64] = [
    "a", "b", "i", "u", "s", "q", "em", "tt", "del", "ins", "sub", "sup", "bdi", "bdo", "big", "dfn", "wbr",
    "abbr", "cite", "code", "font", "mark", "span", "small", "strong", "strike",
  ].map { packed(Array($0.utf8)) }
}
