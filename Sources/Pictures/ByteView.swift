import Foundation

/// Bytes of somebody else's, read without ever leaving them: what lies outside is nil. They are not copied: a photo has
/// many millions.
struct ByteView {
  private let bytes: Data

  init(_ data: Data) { bytes = data }

  var count: Int { bytes.count }
  var array: [UInt8] { Array(bytes) }

  subscript(_ offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[bytes.startIndex + offset] : nil
  }

  /// Where `byte` is next; the end if nowhere.
  func first(_ byte: UInt8, from offset: Int) -> Int {
    guard offset >= 0, offset < count else { return count }
    return bytes.withUnsafeBytes { raw in
      guard let start = raw.baseAddress, let found = memchr(start + offset, Int32(byte), raw.count - offset)
      else {
        return raw.count
      }
      return UnsafeRawPointer(found) - start
    }
  }

  /// `length` bytes from `offset` on; nil unless all of them are there.
  func slice(_ offset: Int, _ length: Int) -> ByteView? {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
    let start = bytes.startIndex + offset
    return ByteView(bytes[start..<start + length])
  }

  /// A whole number of 1 to 4 bytes.
  func integer(_ offset: Int, _ length: Int, isBig: Bool) -> Int? {
    guard let part = slice(offset, length)?.bytes else { return nil }
    return isBig
      ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func big(_ offset: Int, _ length: Int) -> Int? { integer(offset, length, isBig: true) }
  func little(_ offset: Int, _ length: Int) -> Int? { integer(offset, length, isBig: false) }

  /// Whether these bytes are at `offset`.
  func has(_ text: String, at offset: Int) -> Bool {
    slice(offset, text.utf8.count)?.bytes.elementsEqual(text.utf8) ?? false
  }
}
