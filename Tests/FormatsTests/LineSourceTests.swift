import ContentModel
import Foundation
import Testing

@testable import Formats

struct LineSourceTests {
  private func lines(_ bytes: [UInt8], limit: Int = 64 << 20) throws -> [String] {
    var source = LineSource(ByteSource(bytes: bytes, name: "f"), limit: limit)
    var lines: [String] = []
    while let (number, bytes) = try source.next() {
      lines.append(String(decoding: bytes, as: UTF8.self))
      #expect(number == lines.count)
    }
    return lines
  }

  @Test func endsOfLinesAndTheByteOrderMarkAreStripped() throws {
    #expect(try lines(Array("\u{FEFF}a\r\n\nb\rc\n\u{FEFF}d".utf8)) == ["a", "", "b\rc", "\u{FEFF}d"])
    #expect(try lines([]) == [])
    #expect(try lines(Array("\n".utf8)) == [""])
    #expect(try lines(Array("a\n".utf8)) == ["a"])
    #expect(try lines([0xEF, 0xBB, 0xBF]) == [])
  }

  @Test func badBytesAreRefusedWithTheirLine() throws {
    #expect(try refusal { _ = try lines(Array("a\nb\0\n".utf8)) }?.message == "f, line 2 holds a NUL byte")
    #expect(
      try refusal { _ = try lines([0x61, 0x0A, 0x61, 0xFF]) }?.message
        == "f, line 2 is not valid UTF-8 at byte 2")
    #expect(
      try refusal { _ = try lines(Array("ab\nabc\nabcd\n".utf8), limit: 3) }?.message
        == "f, line 3 is longer than 3 bytes")
    #expect(try refusal { _ = try lines(Array("ab\nabcd".utf8), limit: 3) } != nil)
  }

  @Test func aLineOfFiftyMegabytesIsOneLine() throws {
    var bytes = [UInt8](repeating: 0x61, count: 50 << 20)
    bytes += Array("\nb\n".utf8)
    let folder = try TestFolder()
    let path = try folder.write(bytes, "long")
    var source = LineSource(try ByteSource(path: path))
    var counts: [Int] = []
    while let count = try source.withNext({ $1.count }) { counts.append(count) }
    #expect(counts == [50 << 20, 1])
    #expect(source.source.position == source.source.size)
  }

  @Test func everyChunkBoundaryGivesTheSameLines() throws {
    // Lines of growing length pass every offset of the 256 KiB chunks.
    let expected = (0..<1500).map { String(repeating: "ế", count: $0) }
    #expect(try lines(Array(expected.joined(separator: "\r\n").utf8)) == expected)
  }

  @Test func aPipeHasNoSizeAndAMissingFileIsRefused() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    #expect(write(ends[1], "a\nb", 3) == 3)
    close(ends[1])
    let source = ByteSource(descriptor: ends[0], name: "pipe", closing: true)
    #expect(source.size == nil)
    #expect(try source.read(maximum: 2) == [0x61, 0x0A])
    #expect(try source.read() == [0x62])
    #expect(try source.read() == [])
    #expect(try refusal { _ = try ByteSource(path: "/nonexistent/x") }?.code == .notFound)
    #expect(try refusal { _ = try ByteSource(path: "/tmp") }?.message == "/tmp is a folder, not a file")
  }
}
