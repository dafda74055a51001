public import ContentModel
import Foundation

/// JSON text as field values, strictly after RFC 8259.
///
/// An object becomes a map in its order, an array a list, a string a text; a number without fraction and
/// exponent an integer, any other a real. Refused, each with its line and column (in bytes, from 1): invalid
/// UTF-8, raw control characters, lone surrogates, names that occur twice, integers beyond 64 bits, reals
/// beyond a double, nesting deeper than 64, and anything after the value. One file, for its parts share one position.
public struct JSONReader {
  /// How deep arrays and objects may nest.
  public static let depthLimit = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var depth = 0

  /// The one value that `bytes` hold.
  public static func value(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) -> FieldValue {
    if let offset = Bytes.invalidUTF8(in: bytes) {
      throw refusal(bytes, offset, "is not valid UTF-8")
    }
    return try valueOfValid(bytes)
  }

  /// The one value that `bytes` hold.
  public static func value(_ bytes: some Collection<UInt8>) throws(Refusal) -> FieldValue {
    let result = bytes.withContiguousStorageIfAvailable { storage in
      Result { () throws(Refusal) in try value(storage) }
    }
    if let result { return try result.get() }
    return try value(Array(bytes))
  }

  /// The one value that `text` holds.
  public static func value(_ text: String) throws(Refusal) -> FieldValue {
    try value(Array(text.utf8))
  }

  /// For callers that have checked the UTF-8 already.
  static func valueOfValid(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) -> FieldValue {
    var reader = JSONReader(bytes: bytes)
    reader.skipSpace()
    let value = try reader.readValue()
    reader.skipSpace()
    guard reader.index == bytes.count else { throw reader.expected("the end") }
    return value
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  // MARK: Values

  private mutating func readValue() throws(Refusal) -> FieldValue {
    guard index < bytes.count else { throw expected("a value") }
    switch bytes[index] {
    case 0x22: return .text(try readString())
    case 0x7B: return .map(try readObject())
    case 0x5B: return .list(try readArray())
    case 0x2D, 0x30...0x39: return try readNumber()
    case 0x74: return try readWord("true", .bool(true))
    case 0x66: return try readWord("false", .bool(false))
    case 0x6E: return try readWord("null", .null)
    default: throw expected("a value")
    }
  }

  private mutating func readWord(_ word: StaticString, _ value: FieldValue) throws(Refusal) -> FieldValue {
    let end = index + word.utf8CodeUnitCount
    guard end <= bytes.count, let base = bytes.baseAddress,
      memcmp(base + index, word.utf8Start, word.utf8CodeUnitCount) == 0
    else { throw expected("'\(word)'") }
    index = end
    return value
  }

  private mutating func readObject() throws(Refusal) -> FieldMap {
    try enter()
    var map = FieldMap()
    var names: Set<String> = []
    if next() != 0x7D {
      while true {
        guard next() == 0x22 else { throw expected("a name in quotes") }
        let place = index
        let name = try readString()
        // A scan is cheapest for the few names of an item, a set for the many of a hostile one.
        if map.count == 16 { names = Set(map.names) }
        let isTaken = map.count < 16 ? map[name] != nil : !names.insert(name).inserted
        if isTaken {
          throw JSONReader.refusal(bytes, place, "the name \(String(reflecting: name)) occurs twice")
        }
        guard next() == 0x3A else { throw expected("':'") }
        index += 1
        skipSpace()
        map.append(name, try readValue())
        let byte = next()
        if byte == 0x7D { break }
        guard byte == 0x2C else { throw expected("',' or '}'") }
        index += 1
      }
    }
    index += 1
    depth -= 1
    return map
  }

  private mutating func readArray() throws(Refusal) -> [FieldValue] {
    try enter()
    var list: [FieldValue] = []
    if next() != 0x5D {
      while true {
        skipSpace()
        list.append(try readValue())
        let byte = next()
        if byte == 0x5D { break }
        guard byte == 0x2C else { throw expected("',' or ']'") }
        index += 1
      }
    }
    index += 1
    depth -= 1
    return list
  }

  private mutating func enter() throws(Refusal) {
    depth += 1
    if depth > JSONReader.depthLimit {
      throw JSONReader.refusal(bytes, index, "nests deeper than \(JSONReader.depthLimit) levels")
    }
    index += 1
  }

  private mutating func readNumber() throws(Refusal) -> FieldValue {
    let start = index
    func isDigit(_ at: Int) -> Bool { at < bytes.count && bytes[at] &- 0x30 < 10 }
    func digits(_ at: Int) throws(Refusal) -> Int {
      guard isDigit(at) else { throw JSONReader.expected(bytes, at, "a digit") }
      var end = at
      while isDigit(end) { end += 1 }
      return end
    }
    if bytes[index] == 0x2D { index += 1 }
    let first = index
    index = try digits(index)
    if bytes[first] == 0x30, index > first + 1 {
      throw JSONReader.refusal(bytes, start, "a number may not begin with 0")
    }
    var isInteger = true
    if index < bytes.count, bytes[index] == 0x2E {
      isInteger = false
      index = try digits(index + 1)
    }
    if index < bytes.count, bytes[index] | 0x20 == 0x65 {
      isInteger = false
      var at = index + 1
      if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
      index = try digits(at)
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    func shown() -> String { text.utf8.count > 40 ? "\(text.prefix(40))…" : text }
    if isInteger {
      if let integer = Int64(text) { return .integer(integer) }
      throw JSONReader.refusal(bytes, start, "the integer \(shown()) does not fit 64 bits")
    }
    guard let real = Double(text), real.isFinite else {
      throw JSONReader.refusal(bytes, start, "the number \(shown()) is too large")
    }
    return .real(real)
  }

  // MARK: Strings

  private mutating func readString() throws(Refusal) -> String {
    let opening = index
    let start = index + 1
    var end = start
    var isEscaped = false
    while true {
      end = Bytes.firstSpecial(in: bytes, from: end)
      guard end < bytes.count else {
        throw JSONReader.refusal(bytes, opening, "the text that begins here has no closing quote")
      }
      if bytes[end] == 0x22 { break }
      guard bytes[end] == 0x5C else {
        throw JSONReader.refusal(
          bytes, end, "the control character \(Bytes.shown(bytes[end])) in a text must be escaped")
      }
      isEscaped = true
      end += 2
    }
    index = end + 1
    let raw = UnsafeBufferPointer(rebasing: bytes[start..<end])
    guard isEscaped else { return String(decoding: raw, as: UTF8.self) }
    var failure: Refusal?
    let text = String(unsafeUninitializedCapacity: raw.count) { target in
      do throws(Refusal) {
        return try unescape(raw, at: start, into: target)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return text
  }

  /// Escapes are never shorter than what they stand for, so `target` has room for all of `raw`.
  private func unescape(
    _ raw: UnsafeBufferPointer<UInt8>, at start: Int, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(Refusal) -> Int {
    guard let source = raw.baseAddress, let target = target.baseAddress else { return 0 }
    var from = 0
    var to = 0
    while from < raw.count {
      let end = Bytes.first(0x5C, in: raw, from: from) ?? raw.count
      (target + to).update(from: source + from, count: end - from)
      to += end - from
      from = end
      guard from < raw.count else { break }
      switch raw[from + 1] {
      case 0x22, 0x5C, 0x2F: target[to] = raw[from + 1]
      case 0x62: target[to] = 0x08
      case 0x66: target[to] = 0x0C
      case 0x6E: target[to] = 0x0A
      case 0x72: target[to] = 0x0D
      case 0x74: target[to] = 0x09
      case 0x75:
        let scalar = try unicodeEscape(raw, from, at: start)
        for byte in UTF8.encode(scalar.value).unsafelyUnwrapped {
          target[to] = byte
          to += 1
        }
        from += scalar.length
        continue
      default:
        throw JSONReader.refusal(bytes, start + from, "there is no escape \\\(Bytes.shown(raw[from + 1]))")
      }
      to += 1
      from += 2
    }
    return to
  }

  private func unicodeEscape(
    _ raw: UnsafeBufferPointer<UInt8>, _ from: Int, at start: Int
  ) throws(Refusal) -> (value: UnicodeScalar, length: Int) {
    func unit(_ at: Int) -> UInt32? {
      guard at + 6 <= raw.count, raw[at] == 0x5C, raw[at + 1] == 0x75 else { return nil }
      var value: UInt32 = 0
      for byte in raw[at + 2..<at + 6] {
        switch byte {
        case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
        case 0x41...0x46, 0x61...0x66: value = value << 4 | (UInt32(byte | 0x20) - 0x57)
        default: return nil
        }
      }
      return value
    }
    guard let first = unit(from) else {
      throw JSONReader.refusal(bytes, start + from, "\\u must be followed by four hexadecimal digits")
    }
    if let scalar = UnicodeScalar(first) { return (scalar, 6) }
    guard first < 0xDC00, let second = unit(from + 6), (0xDC00...0xDFFF).contains(second),
      let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else {
      throw JSONReader.refusal(bytes, start + from, "half of a surrogate pair stands alone")
    }
    return (scalar, 12)
  }

  // MARK: Places

  private mutating func next() -> UInt8? {
    skipSpace()
    return index < bytes.count ? bytes[index] : nil
  }

  private mutating func skipSpace() {
    while index < bytes.count, bytes[index] <= 0x20 {
      guard bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09
      else { return }
      index += 1
    }
  }

  private func expected(_ what: String) -> Refusal { JSONReader.expected(bytes, index, what) }

  private static func expected(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ what: String
  ) -> Refusal {
    let found = offset < bytes.count ? Bytes.shown(bytes[offset]) : "the end"
    return refusal(bytes, offset, "expected \(what), found \(found)")
  }

  private static func refusal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ problem: String
  ) -> Refusal {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = "column \(offset - lineStart + 1)"
    let isOneLine = Bytes.first(0x0A, in: bytes).map { $0 == bytes.count - 1 } ?? true
    let line = before.count { $0 == 0x0A } + 1
    return Refusal(.invalid, "\(isOneLine ? column : "line \(line), \(column)"): \(problem)")
  }
}
