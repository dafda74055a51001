import ContentModel
import Foundation
import Testing

@testable import Formats

struct CSVTests {
  private func rows(_ text: String, _ delimiter: Delimiter? = nil, limit: Int = 64 << 20) throws
    -> [[String?]]
  {
    try rows(Array(text.utf8), delimiter, limit: limit)
  }

  private func rows(_ bytes: [UInt8], _ delimiter: Delimiter? = nil, limit: Int = 64 << 20) throws
    -> [[String?]]
  {
    var reader = CSVReader(ByteSource(bytes: bytes, name: "f"), delimiter: delimiter, limit: limit)
    var rows: [[String?]] = []
    while let row = try reader.next() { rows.append(row.cells.map(\.text)) }
    return rows
  }

  private func message(_ text: String) throws -> String? { try refusal { _ = try rows(text) }?.message }

  @Test func quotesLineEndsAndEmptyCells() throws {
    #expect(
      try rows("a,\"b \"\"q\"\", more\",\r\n\"x\ny\",\"\",z") == [
        ["a", "b \"q\", more", nil], ["x\ny", "", "z"],
      ])
    #expect(try rows("\u{FEFF}\"a,b\"\n") == [["a,b"]])
    #expect(try rows("\"\"\"\"") == [["\""]])
    #expect(try rows(",\n\n") == [[nil, nil], [nil]])
    #expect(try rows("") == [])
    #expect(try rows(" a , b ") == [[" a ", " b "]])
  }

  @Test func theHeaderShowsTheDelimiter() throws {
    #expect(try rows("a;b\n1,5;2\n") == [["a", "b"], ["1,5", "2"]])
    #expect(try rows("a\tb;c\n") == [["a", "b;c"]])
    #expect(try rows("a;\"x,y\"\n") == [["a", "x,y"]])
    #expect(try rows("a;b,c\n") == [["a;b", "c"]])
    #expect(try rows("a;b\n", .comma) == [["a;b"]])
  }

  @Test(arguments: [
    ("a,b\nx\"y,1", "f, line 2: a quote stands inside a cell that does not begin with one"),
    ("a\n\"x\"y", "f, line 2: text follows the closing quote of a cell"),
    ("a\n\"x\ny\"\n\"z\n\n", "f, line 4: the quote that opens on this line is never closed"),
    ("a\nb\rc\n", "f, line 2: a carriage return stands alone"),
    ("a\n\"x\0\"\n", "f, line 2: a cell holds a NUL byte"),
  ])
  func mistakesAreNamedWithTheirLine(text: String, expected: String) throws {
    #expect(try message(text) == expected)
  }

  @Test func invalidUTF8AndEndlessRowsAreRefused() throws {
    #expect(
      try refusal { _ = try rows([0x61, 0x0A, 0xC3, 0x28]) }?.message
        == "f, line 2: a cell is not valid UTF-8")
    #expect(
      try refusal { _ = try rows("a\n\"" + String(repeating: "x", count: 400), limit: 300) }?.message
        == "f, line 2: the row that begins here is longer than 300 bytes, inside a quote")
  }

  private func records(_ text: String) throws -> [SourceRecord] {
    var source = CSVSource(ByteSource(bytes: Array(text.utf8), name: "f"), noun: "n")
    var records: [SourceRecord] = []
    while let record = try source.next() { records.append(record) }
    return records
  }

  @Test func theHeaderNamesTheFields() throws {
    let found = try records("a,b\n1,\"x\ny\"\n\n,\"\"\n\n")
    #expect(found.map(\.values) == [["a": .text("1"), "b": .text("x\ny")], ["a": .null, "b": .text("")]])
    #expect(found.map(\.place) == ["line 2", "line 5"])
    #expect(try records("a\n\n\"\"\n").map(\.values) == [["a": .null], ["a": .text("")]])
    #expect(try records("").isEmpty)
    #expect(
      try refusal { _ = try records("a,b\n1\n") }?.message == "f, line 2: the row has 1 cell, the header 2")
    #expect(try refusal { _ = try records("a,b\n1,2,3\n") } != nil)
    #expect(try refusal { _ = try records("a,a\n") }?.message == "f, line 1: the header names a twice")
    #expect(
      try refusal { _ = try records("a,\n") }?.message == "f, line 1: column 2 of the header has no name")
  }

  @Test(arguments: Delimiter.allCases) func randomTablesComeBack(delimiter: Delimiter) throws {
    var random = Seeded(state: 3)
    for _ in 0..<300 {
      let columns = (0..<Int.random(in: 1...5, using: &random)).map {
        "\($0)\(random.text().filter { $0 != "\0" })"
      }
      let table = (0..<5).map { _ in
        columns.map { _ -> FieldValue in
          Bool.random(using: &random) ? .null : .text(random.text().filter { $0 != "\0" })
        }
      }
      let memory = MemorySink()
      var sink = CSVSink(memory, columns: columns, delimiter: delimiter)
      for row in table {
        try sink.write(zip(columns, row).reduce(into: FieldMap()) { $0[$1.0] = $1.1 })
      }
      try sink.finish()
      // The header shows the delimiter, unless there is one column only.
      var reader = CSVReader(
        ByteSource(bytes: memory.bytes), delimiter: columns.count == 1 ? delimiter : nil)
      var back: [[UInt8]] = []
      while let row = try reader.next() { back.append(Samples.exact(.list(row.cells))) }
      let expected = [columns.map { FieldValue.text($0) }] + table
      #expect(back == expected.map { Samples.exact(.list($0)) })
    }
  }

  @Test(.enabled(if: Samples.naughty != nil, "the data folder is not there"))
  func naughtyStringsComeBack() throws {
    let strings = (Samples.naughty ?? []).filter { !$0.utf8.contains(0) }
    let memory = MemorySink()
    var sink = CSVSink(memory, columns: ["s", "t"])
    for string in strings { try sink.write(["s": .text(string), "t": .text("=\(string)")]) }
    try sink.finish()
    var source = CSVSource(ByteSource(bytes: memory.bytes), noun: "n")
    for string in strings {
      let values = try #require(try source.next()).values
      #expect(values["s"]?.text.map { Array($0.utf8) } == Array(string.utf8))
      #expect(values["t"]?.text.map { Array($0.utf8) } == Array("=\(string)".utf8))
    }
    #expect(try source.next() == nil)
  }

  @Test func otherTypesBecomeText() throws {
    let memory = MemorySink()
    var sink = CSVSink(memory, columns: ["l", "b", "i", "r", "d", "x"])
    try sink.write([
      "l": .list([.text("a"), .text("b")]), "b": .bool(true), "i": .integer(-1), "r": .real(0.5),
      "d": .date(.init(timeIntervalSince1970: 0)), "left": .text("out"),
    ])
    try sink.finish()
    #expect(memory.text == "l,b,i,r,d,x\n\"[\"\"a\"\",\"\"b\"\"]\",true,-1,0.5,1970-01-01T00:00:00Z,\n")
    let empty = MemorySink()
    var headerOnly = CSVSink(empty, columns: ["a", "b;c"], delimiter: .tab)
    try headerOnly.finish()
    #expect(empty.text == "a\t\"b;c\"\n")
  }

  @Test func everyTruncationIsReadOrRefused() throws {
    let bytes = Array("\u{FEFF}a,\"b\"\"\nc\",é\r\n1,\"2\",3\n".utf8)
    for end in bytes.indices {
      _ = try refusal { _ = try rows(Array(bytes[..<end])) }
      _ = try refusal { _ = try records(String(decoding: bytes[..<end], as: UTF8.self)) }
    }
  }

  @Test func markdownTablesShowTextAsItIs() throws {
    let memory = MemorySink()
    var sink = MarkdownTableSink(memory, columns: ["a|b", "t"])
    try sink.write(["a|b": .text("<b>*x*\r\ny\\|"), "t": .list([.text("p"), .text("q")])])
    try sink.write(["t": .integer(3)])
    try sink.finish()
    #expect(memory.text == "| a\\|b | t |\n| --- | --- |\n| \\<b\\>\\*x\\*<br>y\\\\\\| | p, q |\n|  | 3 |\n")
  }
}
