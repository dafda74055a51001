/// Style sheets of a theme, which name its fonts and pictures as they are called in the folder: `url(font.woff2)`.
///
/// On the site a file has a name that changes with it, and so the sheets that name it change as well.
struct StyleSheets {
  private var files: [String: ThemeFile]
  /// Sheets that are done, or on the way.
  private var met: Set<String> = []
  private var onTheWay: Set<String> = []

  init(_ files: [String: ThemeFile]) { self.files = files }

  /// All files, with the names on the site in the sheets.
  func stamped() -> [String: ThemeFile] {
    var sheets = self
    for name in files.keys.sorted() where name.hasSuffix(".css") { sheets.stamp(name) }
    return sheets.files
  }

  /// Sheets that import each other in a circle keep the names of the folder.
  private mutating func stamp(_ name: String) {
    guard met.insert(name).inserted, let file = files[name] else { return }
    onTheWay.insert(name)
    defer { onTheWay.remove(name) }
    var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], file.bytes[...])
    while let place = Self.address(in: rest) {
      let target = String(decoding: rest[place], as: UTF8.self)
      if target.hasSuffix(".css") { stamp(target) }
      bytes += rest[..<place.lowerBound]
      let named = onTheWay.contains(target) ? nil : files[target]?.name(for: target)
      bytes += named.map { Array($0.utf8) } ?? Array(rest[place])
      rest = rest[place.upperBound...]
    }
    files[name] = ThemeFile(bytes + rest)
  }

  /// Where the next address stands, from its first letter up to `?`, `#` or its end: that of `url(…)`, with quotation
  /// marks or without (CSS Values and Units, 4.5), or of `@import "…"`.
  private static func address(in css: ArraySlice<UInt8>) -> Range<Int>? {
    var place = css.startIndex
    while place < css.endIndex {
      if css[place...].starts(with: "/*".utf8) {
        place += 2
        while place < css.endIndex, !css[place...].starts(with: "*/".utf8) { place += 1 }
      } else if let length = ["url(", "@import"].first(where: { begins(css[place...], with: $0) })?.utf8.count
      {
        var start = place + length
        while start < css.endIndex, isSpace(css[start]) { start += 1 }
        let quote = start < css.endIndex && [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(css[start])
        if quote { start += 1 }
        // `@import url(…)` is met at its `url(`.
        if quote || css[place] != UInt8(ascii: "@") {
          let end = css[start...].firstIndex { "\"')?# \n\t".utf8.contains($0) } ?? css.endIndex
          return start..<end
        }
        place = start
      } else {
        place += 1
      }
    }
    return nil
  }

  private static func begins(_ css: ArraySlice<UInt8>, with word: String) -> Bool {
    css.count >= word.utf8.count && zip(css, word.utf8).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
