/// The text of HTML for descriptions, feeds and searching: no tags, one blank between words.
public struct PlainText: Sendable, Hashable {
  /// The text, without blanks at its ends.
  public let text: String

  /// The text of safe HTML; blocks, cells and line breaks end a word, other elements do not.
  public init(_ html: SafeHTML) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(html.bytes.count)
    html.bytes.withUnsafeBufferPointer { source in
      var scanner = MarkupScanner(source)
      while let piece = scanner.next() {
        switch piece {
        case .text(let range): Self.add(UnsafeBufferPointer(rebasing: source[range]), to: &bytes)
        case .start(let range), .end(let range):
          if !Self.inline.contains(scanner.packed(range)) { Self.addBlank(to: &bytes) }
        case .other: break
        }
      }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The text of HTML that somebody wrote, scripts and all that nobody sees left out.
  public init(html: some StringProtocol) { self.init(Sanitizer().clean(html)) }

  /// The text of Markdown that somebody wrote.
  public init(markdown: some StringProtocol) { self.init(Markdown().html(markdown)) }

  /// Its beginning, at most `most` characters long: cut behind a word, with `…` for what is missing.
  ///
  /// `Hà Nội hôm nay` cut to 10 is `Hà Nội…`; a word that is too long itself is cut inside.
  public func cut(to most: Int) -> String {
    guard most > 0 else { return "" }
    guard let end = text.index(text.startIndex, offsetBy: most, limitedBy: text.endIndex), end < text.endIndex
    else { return text }
    let last = text.index(before: end)
    var kept = text[..<last]
    if text[last] != " ", let blank = kept.lastIndex(of: " ") { kept = kept[..<blank] }
    while let sign = kept.last,
      sign == " " || sign == "," || sign == ";" || sign == ":" || sign == "-" || sign == "–"
    {
      kept.removeLast()
    }
    return (kept.isEmpty ? text[..<last] : kept) + "…"
  }

  private static func add(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if MarkupScanner.isBlank(byte) {
        addBlank(to: &bytes)
      } else if byte == 0xC2, index < text.count, text[index] == 0xA0 {
        // A blank that lines do not break at.
        addBlank(to: &bytes)
        index += 1
      } else if byte == 0x26, let end = text[index...].firstIndex(of: 0x3B),
        let sign = signs[String(decoding: text[index..<end], as: UTF8.self)]
      {
        bytes.append(sign)
        index = end + 1
      } else {
        bytes.append(byte)
      }
    }
  }

  private static func addBlank(to bytes: inout [UInt8]) {
    if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
  }

  /// The references that safe HTML has.
  private static let signs: [String: UInt8] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "#39": 0x27,
  ]

  private static let inline = MarkupScanner.names(
    "a em strong b i u s del ins sub sup mark small abbr cite q kbd samp var time dfn code span bdo bdi wbr")
}
