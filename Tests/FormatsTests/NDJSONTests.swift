import ContentModel
import Testing

@testable import Formats

struct NDJSONTests {
  private func records(_ text: String, noun: String? = nil) throws -> [SourceRecord] {
    var source = NDJSONSource(ByteSource(bytes: Array(text.utf8), name: "f"), noun: noun)
    var records: [SourceRecord] = []
    while let record = try source.next() { records.append(record) }
    return records
  }

  @Test func theNounIsGivenOrReadFromTheLine() throws {
    let text = "\u{FEFF}{\"type\":\"poll\",\"a\":1}\r\n\n  \n{\"type\":\"page\"}"
    let own = try records(text)
    #expect(own.map(\.noun) == ["poll", "page"])
    #expect(own.map(\.place) == ["line 1", "line 4"])
    #expect(own[0].values == ["a": .integer(1)])
    let given = try records(text, noun: "x")
    #expect(given.map(\.noun) == ["x", "x"])
    #expect(given[1].values == ["type": .text("page")])
  }

  @Test func mistakesAreNamedWithFileAndLine() throws {
    #expect(
      try refusal { _ = try records("{}\n{]", noun: "x") }?.message
        == "f, line 2: column 2: expected a name in quotes, found ']'")
    #expect(
      try refusal { _ = try records("[1]", noun: "x") }?.message
        == "f, line 1: a line must hold one object, {…}")
    #expect(try refusal { _ = try records("{\"type\":3}") }?.field == "type")
  }

  @Test func randomItemsComeBack() throws {
    var random = Seeded(state: 2)
    let items = (0..<500).map { _ in random.map() }
    let memory = MemorySink()
    var sink = NDJSONSink(memory)
    for item in items { try sink.write(item) }
    try sink.finish()
    let back = try records(memory.text, noun: "x")
    #expect(back.map { Samples.exact($0.values) } == items.map { Samples.exact($0) })
  }

  @Test(arguments: [0, 1, 3]) func aJSONArrayAlwaysParses(count: Int) throws {
    let memory = MemorySink()
    var sink = JSONSink(memory)
    for index in 0..<count { try sink.write(["n": .integer(Int64(index))]) }
    #expect(throws: Refusal.self) { try sink.write(["n": .real(.nan)]) }
    try sink.finish()
    guard case .list(let list) = try JSONReader.value(memory.bytes) else { return #expect(Bool(false)) }
    #expect(list.count == count)
  }

  @Test func aRefusedItemLeavesNothingInTheStream() throws {
    for make in [
      { NDJSONSink($0) }, { YAMLSink($0) }, { CSVSink($0, columns: ["a", "n"]) },
      { MarkdownTableSink($0, columns: ["a", "n"]) },
    ]
      as [(any ByteSink) -> any RecordSink]
    {
      let (good, both) = (MemorySink(), MemorySink())
      var one = make(good)
      try one.write(["a": .text("x")])
      try one.finish()
      var two = make(both)
      #expect(throws: Refusal.self) { try two.write(["a": .text("b"), "n": .real(.infinity)]) }
      try two.write(["a": .text("x")])
      try two.finish()
      #expect(good.bytes == both.bytes)
    }
  }
}
