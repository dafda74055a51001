/// The tags of a text one after the other, without building a tree.
///
/// Says of `<p>a</p>`: tag `p`, text `a`, end `p`. Comments are left out. It does not know that a script holds no tags;
/// whoever asks has to.
struct MarkupScanner {
  enum Piece {
    case text(Range<Int>)
    case start(Range<Int>)
    case end(Range<Int>)
    case other
  }

  let source: UnsafeBufferPointer<UInt8>
  private(set) var index = 0
  /// Where the last piece began.
  private(set) var start = 0
  /// How many attributes the last tag has.
  private(set) var attributes = 0

  init(_ source: UnsafeBufferPointer<UInt8>) { self.source = source }

  mutating func next() -> Piece? {
    guard index < source.count else { return nil }
    start = index
    guard source[index] == 0x3C, index + 1 < source.count else { return text() }
    switch source[index + 1] {
    case 0x21, 0x3F:
      index = comment(at: index + 2)
      return .other
    case 0x2F where index + 2 < source.count:
      guard Self.isLetter(source[index + 2]) else {
        index = place(of: 0x3E, from: index + 2)
        return .other
      }
      let name = name(at: index + 2)
      index = tagEnd(from: name.upperBound)
      return .end(name)
    case let byte where Self.isLetter(byte):
      let name = name(at: index + 1)
      index = tagEnd(from: name.upperBound)
      return .start(name)
    default: return text()
    }
  }

  private mutating func text() -> Piece {
    let start = index
    index += 1
    while index < source.count, source[index] != 0x3C { index += 1 }
    return .text(start..<index)
  }

  private func name(at start: Int) -> Range<Int> {
    var end = start
    while end < source.count, !Self.isBlank(source[end]), source[end] != 0x2F, source[end] != 0x3E {
      end += 1
    }
    return start..<end
  }

  /// Behind the `>` of a tag, which may stand in quotes without ending it.
  private mutating func tagEnd(from start: Int) -> Int {
    var index = start
    attributes = 0
    while index < source.count {
      let byte = source[index]
      if byte == 0x3E { return index + 1 }
      if Self.isBlank(byte) || byte == 0x2F {
        index += 1
        continue
      }
      attributes += 1
      // The name of an attribute: `=` may begin it, and a quote in it quotes nothing.
      index += 1
      while index < source.count, !Self.isBlank(source[index]), !Self.endsName(source[index]) { index += 1 }
      index = afterBlanks(index)
      guard index < source.count, source[index] == 0x3D else { continue }
      index = afterBlanks(index + 1)
      guard index < source.count else { return index }
      if source[index] == 0x22 || source[index] == 0x27 {
        index = place(of: source[index], from: index + 1)
      } else {
        while index < source.count, !Self.isBlank(source[index]), source[index] != 0x3E { index += 1 }
      }
    }
    return index
  }

  private static func endsName(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x3E || byte == 0x3D }

  private func afterBlanks(_ start: Int) -> Int {
    var index = start
    while index < source.count, Self.isBlank(source[index]) { index += 1 }
    return index
  }

  /// Behind a comment or declaration whose `<!` or `<?` is before `start`.
  private func comment(at start: Int) -> Int {
    guard source[start - 1] == 0x21, source[start...].starts(with: [0x2D, 0x2D]) else {
      return place(of: 0x3E, from: start)
    }
    var index = start + 2
    if source[index...].starts(with: [0x3E]) { return index + 1 }
    if source[index...].starts(with: [0x2D, 0x3E]) { return index + 2 }
    while index < source.count {
      index = place(of: 0x2D, from: index)
      if source[index...].starts(with: [0x2D, 0x3E]) { return index + 2 }
      if source[index...].starts(with: [0x2D, 0x21, 0x3E]) { return index + 3 }
    }
    return source.count
  }

  /// Behind the next `byte`.
  private func place(of byte: UInt8, from start: Int) -> Int {
    var index = start
    while index < source.count, source[index] != byte { index += 1 }
    return min(index + 1, source.count)
  }

  /// Goes on behind the next end tag `</name>`, whatever is before it; false where there is none.
  mutating func skip(to name: [UInt8]) -> Bool {
    var place = index
    while place + name.count + 2 < source.count {
      place = self.place(of: 0x3C, from: place)
      let end = place + 1 + name.count
      guard end < source.count else { return false }
      guard source[place] == 0x2F, Self.isBlank(source[end]) || Self.endsName(source[end]),
        zip(name, source[(place + 1)..<end]).allSatisfy({ $0 == $1 | 0x20 })
      else { continue }
      index = tagEnd(from: end)
      return true
    }
    return false
  }

  /// Goes on behind everything.
  mutating func skipAll() { index = source.count }

  /// A name of at most eight ASCII letters and digits in lower case as one number; another's is 0.
  func packed(_ range: Range<Int>) -> UInt64 {
    range.count > 8
      ? 0
      : source[range].reduce(0) { packed, byte in
        packed << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
  }

  static func packed(_ name: String) -> UInt64 { name.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
  /// The numbers of several names with blanks between.
  static func names(_ names: String) -> Set<UInt64> {
    Set(names.split(separator: " ").map { packed(String($0)) })
  }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }
}
