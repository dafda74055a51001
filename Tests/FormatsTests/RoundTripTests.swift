import ContentModel
import Foundation
import Testing

@testable import Formats

/// Random items of every kind of value, through every codec and back.
struct RoundTripTests {
  /// Texts that break careless codecs: made up, from the big list of naughty strings, and Vietnamese.
  private static let texts: [String] =
    [
      "", " ", "\n", "\r\n", "\t", "null", "~", "true", "0", "1e400", "=1+1", "@SUM(A1)", "-", "---", "\"",
      "\\",
      "{\"a\":1}", "[\"a\"]", "a,b;c\td", "# a", "a: b", "'", "|", "đường", "Đường",
      "\u{110}u\u{31B}\u{300}ng",
      "👩‍👩‍👧", "\u{202E}abc", "\u{2028}", "\u{10FFFF}", "\u{0}", "a\u{0}b", "\u{FFFD}", "<!-- -->", "../../etc",
    ] + (Samples.naughty ?? []) + Samples.vietnamese

  private static let uid = "01970000-0000-7000-8000-0000000000"

  /// An item with a value of each kind that a field can have, each now and then null.
  private func item(_ random: inout Seeded) -> FieldMap {
    func text(_ random: inout Seeded) -> String {
      Bool.random(using: &random) ? random.text() : Self.texts.randomElement(using: &random) ?? ""
    }
    func list(_ random: inout Seeded, _ value: (inout Seeded) -> String) -> FieldValue {
      .list((0..<Int.random(in: 0...3, using: &random)).map { _ in .text(value(&random)) })
    }
    var map: FieldMap = [
      "title": .text(text(&random)), "body": .text("\(text(&random))\n\(text(&random))\n"),
      "count": .integer(Int64(bitPattern: random.next())),
      "ratio": .real(
        [0.1, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 1e16, 3].randomElement(using: &random)
          ?? 0),
      "open": .bool(Bool.random(using: &random)),
      "closes": .date(
        Date(
          timeIntervalSince1970: TimeInterval(
            Int.random(in: -62_167_219_200...253_402_300_799, using: &random)))
      ),
      "url": .text("https://example.vn/\(random.next())?a=b&c=%20"),
      "kind": .text(["draft", "no"].randomElement(using: &random) ?? ""),
      "cover": .text(String(repeating: "0", count: 64) + ".jpg"),
      "words": list(&random, text),
      "category": .text("\(Self.uid)07"),
      "tags": list(&random) { "\(Self.uid)\(Int.random(in: 10...99, using: &$0))" },
      "position": .null,
    ]
    for name in map.names where Int.random(in: 0..<8, using: &random) == 0 { map[name] = .null }
    return map
  }

  private func items(_ count: Int, seed: UInt64) -> [FieldMap] {
    var random = Seeded(state: seed)
    return (0..<count).map { _ in item(&random) }
  }

  private func written(_ items: [FieldMap], _ make: (any ByteSink) -> any RecordSink) throws -> [UInt8] {
    let memory = MemorySink()
    var sink = make(memory)
    for item in items { try sink.write(item) }
    try sink.finish()
    return memory.bytes
  }

  @Test func throughNDJSON() throws {
    let items = items(800, seed: 11)
    let bytes = try written(items) { NDJSONSink($0) }
    var source = NDJSONSource(ByteSource(bytes: bytes), noun: "x")
    for item in items {
      let back = try #require(try source.next()).values
      #expect(Samples.exact(back) == Samples.exact(item))
    }
    #expect(try source.next() == nil)
    #expect(try written(items) { NDJSONSink($0) } == bytes)
  }

  @Test func throughAJSONArray() throws {
    let items = items(800, seed: 12)
    let bytes = try written(items) { JSONSink($0) }
    let back = try JSONReader.value(bytes)
    #expect(Samples.exact(back) == Samples.exact(.list(items.map { .map($0) })))
    #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [Any])
  }

  @Test(arguments: Delimiter.allCases) func throughCSV(delimiter: Delimiter) throws {
    let items = items(500, seed: 13).map { item in
      item.entries.reduce(into: FieldMap()) { $0.append($1.name, Self.withoutNUL($1.value)) }
    }
    let columns = items[0].names
    let bytes = try written(items) { CSVSink($0, columns: columns, delimiter: delimiter) }
    var source = CSVSource(ByteSource(bytes: bytes), noun: "x")
    for item in items {
      let back = try #require(try source.next()).values
      #expect(back.names == columns)
      for (name, value) in back.entries {
        let expected = item[name] ?? .null
        #expect(Samples.exact(value) == Samples.exact(Self.cell(expected)), "\(name)")
        // A list's cell is JSON that reads back as the list.
        if case .list = expected, let text = value.text {
          #expect(Samples.exact(try JSONReader.value(text)) == Samples.exact(expected))
        }
      }
    }
    #expect(try source.next() == nil)
  }

  @Test func throughFrontMatter() throws {
    for item in items(500, seed: 14) {
      let body = item["body"]?.text ?? ""
      let document = try FrontMatter.write(item, body: body)
      let (back, found) = try FrontMatter.parse(document)
      #expect(Array(found.utf8) == Array(body.utf8))
      #expect(Samples.exact(back) == Samples.exact(Samples.asYAML(.map(item))), "\(document)")
    }
  }

  @Test(arguments: ["site", "site.tar"]) func throughAnArchive(name: String) throws {
    let folder = try TestFolder()
    let kinds = ["article": items(400, seed: 15), "page": items(3, seed: 16), "poll": []]
    var media: [ArchiveFile] = []
    for size in [0, 1, 511, 512, 513, 300_000] {
      let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: size), count: size)
      let sum = try SHA256.hex(bytes)
      _ = try folder.write(bytes, sum)
      media.append(ArchiveFile(path: "media/\(sum).bin", size: size, sha256: sum))
    }
    let manifest: FieldMap = ["format": .text("sen"), "version": .integer(1), "note": .text(random: 17)]
    func write(_ path: String, _ kinds: [String: [FieldMap]]) throws {
      let writer = try ArchiveWriter(path: path)
      for (kind, items) in kinds.sorted(by: { $0.key < $1.key }) {
        try writer.begin("content/\(kind).ndjson")
        try writer.append(try written(items) { NDJSONSink($0) })
        try writer.end()
      }
      for file in media { try writer.add(file, from: "\(folder.path)/\(file.sha256)") }
      try writer.finish(manifest)
    }
    try write("\(folder.path)/\(name)", kinds)
    let reader = try ArchiveReader(path: "\(folder.path)/\(name)", scratch: folder.path)
    #expect(Samples.exact(reader.manifest) == Samples.exact(manifest))
    var back: [String: [FieldMap]] = [:]
    for file in reader.files where file.path.hasPrefix("content/") {
      let kind = String(file.path.dropFirst("content/".count).dropLast(".ndjson".count))
      var source = NDJSONSource(try reader.open(file.path), noun: kind)
      back[kind] = []
      while let record = try source.next() { back[kind]?.append(record.values) }
    }
    #expect(back.mapValues { $0.map(Samples.exact) } == kinds.mapValues { $0.map(Samples.exact) })
    // What was read is written again as the same bytes, and lies there with the same permissions.
    try write("\(folder.path)/again-\(name)", back)
    let files = name.hasSuffix(".tar") ? [""] : ["/sen.json"] + reader.files.map { "/\($0.path)" }
    for file in files {
      #expect(try folder.bytes("\(name)\(file)") == folder.bytes("again-\(name)\(file)"), "\(file)")
    }
  }

  private static func withoutNUL(_ value: FieldValue) -> FieldValue {
    switch value {
    case .text(let text): .text(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" })))
    default: value
    }
  }

  /// `value` as a cell of CSV gives it back: a text, or null.
  private static func cell(_ value: FieldValue) -> FieldValue {
    switch value {
    case .null, .text: return value
    case .date(let date): return .text(Timestamp.text(date))
    default: return .text(Samples.text(value))
    }
  }
}

extension FieldValue {
  fileprivate static func text(random seed: UInt64) -> FieldValue {
    var random = Seeded(state: seed)
    return .text(random.text())
  }
}
