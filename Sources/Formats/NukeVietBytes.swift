import ContentModel
import Foundation

/// The bytes of a dump, one after another, out of a buffer of fixed size, with the line they stand on.
///
/// A byte order mark at the start is passed over; a compressed file, UTF-16 and NUL bytes are refused.
final class NukeVietBytes {
  let source: ByteSource
  /// Called before each further chunk is read; may throw to stop.
  var beforeChunk: () throws -> Void = {}

  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 8)
  private var position = 0
  private var end = 0
  private var isAtEnd = false
  private var isAtStart = true
  /// How many lines end before `counted`, an offset in `buffer`: counted only when somebody asks.
  private var lines = 0
  private var counted = 0
  /// Where `soughtByte` stands first in what is left of the buffer, once it has been looked for.
  private var soughtByte: UInt8 = 0
  private var soughtAt = -1

  init(_ source: ByteSource) { self.source = source }

  deinit { buffer.deallocate() }

  /// The number of the line that the next byte stands on, from 1.
  var line: Int {
    countLines(to: position)
    return lines + 1
  }

  /// The byte `offset` places ahead, nil past the end; `offset` is 0 or 1.
  @inline(__always)
  func peek(_ offset: Int = 0) throws -> UInt8? {
    if position + offset < end { return buffer[position + offset] }
    return try fill(offset + 1) ? buffer[position + offset] : nil
  }

  @inline(__always)
  func skip() { position += 1 }

  /// Passes over bytes up to the first of two stops, or the end of the chunk, and gives them.
  func run(until quote: UInt8, or escape: UInt8) -> UnsafeRawBufferPointer {
    let start = position
    // A text may have many escapes before its quote: the quote is looked for once.
    if soughtByte != quote || soughtAt < start {
      (soughtByte, soughtAt) = (quote, first(quote, from: start, to: end))
    }
    position = first(escape, from: start, to: soughtAt)
    return UnsafeRawBufferPointer(rebasing: buffer[start..<position])
  }

  /// The offset of the first `byte` between two offsets, or the second of them.
  private func first(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    guard let base = buffer.baseAddress, start < end,
      let found = memchr(base + start, Int32(byte), end - start)
    else { return end }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  func refusal(_ problem: String, line: Int? = nil, hint: String? = nil) -> Refusal {
    Refusal(.invalid, "\(source.name), line \(line ?? self.line): \(problem)", hint: hint)
  }

  /// Makes so many bytes ready after `position`; false where there are not so many left.
  private func fill(_ wanted: Int) throws -> Bool {
    countLines(to: position)
    let rest = end - position
    if rest > 0, position > 0, let base = buffer.baseAddress { memmove(base, base + position, rest) }
    (position, end, counted, soughtAt) = (0, rest, 0, -1)
    while end < (isAtStart ? 4 : wanted), !isAtEnd {
      try beforeChunk()
      let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
      isAtEnd = count == 0
      end += count
    }
    if isAtStart { try checkStart() }
    let nul = first(0, from: rest, to: end)
    guard nul == end else {
      countLines(to: nul)
      throw refusal(
        "a NUL byte", line: lines + 1, hint: "This is no SQL dump, or it is damaged or not in UTF-8.")
    }
    return position + wanted <= end
  }

  private func checkStart() throws {
    isAtStart = false
    let start = Array(buffer[..<min(end, 4)])
    for (mark, name, tool) in [
      ([0x1F, 0x8B], "gzip", "gunzip -c"), ([0x50, 0x4B, 3, 4], "zip", "unzip -p"),
      ([0x42, 0x5A, 0x68], "bzip2", "bunzip2 -c"), ([0xFD, 0x37, 0x7A, 0x58], "xz", "xz -dc"),
    ]
      as [([UInt8], String, String)] where start.starts(with: mark)
    {
      throw Refusal(
        .invalid, "\(source.name) is compressed with \(name)",
        hint: "Unpack it on the way: \(tool) FILE | sen import nukeviet -")
    }
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      throw Refusal(.invalid, "\(source.name) is in UTF-16", hint: "Convert it to UTF-8 first.")
    }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private func countLines(to offset: Int) {
    while counted < offset {
      let found = first(0x0A, from: counted, to: offset)
      if found < offset { lines += 1 }
      counted = min(found + 1, offset)
    }
  }
}
