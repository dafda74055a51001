import ContentModel
import Foundation
import Testing

@testable import Formats

/// Input that somebody made to do harm, or a disk damaged: read right or refused, and never anything else.
struct HostileTests {
  /// `bytes` with a few of its bytes changed, left out, doubled, or others put in.
  private func damaged(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let start = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, start + Int.random(in: 1...20, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[start] = UInt8.random(in: .min ... .max, using: &random)
      case 1: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
      default:
        let odd: [[UInt8]] = [
          [0], [0xFF], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], Array("\"".utf8), Array("\\u".utf8), [0x0D],
          Array("[[[[{{".utf8), Array("&a *a".utf8), Array("---\n".utf8), Array("1e999".utf8),
        ]
        bytes.insert(contentsOf: odd.randomElement(using: &random) ?? [], at: start)
      }
    }
    return bytes
  }

  /// Runs `body`, which may read or refuse; any other error fails the test.
  private func readOrRefused(_ body: () throws -> Void) throws {
    if let refusal = try refusal(body) {
      #expect(!refusal.message.isEmpty && !refusal.message.contains("\n"), "\(refusal.message)")
    }
  }

  private func drain(_ source: some RecordSource) throws {
    var source = source
    while try source.next() != nil {}
  }

  @Test func damagedContentIsReadOrRefused() throws {
    var random = Seeded(state: 21)
    let items = (0..<4).map { _ in random.map() }
    let (ndjson, csv) = (MemorySink(), MemorySink())
    var lines = NDJSONSink(ndjson)
    var rows = CSVSink(csv, columns: ["a", "b", "c"])
    for item in items {
      try lines.write(item)
      try rows.write(["a": .text("x,\"y\"\n"), "b": .null, "c": .text("đường")])
    }
    try lines.finish()
    try rows.finish()
    let document = Array(
      "# ! x\n---\na: \"é\\n\"\nb:\n  - |\n    x\n  - {c: [d]}\ne: 'it''s'\n---\nbody\n".utf8)
    for _ in 0..<1500 {
      let bytes = damaged(ndjson.bytes, &random)
      try readOrRefused { try drain(NDJSONSource(ByteSource(bytes: bytes), noun: "x")) }
      let table = damaged(csv.bytes, &random)
      try readOrRefused { try drain(CSVSource(ByteSource(bytes: table), noun: "x")) }
      let text = String(decoding: damaged(document, &random), as: UTF8.self)
      try readOrRefused { _ = try FrontMatter.parse(text) }
    }
  }

  @Test func aDamagedArchiveIsRefusedOrStillTheSame() throws {
    let folder = try TestFolder()
    let sink = MemorySink()
    let writer = try ArchiveWriter(tarTo: sink, scratch: folder.path)
    try writer.begin("content/a.ndjson")
    try writer.append(Array("{\"title\":\"Xin chào\"}\n".utf8))
    try writer.end()
    let files = try writer.finish(["format": .text("sen")])
    var random = Seeded(state: 22)
    for _ in 0..<400 {
      let bytes = damaged(sink.bytes, &random)
      try readOrRefused {
        let reader = try ArchiveReader(tar: ByteSource(bytes: bytes), scratch: folder.path)
        #expect(reader.files == files)
      }
    }
    #expect(try folder.names() == [])
  }

  @Test(arguments: [
    ("{\"a\":1e400}", "f, line 2: column 6: the number 1e400 is too large"),
    (
      "{\"a\":1\(String(repeating: "0", count: 5000))}",
      "f, line 2: column 6: the integer 1\(String(repeating: "0", count: 39))… does not fit 64 bits"
    ),
    (
      "{\"a\":1\(String(repeating: "0", count: 5000)).5}",
      "f, line 2: column 6: the number 1\(String(repeating: "0", count: 39))… is too large"
    ),
    (String(repeating: "{\"a\":", count: 10_000), "f, line 2: column 321: nests deeper than 64 levels"),
    ("{\"a\":\(String(repeating: "[", count: 10_000))", "f, line 2: column 69: nests deeper than 64 levels"),
    ("{\"a\":\"\\ud83d\"}", "f, line 2: column 7: half of a surrogate pair stands alone"),
    ("{\"a\":1,\"\\u0061\":2}", "f, line 2: column 8: the name \"a\" occurs twice"),
    ("{\"a\":\"", "f, line 2: column 6: the text that begins here has no closing quote"),
    ("{\"a\":\"\0\"}", "f, line 2 holds a NUL byte"),
  ])
  func aHostileLineIsRefusedWithItsPlace(line: String, expected: String) throws {
    let bytes = Array("{}\n\(line)\n".utf8)
    let message = try refusal { try drain(NDJSONSource(ByteSource(bytes: bytes, name: "f"), noun: "x")) }?
      .message
    #expect(message == expected)
  }

  @Test func numbersAtTheEdgeAreRead() throws {
    let value = try JSONReader.value(
      "[9223372036854775807,-9223372036854775808,1e308,-1e-400,4.9406564584124654e-324]")
    #expect(
      value
        == .list([.integer(.max), .integer(.min), .real(1e308), .real(-0.0), .real(.leastNonzeroMagnitude)]))
  }

  @Test func aLineOfFiftyMegabytesIsReadByEveryCodecAndOneBeyondTheLimitIsRefused() throws {
    let long = [UInt8](repeating: 0x61, count: 50 << 20)
    let ndjson = Array("{\"a\":\"".utf8) + long + Array("\"}\n{\"a\":1}\n".utf8)
    var lines = NDJSONSource(ByteSource(bytes: ndjson, name: "f"), noun: "x")
    #expect(try lines.next()?.values["a"]?.text?.utf8.count == long.count)
    #expect(try lines.next()?.values["a"] == .integer(1))
    let limit = 1 << 20
    #expect(
      try refusal { try drain(NDJSONSource(ByteSource(bytes: ndjson, name: "f"), noun: "x", limit: limit)) }?
        .message == "f, line 1 is longer than 1048576 bytes")
    let csv = Array("a,b\n\"".utf8) + long
    #expect(
      try refusal { try drain(CSVSource(ByteSource(bytes: csv, name: "f"), noun: "x", limit: limit)) }?
        .message
        == "f, line 2: the row that begins here is longer than 1048576 bytes, inside a quote")
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00], "f, line 1: a cell holds a NUL byte"),
      ([0x61, 0x2C, 0xED, 0xA0, 0x80], "f, line 1: a cell is not valid UTF-8"),
    ] as [([UInt8], String)])
  func otherEncodingsAreNamed(bytes: [UInt8], expected: String) throws {
    let message = try refusal { try drain(CSVSource(ByteSource(bytes: bytes, name: "f"), noun: "x")) }?
      .message
    #expect(message == expected)
  }

  @Test func aNULInAValueIsRefusedByCSVAndKeptByTheOthers() throws {
    let memory = MemorySink()
    var sink = CSVSink(memory, columns: ["a"])
    #expect(try refusal { try sink.write(["a": .text("x\0y")]) }?.message.contains("NUL") == true)
    try sink.write(["a": .text("z")])
    try sink.finish()
    #expect(memory.text == "a\nz\n")
    #expect(Samples.text(.text("x\0y")) == "\"x\\u0000y\"")
  }
}
