/// Bytes that are gone through once and copied, as they are or not.
struct LinkScan {
  private let bytes: [UInt8]
  private var place = 0
  private var quote: UInt8?
  var written: [UInt8] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    written.reserveCapacity(bytes.count + bytes.count / 8)
  }

  var peek: UInt8? { peek(0) }
  func peek(_ ahead: Int) -> UInt8? { place + ahead < bytes.count ? bytes[place + ahead] : nil }

  mutating func copy() {
    written.append(bytes[place])
    place += 1
  }

  /// Whether a word stands here, in letters of either case.
  func begins(_ word: String) -> Bool {
    var at = place
    for byte in word.utf8 {
      guard at < bytes.count, lower(bytes[at]) == byte else { return false }
      at += 1
    }
    return true
  }

  mutating func copy(through word: String) {
    written += take(upTo: word)
    for _ in word.utf8 where peek != nil { copy() }
  }

  mutating func take(upTo word: String) -> [UInt8] {
    let start = place
    while place < bytes.count, !begins(word) { place += 1 }
    return Array(bytes[start..<place])
  }

  mutating func take(until ends: (UInt8) -> Bool) -> [UInt8] {
    let start = place
    while place < bytes.count, !ends(bytes[place]) { place += 1 }
    return Array(bytes[start..<place])
  }

  /// The name of an element or of an attribute, in small letters.
  mutating func copyName() -> String {
    let name = take { " \t\n\u{0C}\r/>=".utf8.contains($0) }
    written += name
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  mutating func copySpace() {
    while let byte = peek, " \t\n\u{0C}\r".utf8.contains(byte) { copy() }
  }

  /// The value of an attribute without its quotes, of which the first is copied.
  mutating func takeValue() -> [UInt8] {
    quote = peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") ? peek : nil
    guard let quote else { return take { " \t\n\u{0C}\r>".utf8.contains($0) } }
    copy()
    return take { $0 == quote }
  }

  mutating func endValue() {
    if quote != nil, peek != nil { copy() }
  }

  private func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
