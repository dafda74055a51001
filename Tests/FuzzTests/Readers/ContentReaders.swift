import ContentModel
import Foundation

@testable import Formats

/// Files of items. What was read comes back the same after it was written.
extension Reader {
  static let content = [json, ndjson, csv, yaml, frontMatter]

  private static let json = Reader(name: "json", words: jsonWords) {
    { bytes in
      guard let value = try readOrRefused({ try JSONReader.value(bytes) }) else { return }
      var written: [UInt8] = []
      try JSONWriter.append(value, to: &written)
      try hold(JSONReader.value(written) == value, "JSON comes back changed: \(value)")
    }
  }

  private static let ndjson = Reader(name: "ndjson", words: jsonWords + ["\"type\":", "\n"]) {
    { bytes in
      try readOrRefused {
        var source = NDJSONSource(ByteSource(bytes: bytes), limit: 8192)
        while let record = try source.next() {
          let memory = MemorySink()
          var sink = NDJSONSink(memory)
          try sink.write(record.values)
          try sink.finish()
          var again = NDJSONSource(ByteSource(bytes: memory.bytes), noun: record.noun)
          try hold(again.next()?.values == record.values, "a line comes back changed: \(record.values)")
        }
      }
    }
  }

  private static let csv = Reader(name: "csv", words: ["\"\"", "\"", "\r\n", "\t", ";", "\u{FEFF}", "\",\""])
  {
    { bytes in
      try readOrRefused {
        var source = CSVSource(ByteSource(bytes: bytes), noun: "x", limit: 8192)
        while let record = try source.next() {
          let memory = MemorySink()
          let columns = record.values.entries.map(\.name)
          var sink = CSVSink(memory, columns: columns)
          try sink.write(record.values)
          try sink.finish()
          var again = CSVSource(ByteSource(bytes: memory.bytes), noun: "x", delimiter: .comma)
          try hold(again.next()?.values == record.values, "a row comes back changed: \(record.values)")
        }
      }
    }
  }

  private static let yaml = Reader(name: "yaml", words: yamlWords) {
    { bytes in
      guard let map = try readOrRefused({ try YAMLReader.map(String(decoding: bytes, as: UTF8.self)) })
      else { return }
      try comesBack(map, "")
    }
  }

  private static let frontMatter = Reader(name: "frontmatter", words: yamlWords + ["---\n", "\n---\n"]) {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let (map, body) = try readOrRefused({ try FrontMatter.parse(text) }) else { return }
      try comesBack(map, body)
    }
  }

  private static func comesBack(_ map: FieldMap, _ body: String) throws {
    let written = try FrontMatter.write(map, body: body)
    guard written.utf8.count < FrontMatter.limit else { return }
    let (again, rest) = try FrontMatter.parse(written)
    try hold(again == map, "fields come back changed: \(map)")
    try hold(Array(rest.utf8) == Array(body.utf8), "a body comes back changed: \(body)")
  }

  static let jsonWords = [
    "null", "true", "false", "\\u0000", "\\ud83d\\ude00", "\\udc00", "1e308", "-0.0", "9223372036854775807",
    "9223372036854775808", "[[[[[[[[", "{\"a\":", "\\\"", "\u{2028}", "1e-400", "0.1",
  ]
  private static let yamlWords = [
    "&a", "*a", "? ", ": ", "- ", "|", ">", "|2-", "!!binary ", "!!map ", "%YAML 1.1", "%TAG ! tag:", "...",
    "--- ",
    "[[[[", "{{{{", "\"\\x41\"", "\"\\u0041\"", "<<: ", "~", "null", " #", "\t", "\u{85}", "\u{2028}",
    "\u{FEFF}",
  ]
}
