import ContentModel
import Foundation

/// Lines of UTF-8 out of a `ByteSource`, without their ends (LF or CRLF) and without a byte order mark at
/// the start.
///
/// A line with a NUL byte, invalid UTF-8 or more than `limit` bytes is refused with its number.
public struct LineSource {
  public let source: ByteSource
  /// The longest line that is read, in bytes.
  public let limit: Int
  /// The number of the line read last, from 1; 0 before the first.
  public private(set) var number = 0

  private var buffer: [UInt8] = []
  /// Where the next line begins in `buffer`, and up to where no end of it was found.
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  public init(_ source: ByteSource, limit: Int = 64 << 20) {
    self.source = source
    self.limit = limit
  }

  /// The next line, sharing the buffer: let the slice go before the next call, or the buffer is copied.
  /// Nil at the end. Throws `Refusal` for the line, `FileFailure` for the device.
  public mutating func next() throws -> (number: Int, bytes: ArraySlice<UInt8>)? {
    guard let range = try advance() else { return nil }
    return (number, buffer[range])
  }

  /// Gives the next line to `body` as bytes in place, valid only inside it; nil at the end.
  public mutating func withNext<Result>(
    _ body: (_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result? {
    guard let range = try advance() else { return nil }
    return try buffer.withUnsafeBufferPointer { try body(number, UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private mutating func advance() throws -> Range<Int>? {
    while true {
      let found = buffer.withUnsafeBufferPointer { Bytes.first(0x0A, in: $0, from: searched) }
      if let found { return try line(to: found, next: found + 1) }
      searched = buffer.count
      if searched - start > limit { throw tooLong() }
      if isAtEnd {
        return start < buffer.count ? try line(to: buffer.count, next: buffer.count) : nil
      }
      if start > 0 {
        buffer.removeSubrange(..<start)
        searched -= start
        start = 0
      }
      let isFirst = source.position == 0
      isAtEnd = try source.append(to: &buffer) == 0
      while isFirst, !isAtEnd, buffer.count < 3 { isAtEnd = try source.append(to: &buffer) == 0 }
      if isFirst, buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
        start = 3
        searched = 3
      }
    }
  }

  private mutating func line(to end: Int, next: Int) throws -> Range<Int> {
    number += 1
    var range = start..<end
    if next > end, end > start, buffer[end - 1] == 0x0D { range = start..<end - 1 }
    start = next
    searched = next
    if range.count > limit {
      number -= 1
      throw tooLong()
    }
    try buffer.withUnsafeBufferPointer { all in
      let bytes = UnsafeBufferPointer(rebasing: all[range])
      if Bytes.first(0, in: bytes) != nil {
        throw refusal(number, "holds a NUL byte", hint: "The file is not plain text, or is damaged.")
      }
      if let offset = Bytes.invalidUTF8(in: bytes) {
        throw refusal(
          number, "is not valid UTF-8 at byte \(offset + 1)", hint: "Convert the file to UTF-8 first.")
      }
    }
    return range
  }

  private func tooLong() -> Refusal {
    refusal(number + 1, "is longer than \(limit) bytes", hint: "Is this a file of lines?")
  }

  private func refusal(_ number: Int, _ problem: String, hint: String) -> Refusal {
    Refusal(.invalid, "\(source.name), line \(number) \(problem)", hint: hint)
  }
}
